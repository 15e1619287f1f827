// Package scenario runs several agencies in one process, each with its own
// store, keys and clock, over real connections on the loopback interface: for
// the demo and for stories that tests tell.
package scenario

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"entente"
	"entente/internal/loopback"
	"entente/internal/node"
	"entente/outbox"
	"entente/parse"
	"entente/seal"
	"entente/signin"
	"entente/sqlstore"
	"entente/wire"
)

// Setup says what an agency is like. Zero fields take the default.
type Setup struct {
	ID       entente.PartyID
	Name     string
	Country  entente.Country
	DialsOut bool          // partners cannot call it
	Store    string        // URL; empty: SQLite in Dir
	Dir      string        // for its files
	Skew     time.Duration // how far its clock is off
	Officers []entente.Officer
	Password string // of every officer; empty: nobody can sign in
	DeskAddr string // where the desk listens; empty: no desk
	Step     func(string)
	Guard    func(entente.Store) entente.Store // see node.Config
	Wire     wire.Options
	Door     node.Door
	Log      *slog.Logger
}

// Agency is one party of a story.
type Agency struct {
	Setup
	Keys  seal.Keys
	Party entente.Party
	Note  []byte // its descriptor
	Store *sqlstore.Store
	Node  *node.Node
	Desk  string // its URL

	clock    *Clock
	addr     string // of the wire
	deskAddr string
	stop     func()
}

// New makes an agency with keys and an empty store. It is not running.
func New(ctx context.Context, clock *Clock, s Setup) (*Agency, error) {
	if s.Store == "" {
		s.Store = filepath.Join(s.Dir, string(s.ID)+".db")
	}
	a := &Agency{Setup: s, clock: clock}
	var err error
	if a.Keys, err = seal.Generate(s.ID); err != nil {
		return nil, err
	}
	endpoint := ""
	if !s.DialsOut {
		// The port is found now, because the descriptor names it.
		if a.addr, err = loopback.Addr(); err != nil {
			return nil, err
		}
		endpoint = "https://" + a.addr
	}
	a.Party = entente.Party{
		ID: s.ID, Edition: 1, Name: s.Name, Country: s.Country, Issued: a.now().Truncate(time.Second),
		Keys: a.Keys.Public(), Endpoint: endpoint,
		Contacts: []entente.Contact{{Role: "duty desk", Phone: "+999 55 0100", Hours: "24/7"}},
	}.Able().Greased()
	if a.Note, err = seal.SignParty(a.Party, a.Keys); err != nil {
		return nil, err
	}
	if a.Store, err = sqlstore.Open(ctx, s.Store); err != nil {
		return nil, err
	}
	err = a.Store.Update(ctx, func(tx entente.Tx) error {
		for _, o := range s.Officers {
			o.Added = a.now()
			if err := tx.PutOfficer(o); err != nil {
				return err
			}
		}
		if err := entente.PutOwner(tx, entente.Owner{Party: s.ID, Number: 1, Edition: parse.EditionOf(a.Party)}); err != nil {
			return err
		}
		return tx.PutParty(entente.PartyRecord{Party: a.Party, Note: a.Note, Added: a.now(), Checked: "init"})
	})
	return a, err
}

func (a *Agency) now() time.Time { return a.clock.Now().Add(a.Skew).UTC().Truncate(time.Microsecond) }

// LoseAnchor removes the file that remembers what left the agency's machine: the
// store is restored on another one.
func (a *Agency) LoseAnchor() error { return os.Remove(a.anchor()) }

// anchor is the file that remembers what left the agency's machine.
func (a *Agency) anchor() string { return filepath.Join(a.Dir, string(a.ID)+".anchor.json") }

// Officer gives the first officer with a role.
func (a *Agency) Officer(r entente.Role) entente.Officer {
	for _, o := range a.Officers {
		if o.Role == r {
			return o
		}
	}
	panic("no " + string(r) + " at " + string(a.ID))
}

// Introduce gives each agency the descriptors of the others.
func Introduce(ctx context.Context, agencies ...*Agency) error {
	for _, a := range agencies {
		err := a.Store.Update(ctx, func(tx entente.Tx) error {
			for _, b := range agencies {
				if a == b {
					continue
				}
				if _, err := seal.OpenParty(b.Note, nil); err != nil {
					return err
				}
				err := tx.PutParty(entente.PartyRecord{Party: b.Party, Note: b.Note, Added: a.now(), Checked: a.Officers[0].ID})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Agree has every agency sign a text, and keeps the agreement at each.
func Agree(ctx context.Context, text []byte, agencies ...*Agency) (entente.AgreementRecord, error) {
	rec, err := Sign(text, agencies...)
	if err != nil {
		return rec, err
	}
	for _, a := range agencies {
		rec.Added = a.now()
		if err := a.Store.Update(ctx, func(tx entente.Tx) error { return tx.PutAgreement(rec) }); err != nil {
			return rec, err
		}
	}
	return rec, nil
}

// Sign has every agency sign a text.
func Sign(text []byte, agencies ...*Agency) (entente.AgreementRecord, error) {
	known := map[entente.PartyID]entente.Party{}
	note := text
	var err error
	for _, a := range agencies {
		known[a.ID] = a.Party
		if note, err = seal.SignAgreement(note, a.ID, a.Keys.Identity); err != nil {
			return entente.AgreementRecord{}, err
		}
	}
	return seal.OpenAgreement(note, func(id entente.PartyID) (entente.Party, error) {
		p, ok := known[id]
		if !ok {
			return p, &entente.Error{Kind: entente.NotFound, Detail: "no descriptor of " + string(id)}
		}
		return p, nil
	})
}

// Rotate changes keys as entente party rotate does: partners are told under the
// old keys, then the node starts again with the new ones.
func (a *Agency) Rotate(ctx context.Context, what ...string) error {
	return a.succeed(ctx, outbox.Succession{Consent: true}, what...)
}

// EndRestore changes keys as entente party rotate --restored does.
func (a *Agency) EndRestore(ctx context.Context) error {
	return a.succeed(ctx, outbox.Succession{Consent: true, Restored: true}, "message", "ledger", "seal")
}

func (a *Agency) succeed(ctx context.Context, s outbox.Succession, what ...string) error {
	next, err := seal.Rotate(a.Keys, what...)
	if err != nil {
		return err
	}
	p := a.Party
	p.Edition, p.Issued, p.Keys = p.Edition+1, a.now().Truncate(time.Second), next.Public()
	var before []seal.IdentityKey
	if !p.Keys.Identity.Equal(a.Party.Keys.Identity) {
		before = append(before, a.Keys.Identity)
	}
	note, err := seal.SignParty(p, next, before...)
	if err != nil {
		return err
	}
	s.Next, s.Keys = entente.PartyRecord{Party: p, Note: note, Added: a.now(), Checked: "init"}, next
	if err := a.Node.Outbox.Succeed(ctx, s); err != nil {
		return err
	}
	a.Stop()
	a.Keys, a.Party, a.Note = next, p, note
	return a.Start(ctx)
}

// Start runs the agency's node until Stop.
func (a *Agency) Start(ctx context.Context) error {
	log := a.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	cfg := node.Config{
		Keys: a.Keys, Store: a.Store, Now: a.clock.Off(a.Skew), Log: log.With("party", a.ID), Version: "scenario",
		Anchor: a.anchor(), SignIn: signin.Params{}, Cookie: "entente-" + string(a.ID), Collect: 50 * time.Millisecond, Step: a.Step, Guard: a.Guard, Wire: a.Wire, Door: a.Door,
	}
	var desk net.Listener
	if a.DeskAddr != "" {
		at := a.deskAddr
		if at == "" {
			at = a.DeskAddr
		}
		var err error
		if desk, err = net.Listen("tcp", at); err != nil {
			return err
		}
		a.deskAddr = desk.Addr().String()
		_, port, _ := net.SplitHostPort(a.deskAddr)
		a.Desk = "http://localhost:" + port
		cfg.DeskURL = a.Desk
	}
	ctx, cancel := context.WithCancel(ctx)
	var err error
	if a.Node, err = node.New(ctx, cfg); err != nil {
		cancel()
		return err
	}
	if a.Password != "" && desk != nil {
		for _, o := range a.Officers {
			if err := a.Node.SignIn.SetPassword(ctx, o.ID, a.Password); err != nil {
				cancel()
				return err
			}
		}
	}
	if err := a.Node.Resume(ctx); err != nil {
		cancel()
		return err
	}
	return a.run(ctx, cancel, desk)
}

func (a *Agency) run(ctx context.Context, cancel func(), desk net.Listener) error {
	done := make(chan struct{}, 3)
	running := 0
	if a.addr != "" {
		l, err := net.Listen("tcp", a.addr)
		if err != nil {
			cancel()
			return err
		}
		running++
		go func() { a.Node.Serve(l); done <- struct{}{} }()
	}
	pages := a.Node.DeskServer()
	if desk != nil {
		running++
		go func() { pages.Serve(desk, "", ""); done <- struct{}{} }()
	}
	running++
	go func() { a.Node.Run(ctx); done <- struct{}{} }()
	a.stop = func() {
		cancel()
		pages.Close()
		a.Node.Server().Close()
		for range running {
			<-done
		}
		a.stop = nil
	}
	return nil
}

// Stop ends the node; the store stays open.
func (a *Agency) Stop() {
	if a.stop != nil {
		a.stop()
	}
}

// Close ends everything.
func (a *Agency) Close() error {
	a.Stop()
	return a.Store.Close()
}

// Until waits until ok reports true, looking every few milliseconds, and gives
// up after a minute: long enough for a busy machine.
func Until(ctx context.Context, what string, ok func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		done, err := ok()
		if done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(errors.New("waited in vain until "+what), ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}
