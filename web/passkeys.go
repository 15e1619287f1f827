package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"entente"
)

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
		v.w.WriteHeader(v.status(err))
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
	return v.tell(v.Passkeys.BeginRedeem(v.ctx(), a.Code))
}

func (v *visit) finishRedeem() error {
	a, err := v.answer()
	if err != nil {
		return v.tell(nil, err)
	}
	token, _, err := v.Passkeys.FinishRedeem(v.ctx(), a.ID, a.Label, a.Response)
	return v.enter(token, "/", err)
}

func (v *visit) beginRegistration() error {
	if _, err := v.answer(); err != nil {
		return v.tell(nil, err)
	}
	return v.tell(v.Passkeys.BeginRegistration(v.ctx(), v.officer))
}

func (v *visit) finishRegistration() error {
	a, err := v.answer()
	if err == nil {
		err = v.Passkeys.FinishRegistration(v.ctx(), v.officer, a.ID, a.Label, a.Response)
	}
	return v.tell([]byte(`{"next":"/account?done=passkey"}`), err)
}
