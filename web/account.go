package web

import (
	"errors"
	"net/http"
	"time"

	"entente"
)

// account is what an officer sees of his own signing in.
type account struct {
	Held     []credential
	Password *form
	Purpose  *form
	Token    string // a new one, shown once
	Until    time.Time
	Passkeys bool
}

// credential is one way to sign in, with when it lapses.
type credential struct {
	entente.Credential
	Lapses time.Time
}

func (v *visit) account() error { return v.showAccount(http.StatusOK, account{}) }

func (v *visit) showAccount(status int, a account) error {
	held, err := v.SignIn.Credentials(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	for _, c := range held {
		a.Held = append(a.Held, credential{c, v.SignIn.Expires(c)})
	}
	if a.Password == nil {
		a.Password = newForm(nil)
	}
	if a.Purpose == nil {
		a.Purpose = newForm(nil)
		a.Purpose.set("purpose", v.p.why)
	}
	a.Passkeys = v.Passkeys != nil
	v.show(status, v.p.T("Your account"), accountPage(v.p, a))
	return nil
}

// changePassword ends every session of the officer: he signs in again.
func (v *visit) changePassword() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(nil)
	if values.Get("password") != values.Get("again") {
		f.fault("again", "the two passwords differ", "type the same one twice")
	} else if err := v.SignIn.ChangePassword(v.ctx(), v.officer, values.Get("now"), values.Get("password")); err != nil {
		switch {
		case errors.Is(err, entente.Invalid):
			f.note("password", err)
		case errors.Is(err, entente.Denied), errors.Is(err, entente.Unavailable):
			f.note("now", err)
		default:
			return err
		}
	}
	if !f.good() {
		return v.showAccount(http.StatusUnprocessableEntity, account{Password: f})
	}
	return v.done("/signin", "password")
}

func (v *visit) newToken() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	token, until, err := v.SignIn.NewToken(v.ctx(), v.officer, f.get("label"))
	if err != nil {
		return err
	}
	return v.showAccount(http.StatusOK, account{Token: token, Until: until})
}

func (v *visit) revoke() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	if err := v.SignIn.Revoke(v.ctx(), v.officer, values.Get("id")); err != nil {
		return err
	}
	return v.done("/account", "revoked")
}

func (v *visit) signOutEverywhere() error {
	if err := v.SignIn.SignOutEverywhere(v.ctx(), v.officer); err != nil {
		return err
	}
	return v.done("/signin", "everywhere")
}

// appearance keeps light, dark, or what the browser likes, for this browser.
func (v *visit) appearance() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	c := &http.Cookie{Name: themeCookie, Path: "/", Value: values.Get("theme"), MaxAge: 400 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: v.r.TLS != nil}
	if c.Value != "light" && c.Value != "dark" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(v.w, c)
	return v.redirect(inside(values.Get("back")))
}
