package outbox

import (
	"context"
	"errors"

	"entente"
	"entente/ledger"
)

// batchBytes is about how much is read for one exchange: more than one carries.
const batchBytes = 8 << 20

// batch gives the next deliveries to a partner.
func (o *Outbox) batch(ctx context.Context, partner entente.PartyID) (ds []entente.Delivery, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		if line, err := tx.Line(partner); err != nil || line.Blocked != "" {
			return err
		}
		items, err := o.next(tx, partner, batchSize)
		if err != nil {
			return err
		}
		ds, err = o.deliveries(tx, partner, items, batchBytes, nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := o.coverDeliveries(ctx, ds); err != nil {
		return nil, err
	}
	return ds, nil
}

// next gives what goes out next to a partner, at most so many. A channel that
// was put off is passed over until its time: it holds up no other.
func (o *Outbox) next(tx entente.QueueStore, partner entente.PartyID, most int) ([]entente.QueueItem, error) {
	for window := most; ; window *= 4 {
		items, err := tx.Due(partner, o.now(), window)
		if err != nil {
			return nil, err
		}
		ready := o.ready(partner, items)
		if len(ready) >= most || len(items) < window {
			return ready[:min(len(ready), most)], nil
		}
	}
}

// deliveries makes deliveries of items, of the first ones that have together
// about so many bytes. Where the partner lacks earlier records that he will not
// get, the delivery brings their digests. carried is how much of a channel is on
// its way to him already, whether he holds it or not.
func (o *Outbox) deliveries(tx entente.Tx, partner entente.PartyID, items []entente.QueueItem, room int, carried map[entente.Channel]int64) ([]entente.Delivery, error) {
	ds := make([]entente.Delivery, 0, len(items))
	next := map[entente.Channel]int64{}
	for _, item := range items {
		if _, ok := next[item.Channel]; !ok {
			held, err := o.heldBy(tx, partner, item.Channel)
			if err != nil {
				return nil, err
			}
			next[item.Channel] = max(held, carried[item.Channel])
		}
		f, err := tx.Message(item.Message)
		if err != nil {
			return nil, err
		}
		d := entente.Delivery{Envelope: f.Envelope, Checkpoint: f.Checkpoint}
		if d.First, err = firstReceipt(tx, item.Message); err != nil {
			return nil, err
		}
		if gap := item.Seq - next[item.Channel]; gap > 0 {
			if d.Before, err = tx.Records(item.Channel.Origin(), next[item.Channel], int(gap)); err != nil {
				return nil, err
			}
		}
		ds = append(ds, d)
		if room -= len(d.Envelope) + len(d.Before)*len(entente.Digest{}) + len(d.First); room <= 0 {
			break
		}
		next[item.Channel] = max(next[item.Channel], item.Seq+1)
	}
	return ds, nil
}

// firstReceipt gives the recipient's own receipt for a message that is offered once
// more: it lost the message and keeps that receipt. Nil: it signed none.
func firstReceipt(tx entente.OutcomeStore, id entente.MessageID) ([]byte, error) {
	r, err := tx.Receipt(id)
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	return r.Text, err
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

// raiseHeldBy notes that a partner holds at least so much of a channel. Where it
// has said nothing, its newest receipt says it: see heldBy.
func (o *Outbox) raiseHeldBy(p entente.PartyID, ch entente.Channel, size int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if said, ok := o.peer(p).sizes[ch]; ok {
		o.peer(p).sizes[ch] = max(said, size)
	}
}
