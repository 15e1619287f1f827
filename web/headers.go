package web

import (
	"net/http"
)

// policyHeader lets a page load its own style, script and icon, and nothing
// else from anywhere; no other site may frame it or receive its forms.
const policyHeader = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// powersHeader gives up every power of the browser but passkeys.
const powersHeader = "publickey-credentials-get=(self), publickey-credentials-create=(self), " +
	"camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=(), display-capture=()"

// protect puts before every page what holds for all of them: the headers of
// ASVS 5.0 section 3.4, and that no other site can act in an officer's name.
func (d *desk) protect(next http.Handler) http.Handler {
	var cross http.CrossOriginProtection
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.visit(w, r).refuseForeign()
	}))
	inner := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policyHeader)
		h.Set("Permissions-Policy", powersHeader)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		// Content stays in no cache; what may stay says so itself.
		h.Set("Cache-Control", "no-store")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=63072000")
		}
		inner.ServeHTTP(w, r)
	})
}
