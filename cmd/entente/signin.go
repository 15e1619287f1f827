package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"entente"
	"entente/api"
	"entente/signin"
)

type signinCmd struct {
	URL        string            `help:"Address of the node's desk; the one signed in to last if left out." env:"ENTENTE_URL" placeholder:"URL"`
	As         entente.OfficerID `help:"Officer." env:"ENTENTE_OFFICER" placeholder:"OFFICER"`
	Invitation bool              `help:"Use an invitation: it is asked for, and a new password."`
	Out        bool              `help:"Sign out."`
	List       bool              `help:"List who is signed in here."`
}

// Run keeps a token for the node. Passwords and invitations are asked for: an
// argument would stand in the list of processes and in the shell's history.
func (c signinCmd) Run(e *env) error {
	known, err := e.signIns()
	if err != nil {
		return err
	}
	switch {
	case c.List:
		return c.list(e, known)
	case c.Out:
		return c.signOut(e, known)
	}
	if last, err := known.find(c.URL, c.As); err == nil && c.URL == "" {
		c.URL = last.URL
	}
	if c.URL == "" || c.As == "" {
		return &entente.Error{Kind: entente.Invalid, Detail: "say where, and who you are", Hint: signIn{URL: c.URL, Officer: c.As}.again()}
	}
	c.URL = address(c.URL)
	client, err := api.New(c.URL, "", caller(signIn{}))
	if err != nil {
		return err
	}
	password, err := c.password(e)
	if err != nil {
		return err
	}
	token, err := client.SignIn(e.ctx, api.SignIn{Officer: c.As, Password: password, Label: hostName()})
	if err != nil {
		return err
	}
	me, err := client.WithToken(token.Token).WhoAmI(e.ctx)
	if err != nil {
		return err
	}
	if err := known.put(signIn{c.URL, me.ID, token.Token, token.Expires}); err != nil {
		return err
	}
	return e.print(map[string]any{"url": c.URL, "officer": me.ID, "role": me.Role, "expires": token.Expires}, func(w io.Writer) {
		fmt.Fprintf(w, "Signed in at %s as %s (%s), until %s or entente signin --out.\n", c.URL, me.ID, me.Role, token.Expires.Format(time.DateOnly))
	})
}

func (c signinCmd) password(e *env) (string, error) {
	var code string
	var err error
	if c.Invitation {
		if code, err = e.secret("Invitation: "); err != nil {
			return "", err
		}
	}
	password, given, err := e.secretFrom("ENTENTE_PASSWORD_FILE")
	switch {
	case err != nil:
		return "", err
	case given:
	case c.Invitation:
		password, err = e.newSecret("New password: ")
	default:
		password, err = e.secret("Password: ")
	}
	if err != nil || !c.Invitation {
		return password, err
	}
	return password, c.redeem(e.ctx, code, password)
}

// redeem uses an invitation up at the desk's form, as a browser does: the API
// has no such operation. The session that comes with it is nobody's and lapses.
func (c signinCmd) redeem(ctx context.Context, code, password string) error {
	if err := signin.CheckNewPassword(c.As, password); err != nil {
		return err
	}
	form := url.Values{"code": {code}, "password": {password}, "again": {password}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/invitation", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	desk := caller(signIn{})
	desk.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := desk.Do(r)
	if err != nil {
		return &entente.Error{Kind: entente.Unavailable, Detail: "the node at " + c.URL + " does not answer", Hint: "is it running, and is this its address?", Cause: err}
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusSeeOther:
		return nil
	case http.StatusForbidden:
		return &entente.Error{Kind: entente.Denied, Detail: "this invitation is not valid, or not any more", Hint: "check the code, or ask an operator for a new one: entente officer invite " + string(c.As)}
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return &entente.Error{Kind: entente.Unavailable, Detail: "too many attempts", Hint: "wait some minutes and try again"}
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the desk answered " + res.Status, Hint: "open " + c.URL + "/invitation in a browser and use the invitation there"}
}

func (c signinCmd) signOut(e *env, known *signIns) error {
	in, err := known.find(c.URL, c.As)
	if err != nil {
		return err
	}
	client, err := api.New(in.URL, in.Token, caller(in))
	if err != nil {
		return err
	}
	// A token that the node does not know any more is signed out already.
	revoked := client.SignOut(e.ctx)
	if revoked != nil && !errors.Is(revoked, entente.Denied) {
		return revoked
	}
	if err := known.drop(in); err != nil {
		return err
	}
	return e.print(map[string]any{"url": in.URL, "officer": in.Officer, "signed_out": true}, func(w io.Writer) {
		fmt.Fprintf(w, "%s is signed out at %s.\n", in.Officer, in.URL)
	})
}

func (signinCmd) list(e *env, known *signIns) error {
	type line struct {
		URL     string            `json:"url"`
		Officer entente.OfficerID `json:"officer"`
		Expires time.Time         `json:"expires"`
	}
	lines := make([]line, len(known.list))
	for i, in := range known.list {
		lines[i] = line{in.URL, in.Officer, in.Expires}
	}
	return e.print(lines, func(w io.Writer) {
		if len(lines) == 0 {
			fmt.Fprintln(w, "Nobody is signed in here. Run  entente signin --url URL --as OFFICER")
		}
		for _, in := range lines {
			fmt.Fprintf(w, "%-20s %s  until %s\n", in.Officer, in.URL, in.Expires.Format(time.DateOnly))
		}
	})
}
