package outbox

import (
	"context"
	"slices"

	"entente"
	"entente/policy"
)

// State is what waits and what went wrong.
type State struct {
	Lines   []entente.Line
	Waiting []entente.QueueItem // for delivery, or put off by the partner
	Held    []Held
	Dead    []entente.QueueItem
}

// Held is the mail of one channel that a level has held. A releaser decides it.
type Held struct {
	Agreement entente.AgreementID
	Partner   entente.PartyID
	Level     entente.Level // between us and the partner now
	Items     []HeldItem
}

// HeldItem is one held message, and what may be done with it.
type HeldItem struct {
	entente.QueueItem
	Passes  bool // the level lets it pass now
	Expired bool // it can only be withdrawn
}

// Sends reports whether all of it may be sent now.
func (h Held) Sends() bool {
	return !slices.ContainsFunc(h.Items, func(i HeldItem) bool { return !i.Passes || i.Expired })
}

// State gives the queues of all partners.
func (o *Outbox) State(ctx context.Context, by entente.Officer) (State, error) {
	var s State
	err := o.do(ctx, by, entente.OpReadQueue, "queue", func(tx entente.Tx) (err error) {
		if s.Lines, err = tx.Lines(); err != nil {
			return err
		}
		if s.Waiting, err = tx.Queue("", 1000); err != nil {
			return err
		}
		s.Waiting = slices.DeleteFunc(s.Waiting, func(q entente.QueueItem) bool { return q.State == entente.QueueHeld })
		if s.Held, err = o.heldMail(tx); err != nil {
			return err
		}
		s.Dead, err = tx.DeadLetters()
		return err
	})
	return s, err
}

// heldMail gathers what is held, channel by channel.
func (o *Outbox) heldMail(tx entente.Tx) (all []Held, err error) {
	items, err := tx.QueuedAs(entente.QueueHeld, "")
	if err != nil {
		return nil, err
	}
	for _, q := range items {
		if n := len(all); n == 0 || all[n-1].Agreement != q.Channel.Agreement || all[n-1].Partner != q.Partner {
			level, err := o.levelTo(tx, q.Channel.Agreement, q.Partner)
			if err != nil {
				return nil, err
			}
			all = append(all, Held{Agreement: q.Channel.Agreement, Partner: q.Partner, Level: level})
		}
		f, err := tx.Message(q.Message)
		if err != nil {
			return nil, err
		}
		h := &all[len(all)-1]
		h.Items = append(h.Items, HeldItem{
			QueueItem: q, Passes: policy.Passes(h.Level, f.Message.Statement),
			Expired: !f.Message.Header.Expires.IsZero() && !f.Message.Header.Expires.After(o.now()),
		})
	}
	return all, nil
}

// Retry makes the next attempt to reach a partner happen now.
func (o *Outbox) Retry(ctx context.Context, by entente.Officer, partner entente.PartyID) error {
	err := o.do(ctx, by, entente.OpRetry, "queue of "+string(partner), func(tx entente.Tx) error {
		if _, err := tx.Party(partner); err != nil {
			return noPartner(partner, err)
		}
		line, err := tx.Line(partner)
		if err != nil {
			return err
		}
		line.NextTry = o.now()
		return tx.PutLine(line)
	})
	if err == nil {
		o.goOn(partner)
		o.Wake()
	}
	return err
}

// TakeNote records that an officer has seen a dead letter.
func (o *Outbox) TakeNote(ctx context.Context, by entente.Officer, id entente.MessageID) error {
	return o.do(ctx, by, entente.OpRetry, "dead letter "+string(id), func(tx entente.Tx) error {
		item, err := deadLetter(tx, id)
		if err != nil {
			return err
		}
		item.Seen = by.ID
		return tx.SetQueued(item)
	})
}

// OfferAgain offers a message again that was refused for good: the recipient judges
// it anew. An officer does that who has heard from the partner that the cause is gone.
func (o *Outbox) OfferAgain(ctx context.Context, by entente.Officer, id entente.MessageID) error {
	var partner entente.PartyID
	err := o.do(ctx, by, entente.OpRetry, "dead letter "+string(id), func(tx entente.Tx) error {
		item, err := deadLetter(tx, id)
		if err != nil {
			return err
		}
		partner = item.Partner
		item.State, item.Why, item.Since, item.Seen = entente.QueueWaiting, "", o.now(), ""
		if err := tx.SetQueued(item); err != nil {
			return err
		}
		return o.Levelled(tx, item.Channel.Agreement, partner) // the level may have closed since
	})
	if err == nil {
		o.wakeFor(partner)
	}
	return err
}

func deadLetter(tx entente.QueueStore, id entente.MessageID) (entente.QueueItem, error) {
	item, err := tx.Queued(id)
	if err == nil && item.State != entente.QueueDead {
		err = &entente.Error{Kind: entente.NotFound, Detail: "this message was not refused for good", Hint: "see the queue for what became of it"}
	}
	return item, err
}
