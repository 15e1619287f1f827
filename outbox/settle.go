package outbox

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"entente"
	"entente/ledger"
	"entente/seal"
)

// Settle takes receipts and refusals that a partner brings for what it collected.
func (o *Outbox) Settle(ctx context.Context, from entente.PartyID, answers []entente.Settlement) error {
	p, _, err := o.partner(ctx, from)
	if err != nil {
		return err
	}
	r, err := o.settle(ctx, p, answers)
	if err != nil {
		return err
	}
	return r.broken // a refusal for now is no error: the partner collects again
}

// settle checks each answer and keeps it in one transaction with the end of its
// place in the queue. A channel of which an envelope is to come again is put off.
func (o *Outbox) settle(ctx context.Context, from entente.Party, answers []entente.Settlement) (*round, error) {
	var r *round
	err := o.cfg.Store.Update(ctx, func(tx entente.Tx) (err error) {
		if r, err = o.newRound(tx, from.ID, answers); err != nil {
			return err
		}
		for _, a := range answers {
			if err := r.take(tx, a); err != nil {
				return err
			}
		}
		if err := r.end(tx); err != nil {
			return err
		}
		return o.contact(tx, from.ID, r.trouble())
	})
	if err != nil {
		return nil, err
	}
	for ch, size := range r.said {
		o.setHeldBy(from.ID, ch, size)
	}
	for ch, size := range r.held {
		o.raiseHeldBy(from.ID, ch, size)
	}
	for ch := range r.settled {
		o.goOn(from.ID, ch)
	}
	for ch, why := range r.again {
		o.putOff(from.ID, ch)
		o.cfg.Log.Info("outbox: channel put off", "channel", ch, "err", why)
	}
	if r.files {
		o.freshFiles(from.ID)
	}
	return r, nil
}

// round is what one transaction does with the answers that came at once.
type round struct {
	now      time.Time
	waiting  map[entente.Digest]entente.QueueItem // by the record of the envelope
	bytes    map[entente.Digest]entente.Digest    // the same by its bytes; nil: not asked for
	editions map[entente.Channel][2]ledger.Known  // of both sides
	held     map[entente.Channel]int64            // how much the partner holds at least, by its receipts
	said     map[entente.Channel]int64            // how much it holds, by its refusals
	lost     map[entente.Channel]int64            // what it holds where it says that it lacks something before
	newest   map[entente.Channel]entente.Receipt
	before   map[entente.Channel]*entente.LedgerHead // the heads as they were before this round
	filed    map[entente.Channel][]entente.MessageID // what has a receipt now
	settled  map[entente.Channel]int
	again    map[entente.Channel]error // why an envelope stays in the queue
	broken   error                     // an answer does not hold
	files    bool                      // there are files to hand over now
}

// settledInAll is how many envelopes got an answer with which the queue goes on.
func (r *round) settledInAll() (n int) {
	for _, of := range r.settled {
		n += of
	}
	return n
}

// trouble is why something is to come again, or nil.
func (r *round) trouble() error {
	for _, why := range r.again {
		return why
	}
	return nil
}

func (o *Outbox) newRound(tx entente.Tx, partner entente.PartyID, answers []entente.Settlement) (*round, error) {
	r := &round{
		now: o.now(), held: map[entente.Channel]int64{}, said: map[entente.Channel]int64{}, lost: map[entente.Channel]int64{}, newest: map[entente.Channel]entente.Receipt{},
		before: map[entente.Channel]*entente.LedgerHead{}, filed: map[entente.Channel][]entente.MessageID{},
		settled: map[entente.Channel]int{}, again: map[entente.Channel]error{}, editions: map[entente.Channel][2]ledger.Known{},
	}
	var err error
	if r.waiting, err = waitingFor(tx, partner, r.now, answers); err != nil {
		return nil, err
	}
	return r, nil
}

// waitingFor finds what the answers may be for: nearly always what goes out next.
// A courier, and an answer that comes after something was held, are for anything
// that has no receipt.
func waitingFor(tx entente.Tx, partner entente.PartyID, now time.Time, answers []entente.Settlement) (map[entente.Digest]entente.QueueItem, error) {
	items, err := tx.Due(partner, now, 4*batchSize)
	if err != nil {
		return nil, err
	}
	waiting, err := byEnvelope(tx, items)
	if err != nil || !slices.ContainsFunc(answers, func(a entente.Settlement) bool { _, ok := waiting[a.Envelope]; return !ok }) {
		return waiting, err
	}
	if items, err = tx.Queue(partner, 0); err != nil {
		return nil, err
	}
	return byEnvelope(tx, items)
}

// byEnvelope finds what waits by the record of its envelope in the channel. Places
// that follow each other are read at once.
func byEnvelope(tx entente.LedgerStore, items []entente.QueueItem) (map[entente.Digest]entente.QueueItem, error) {
	waiting := make(map[entente.Digest]entente.QueueItem, len(items))
	for len(items) > 0 {
		first, n := items[0], 1
		for n < len(items) && items[n].Channel == first.Channel && items[n].Seq == first.Seq+int64(n) {
			n++
		}
		records, err := tx.Records(first.Channel.Origin(), first.Seq, n)
		if err != nil {
			return nil, err
		}
		for i, d := range records {
			waiting[d] = items[i]
		}
		items = items[n:]
	}
	return waiting, nil
}

// take keeps one answer. An error means that the store failed.
func (r *round) take(tx entente.Tx, a entente.Settlement) error {
	record := a.Envelope
	item, ok := r.waiting[record]
	if !ok && len(a.Receipt) == 0 {
		var err error
		if record, ok, err = r.unread(tx, a.Envelope); err != nil {
			return err
		}
		item = r.waiting[record]
	}
	if !ok {
		return nil // settled before: the first answer counts
	}
	if len(a.Receipt) == 0 {
		return r.refused(tx, item, record, a)
	}
	receipt, err := r.checkReceipt(tx, a, item)
	if err == nil {
		err = r.timely(tx, item, receipt)
	}
	if err != nil {
		return r.noAnswer(item, err)
	}
	r.held[item.Channel] = max(r.held[item.Channel], item.Seq+1) // a place may be filled later than those behind it
	if item.Seq >= r.newest[item.Channel].Seq {
		r.newest[item.Channel] = receipt
	}
	if err := tx.PutReceipt(item.Message, receipt); err != nil {
		return err
	}
	files, err := handOver(tx, item)
	if err != nil {
		return err
	}
	r.files = r.files || files
	r.done(item, a.Envelope)
	r.filed[item.Channel] = append(r.filed[item.Channel], item.Message)
	return tx.Dequeue(item.Message)
}

func (r *round) done(item entente.QueueItem, envelope entente.Digest) {
	r.settled[item.Channel]++
	delete(r.waiting, envelope)
}

// noAnswer has an envelope come again whose answer does not hold. An error of the
// store is passed on.
func (r *round) noAnswer(item entente.QueueItem, why error) error {
	if !errors.Is(why, entente.Unverified) && !errors.Is(why, entente.Invalid) {
		return why
	}
	r.broken = cmp.Or(r.broken, why)
	r.comesAgain(item, why)
	return nil
}

func (r *round) comesAgain(item entente.QueueItem, why error) {
	if r.again[item.Channel] == nil {
		r.again[item.Channel] = why
	}
}

// refused keeps a refusal. One that is final ends the place in the queue.
func (r *round) refused(tx entente.Tx, item entente.QueueItem, record entente.Digest, a entente.Settlement) error {
	refusal, err := r.openRefusal(tx, a, item)
	if err == nil && refusal.Envelope != a.Envelope {
		err = &entente.Error{Kind: entente.Unverified, Detail: "the partner's refusal is for another envelope"}
	}
	if err == nil {
		err = r.refusedInTime(tx, item, refusal)
	}
	if err != nil {
		return r.noAnswer(item, err)
	}
	if refusal.Channel == item.Channel {
		r.said[item.Channel] = refusal.Expected
		if refusal.Reason == entente.ReasonOrder {
			r.lost[item.Channel] = refusal.Expected
		}
	}
	refusal.Message, refusal.Envelope = item.Message, record
	if err := tx.PutRefusal(entente.Incoming, refusal); err != nil {
		return err
	}
	if refusal.Treatment() == entente.TreatAgain {
		r.comesAgain(item, &entente.Error{Kind: entente.Unavailable, Reason: refusal.Reason, Detail: refusal.Words()})
		return nil
	}
	r.done(item, record)
	switch {
	case refusal.Final:
		item.State, item.Why, item.Since = entente.QueueDead, refusal.Reason, r.now
	case item.State != entente.QueueHeld: // what is held meanwhile waits for a releaser
		item.State, item.Why, item.Since, item.Again = entente.QueuePutOff, refusal.Reason, r.now, r.now.Add(offerEvery)
	}
	return tx.SetQueued(item)
}

// end notes the newest receipt of each channel with its ledger, offers again what
// was put off and may pass now, and brings back into the queue what the partner has
// signed for and lost since.
func (r *round) end(tx entente.Tx) error {
	for ch := range r.filed {
		if err := r.causesGone(tx, ch); err != nil {
			return err
		}
	}
	for _, receipt := range r.newest {
		if err := ledger.KeepReceipt(tx, receipt); err != nil {
			return err
		}
	}
	for ch, from := range r.lost {
		head, err := tx.Head(ch.Origin())
		if err != nil {
			return err
		}
		if from >= ledger.Promised(head) {
			continue
		}
		if err := requeue(tx, ch, from, r.now); err != nil {
			return err
		}
	}
	return nil
}

// checkReceipt checks a receipt under editions of both sides that count.
func (r *round) checkReceipt(tx entente.Tx, a entente.Settlement, item entente.QueueItem) (entente.Receipt, error) {
	ours, theirs, err := r.known(tx, item.Channel)
	if err != nil {
		return entente.Receipt{}, err
	}
	return ours.CheckReceipt(theirs, a.Receipt, item.Seq, a.Envelope)
}

// openRefusal takes the word of the edition that the refusal names, if that counts.
func (r *round) openRefusal(tx entente.Tx, a entente.Settlement, item entente.QueueItem) (entente.Refusal, error) {
	_, theirs, err := r.known(tx, item.Channel)
	if err != nil {
		return entente.Refusal{}, err
	}
	editions := make([]entente.Party, len(theirs.Parties))
	for i, p := range theirs.Parties {
		editions[i] = p.Party
	}
	refusal, err := seal.OpenRefusal(a.Refusal, editions...)
	if err != nil {
		return refusal, err
	}
	return refusal, theirs.CheckRefusal(refusal, item.Seq)
}

// known reads what is known of the editions of both sides of a channel, once a round.
func (r *round) known(tx entente.Tx, ch entente.Channel) (ours, theirs ledger.Known, err error) {
	if k, ok := r.editions[ch]; ok {
		return k[0], k[1], nil
	}
	if ours, err = ledger.KnownOf(tx, ch); err != nil {
		return ours, theirs, err
	}
	if theirs, err = ledger.KnownOf(tx, ch.Back()); err != nil {
		return ours, theirs, err
	}
	r.editions[ch] = [2]ledger.Known{ours, theirs}
	return ours, theirs, nil
}
