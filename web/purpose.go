package web

import (
	"encoding/base64"
	"net/http"
	"strings"

	"entente"
	"entente/record"
)

// What an officer opens is on record with a purpose, and he is not asked for it:
// a message was written for one, and an overseer's is oversight. Who works for
// another, say the file of an inspection, states it once; it stands at the top of
// every page, and goes into the access log, until he takes it back or signs in anew.

const purposeCookie = "entente-purpose"

// stated is the purpose that this officer stated in this browser. It is his
// claim, wherever it comes from; what would not fit the log is no purpose.
func stated(r *http.Request, o entente.Officer) string {
	c, err := r.Cookie(purposeCookie)
	if err != nil {
		return ""
	}
	who, said, ok := strings.Cut(c.Value, ":")
	why, err := base64.RawURLEncoding.DecodeString(said)
	if !ok || err != nil || who != string(o.ID) || record.CheckPurpose(o, string(why)) != nil {
		return ""
	}
	return string(why)
}

// state keeps a purpose for this session; empty: each thing's own again.
func (v *visit) state() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	why := f.get("purpose")
	if err := record.CheckPurpose(v.officer, why); err != nil {
		f.note("purpose", err)
		return v.showAccount(v.status(err), account{Purpose: f})
	}
	http.SetCookie(v.w, v.purposeCookie(why))
	return v.done("/account", "purpose")
}

// purposeCookie keeps a purpose until the browser is closed; empty: drops it.
func (v *visit) purposeCookie(why string) *http.Cookie {
	c := &http.Cookie{
		Name: purposeCookie, Path: "/", Value: string(v.officer.ID) + ":" + base64.RawURLEncoding.EncodeToString([]byte(why)),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: v.r.TLS != nil,
	}
	if why == "" {
		c.Value, c.MaxAge = "", -1
	}
	return c
}
