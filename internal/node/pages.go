package node

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"entente"
	"entente/api"
	"entente/inbox"
	"entente/internal/door"
	"entente/outbox"
	"entente/signin"
	"entente/web"
)

// pages serves the API below /api/ and the desk everywhere else.
func (n *Node) pages(self entente.Party) (http.Handler, error) {
	interfaces, err := api.Handler(api.Config{
		Officers: n.SignIn, Accounts: n.SignIn, Outbox: n.Outbox, Desk: n.Desk, Screen: n.Screen, Courier: post{n.Outbox, n.Inbox}, Now: n.cfg.Now, Log: n.cfg.Log,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", http.NewCrossOriginProtection().Handler(interfaces)) // the desk has its own, with a page that explains
	mux.Handle("/", web.New(web.Config{
		Party: n.Self, Name: self.Name, Outbox: n.Outbox, Casework: n.Desk, SignIn: n.SignIn, Passkeys: n.passkeys(),
		Screen: n.Screen, Courier: post{n.Outbox, n.Inbox}, Background: n.chores.do,
		Now: n.cfg.Now, Log: n.cfg.Log,
	}))
	return door.NewGuard(n.cfg.Door.Guard, mux), nil
}

// post is what leaves and comes by courier.
type post struct {
	out *outbox.Outbox
	in  *inbox.Inbox
}

func (p post) PackPart(ctx context.Context, by entente.Officer, partner entente.PartyID, after string, begin func(string) io.Writer) (int, error) {
	return p.out.PackPart(ctx, by, partner, after, begin)
}

func (p post) Unpack(ctx context.Context, by entente.Officer, r io.ReaderAt, size int64) (entente.PartyID, int, error) {
	return p.in.Unpack(ctx, by, r, size)
}

// passkeys hands WebAuthn to the desk as JSON; nil where the desk has no host
// name that a passkey could be bound to.
func (n *Node) passkeys() web.Passkeys {
	if n.cfg.passkeyHost() == "" {
		return nil
	}
	return passkeys{n.SignIn}
}

type passkeys struct{ *signin.Service }

func (p passkeys) BeginPasskey(ctx context.Context, officer entente.OfficerID, addr string) ([]byte, error) {
	c, err := p.Service.BeginPasskey(ctx, officer, addr)
	return challenge(c, err)
}

func (p passkeys) BeginRegistration(ctx context.Context, by entente.Officer) ([]byte, error) {
	c, err := p.Service.BeginRegistration(ctx, by)
	return challenge(c, err)
}

func (p passkeys) BeginRedeem(ctx context.Context, code string) ([]byte, error) {
	c, err := p.Service.BeginRedeem(ctx, code)
	return challenge(c, err)
}

func challenge(c signin.Challenge, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	return json.Marshal(c)
}
