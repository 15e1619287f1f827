package main

import (
	"errors"
	"fmt"
	"io"
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
	before, _ := known.find(c.URL, c.As) // none: the device is new to the node
	token, err := c.token(e, client, before.Device)
	if err != nil {
		return err
	}
	me, err := client.WithToken(token.Token.Token).WhoAmI(e.ctx)
	if err != nil {
		return err
	}
	if err := known.put(signIn{c.URL, me.ID, token.Token.Token, token.Expires, token.Device}); err != nil {
		return err
	}
	return e.print(map[string]any{"url": c.URL, "officer": me.ID, "role": me.Role, "expires": token.Expires}, func(w io.Writer) {
		fmt.Fprintf(w, "Signed in at %s as %s (%s), until %s or entente signin --out.\n", c.URL, me.ID, me.Role, token.Expires.Format(time.DateOnly))
	})
}

// token asks for what the officer has, and gives it to the node for a token.
func (c signinCmd) token(e *env, client *api.Client, device string) (api.SignedIn, error) {
	if !c.Invitation {
		password, given, err := e.secretFrom("ENTENTE_PASSWORD_FILE")
		if err == nil && !given {
			password, err = e.secret("Password: ")
		}
		if err != nil {
			return api.SignedIn{}, err
		}
		return client.SignIn(e.ctx, api.SignIn{Officer: c.As, Password: password, Label: hostName(), Device: device})
	}
	code, err := e.secret("Invitation: ")
	if err != nil {
		return api.SignedIn{}, err
	}
	password, given, err := e.secretFrom("ENTENTE_PASSWORD_FILE")
	if err == nil && !given {
		password, err = e.newSecret("New password: ")
	}
	if err == nil {
		err = signin.CheckNewPassword(c.As, password) // before it travels
	}
	if err != nil {
		return api.SignedIn{}, err
	}
	return client.RedeemInvitation(e.ctx, api.Redemption{Officer: c.As, Code: code, Password: password, Label: hostName()})
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
