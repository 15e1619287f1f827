package signin

import (
	"context"
	"slices"
	"sync"
	"time"

	"entente"
)

// turns hands out the few slots in which passwords are hashed, for a hash costs
// memory and time. Who is known here (a device that signed in before, a session,
// an invitation) comes first, and strangers never have all slots. Strangers take
// turns by address, however many come from one.
type turns struct {
	slots int

	mu        sync.Mutex
	running   int
	strangers int // of those running
	known     []*turn
	lanes     map[string][]*turn // of strangers, by address
	order     []string           // addresses, whose turn is next first
	waiting   int                // in lanes
}

type turn struct {
	place string        // empty: known
	state chan struct{} // closed when it begins, or has to go
	gone  bool
}

const (
	mostKnown     = 64 // that wait
	mostStrangers = 32
	mostFrom      = 8 // strangers from one address
	knownWait     = 30 * time.Second
	strangerWait  = 10 * time.Second
	comeBack      = 5 * time.Second // what those are told who find no room
)

func newTurns(slots int) *turns { return &turns{slots: slots, lanes: map[string][]*turn{}} }

// enter waits for a slot; place is empty for who is known. leave gives it back.
func (q *turns) enter(ctx context.Context, place string) (leave func(), err error) {
	t := &turn{place: place, state: make(chan struct{})}
	if !q.queue(t) {
		return nil, tooMany(nil)
	}
	patience := strangerWait
	if place == "" {
		patience = knownWait
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-t.state:
		if t.gone {
			return nil, tooMany(nil)
		}
		return sync.OnceFunc(func() { q.leave(t) }), nil
	case <-timer.C:
		err = tooMany(nil)
	case <-ctx.Done():
		err = tooMany(ctx.Err())
	}
	q.giveUp(t)
	return nil, err
}

// queue puts t in its line, and starts those who may begin.
func (q *turns) queue(t *turn) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case t.place == "" && len(q.known) >= mostKnown, len(q.lanes[t.place]) >= mostFrom:
		return false
	case t.place == "":
		q.known = append(q.known, t)
	case q.waiting >= mostStrangers && !q.makeRoom(t.place):
		return false
	default:
		if len(q.lanes[t.place]) == 0 {
			q.order = append(q.order, t.place)
		}
		q.lanes[t.place] = append(q.lanes[t.place], t)
		q.waiting++
	}
	q.next()
	return true
}

// makeRoom sends the newest of the longest lane away, if that is longer than the
// newcomer's would be.
func (q *turns) makeRoom(place string) bool {
	longest := place
	for p, lane := range q.lanes {
		if len(lane) > len(q.lanes[longest]) {
			longest = p
		}
	}
	lane := q.lanes[longest]
	if len(lane) <= len(q.lanes[place])+1 {
		return false
	}
	t := lane[len(lane)-1]
	q.take(t)
	t.gone = true
	close(t.state)
	return true
}

// next starts those who may begin now.
func (q *turns) next() {
	for q.running < q.slots {
		var t *turn
		switch {
		case len(q.known) > 0:
			t = q.known[0]
		case len(q.order) > 0 && q.strangers < max(1, q.slots-1):
			t = q.lanes[q.order[0]][0]
			q.strangers++
		default:
			return
		}
		q.running++
		q.take(t)
		close(t.state)
	}
}

// take takes t out of its line. The next of its address waits behind the others.
func (q *turns) take(t *turn) {
	if t.place == "" {
		q.known = slices.DeleteFunc(q.known, func(o *turn) bool { return o == t })
		return
	}
	q.lanes[t.place] = slices.DeleteFunc(q.lanes[t.place], func(o *turn) bool { return o == t })
	q.waiting--
	q.order = slices.DeleteFunc(q.order, func(p string) bool { return p == t.place })
	if len(q.lanes[t.place]) > 0 {
		q.order = append(q.order, t.place)
	} else {
		delete(q.lanes, t.place)
	}
}

func (q *turns) leave(t *turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running--
	if t.place != "" {
		q.strangers--
	}
	q.next()
}

// giveUp takes t out of the line, or gives its slot back if it just got one.
func (q *turns) giveUp(t *turn) {
	q.mu.Lock()
	select {
	case <-t.state:
		q.mu.Unlock()
		if !t.gone {
			q.leave(t)
		}
	default:
		q.take(t)
		q.mu.Unlock()
	}
}

func tooMany(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "too many people are signing in", Hint: "try again in " + comeBack.String() + ", or sign in with a passkey", Wait: comeBack, Cause: cause}
}
