package signin

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

// line is what tests do with turns: begin puts somebody in, and tells how it went.
type line struct {
	*turns
	t *testing.T
}

type place struct {
	leave func()
	err   error
	done  atomic.Bool
}

func (l line) begin(ctx context.Context, from string) *place {
	p := &place{}
	go func() {
		p.leave, p.err = l.enter(ctx, from)
		p.done.Store(true)
	}()
	synctest.Wait()
	return p
}

func (p *place) in() bool { return p.done.Load() && p.err == nil }

// Strangers who fill the line keep nobody out who is known, nor a stranger from
// elsewhere, and never have all slots.
func TestTurnsAreFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := line{newTurns(2), t}
		var crowd []*place
		for range 20 {
			crowd = append(crowd, l.begin(ctx, "198.51.100.1"))
		}
		refused := 0
		for _, p := range crowd {
			if p.done.Load() && p.err != nil {
				want(t, "no room", p.err, entente.Unavailable)
				if entente.WaitOf(p.err) <= 0 {
					t.Error("it does not say when to come back")
				}
				refused++
			}
		}
		if !crowd[0].in() || crowd[1].done.Load() || refused != 20-1-mostFrom {
			t.Fatalf("%d of 20 are refused", refused)
		}
		known := l.begin(ctx, "")
		if !known.in() {
			t.Fatal("who is known waits for strangers")
		}
		other, second := l.begin(ctx, "192.0.2.1"), l.begin(ctx, "")
		crowd[0].leave()
		synctest.Wait()
		if !second.in() || other.done.Load() || crowd[1].done.Load() {
			t.Fatal("who is known does not come first")
		}
		known.leave()
		synctest.Wait()
		if !crowd[1].in() || other.done.Load() {
			t.Fatal("a stranger does not come next")
		}
		crowd[1].leave()
		synctest.Wait()
		if !other.in() || crowd[2].done.Load() {
			t.Fatal("a stranger from elsewhere waits for all of one address")
		}
		time.Sleep(strangerWait)
		synctest.Wait()
		if !crowd[2].done.Load() || crowd[2].err == nil || len(l.lanes) != 0 || l.waiting != 0 {
			t.Errorf("who waits too long stays: %d", l.waiting)
		}
		other.leave()
		second.leave()
		if l.running != 0 || l.strangers != 0 {
			t.Errorf("%d slots are taken at the end", l.running)
		}
	})
}

// Where the line is full, the longest of one address gives way.
func TestTurnsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := line{newTurns(2), t}
		first := l.begin(ctx, "first")
		var crowd []*place
		for _, from := range []string{"a", "b", "c", "d"} {
			for range mostFrom {
				crowd = append(crowd, l.begin(ctx, from))
			}
		}
		if l.waiting != mostStrangers {
			t.Fatalf("%d wait", l.waiting)
		}
		if p := l.begin(ctx, "e"); p.done.Load() || l.waiting != mostStrangers {
			t.Errorf("a newcomer finds no room: %v", p.err)
		}
		gone := 0
		for _, p := range crowd {
			if p.done.Load() {
				gone++
			}
		}
		if gone != 1 {
			t.Errorf("%d had to go, want 1", gone)
		}
		many := context.Background()
		cancelled, cancel := context.WithCancel(many)
		p := l.begin(cancelled, "")
		q := l.begin(cancelled, "")
		cancel()
		synctest.Wait()
		if !p.in() || !q.done.Load() || q.err == nil {
			t.Error("who is cancelled stays in line")
		}
		p.leave()
		first.leave()
		time.Sleep(knownWait)
		synctest.Wait()
	})
}
