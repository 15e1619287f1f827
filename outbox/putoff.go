package outbox

import (
	"time"

	"entente"
)

// offerEvery is how often at least what was put off is offered again.
const offerEvery = 24 * time.Hour

// causesGone offers again what was put off and may pass now that other messages of
// the channel are filed: for a thread that was not there, or for a level that a
// notice of ours has opened. A round without a receipt changes nothing, so nobody
// is asked without end.
func (r *round) causesGone(tx entente.Tx, ch entente.Channel) error {
	items, err := tx.QueuedAs(entente.QueuePutOff, ch.To)
	if err != nil || len(items) == 0 {
		return err
	}
	levelled, err := r.levelled(tx, ch)
	if err != nil {
		return err
	}
	for _, q := range items {
		gone := q.Why == entente.ReasonThread || (q.Why == entente.ReasonLevel && levelled)
		if q.Channel != ch || !gone {
			continue
		}
		q.Again = r.now
		if err := tx.SetQueued(q); err != nil {
			return err
		}
	}
	return nil
}

// levelled reports whether a level that we declared is filed at the partner now.
func (r *round) levelled(tx entente.MessageStore, ch entente.Channel) (bool, error) {
	for _, id := range r.filed[ch] {
		f, err := tx.Message(id)
		if err != nil {
			return false, err
		}
		if n := f.Message.Statement.Notice; n != nil && n.What == entente.NoticeLevel {
			return true, nil
		}
	}
	return false, nil
}
