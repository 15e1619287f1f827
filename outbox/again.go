package outbox

import (
	"errors"
	"time"

	"entente"
)

// requeue sends again what the partner held once and has lost: a receipt of
// ours says that he had it, his ledger says that he has it no more. Messages are
// listed by their ids, which do not rise with their places: a draft may have
// waited long for its release.
func requeue(tx entente.Tx, ch entente.Channel, from int64, at time.Time) error {
	head, err := tx.Head(ch.Origin())
	if err != nil {
		return err
	}
	waiting, err := waitingIn(tx, ch, from)
	if err != nil {
		return err
	}
	missing := head.Size - from - int64(len(waiting))
	q := entente.MessageQuery{Direction: entente.Outgoing, Partner: ch.To, Agreement: ch.Agreement, Limit: 500}
	for missing > 0 {
		page, err := tx.Messages(q)
		if err != nil || len(page) == 0 {
			return err // what lies in dead letters, or was lost here, is not found
		}
		for _, f := range page {
			if f.Message.Header.Seq < from || waiting[f.Name] {
				continue
			}
			missing--
			if err := sendAgain(tx, f, at); err != nil {
				return err
			}
		}
		q.Before = page[len(page)-1].Name
	}
	return nil
}

// waitingIn lists what waits in a channel from a place on.
func waitingIn(tx entente.QueueStore, ch entente.Channel, from int64) (map[entente.MessageID]bool, error) {
	items, err := tx.Queue(ch.To, 0)
	waiting := map[entente.MessageID]bool{}
	for _, i := range items {
		if i.Channel == ch && i.Seq >= from {
			waiting[i.Message] = true
		}
	}
	return waiting, err
}

// sendAgain queues a message that has a receipt. What was refused for good stays
// in the dead letters.
func sendAgain(tx entente.Tx, f entente.Filed, at time.Time) error {
	h := f.Message.Header
	if had, err := hadReceipt(tx, f.Name); err != nil || !had {
		return err
	}
	err := tx.Enqueue(entente.QueueItem{Message: f.Name, Partner: h.To, Channel: h.Channel(), Seq: h.Seq, Precedence: h.Precedence, Queued: at})
	if errors.Is(err, entente.Conflict) {
		return nil // received first, refused when it came again: a dead letter, too
	}
	return err
}

// hadReceipt reports whether a message of ours has a receipt.
func hadReceipt(tx entente.OutcomeStore, id entente.MessageID) (bool, error) {
	_, err := tx.Receipt(id)
	if errors.Is(err, entente.NotFound) {
		return false, nil
	}
	return err == nil, err
}
