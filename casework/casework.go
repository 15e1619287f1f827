package casework

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/policy"
	"entente/record"
	"entente/seal"
)

// Desk serves the officers of one party.
type Desk struct {
	cfg   Config
	terms policy.Cache
}

// Config is what a Desk works with.
type Config struct {
	Self    entente.PartyID
	Keys    seal.Keys
	Store   entente.Store
	Out     Sender
	Screen  Screener
	Now     func() time.Time
	Started time.Time
	Version string
}

// Sender is the way out for what the desk decides.
type Sender interface {
	NewID() entente.DraftID
	SendIn(tx entente.Tx, by entente.Officer, id entente.DraftID, d entente.Draft) (released bool, err error)
	Wake()
	Cover(ctx context.Context, heads []entente.LedgerHead) error // before our ledgers leave in evidence
}

// New makes a Desk.
func New(cfg Config) *Desk { return &Desk{cfg: cfg} }

func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

func (d *Desk) log() record.Log {
	return record.Log{Party: d.cfg.Self, Key: d.cfg.Keys.Ledger.Signer()}
}

func (d *Desk) act(by entente.Officer, op entente.Operation, object string) record.Act {
	return record.Act{By: by, Operation: op, Object: tame(object), At: d.now()}
}

// tame keeps out of the access log what was typed in the place of a number: it
// may be a name, and the log is for ever.
func tame(object string) string {
	kind, id, _ := strings.Cut(object, " ")
	switch kind {
	case "case", "watch", "task", "clearing", "feeding", "message", "draft":
		if len(id) != 36 || uuid.Validate(id) != nil {
			return kind + " of no known form"
		}
	case "event":
		if len(id) != 32 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			return kind + " of no known form"
		}
	}
	return object
}

// do runs fn as an act of an officer, with its entry in the access log.
func (d *Desk) do(ctx context.Context, by entente.Officer, op entente.Operation, object string, fn func(entente.Tx) error) error {
	return d.doAct(ctx, d.act(by, op, object), fn)
}

func (d *Desk) doAct(ctx context.Context, a record.Act, fn func(entente.Tx) error) error {
	return record.Do(ctx, d.cfg.Store, d.log(), a, fn)
}

// May holds an operation against the officer's role before a page asks for more.
// A refusal is on record; what he may is recorded when he does it.
func (d *Desk) May(ctx context.Context, by entente.Officer, op entente.Operation, object string) error {
	if policy.Check(by, op) == nil {
		return nil
	}
	object, err := d.named(ctx, object)
	if err != nil {
		return err
	}
	return d.do(ctx, by, op, object, func(entente.Tx) error { return nil })
}

// named looks at what an address names before it is written into the access log:
// what is nothing here may be a name that somebody typed.
func (d *Desk) named(ctx context.Context, object string) (string, error) {
	if about, ok := strings.CutPrefix(object, "access log of "); ok {
		return d.logOf(ctx, entente.Access{Object: about}.Thing())
	}
	if id, ok := strings.CutPrefix(object, "holding "); ok {
		return d.holdingName(ctx, entente.HoldingID(id))
	}
	return object, nil
}

// look runs fn on what an officer asks to see, after its entry in the access log.
func (d *Desk) look(ctx context.Context, by entente.Officer, op entente.Operation, object string, fn func(entente.Tx) error) error {
	return record.Look(ctx, d.cfg.Store, d.log(), d.act(by, op, object), fn)
}
