package screen

import (
	"context"
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
}

// Screen compares. Its indexes follow the store, also when another process
// writes there.
type Screen struct {
	cfg Config

	lists *match.Index // holdings: many, and each alike
	desk  *match.Index // watches and cases: few, and near misses on them are kept

	mu       sync.RWMutex
	watches  map[entente.WatchID]entente.Watch
	cases    map[entente.CaseID]entente.Case
	cleared  map[entente.Target][]entente.Clearing
	deskAt   string // the mark of the state that desk shows
	listsAt  map[entente.SourceID]int
	ready    bool
	loading  sync.Mutex
	messages chan struct{}
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
		listsAt: map[entente.SourceID]int{}, messages: make(chan struct{}, 1),
	}
}

func (s *Screen) now() time.Time { return s.cfg.Now().UTC().Truncate(time.Microsecond) }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Wake says that a message was filed.
func (s *Screen) Wake() {
	select {
	case s.messages <- struct{}{}:
	default:
	}
}

// Run screens what is filed until ctx ends. It looks by itself once in a while,
// for what another process filed.
func (s *Screen) Run(ctx context.Context, failed func(error)) {
	tick := time.NewTicker(lookAround)
	defer tick.Stop()
	for {
		if _, err := s.Messages(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.messages:
		case <-tick.C:
		}
	}
}

const lookAround = 30 * time.Second
