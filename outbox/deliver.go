package outbox

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/ledger"
)

const (
	batchSize = 64               // envelopes in one exchange
	leaseTime = 2 * time.Minute  // how long one process has a partner's queue to itself
	longest   = 15 * time.Minute // between two attempts
	idle      = 30 * time.Second // between two looks at the queues when nobody wakes us

	compareEvery = 15 * time.Minute // between two comparisons of ledgers with a partner
)

// peer is what deliver knows of one partner in this process.
type peer struct {
	busy     bool
	compared time.Time                 // when the ledgers were compared; zero: not since the last failure
	sizes    map[entente.Channel]int64 // how much of each of our channels the partner holds
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
			items, err := tx.Queue(p.Party.ID, 1)
			if err != nil {
				return err
			}
			// Ledgers are compared even when nothing waits: a partner may have lost records, or shown another history.
			if len(items) > 0 || line.Blocked != "" || !o.isCompared(p.Party.ID) {
				out = append(out, due{p.Party.ID, line.NextTry.Sub(o.now())})
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
		o.peers[p] = &peer{sizes: map[entente.Channel]int64{}}
	}
	return o.peers[p]
}

func (o *Outbox) isCompared(p entente.PartyID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	at := o.peer(p).compared
	return !at.IsZero() && o.now().Before(at.Add(compareEvery))
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
				o.postpone(ctx, partner, idle, "")
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
// were settled for good.
func (o *Outbox) Deliver(ctx context.Context, partner entente.PartyID) (int, error) {
	to, err := o.partner(ctx, partner)
	if err != nil {
		return 0, err
	}
	compared := !o.isCompared(partner)
	if compared {
		if err := o.compare(ctx, to); err != nil {
			return 0, err
		}
		o.cfg.Step("compared")
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
		if settled, err = o.settle(ctx, to, answers, o.contact); err != nil {
			return settled, err
		}
		o.cfg.Step("settled")
	}
	if compared && len(batch) == 0 {
		err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error { return o.contact(tx, partner) })
	}
	return settled, err
}

// batch gives the next deliveries to a partner.
func (o *Outbox) batch(ctx context.Context, partner entente.PartyID) (ds []entente.Delivery, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		items, err := tx.Queue(partner, batchSize)
		if err != nil {
			return err
		}
		ds, err = o.deliveries(tx, partner, items)
		return err
	})
	return ds, err
}

// deliveries makes deliveries of items. Where the partner lacks earlier records
// that he will not get, the delivery brings their digests.
func (o *Outbox) deliveries(tx entente.Tx, partner entente.PartyID, items []entente.QueueItem) ([]entente.Delivery, error) {
	ds := make([]entente.Delivery, 0, len(items))
	next := map[entente.Channel]int64{}
	for _, item := range items {
		if _, ok := next[item.Channel]; !ok {
			held, err := o.heldBy(tx, partner, item.Channel)
			if err != nil {
				return nil, err
			}
			next[item.Channel] = held
		}
		f, err := tx.Message(item.Message)
		if err != nil {
			return nil, err
		}
		d := entente.Delivery{Envelope: f.Envelope, Checkpoint: f.Checkpoint}
		if gap := item.Seq - next[item.Channel]; gap > 0 {
			if d.Before, err = tx.Records(item.Channel.Origin(), next[item.Channel], int(gap)); err != nil {
				return nil, err
			}
		}
		ds = append(ds, d)
		next[item.Channel] = max(next[item.Channel], item.Seq+1)
	}
	return ds, nil
}

// heldBy is how much of our channel the partner holds: what he last said, or
// else what he has signed for. Too little does no harm: the digests of what he
// has already are passed over.
func (o *Outbox) heldBy(tx entente.Tx, p entente.PartyID, ch entente.Channel) (int64, error) {
	o.mu.Lock()
	size, ok := o.peer(p).sizes[ch]
	o.mu.Unlock()
	if ok {
		return size, nil
	}
	head, err := tx.Head(ch.Origin())
	return ledger.Promised(head), err
}

func (o *Outbox) setHeldBy(p entente.PartyID, ch entente.Channel, size int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.peer(p).sizes[ch] = size
}

func (o *Outbox) partner(ctx context.Context, id entente.PartyID) (p entente.Party, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		rec, err := tx.Party(id)
		p = rec.Party
		return err
	})
	return p, err
}

// contact notes that an exchange worked.
func (o *Outbox) contact(tx entente.Tx, partner entente.PartyID) error {
	line, err := tx.Line(partner)
	if err != nil {
		return err
	}
	line.Contact, line.Attempts, line.LastError = o.now(), 0, ""
	line.NextTry = line.Contact
	if s, ok := o.cfg.Carrier.(interface {
		Skew(entente.PartyID) (time.Duration, bool)
	}); ok {
		if skew, known := s.Skew(partner); known {
			line.Skew = skew
		}
	}
	return tx.PutLine(line)
}

// failed notes why a partner was not reached, and when to try again: twice as
// long each time up to a quarter of an hour, with jitter, so that nodes that
// lost a common network do not all come back in one instant.
func (o *Outbox) failed(ctx context.Context, partner entente.PartyID, why error) {
	o.mu.Lock()
	o.peer(partner).compared = time.Time{} // whatever happened there, compare before the next delivery
	o.mu.Unlock()
	o.postpone(ctx, partner, 0, words(why))
	o.cfg.Log.Info("outbox: delivery put off", "partner", partner, "err", why)
}

func (o *Outbox) postpone(ctx context.Context, partner entente.PartyID, by time.Duration, why string) {
	err := o.cfg.Store.Update(context.WithoutCancel(ctx), func(tx entente.Tx) error {
		line, err := tx.Line(partner)
		if err != nil {
			return err
		}
		if by == 0 {
			line.Attempts++
			by = min(longest, time.Second<<min(line.Attempts-1, 20))
			by = by/2 + rand.N(by)
		}
		if why != "" {
			line.LastError = why
		}
		line.NextTry = o.now().Add(by)
		return tx.PutLine(line)
	})
	if err != nil && ctx.Err() == nil {
		o.cfg.Log.Error("outbox: cannot note a failed delivery", "partner", partner, "err", err)
	}
}

// words says an error as the desk shows it: without causes, which may name
// machines.
func words(err error) string {
	if e, ok := errors.AsType[*entente.Error](err); ok && e.Detail != "" {
		return e.Detail
	}
	if k := entente.KindOf(err); k != nil {
		return k.Error()
	}
	return "the exchange failed"
}
