package outbox

import (
	"context"

	"entente"
)

// State is what waits and what went wrong.
type State struct {
	Lines   []entente.Line
	Waiting []entente.QueueItem
	Dead    []entente.QueueItem
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
		s.Dead, err = tx.DeadLetters()
		return err
	})
	return s, err
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
		return tx.SeeDeadLetter(id, by.ID)
	})
}
