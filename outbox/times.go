package outbox

import (
	"time"

	"entente"
	"entente/ledger"
	"entente/policy"
)

// timely checks the time of a receipt: against what it answers, our clock, and the
// receipts of earlier places that were here before this round. Within a round they
// may come in any order, and a place that was filled late has a late receipt.
func (r *round) timely(tx entente.Tx, item entente.QueueItem, receipt entente.Receipt) error {
	if err := r.answered(tx, item, receipt.At); err != nil {
		return err
	}
	head, err := r.headBefore(tx, item.Channel)
	if err != nil {
		return err
	}
	if seq, newest, ok := ledger.Receipted(head); ok && seq < item.Seq {
		return policy.CheckFollows(receipt.At, newest, r.now)
	}
	return nil
}

// answered checks the time of any answer. An envelope that was queued again may
// have been answered before: then what counts is when it was released.
func (r *round) answered(tx entente.MessageStore, item entente.QueueItem, at time.Time) error {
	err := policy.CheckAnswered(at, item.Queued, r.now)
	if err == nil || policy.Ahead(at, r.now) {
		return err
	}
	f, err := tx.Message(item.Message)
	if err != nil {
		return err
	}
	return policy.CheckAnswered(at, f.At, r.now)
}

// refusedInTime checks the time of a refusal. One that puts nothing off and ends
// nothing may be dated before what it answers: from-the-future says just that one of
// the clocks is wrong, and people have to see it.
func (r *round) refusedInTime(tx entente.MessageStore, item entente.QueueItem, refusal entente.Refusal) error {
	if refusal.Treatment() == entente.TreatAgain && !policy.Ahead(refusal.At, r.now) {
		return nil
	}
	return r.answered(tx, item, refusal.At)
}

func (r *round) headBefore(tx entente.LedgerStore, ch entente.Channel) (entente.LedgerHead, error) {
	if h := r.before[ch]; h != nil {
		return *h, nil
	}
	h, err := tx.Head(ch.Origin())
	r.before[ch] = &h
	return h, err
}
