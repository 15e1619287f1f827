package api

import (
	"context"
	"net/http"
	"time"

	"entente"
)

// Officer is a person of this party.
type Officer struct {
	ID       entente.OfficerID `json:"id" doc:"The id with which he signs in."`
	Name     string            `json:"name" doc:"The name that colleagues see." example:"Anna Kern"`
	Role     entente.Role      `json:"role"`
	Added    time.Time         `json:"added,omitzero" doc:"When the account was made."`
	Disabled time.Time         `json:"disabled,omitzero" doc:"Since when the account cannot be used; absent while it can."`
	Waiting  *Waiting          `json:"waiting,omitempty" doc:"What an operator asked for and nobody has confirmed yet."`
}

// OfficerOf says a noun.
func OfficerOf(o entente.Officer) Officer {
	return Officer{ID: o.ID, Name: o.Name, Role: o.Role, Added: o.Added, Disabled: o.Disabled}
}

// SignIn opens a command line.
type SignIn struct {
	Officer  entente.OfficerID `json:"officer"`
	Password string            `json:"password" maxLength:"1024" doc:"The officer's password." example:"quiet lantern over the harbour"`
	Label    string            `json:"label,omitzero" maxLength:"100" doc:"What the officer calls this token." example:"laptop"`
	Device   string            `json:"device,omitzero" maxLength:"1000" doc:"What an earlier sign-in of the officer gave as device: then nobody else's failures hold this one back." example:"kZ3w"`
}

// Redemption uses an invitation.
type Redemption struct {
	Officer  entente.OfficerID `json:"officer"`
	Code     string            `json:"code" maxLength:"200" doc:"The code that an operator gave. Case, spaces and hyphens do not matter." example:"7KQ2-M9XV-0RTC-A4HD-6WJP"`
	Password string            `json:"password" maxLength:"1024" doc:"The new one: at least 12 characters." example:"quiet lantern over the harbour"`
	Label    string            `json:"label,omitzero" maxLength:"100" doc:"What the officer calls the token." example:"laptop"`
}

// Token signs a command line in until it lapses or is revoked.
type Token struct {
	Token   string    `json:"token" doc:"To be sent as Authorization: Bearer. It is shown once; the node keeps its hash alone." example:"ent_mfzwizltoqzxsz3pnv2w6yjanfzsa43pnvsxi2djnzttcmzsgq2q"`
	Expires time.Time `json:"expires" doc:"When it lapses."`
}

// SignedIn is the token of a command line that has just signed in.
type SignedIn struct {
	Token
	Device string `json:"device" doc:"To be sent with the next sign-in from here. It lets nobody in: it says that the officer signed in here before." example:"kZ3w"`
}

// Label is what an officer calls a token.
type Label struct {
	Label string `json:"label,omitzero" maxLength:"100" doc:"What the officer calls it." example:"laptop"`
}

// Credential is one way in which the officer can sign in.
type Credential struct {
	ID      string    `json:"id" doc:"Names it; no secret." example:"password:anna.kern"`
	Kind    string    `json:"kind" doc:"password, passkey, token or invitation." example:"passkey"`
	Label   string    `json:"label" doc:"What the officer calls it." example:"phone"`
	Added   time.Time `json:"added" doc:"When it was added."`
	Used    time.Time `json:"used,omitzero" doc:"When it was last used, to the minute."`
	Expires time.Time `json:"expires,omitzero" doc:"When it lapses; absent if it does not."`
}

// PasswordChange replaces a password.
type PasswordChange struct {
	Now  string `json:"now" maxLength:"1024" doc:"The password so far." example:"quiet lantern over the harbour"`
	Next string `json:"next" maxLength:"1024" doc:"The new one: at least 12 characters." example:"seven brass kettles and a crow"`
}

func (s *server) accounts() {
	const tag = "Account"
	in := route{
		id: "signIn", method: http.MethodPost, path: "/sign-in", open: true, tag: tag, status: http.StatusCreated,
		summary: "Sign a command line in",
		about:   "Gives a token against an officer's password. Too many failures, of one officer from one address or on one device, and the answer is unavailable until some time has passed: Retry-After says when.",
	}
	answer(s, in, func(ctx context.Context, _ entente.Officer, in *struct{ Body SignIn }) (SignedIn, error) {
		b := in.Body
		token, device, expires, err := s.cfg.Accounts.Token(ctx, b.Officer, b.Password, b.Label, callerOf(ctx).addr, b.Device)
		if err != nil {
			return SignedIn{}, unauthenticated(s.fail(ctx, "signIn", err))
		}
		return SignedIn{Token{token, expires}, device}, nil
	})
	answer(s, route{
		id: "redeemInvitation", method: http.MethodPost, path: "/invitations", open: true, tag: tag, status: http.StatusCreated,
		summary: "Use an invitation: set a password and sign a command line in",
		about:   "Works once, and only once the invitation is confirmed.",
	}, func(ctx context.Context, _ entente.Officer, in *struct{ Body Redemption }) (SignedIn, error) {
		b := in.Body
		token, device, expires, err := s.cfg.Accounts.RedeemToken(ctx, b.Officer, b.Code, b.Password, b.Label)
		if err != nil {
			return SignedIn{}, unauthenticated(s.fail(ctx, "redeemInvitation", err))
		}
		return SignedIn{Token{token, expires}, device}, nil
	})
	act(s, route{
		id: "signOut", method: http.MethodPost, path: "/sign-out", tag: tag,
		again:   "Afterwards nobody is signed in with the token, and a repeat is refused.",
		summary: "Sign this command line out", about: "Revokes the token with which it is called. A browser signs out at the desk.",
	}, func(ctx context.Context, _ entente.Officer, _ *struct{}) error {
		return s.cfg.Accounts.SignOut(ctx, callerOf(ctx).token)
	})
	act(s, route{
		id: "signOutEverywhere", method: http.MethodPost, path: "/sign-out-everywhere", op: entente.OpManageCredentials, tag: tag,
		again:   "Afterwards nobody is signed in with the token, and a repeat is refused.",
		summary: "Sign out everywhere", about: "Ends every session and revokes every token of the officer.",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) error {
		return s.cfg.Accounts.SignOutEverywhere(ctx, by)
	})
	answer(s, route{
		id: "whoAmI", method: http.MethodGet, path: "/me", tag: tag, summary: "Who am I",
	}, func(_ context.Context, by entente.Officer, _ *struct{}) (Officer, error) { return OfficerOf(by), nil })
	act(s, route{
		id: "changePassword", method: http.MethodPut, path: "/password", op: entente.OpManageCredentials, tag: tag,
		again:   "Afterwards nobody is signed in with the token, and a repeat is refused.",
		summary: "Change one's password", about: "Everything that was open in the officer's name is closed: he signs in again.",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body PasswordChange }) error {
		return s.cfg.Accounts.ChangePassword(ctx, by, in.Body.Now, in.Body.Next)
	})
	s.credentials(tag)
}

func (s *server) credentials(tag string) {
	answer(s, route{
		id: "listCredentials", method: http.MethodGet, path: "/credentials", op: entente.OpManageCredentials, tag: tag,
		summary: "List what one can sign in with",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]Credential, error) {
		held, err := s.cfg.Accounts.Credentials(ctx, by)
		out := make([]Credential, len(held))
		for i, c := range held {
			out[i] = Credential{ID: c.ID, Kind: c.Kind, Label: c.Label, Added: c.Added, Used: c.Used, Expires: s.cfg.Accounts.Expires(c)}
		}
		return out, err
	})
	answer(s, route{
		id: "addToken", method: http.MethodPost, path: "/tokens", op: entente.OpManageCredentials, tag: tag, status: http.StatusCreated,
		summary: "Make another token",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body Label }) (Token, error) {
		token, expires, err := s.cfg.Accounts.NewToken(ctx, by, in.Body.Label)
		return Token{token, expires}, err
	})
	act(s, route{
		id: "revokeCredential", method: http.MethodDelete, path: "/credentials/{id}", op: entente.OpManageCredentials, tag: tag,
		summary: "Revoke a credential", about: "The last password or passkey of an officer stays.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		ID string `path:"id" maxLength:"2000" doc:"As listCredentials gives it." example:"password:anna.kern"`
	},
	) error {
		return s.cfg.Accounts.Revoke(ctx, by, in.ID)
	})
}
