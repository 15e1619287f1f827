package wire

import (
	"context"
	"io"
	"sync"
	"time"

	"entente"

	"golang.org/x/time/rate"
)

// meters hold each party to its own rates, so that one that floods only makes
// itself wait. They run on the machine's clock: opts.Now may stand still. There
// is one for each party that has a descriptor here, so they are few.
type meters struct {
	limits Limits

	mu sync.Mutex
	of map[entente.PartyID]*meter
}

type meter struct {
	requests, bytes *rate.Limiter
	slots           chan struct{}
}

func (m *meters) meter(p entente.PartyID) *meter {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil {
		m.of = map[entente.PartyID]*meter{}
	}
	if m.of[p] == nil {
		m.of[p] = &meter{
			requests: rate.NewLimiter(rate.Limit(m.limits.Requests), m.limits.Burst),
			bytes:    rate.NewLimiter(rate.Limit(m.limits.Bytes), max(int(m.limits.Bytes), 1)), // a burst of one second
			slots:    make(chan struct{}, m.limits.Concurrent),
		}
	}
	return m.of[p]
}

// enter begins a request. wait is not 0 when the party has to come back later.
func (m *meter) enter() (leave func(), wait time.Duration) {
	r := m.requests.Reserve()
	if d := r.Delay(); d > 0 {
		r.Cancel()
		return nil, d
	}
	select {
	case m.slots <- struct{}{}:
		return func() { <-m.slots }, 0
	default:
		return nil, time.Second
	}
}

// spend waits until n bytes may pass.
func (m *meter) spend(ctx context.Context, n int) error {
	for n > 0 {
		k := min(n, m.bytes.Burst())
		if err := m.bytes.WaitN(ctx, k); err != nil {
			return err
		}
		n -= k
	}
	return nil
}

// owe counts n bytes that have passed already: the next ones wait for them.
func (m *meter) owe(n int) {
	m.bytes.ReserveN(time.Now(), min(n, m.bytes.Burst()))
}

// metered is a body whose bytes are counted and whose sender may not stand
// still; it remembers how it ended.
type metered struct {
	ctx      context.Context
	r        io.Reader
	meter    *meter
	deadline func(time.Time) error
	stall    time.Duration
	err      error // what ended it; nil: still going on
}

func (m *metered) Read(p []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	m.deadline(time.Now().Add(m.stall))
	n, err := m.r.Read(p[:min(len(p), m.meter.bytes.Burst())])
	m.deadline(time.Time{}) // waiting for the meter or for our own disk is not the sender's fault
	if wait := m.meter.spend(m.ctx, n); err == nil {
		err = wait
	}
	m.err = err
	return n, err
}
