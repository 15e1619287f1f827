package web

import (
	"net/http"
	"strings"

	"entente"
)

// signInPage is the door: passkey first, password beside it.
func (v *visit) signInPage() error {
	if _, err := v.SignIn.FromRequest(v.r); err == nil {
		return v.redirect(inside(v.r.URL.Query().Get("next")))
	}
	f := newForm(nil)
	f.set("next", v.r.URL.Query().Get("next"))
	return v.ok(v.p.T("Sign in"), signInForm(v.p, f, v.Passkeys != nil))
}

func (v *visit) signIn() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	// A password may begin or end with a space: it is taken as it is.
	token, _, err := v.SignIn.Password(v.ctx(), entente.OfficerID(f.get("officer")), values.Get("password"), v.r.RemoteAddr, v.SignIn.Device(v.r))
	if entente.KindOf(err) != nil {
		f.note("", err)
		v.show(v.status(err), v.p.T("Sign in"), signInForm(v.p, f, v.Passkeys != nil))
		return nil
	}
	if err != nil {
		return err
	}
	if err := v.SignIn.Remember(v.w, v.r, token); err != nil {
		return err
	}
	return v.redirect(inside(f.get("next")))
}

func (v *visit) signOut() error {
	if err := v.SignIn.Forget(v.w, v.r); err != nil {
		return err
	}
	http.SetCookie(v.w, v.purposeCookie(""))
	return v.done("/signin", "signed-out")
}

// inside keeps a way on only if it stays on this desk: nobody is led away by a
// link to the door (CWE-601).
func inside(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}
