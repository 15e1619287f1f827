package outbox

import (
	"context"
	"errors"

	"entente"
	"entente/ledger"
	"entente/seal"
)

// Settle takes receipts and refusals that a partner brings for what it collected.
func (o *Outbox) Settle(ctx context.Context, from entente.PartyID, answers []entente.Settlement) error {
	p, err := o.partner(ctx, from)
	if err != nil {
		return err
	}
	_, err = o.settle(ctx, p, answers)
	if entente.ReasonOf(err) != "" {
		return nil // a refusal for now: the partner collects again
	}
	return err
}

// settle checks each answer and keeps it in one transaction with the end of
// its place in the queue. It returns how many envelopes were settled for good.
// A refusal to be tried again ends the round: its reason is the error.
func (o *Outbox) settle(ctx context.Context, from entente.Party, answers []entente.Settlement) (settled int, err error) {
	var again error
	sizes := map[entente.Channel]int64{}
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		settled, again = 0, nil
		items, err := tx.Queue(from.ID, 4*batchSize)
		if err != nil {
			return err
		}
		waiting := map[entente.Digest]entente.QueueItem{}
		for _, item := range items {
			records, err := tx.Records(item.Channel.Origin(), item.Seq, 1)
			if err != nil {
				return err
			}
			waiting[records[0]] = item
		}
		editions, err := tx.PartyEditions(from.ID)
		if err != nil {
			return err
		}
		self, err := tx.PartyEditions(o.cfg.Self)
		if err != nil {
			return err
		}
		for _, a := range answers {
			item, ok := waiting[a.Envelope]
			if !ok {
				continue // settled before: the first answer counts
			}
			done, err := o.settleOne(tx, item, a, self, editions, sizes)
			if err != nil && !done {
				again = errors.Join(again, err)
				continue
			}
			if err != nil {
				return err
			}
			settled++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for ch, size := range sizes {
		o.setHeldBy(from.ID, ch, size)
	}
	return settled, again
}

// settleOne keeps one answer. done false with an error: the envelope stays in
// the queue for that reason. done true with an error: the store failed.
func (o *Outbox) settleOne(tx entente.Tx, item entente.QueueItem, a entente.Settlement, self, partner []entente.PartyRecord, sizes map[entente.Channel]int64) (done bool, err error) {
	if len(a.Receipt) > 0 {
		receipt, err := checkReceipt(a.Receipt, item, a.Envelope, self, partner)
		if err != nil {
			return false, err
		}
		sizes[item.Channel] = item.Seq + 1
		return true, o.keepReceipt(tx, item, receipt)
	}
	refusal, err := openRefusal(a.Refusal, partner)
	if err != nil {
		return false, err
	}
	if refusal.Envelope != a.Envelope {
		return false, &entente.Error{Kind: entente.Unverified, Detail: "the partner's refusal is for another envelope"}
	}
	if refusal.Channel == item.Channel {
		sizes[item.Channel] = refusal.Expected
	}
	refusal.Message = item.Message
	if err := tx.PutRefusal(entente.Incoming, refusal); err != nil {
		return true, err
	}
	if refusal.Reason.Again() {
		return false, &entente.Error{Kind: entente.Unavailable, Reason: refusal.Reason, Detail: refusal.Reason.Words()}
	}
	return true, tx.Bury(item.Message, refusal.Reason, o.now())
}

func (o *Outbox) keepReceipt(tx entente.Tx, item entente.QueueItem, r entente.Receipt) error {
	if err := tx.PutReceipt(item.Message, r); err != nil {
		return err
	}
	if err := ledger.KeepReceipt(tx, r); err != nil {
		return err
	}
	// Files are on their way still: the place in the queue ends with the custody notice.
	files, err := tx.Attachments("", item.Message)
	if err != nil || len(files) > 0 {
		return err
	}
	return tx.Dequeue(item.Message)
}

// checkReceipt tries the newest keys first: a receipt may have been signed
// before a key changed.
func checkReceipt(text []byte, item entente.QueueItem, envelope entente.Digest, sender, recipient []entente.PartyRecord) (entente.Receipt, error) {
	var first error
	for i := len(recipient) - 1; i >= 0; i-- {
		for j := len(sender) - 1; j >= 0; j-- {
			r, err := ledger.CheckReceipt(text, item.Channel, item.Seq, envelope, sender[j].Party, recipient[i].Party)
			if err == nil {
				return r, nil
			}
			if first == nil {
				first = err
			}
		}
	}
	return entente.Receipt{}, first
}

func openRefusal(text []byte, partner []entente.PartyRecord) (entente.Refusal, error) {
	var first error
	for i := len(partner) - 1; i >= 0; i-- {
		r, err := seal.OpenRefusal(text, partner[i].Party)
		if err == nil {
			return r, nil
		}
		if first == nil {
			first = err
		}
	}
	return entente.Refusal{}, first
}
