package web

import (
	"encoding/json"
	"errors"
	"io"
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
	token, _, err := v.SignIn.Password(v.ctx(), entente.OfficerID(f.get("officer")), values.Get("password"), v.r.RemoteAddr)
	if entente.KindOf(err) != nil {
		f.note("", err)
		v.show(statusOf(err), v.p.T("Sign in"), signInForm(v.p, f, v.Passkeys != nil))
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
	o, err := v.SignIn.Invited(v.ctx(), f.get("code"), v.r.RemoteAddr)
	if err != nil {
		f.note("code", err)
		v.show(statusOf(err), v.p.T("Use an invitation"), invitationCode(v.p, f))
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
	token, _, err := v.SignIn.Redeem(v.ctx(), f.get("code"), values.Get("password"), v.r.RemoteAddr)
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

// maxAnswer bounds what an authenticator may send, in bytes.
const maxAnswer = 64 << 10

// answer is what the page's script sends: the answer of navigator.credentials,
// or what is needed to get a challenge.
type answer struct {
	ID       string            `json:"id"`
	Label    string            `json:"label"`
	Code     string            `json:"code"`
	Officer  entente.OfficerID `json:"officer"`
	Next     string            `json:"next"`
	Response json.RawMessage   `json:"response"`
}

func (v *visit) answer() (answer, error) {
	var a answer
	b, err := io.ReadAll(http.MaxBytesReader(v.w, v.r.Body, maxAnswer))
	if err == nil {
		err = json.Unmarshal(b, &a)
	}
	if err != nil {
		return a, &entente.Error{Kind: entente.Invalid, Detail: "the browser's answer could not be read", Hint: "reload the page and try again", Cause: err}
	}
	if v.Passkeys == nil {
		return a, &entente.Error{Kind: entente.NotFound, Detail: "this node has no passkeys", Hint: "use a password"}
	}
	return a, nil
}

// tell answers the page's script.
func (v *visit) tell(b []byte, err error) error {
	v.w.Header().Set("Content-Type", "application/json")
	if err != nil {
		said := struct {
			Detail string `json:"detail"`
		}{v.p.T("That did not work. Try again, or use your password.")}
		if e, ok := errors.AsType[*entente.Error](err); ok {
			said.Detail = strings.TrimSpace(sentence(e.Detail) + " " + sentence(e.Hint))
		}
		b, _ = json.Marshal(said)
		v.w.WriteHeader(statusOf(err))
	}
	v.w.Write(b)
	return nil
}

// enter lets an officer in who answered a challenge.
func (v *visit) enter(token, next string, err error) error {
	if err == nil {
		err = v.SignIn.Remember(v.w, v.r, token)
	}
	if err != nil {
		return v.tell(nil, err)
	}
	b, err := json.Marshal(map[string]string{"next": inside(next)})
	return v.tell(b, err)
}

func (v *visit) beginPasskey() error {
	a, err := v.answer()
	if err != nil {
		return v.tell(nil, err)
	}
	return v.tell(v.Passkeys.BeginPasskey(v.ctx(), a.Officer, v.r.RemoteAddr))
}

func (v *visit) finishPasskey() error {
	a, err := v.answer()
	if err != nil {
		return v.tell(nil, err)
	}
	token, _, err := v.Passkeys.FinishPasskey(v.ctx(), a.ID, a.Response)
	return v.enter(token, a.Next, err)
}

func (v *visit) beginRedeem() error {
	a, err := v.answer()
	if err != nil {
		return v.tell(nil, err)
	}
	return v.tell(v.Passkeys.BeginRedeem(v.ctx(), a.Code, v.r.RemoteAddr))
}

func (v *visit) finishRedeem() error {
	a, err := v.answer()
	if err != nil {
		return v.tell(nil, err)
	}
	token, _, err := v.Passkeys.FinishRedeem(v.ctx(), a.ID, a.Label, a.Response)
	return v.enter(token, "/", err)
}
