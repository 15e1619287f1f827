// Package signin answers one question: who is this officer? It keeps passwords,
// passkeys, sessions, tokens for the command line and one-time invitations, and
// hands an entente.Officer to package web or api, which hand him on to outbox
// and casework. What he may do there is for package policy to say.
//
//	session.go     a signed-in browser: random token, idle and absolute expiry
//	request.go     cookie or bearer → officer; the gate before a page
//	password.go    passwords, the same time and words whether or not the officer exists
//	argon2.go      their PHC strings (RFC 9106)
//	turns.go       who hashes next: known devices first, strangers by address
//	limit.go       back-off for those who guess; attempt.go: what a try is counted under
//	device.go      what tells an officer's device from a stranger's
//	passkey.go     what is kept of a passkey (WebAuthn level 3)
//	register.go    a new passkey
//	assert.go      sign-in with one
//	ceremony.go    the challenges that wait for an answer, with the visitor
//	sealed.go      how a value is handed out and taken back
//	token.go       tokens for the command line
//	invite.go      the first password or passkey
//
// The store holds only hashes and public keys: a copy of it lets nobody in. What
// several processes of a node must know of each other's sign-ins is there, too.
package signin

import (
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"golang.org/x/time/rate"

	"entente"
)

// Config is what a Service works with.
type Config struct {
	Store entente.Store
	Now   func() time.Time // nil: time.Now

	// Record writes an entry of the access log, in the transaction of what it
	// records. An attempt in the name of nobody here is the node's own entry:
	// what was typed as a name may be anything, also a password.
	Record func(entente.Tx, entente.Access) error
	// Check says whether the officer may do the operation; policy.Check does.
	Check func(entente.Officer, entente.Operation) error

	// Ask has an invitation wait for a second person, in the transaction that
	// makes it; Waits says that it still does, or that the officer himself does.
	// nil: nobody is asked.
	Ask   func(tx entente.Tx, by entente.Officer, of entente.OfficerID, at time.Time) error
	Waits func(entente.Tx, entente.OfficerID) (bool, error)

	// RPID is the WebAuthn relying party ID: the host name of the desk, without
	// scheme and port. Passkeys are bound to it for ever. An IP address cannot be
	// one; "localhost" can. Empty: no passkeys at this node.
	RPID    string
	Origins []string // where the desk is served: "https://desk.albia.example"
	Name    string   // shown by the browser when a passkey is made

	// Cookie tells desks on one host apart, since cookies do not know ports;
	// empty: "entente". The browser sees it with the prefix __Host-.
	Cookie string
	// Insecure serves a desk over plain HTTP to browsers that refuse Secure
	// cookies even from localhost. Cookie loses its prefix. Only for a demo.
	Insecure bool

	// Secret is the same in all processes of the node, and not in the store: under
	// it failures are counted, challenges and devices sealed. Empty: random, and
	// every process has its own.
	Secret []byte

	Params Params // zero fields: DefaultParams
	Limits Limits // zero fields: DefaultLimits

	Idle     time.Duration // a session ends when unused for so long; 0: 30 minutes
	Absolute time.Duration // and in any case after this; 0: 12 hours
	Token    time.Duration // the life of a command-line token; 0: 30 days
	Invite   time.Duration // the life of an invitation; 0: 7 days
}

// Service signs officers in. It is safe for concurrent use.
type Service struct {
	cfg      Config
	hash     *hasher
	onDevice *limiter // of an officer, by device
	fromAddress,
	ofOfficer *limiter // of an officer, on other devices: by address, and from anywhere
	answers    *limiter // of passkeys that are on record, by address
	records    *rate.Limiter
	ceremonies sealer
	devices    sealer
	passkeys   *webauthn.WebAuthn // nil: none at this node
}

// New makes a Service.
func New(cfg Config) (*Service, error) {
	if cfg.Store == nil || cfg.Record == nil || cfg.Check == nil {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "signin", Detail: "sign-in needs a store, a recorder for the access log and a check of operations"}
	}
	cfg = cfg.withDefaults()
	if err := cfg.Params.check(); err != nil {
		return nil, err
	}
	limit := func(kind string, free int, longest time.Duration) *limiter {
		return &limiter{kind, free, longest, cfg.Secret, maxCounts}
	}
	l := cfg.Limits
	s := &Service{
		cfg:         cfg,
		hash:        newHasher(cfg.Params),
		onDevice:    limit("device", l.Device, l.MaxWait),
		fromAddress: limit("address", l.Address, l.MaxWait),
		ofOfficer:   limit("officer", l.Officer, l.Crowd),
		answers:     limit("answer", l.Recorded, l.MaxWait),
		records:     rate.NewLimiter(10, 100),
	}
	var err error
	if s.ceremonies, err = newSealer(cfg.Secret, "challenge"); err != nil {
		return nil, err
	}
	if s.devices, err = newSealer(cfg.Secret, "device"); err != nil {
		return nil, err
	}
	if cfg.RPID == "" {
		return s, nil
	}
	s.passkeys, err = newPasskeys(cfg)
	return s, err
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Cookie == "" {
		c.Cookie = "entente"
	}
	if c.Name == "" {
		c.Name = "Entente"
	}
	if c.Ask == nil || c.Waits == nil {
		c.Ask = func(entente.Tx, entente.Officer, entente.OfficerID, time.Time) error { return nil }
		c.Waits = func(entente.Tx, entente.OfficerID) (bool, error) { return false, nil }
	}
	if len(c.Secret) == 0 {
		c.Secret = random(32)
	}
	c.Params = c.Params.withDefaults()
	c.Limits = c.Limits.withDefaults()
	for _, d := range []struct {
		of *time.Duration
		by time.Duration
	}{
		{&c.Idle, 30 * time.Minute},
		{&c.Absolute, 12 * time.Hour},
		{&c.Token, 30 * 24 * time.Hour},
		{&c.Invite, 7 * 24 * time.Hour},
	} {
		if *d.of == 0 {
			*d.of = d.by
		}
	}
	return c
}

// now has the precision in which the store and the access log keep times.
func (s *Service) now() time.Time { return s.cfg.Now().UTC().Truncate(time.Microsecond) }

// nobody stands in the access log for whoever is not an officer here: the node
// itself writes, as it does in package outbox.
var nobody = entente.Officer{ID: "node", Role: entente.Operator}

// record writes what an officer did with his means of signing in.
func (s *Service) record(tx entente.Tx, o entente.Officer, op entente.Operation, object string, denied bool) error {
	if o.ID == "" {
		o, object = nobody, object+" in the name of nobody here"
	}
	return s.cfg.Record(tx, entente.Access{
		At: s.now(), Officer: o.ID, Role: o.Role, Operation: op, Object: object, Denied: denied,
	})
}
