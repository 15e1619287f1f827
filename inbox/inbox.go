package inbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"entente"
	"entente/ledger"
	"entente/policy"
	"entente/seal"
)

// Inbox receives for one party.
type Inbox struct {
	cfg   Config
	terms policy.Cache
	edges ledger.Edges

	mu      sync.Mutex
	garbage map[entente.PartyID]int // refusals kept since the last tidy
}

// Config is what an Inbox works with.
type Config struct {
	Self  entente.PartyID
	Keys  seal.Keys
	Store entente.Store
	Now   func() time.Time
	Log   *slog.Logger
	// Knows is what this node can judge; zero: what this version does. Anything
	// else is put off until it can.
	Knows entente.Vocabulary
	// Allowance bounds what one party makes us keep.
	Allowance Allowance
	// Compared takes note of what a partner says of our own ledgers.
	Compared func(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead) ([]entente.LedgerHead, error)
	// Cover is asked before our own ledgers are shown to a partner.
	Cover func(ctx context.Context, heads []entente.LedgerHead) error
	// Custody sends the notice that a file is here whole.
	Custody func(tx entente.Tx, of entente.Filed, file entente.Digest, held time.Time) error
	// Levelled is told that a partner has declared a level; may be nil.
	Levelled func(tx entente.Tx, a entente.AgreementID, partner entente.PartyID) error
	// Settle takes the receipts and refusals that a courier brings.
	Settle func(ctx context.Context, from entente.PartyID, answers []entente.Settlement) error
	// ComparedByCourier takes note of what a courier brings of a partner's ledgers.
	ComparedByCourier func(ctx context.Context, partner entente.PartyID, theirs []entente.LedgerHead, made time.Time) error
	// Filed is told after each exchange that filed something; may be nil.
	Filed func()
	// Step is told each step of docs/flow.md as it ends. Tests kill the node there.
	Step func(string)
}

// New makes an Inbox.
func New(cfg Config) *Inbox {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Step == nil {
		cfg.Step = func(string) {}
	}
	if cfg.Filed == nil {
		cfg.Filed = func() {}
	}
	cfg.Knows = cfg.Knows.OrThis()
	cfg.Allowance = cfg.Allowance.filled()
	return &Inbox{cfg: cfg, garbage: map[entente.PartyID]int{}}
}

func (i *Inbox) now() time.Time { return i.cfg.Now().UTC().Truncate(time.Microsecond) }
