package web

import (
	"errors"
	"net/http"

	"entente"
)

// invitation is where an officer chooses the first password or passkey.
func (v *visit) invitation() error {
	code := v.r.URL.Query().Get("code")
	f := newForm(nil)
	f.set("code", code)
	if code == "" {
		return v.ok(v.p.T("Use an invitation"), invitationCode(v.p, f))
	}
	return v.invited(f)
}

// invited shows the page of a code that holds, or asks for another.
func (v *visit) invited(f *form) error {
	o, err := v.SignIn.Invited(v.ctx(), f.get("code"))
	if err != nil {
		f.note("code", err)
		v.show(v.status(err), v.p.T("Use an invitation"), invitationCode(v.p, f))
		return nil
	}
	status := http.StatusOK
	if !f.good() {
		status = http.StatusUnprocessableEntity
	}
	v.show(status, v.p.T("Welcome, %s", apart(o.Name)), invitationForm(v.p, f, o, v.Passkeys != nil))
	return nil
}

func (v *visit) redeem() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	if values.Get("password") != values.Get("again") {
		f.fault("again", "the two passwords differ", "type the same one twice")
		return v.invited(f)
	}
	token, _, err := v.SignIn.Redeem(v.ctx(), f.get("code"), values.Get("password"))
	if errors.Is(err, entente.Invalid) {
		f.reject("password", err)
		return v.invited(f)
	}
	if err != nil {
		return err
	}
	if err := v.SignIn.Remember(v.w, v.r, token); err != nil {
		return err
	}
	return v.redirect("/")
}
