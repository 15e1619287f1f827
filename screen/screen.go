package screen

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/match"
	"entente/record"
)

// Config is what a Screen works with.
type Config struct {
	Self    entente.PartyID
	Store   entente.Store
	Log     record.Log
	Now     func() time.Time
	Changed func()       // tasks or hits are new; nil: nobody waits for them
	Step    func(string) // told each step of docs/flow.md; nil: nobody listens

	// Back is how far back a target that changed is held against travel events: as
	// long as one is kept that met nothing; 0: KeptEvents.
	Back time.Duration
}

// Screen compares. Its indexes follow the store, also when another process
// writes there.
type Screen struct {
	cfg Config

	lists *match.Index // holdings: many, and each alike
	desk  *match.Index // watches and cases: few, and near misses on them are kept

	mu      sync.RWMutex
	watches map[entente.WatchID]entente.Watch
	cases   map[entente.CaseID]entente.Case
	cleared map[entente.Target][]entente.Clearing
	deskAt  string // the mark of the state that desk shows
	listsAt map[entente.SourceID]int
	ready   bool
	loading sync.Mutex
	work    chan struct{} // word that something waits

	backing sync.Mutex   // holds what follows
	back    *match.Index // the targets of a pass
	backOf  string       // that pass, and the mark of the state that back shows
}

// New makes a Screen with empty indexes; Follow fills them.
func New(cfg Config) *Screen {
	if cfg.Changed == nil {
		cfg.Changed = func() {}
	}
	if cfg.Step == nil {
		cfg.Step = func(string) {}
	}
	return &Screen{
		cfg: cfg, lists: match.New(), desk: match.New(),
		watches: map[entente.WatchID]entente.Watch{}, cases: map[entente.CaseID]entente.Case{}, cleared: map[entente.Target][]entente.Clearing{},
		listsAt: map[entente.SourceID]int{}, work: make(chan struct{}, 1),
	}
}

func (s *Screen) now() time.Time { return s.cfg.Now().UTC().Truncate(time.Microsecond) }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Wake says that something was stored: a message perhaps, or a watch.
func (s *Screen) Wake() {
	select {
	case s.work <- struct{}{}:
	default:
	}
}

// Run screens what is filed, and looks back for targets that changed, until ctx
// ends. It looks by itself once in a while, for what another process stored.
func (s *Screen) Run(ctx context.Context, failed func(error)) {
	tick := time.NewTicker(lookAround)
	defer tick.Stop()
	for {
		_, err := s.Messages(ctx) // between slices, too: what comes now waits for nothing
		more := false
		if errors.Is(err, entente.Damaged) { // of one message: it holds up nothing else
			failed(err)
			err = nil
		}
		if err == nil {
			more, err = s.lookBack(ctx)
		}
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		if more && ctx.Err() == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-s.work:
		case <-tick.C:
		}
	}
}

const lookAround = 30 * time.Second
