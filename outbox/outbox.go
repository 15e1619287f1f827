package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"entente"
	"entente/ledger"
	"entente/policy"
	"entente/record"
	"entente/seal"
)

// Outbox sends for one party.
type Outbox struct {
	cfg   Config
	terms policy.Cache
	edges ledger.Edges
	wake  chan struct{}

	mu    sync.Mutex
	peers map[entente.PartyID]*peer // what deliver knows of each partner's ledgers since the last comparison
}

// Config is what an Outbox works with.
type Config struct {
	Self    entente.PartyID
	Keys    seal.Keys
	Store   entente.Store
	Carrier Carrier // nil: nothing is delivered from here; partners collect, or a courier carries
	Now     func() time.Time
	Log     *slog.Logger
	// Expiry is how long a message may wait for its recipient when its author
	// says nothing else; 0: 30 days.
	Expiry time.Duration
	// MaxAttachment is the largest file in bytes, before encryption; 0: 1 GiB.
	MaxAttachment int64
	// Anchor makes durable, apart from the store, that ledgers of ours have this
	// size and root. Nothing of them leaves before it has returned; nil: there is
	// no anchor.
	Anchor func(ctx context.Context, own map[string]entente.TreeHead) error
	// Knows is what this node can write; zero: what this version does.
	Knows entente.Vocabulary
	// Step is told each step of docs/flow.md as it ends. Tests kill the node there.
	Step func(string)
}

// Carrier takes deliveries to a partner's door. Errors are Unavailable when the
// partner cannot be reached, which is no news; every other kind is shown at the desk.
type Carrier interface {
	Deliver(ctx context.Context, to entente.Party, ds []entente.Delivery) ([]entente.Settlement, error)
	Compare(ctx context.Context, with entente.Party, heads []entente.LedgerHead) ([]entente.LedgerHead, error)
	Records(ctx context.Context, of entente.Party, origin string, first int64, n int) ([]entente.Digest, error)
	FileCarrier
}

// New makes an Outbox. Run makes it deliver.
func New(cfg Config) *Outbox {
	if cfg.Expiry == 0 {
		cfg.Expiry = 30 * 24 * time.Hour
	}
	if cfg.MaxAttachment == 0 {
		cfg.MaxAttachment = 1 << 30
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Step == nil {
		cfg.Step = func(string) {}
	}
	cfg.Knows = cfg.Knows.OrThis()
	return &Outbox{cfg: cfg, wake: make(chan struct{}, 1), peers: map[entente.PartyID]*peer{}}
}

// now is the time in the precision that the protocol carries.
func (o *Outbox) now() time.Time { return o.cfg.Now().UTC().Truncate(time.Microsecond) }

func (o *Outbox) accessLog() record.Log {
	return record.Log{Party: o.cfg.Self, Key: o.cfg.Keys.Ledger.Signer(), Edges: &o.edges}
}

// do runs fn in one transaction as an act of an officer: they must be allowed to,
// and the access log says that they did, or tried.
func (o *Outbox) do(ctx context.Context, by entente.Officer, op entente.Operation, object string, fn func(entente.Tx) error) error {
	return o.doAct(ctx, o.act(by, op, object), fn)
}

func (o *Outbox) act(by entente.Officer, op entente.Operation, object string) record.Act {
	return record.Act{By: by, Operation: op, Object: object, At: o.now()}
}

func (o *Outbox) doAct(ctx context.Context, a record.Act, fn func(entente.Tx) error) error {
	return record.Do(ctx, o.cfg.Store, o.accessLog(), a, fn)
}

// wakeFor is Wake after something was queued for a partner. Whoever delivers to
// him now looks at the queue once more before he leaves off.
func (o *Outbox) wakeFor(p entente.PartyID) {
	if !o.isBusy(p) {
		o.Wake()
	}
}

// Wake makes Run look at the queues now.
func (o *Outbox) Wake() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}
