// Package node puts one node together: outbox, inbox, casework and sign-in over
// one store, the wire on one side, the desk and the API on the other. Commands
// and stories use the same node.
package node

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"entente"
	"entente/casework"
	"entente/inbox"
	"entente/outbox"
	"entente/policy"
	"entente/prove"
	"entente/record"
	"entente/screen"
	"entente/seal"
	"entente/signin"
	"entente/wire"
)

// Config is what a node is made of.
type Config struct {
	Party entente.PartyID // as the configuration names it; empty: as the keys do
	Keys  seal.Keys
	// KeysLost says that the keys of the edition in use are lost: the node that New
	// returns only makes a new edition, and is not run.
	KeysLost bool
	Store    entente.Store
	Now      func() time.Time // nil: time.Now
	Log      *slog.Logger
	Version  string

	DeskURL string // where officers find the desk: "https://desk.albia.example"; names the passkeys' relying party
	SignIn  signin.Params
	Cookie  string // tells desks on one host apart
	Door    Door   // before desk and API

	Anchor        string // file beside the keys that remembers what left this machine; empty: none
	MaxAttachment int64
	Allowance     inbox.Allowance // what is taken of each partner
	Collect       time.Duration   // how often a node that only dials out asks for its post; 0: 15 s
	Wire          wire.Options
	KeepEvents    time.Duration // how long travel events that hit nothing are kept, and targets that change are held against them; 0: 30 days
	KeepNear      time.Duration // how long near misses are kept, with their events; 0: 400 days

	Step  func(string)                      // told each step of docs/flow.md; tests kill the node there
	Guard func(entente.Store) entente.Store // nil: prove.Guard; tests play a party that sends what it never signed
}

// resumeEvery is how often files that are here and could not be finished are
// looked at again.
const resumeEvery = 30 * time.Second

// Node is one party's node.
type Node struct {
	Self   entente.PartyID
	Outbox *outbox.Outbox
	Inbox  *inbox.Inbox
	Screen *screen.Screen
	Desk   *casework.Desk
	SignIn *signin.Service

	cfg      Config
	raw      entente.Store // as it was given; cfg.Store is guarded
	dialsOut bool          // partners cannot call: we collect
	client   *wire.Client
	server   *wire.Server
	anchor   *anchor
	desk     http.Handler
	chores   *chores
}

// New puts a node together. It does nothing until Run.
func New(ctx context.Context, cfg Config) (*Node, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Party == "" {
		cfg.Party = cfg.Keys.Party
	}
	if cfg.Collect == 0 {
		cfg.Collect = 15 * time.Second
	}
	if cfg.KeepEvents == 0 {
		cfg.KeepEvents = screen.KeptEvents
	}
	if cfg.KeepNear == 0 {
		cfg.KeepNear = 400 * 24 * time.Hour
	}
	cfg.Door = cfg.Door.filled(cfg.DeskURL)
	self, err := ownDescriptor(ctx, cfg)
	if err != nil {
		return nil, err
	}
	raw := cfg.Store
	cfg.Log = slog.New(quiet{cfg.Log.Handler()})
	if cfg.Guard == nil {
		cfg.Guard = prove.Guard
	}
	cfg.Store = cfg.Guard(&disk{Store: raw, log: cfg.Log, now: cfg.Now}) // nothing of this node reads a message that does not hold
	n := &Node{Self: cfg.Keys.Party, cfg: cfg, raw: raw, dialsOut: self.DialsOut(), chores: newChores(), anchor: &anchor{path: cfg.Anchor}}
	cfg.Wire.Now, cfg.Wire.Log = cfg.Now, cfg.Log
	if cfg.MaxAttachment > 0 && cfg.Wire.MaxFile == 0 {
		cfg.Wire.MaxFile = cfg.MaxAttachment + cfg.MaxAttachment>>10 + 1<<20 // what encryption adds
	}
	id := wire.Identity{Party: n.Self, Key: cfg.Keys.TLS.Signer(), Root: cfg.Keys.TLS.Root()}
	n.client = wire.NewClient(id, parties{cfg.Store}, cfg.Wire)
	n.Outbox = outbox.New(outbox.Config{
		Anchor: n.cover(), Self: n.Self, Keys: cfg.Keys, Store: cfg.Store, Carrier: n.client, Now: cfg.Now, Log: cfg.Log,
		MaxAttachment: cfg.MaxAttachment, Step: cfg.Step,
	})
	n.Inbox = inbox.New(inbox.Config{
		Self: n.Self, Keys: cfg.Keys, Store: cfg.Store, Now: cfg.Now, Log: cfg.Log,
		Compared: n.Outbox.Compared, Cover: n.Outbox.Cover, Custody: n.Outbox.Custody, Levelled: n.Outbox.Levelled, Settle: n.Outbox.Settle, ComparedByCourier: n.Outbox.ComparedByCourier, Filed: n.filed, Step: cfg.Step, Allowance: cfg.Allowance,
	})
	log := record.Log{Party: n.Self, Key: cfg.Keys.Ledger.Signer()}
	n.Screen = screen.New(screen.Config{Self: n.Self, Store: cfg.Store, Log: log, Now: cfg.Now, Step: cfg.Step, Back: cfg.KeepEvents})
	n.Desk = casework.New(casework.Config{
		Self: n.Self, Keys: cfg.Keys, Store: cfg.Store, Out: n.Outbox, Screen: n.Screen, Now: cfg.Now, Started: cfg.Now(), Version: cfg.Version,
	})
	n.server = wire.NewServer(id, parties{cfg.Store}, n.Inbox, n.Outbox, files{n.Inbox, n.Outbox}, cfg.Wire)
	if n.SignIn, err = newSignIn(cfg, self); err != nil {
		return nil, err
	}
	n.desk, err = n.pages(self)
	return n, err
}

func newSignIn(cfg Config, self entente.Party) (*signin.Service, error) {
	log := record.Log{Party: self.ID, Key: cfg.Keys.Ledger.Signer()}
	c := signin.Config{
		Store: cfg.Store, Now: cfg.Now, Name: self.Name, Params: cfg.SignIn, Cookie: cfg.Cookie,
		Record: func(tx entente.Tx, a entente.Access) error { return log.Add(tx, a) },
		Check:  policy.Check,
		Secret: cfg.Keys.Ledger.Secret("sign-in counts"),
		Ask:    casework.AskInvitation,
		Waits:  casework.Waits,
	}
	if host := cfg.passkeyHost(); host != "" {
		u, _ := url.Parse(cfg.DeskURL)
		c.RPID, c.Origins = host, []string{u.Scheme + "://" + u.Host}
	}
	return signin.New(c)
}

// passkeyHost is the host name to which passkeys are bound; empty where the desk
// has an address only.
func (c Config) passkeyHost() string {
	u, err := url.Parse(c.DeskURL)
	if err != nil || net.ParseIP(u.Hostname()) != nil {
		return ""
	}
	return u.Hostname()
}

// Handler is the desk and the API.
func (n *Node) Handler() http.Handler { return n.desk }

// Server is the end that partners call.
func (n *Node) Server() *wire.Server { return n.server }

// Client is the end that calls partners.
func (n *Node) Client() *wire.Client { return n.client }

// Resume is called before the node serves or runs: it holds back what may not
// leave before our ledgers have been compared, and finishes what a crash left.
func (n *Node) Resume(ctx context.Context) error {
	has, err := n.anchor.begin(n.Self)
	if err != nil {
		return err
	}
	restore, err := n.Outbox.Resume(ctx, has)
	if err != nil {
		return err
	}
	n.anchor.held = restore != nil && restore.Anchor == nil // a new one would be believed
	if restore == nil {
		if err := n.coverAll(ctx); err != nil {
			return err
		}
	}
	return n.Inbox.Resume(ctx)
}

// coverAll writes the anchor of all our ledgers, where one is kept, and then notes in
// the store that there is one.
func (n *Node) coverAll(ctx context.Context) error {
	var owner entente.Owner
	var heads []entente.LedgerHead
	err := n.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		if owner, err = entente.OwnerOf(tx); err != nil {
			return err
		}
		heads, err = tx.Heads()
		return err
	})
	if err != nil {
		return err
	}
	if n.cfg.Anchor == "" {
		return nil
	}
	if err := n.anchor.raise(owner); err != nil {
		return err
	}
	if err := n.Outbox.Cover(ctx, heads); err != nil {
		return err
	}
	return n.Outbox.Anchored(ctx)
}

// Run does what the node does by itself, until ctx ends: delivers, collects, keeps
// time.
func (n *Node) Run(ctx context.Context) {
	var work sync.WaitGroup
	work.Go(func() { n.Outbox.Run(ctx) })
	if s, ok := n.raw.(interface {
		Watch(context.Context, time.Duration, func())
	}); ok {
		work.Go(func() { s.Watch(ctx, watchEvery, n.filed) })
	}
	work.Go(func() { n.Inbox.RunResume(ctx, resumeEvery) })
	work.Go(func() {
		n.Screen.Run(ctx, func(err error) { n.cfg.Log.Error("node: cannot screen messages", "err", err) })
	})
	work.Go(func() { n.keepTime(ctx) })
	work.Go(func() { n.chores.run(ctx) })
	if n.dialsOut {
		work.Go(func() { n.Inbox.RunCollect(ctx, n.client, n.cfg.Collect) })
	}
	work.Wait()
	n.client.Close()
}

// filed is called when messages were filed, and when another process has stored
// something: what waits to leave, to be compared or to be looked back for.
func (n *Node) filed() {
	n.Outbox.Wake()
	n.Screen.Wake()
}

// watchEvery is how often the node looks whether another process, such as the
// command line, has put something into its store.
const watchEvery = time.Second

// tickEvery is how often tasks climb and watches ask, and forgetEvery how often
// near misses and travel events that hit nothing are erased.
const (
	tickEvery   = time.Minute
	forgetEvery = time.Hour
)

// keepTime does what the time alone asks for.
func (n *Node) keepTime(ctx context.Context) {
	tick, forget := time.NewTicker(tickEvery), time.NewTicker(forgetEvery)
	defer tick.Stop()
	defer forget.Stop()
	for {
		if _, err := n.Desk.Tick(ctx); err != nil && ctx.Err() == nil {
			n.cfg.Log.Error("node: cannot see to tasks and watches", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			n.tidy(ctx)
		case <-forget.C:
			if _, _, err := n.Screen.Forget(ctx, n.cfg.Now().Add(-n.cfg.KeepNear), n.cfg.Now().Add(-n.cfg.KeepEvents)); err != nil && ctx.Err() == nil {
				n.cfg.Log.Error("node: cannot erase what is kept no longer", "err", err)
			}
			if err := record.Forget(ctx, n.cfg.Store, n.cfg.Now().Add(-entente.DeedLife)); err != nil && ctx.Err() == nil {
				n.cfg.Log.Error("node: cannot drop the keys of old acts", "err", err)
			}
			n.tidy(ctx)
		}
	}
}

// tidy takes away the traces of what was erased.
func (n *Node) tidy(ctx context.Context) {
	s, ok := n.raw.(interface{ Tidy(context.Context) error })
	if !ok {
		return
	}
	if err := s.Tidy(ctx); err != nil && ctx.Err() == nil {
		n.cfg.Log.Error("node: cannot take away what is left of what was erased", "err", err)
	}
}

// Serve answers partners on l until Shutdown.
func (n *Node) Serve(l net.Listener) error { return n.server.Serve(l) }

// parties looks descriptors up for the wire.
type parties struct{ store entente.Store }

func (p parties) Party(ctx context.Context, id entente.PartyID) (out entente.Party, err error) {
	err = p.store.View(ctx, func(tx entente.Tx) error {
		rec, err := tx.Party(id)
		out = rec.Party
		return err
	})
	return out, err
}

// files are what partners add to the inbox and what they fetch from the outbox.
type files struct {
	in  *inbox.Inbox
	out *outbox.Outbox
}

func (f files) Held(ctx context.Context, party entente.PartyID, file entente.Digest) (held, size int64, err error) {
	held, size, err = f.in.Held(ctx, party, file)
	if errors.Is(err, entente.NotFound) {
		return f.out.Held(ctx, party, file)
	}
	return held, size, err
}

func (f files) Add(ctx context.Context, party entente.PartyID, file entente.Digest, offset int64, r io.Reader) (int64, error) {
	return f.in.Add(ctx, party, file, offset, r)
}

func (f files) Open(ctx context.Context, party entente.PartyID, file entente.Digest, offset int64) (io.Reader, error) {
	return f.out.Open(ctx, party, file, offset)
}
