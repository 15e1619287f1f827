package outbox

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"entente"
)

const (
	batchSize = 64               // envelopes in one exchange
	leaseTime = 20 * time.Second // how long one process has a partner's queue to itself; a killed one is silent for so long, and two at once do no harm
	longest   = 15 * time.Minute // between two attempts
	idle      = 30 * time.Second // between two looks at the queues when nobody wakes us
	another   = time.Second      // between two looks at a queue that another process delivers

	compareEvery = 15 * time.Minute // between two comparisons of ledgers with a partner
)

// peer is what deliver knows of one partner in this process.
type peer struct {
	busy     bool
	compared time.Time                 // when the ledgers were compared; zero: not since the last failure
	called   time.Time                 // when he came to collect, to the minute
	sizes    map[entente.Channel]int64 // how much of each of our channels the partner holds
	pauses   map[entente.Channel]pause // the channels whose next envelope is to come again later
	files    fileLine
}

// Run delivers until ctx ends: one goroutine a partner, so that one that is
// down delays no other.
func (o *Outbox) Run(ctx context.Context) {
	holder := uuid.NewString()
	var working sync.WaitGroup
	defer working.Wait()
	for ctx.Err() == nil {
		wait := idle
		for _, p := range o.waiting(ctx) {
			if p.in > 0 {
				wait = min(wait, p.in)
				continue
			}
			if !o.claim(p.partner) {
				continue
			}
			working.Go(func() {
				defer o.Wake() // something may have been queued meanwhile
				defer o.unclaim(p.partner)
				o.deliverAll(ctx, p.partner, holder)
			})
		}
		o.startFiles(ctx, &working)
		select {
		case <-ctx.Done():
		case <-o.wake:
		case <-time.After(wait):
		}
	}
}

// due is a partner for whom something waits, and how long until the next attempt.
type due struct {
	partner entente.PartyID
	in      time.Duration
}

func (o *Outbox) waiting(ctx context.Context) []due {
	var out []due
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		out = nil
		parties, err := tx.Parties()
		if err != nil {
			return err
		}
		for _, p := range parties {
			if p.Party.ID == o.cfg.Self || p.Party.DialsOut() || o.isBusy(p.Party.ID) { // who is busy wakes us at the end
				continue
			}
			line, err := tx.Line(p.Party.ID)
			if err != nil {
				return err
			}
			items, err := o.next(tx, p.Party.ID, 1)
			if err != nil {
				return err
			}
			// Ledgers are compared even when nothing waits: a partner may have lost records, or shown another history.
			if len(items) > 0 || line.Blocked != "" || !o.isCompared(p.Party.ID) {
				out = append(out, due{p.Party.ID, until(line.NextTry, o.now())})
			} else if in := o.paused(p.Party.ID); in > 0 {
				out = append(out, due{p.Party.ID, in})
			}
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		o.cfg.Log.Error("outbox: cannot read the queues", "err", err)
	}
	return out
}

func (o *Outbox) peer(p entente.PartyID) *peer {
	if o.peers[p] == nil {
		o.peers[p] = &peer{sizes: map[entente.Channel]int64{}, pauses: map[entente.Channel]pause{}}
	}
	return o.peers[p]
}

func (o *Outbox) isCompared(p entente.PartyID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	at, now := o.peer(p).compared, o.now()
	return !at.IsZero() && !now.Before(at) && now.Before(at.Add(compareEvery)) // before: our clock was set back
}

func (o *Outbox) isBusy(p entente.PartyID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.peer(p).busy
}

// claim takes a partner's queue for one goroutine of this process; Lease does
// the same between processes.
func (o *Outbox) claim(p entente.PartyID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	was := o.peer(p).busy
	o.peer(p).busy = true
	return !was
}

func (o *Outbox) unclaim(p entente.PartyID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.peer(p).busy = false
}

// deliverAll empties a partner's queue, or notes why it cannot and when it will
// try again.
func (o *Outbox) deliverAll(ctx context.Context, partner entente.PartyID, holder string) {
	var leased time.Time
	for ctx.Err() == nil {
		if since := o.now().Sub(leased); since < 0 || since > leaseTime/4 { // each exchange begins with most of it left
			held, err := o.lease(ctx, partner, holder, leaseTime)
			if err != nil || !held {
				// Another process delivers. The line is its to note: here we only look again soon.
				select {
				case <-ctx.Done():
				case <-time.After(another):
				}
				return
			}
			leased = o.now()
		}
		n, err := o.Deliver(ctx, partner)
		if err != nil {
			o.failed(ctx, partner, err)
		}
		if err != nil || n == 0 {
			break
		}
	}
	if _, err := o.lease(context.WithoutCancel(ctx), partner, holder, 0); err != nil {
		o.cfg.Log.Warn("outbox: cannot give back a lease", "partner", partner, "err", err)
	}
}

func (o *Outbox) lease(ctx context.Context, partner entente.PartyID, holder string, d time.Duration) (held bool, err error) {
	var until time.Time
	if d > 0 {
		until = o.now().Add(d)
	}
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		held, err = tx.Lease(partner, holder, o.now(), until)
		return err
	})
	return held, err
}

// Deliver makes one exchange with a partner: compares ledgers if that is due,
// hands over what waits, settles what comes back. It returns how many envelopes
// were settled for good. An envelope that is to come again is no error: its
// channel alone is put off.
func (o *Outbox) Deliver(ctx context.Context, partner entente.PartyID) (int, error) {
	to, blocked, err := o.partner(ctx, partner)
	if err != nil {
		return 0, err
	}
	compared := blocked || !o.isCompared(partner)
	if compared {
		if err := o.compare(ctx, to); err != nil {
			return 0, err
		}
		o.cfg.Step("compared")
	}
	if blocked {
		waits, err := o.askLater(ctx, partner)
		if err != nil || waits {
			return 0, err
		}
	}
	batch, err := o.batch(ctx, partner)
	if err != nil {
		return 0, err
	}
	settled := 0
	if len(batch) > 0 {
		answers, err := o.cfg.Carrier.Deliver(ctx, to, batch)
		if err != nil {
			return 0, err
		}
		o.cfg.Step("delivered")
		r, err := o.settle(ctx, to, answers)
		if err != nil {
			return 0, err
		}
		settled = r.settledInAll()
		if settled == 0 && len(r.again) == 0 {
			return 0, &entente.Error{Kind: entente.Unavailable, Detail: string(partner) + " answered nothing of what it was given"}
		}
		o.cfg.Step("settled")
	}
	if compared && len(batch) == 0 {
		err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error { return o.contact(tx, partner, nil) })
	}
	return settled, err
}

// askLater puts the next comparison off while a restore waits for people. It reports
// whether it does.
func (o *Outbox) askLater(ctx context.Context, partner entente.PartyID) (waits bool, err error) {
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		line, err := tx.Line(partner)
		if waits = line.Blocked != ""; err != nil || !waits {
			return err
		}
		line.Contact, line.Attempts, line.LastError = o.now(), 0, ""
		line.NextTry = line.Contact.Add(time.Minute)
		return tx.PutLine(line)
	})
	return waits, err
}

// partner returns the descriptor of a partner, and whether nothing may leave for it.
func (o *Outbox) partner(ctx context.Context, id entente.PartyID) (p entente.Party, blocked bool, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		rec, err := tx.Party(id)
		if err != nil {
			return err
		}
		line, err := tx.Line(id)
		p, blocked = rec.Party, line.Blocked != ""
		return err
	})
	return p, blocked, err
}
