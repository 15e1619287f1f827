package outbox

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"entente"
)

// pause is until when a channel is put off.
type pause struct {
	failures int
	until    time.Time
}

// putOff has a channel wait whose next envelope is to come again: because the
// partner said so, or because his answer does not hold. Nothing behind it could
// pass either, and the other channels go on.
func (o *Outbox) putOff(partner entente.PartyID, ch entente.Channel) {
	o.uncompare(partner) // he may have lost records
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.peer(partner).pauses[ch]
	p.failures++
	p.until = o.now().Add(backOff(p.failures))
	o.peer(partner).pauses[ch] = p
}

// goOn ends the pauses of some channels; none named: of all.
func (o *Outbox) goOn(partner entente.PartyID, channels ...entente.Channel) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(channels) == 0 {
		clear(o.peer(partner).pauses)
	}
	for _, ch := range channels {
		delete(o.peer(partner).pauses, ch)
	}
}

// ready gives those of some items that may go out now: of a channel that was put
// off the first alone, when its time has come.
func (o *Outbox) ready(partner entente.PartyID, items []entente.QueueItem) []entente.QueueItem {
	o.mu.Lock()
	defer o.mu.Unlock()
	pauses := o.peer(partner).pauses
	if len(pauses) == 0 {
		return items
	}
	var out []entente.QueueItem
	tried := map[entente.Channel]bool{}
	for _, item := range items {
		p, off := pauses[item.Channel]
		if off && (tried[item.Channel] || until(p.until, o.now()) > 0) {
			continue
		}
		tried[item.Channel] = true
		out = append(out, item)
	}
	return out
}

// paused is how long until the next channel that was put off is tried again; 0:
// none is waited for.
func (o *Outbox) paused(partner entente.PartyID) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	var next time.Duration
	for _, p := range o.peer(partner).pauses {
		if in := until(p.until, o.now()); in > 0 && (next == 0 || in < next) {
			next = in
		}
	}
	return next
}

// contact notes that an exchange worked, and what is to come again for all that.
func (o *Outbox) contact(tx entente.Tx, partner entente.PartyID, again error) error {
	line, err := tx.Line(partner)
	if err != nil {
		return err
	}
	line.Contact, line.Attempts, line.LastError = o.now(), 0, ""
	line.NextTry = line.Contact
	if again != nil {
		line.LastError = words(again)
	}
	if s, ok := o.cfg.Carrier.(interface {
		Skew(entente.PartyID) (time.Duration, bool)
	}); ok {
		if skew, known := s.Skew(partner); known {
			line.Skew = skew
		}
	}
	return tx.PutLine(line)
}

// called notes that a partner came to collect, once a minute: he asks more often,
// and mostly for nothing. He gets his post also where that cannot be noted, such
// as on a full disk.
func (o *Outbox) called(ctx context.Context, partner entente.PartyID) {
	now := o.now()
	o.mu.Lock()
	last := o.peer(partner).called
	fresh := !now.Before(last) && now.Sub(last) < time.Minute
	if !fresh {
		o.peer(partner).called = now
	}
	o.mu.Unlock()
	if fresh {
		return
	}
	err := o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		line, err := tx.Line(partner)
		if err != nil {
			return err
		}
		line.Contact = now
		return tx.PutLine(line)
	})
	if err != nil && ctx.Err() == nil {
		o.cfg.Log.Warn("outbox: cannot note that a partner came", "partner", partner, "err", err)
	}
}

// backOff is how long to wait after so many failures: twice as long each time up
// to a quarter of an hour, with jitter, so that nodes that lost a common network
// do not all come back in one instant.
func backOff(failures int) time.Duration {
	d := min(longest, time.Second<<min(failures-1, 20))
	return d/2 + rand.N(d)
}

// until is how long from now to t. What is further off than any pause lasts is
// due: our clock was set back.
func until(t, now time.Time) time.Duration {
	if d := t.Sub(now); d <= 2*longest {
		return d
	}
	return 0
}

// failed notes why a partner was not reached, and when to try again.
func (o *Outbox) failed(ctx context.Context, partner entente.PartyID, why error) {
	if ctx.Err() != nil {
		return // we stop: that says nothing of the partner
	}
	o.uncompare(partner)
	o.postpone(ctx, partner, words(why))
	o.cfg.Log.Info("outbox: delivery put off", "partner", partner, "err", why)
}

// uncompare has the ledgers compared before the next delivery.
func (o *Outbox) uncompare(partner entente.PartyID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.peer(partner).compared = time.Time{}
}

func (o *Outbox) postpone(ctx context.Context, partner entente.PartyID, why string) {
	err := o.cfg.Store.Update(context.WithoutCancel(ctx), func(tx entente.Tx) error {
		line, err := tx.Line(partner)
		if err != nil {
			return err
		}
		line.Attempts++
		line.LastError, line.NextTry = why, o.now().Add(backOff(line.Attempts))
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
