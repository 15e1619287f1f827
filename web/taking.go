package web

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"entente"
)

// taking is one list or feed that is being taken in. It goes on when the officer
// leaves the page; the page shows how far it has come. What it made is in the
// store; this itself is forgotten when the node stops.
type taking struct {
	ID      string
	Travel  bool   // a travel feed; else a list
	Name    string // of the list or feed
	File    string
	By      entente.OfficerID
	Key     string // of the form that began it
	Started time.Time

	mu      sync.Mutex
	edition entente.Edition
	feeding entente.Feeding
	err     error
	done    time.Time
	again   func() // starts it anew, with the word that removals are meant; nil: cannot
	free    func() // gives back what it holds
}

// takingState is a taking at one moment.
type takingState struct {
	*taking
	Edition entente.Edition
	Feeding entente.Feeding
	Err     error
	Done    time.Time
	Again   bool
}

func (r *taking) state() takingState {
	r.mu.Lock()
	defer r.mu.Unlock()
	return takingState{r, r.edition, r.feeding, r.err, r.done, r.again != nil}
}

// takings are those of this process, newest last.
type takings struct {
	mu   sync.Mutex
	list []*taking
}

// mostRuns is how many runs are remembered.
const mostRuns = 30

// begun gives the taking that a form began, or nil.
func (rs *takings) begun(by entente.OfficerID, key string) *taking {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.list {
		if r.By == by && r.Key == key {
			return r
		}
	}
	return nil
}

// begin adds a taking, unless one of the same list or feed is under way.
func (rs *takings) begin(r *taking) error {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, o := range rs.list {
		if o.Travel == r.Travel && o.Name == r.Name {
			if o.state().Done.IsZero() {
				return &entente.Error{Kind: entente.Conflict, Field: "source", Detail: "this is being taken in already", Hint: "wait until it is done"}
			}
			o.drop()
		}
	}
	r.ID = uuid.Must(uuid.NewV7()).String()
	rs.list = append(rs.list, r)
	if n := len(rs.list) - mostRuns; n > 0 {
		for _, o := range rs.list[:n] {
			o.drop()
		}
		rs.list = slices.Clone(rs.list[n:])
	}
	return nil
}

func (rs *takings) find(id string) (*taking, error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.list {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, &entente.Error{Kind: entente.NotFound, Detail: "this is not known any more", Hint: "what came of it stands with the lists and the travel feeds"}
}

// recent gives the runs, newest first.
func (rs *takings) recent() []takingState {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	var list []takingState
	for _, r := range slices.Backward(rs.list) {
		list = append(list, r.state())
	}
	return list
}

// drop gives back what a taking holds that is done.
func (r *taking) drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done.IsZero() {
		return
	}
	if r.free != nil {
		r.free()
	}
	r.again, r.free = nil, nil
}

// finish notes what came of it. A list that seems cut short keeps its files,
// so that a person can say that it is meant without sending them again.
func (r *taking) finish(err error, at time.Time, again func(), free func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err, r.done = err, at
	if errors.Is(err, entente.Conflict) && again != nil {
		r.again, r.free = again, free
		return
	}
	free()
}

// background does work that outlives a request.
func (d *desk) background(ctx context.Context, work func(context.Context)) {
	ctx = context.WithoutCancel(ctx)
	if d.Background == nil {
		go work(ctx)
		return
	}
	d.Background(ctx, work)
}

// failureOf words why a taking failed. What failed inside the node is in its log
// and not on the page.
func (p *page) failureOf(err error) (detail, hint string) {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return sentence(e.Detail), sentence(e.Hint)
	}
	return "Something failed inside the node, and its log says what.", "Ask the operator. What came before it is kept; the same file can be sent again."
}
