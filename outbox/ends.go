package outbox

import (
	"context"

	"entente"
	"entente/ledger"
	"entente/succession"
)

// endsFor returns the newest end note of a channel of ours for a delivery, until the
// partner has signed for something under the edition that made it.
func endsFor(tx entente.Tx, ch entente.Channel) ([][]byte, error) {
	ends, err := tx.Ends(ch.Origin())
	if err != nil || len(ends) == 0 {
		return nil, err
	}
	head, err := tx.Head(ch.Origin())
	newest := ends[len(ends)-1].Note
	if err != nil || ledger.Promised(head) > newest.Size {
		return nil, err
	}
	return [][]byte{newest.Text}, nil
}

// endMissing is how many records of a channel of ours a partner gets with our heads,
// because its copy does not reach our newest end note.
func endMissing(tx entente.EndStore, ch entente.Channel, have, theirs int64) (int64, error) {
	ends, err := tx.Ends(ch.Origin())
	if err != nil || len(ends) == 0 || theirs >= ends[len(ends)-1].Note.Size {
		return 0, err
	}
	return have - theirs, nil
}

// fetchEnds gets from a partner the records of its channels up to its newest end
// notes: until they are here, nothing is taken under the editions that these ended.
func (o *Outbox) fetchEnds(ctx context.Context, from entente.Party) error {
	channels, err := o.channelsFrom(ctx, from.ID)
	if err != nil {
		return err
	}
	for _, ch := range channels {
		if err := o.fetchEnd(ctx, from, ch); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) channelsFrom(ctx context.Context, partner entente.PartyID) (all []entente.Channel, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		known, err := o.channels(tx, partner)
		all = nil
		for _, ch := range known {
			if ch.From == partner {
				all = append(all, ch)
			}
		}
		return err
	})
	return all, err
}

func (o *Outbox) fetchEnd(ctx context.Context, from entente.Party, ch entente.Channel) error {
	var e entente.EndNote
	var first int64
	var wanted bool
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		e, first, wanted, err = succession.Missing(tx, ch)
		return err
	})
	if err != nil || !wanted {
		return err
	}
	if e.Size-first > maxFound {
		return &entente.Error{Kind: entente.Unavailable, Field: "records", Detail: string(from.ID) + " has more records than can be fetched at once", Hint: "ask its people for a courier file"}
	}
	var records []entente.Digest
	for at := first; at < e.Size; at = first + int64(len(records)) {
		page, err := o.cfg.Carrier.Records(ctx, from, ch.Origin(), at, int(min(recordsPage, e.Size-at)))
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return &entente.Error{Kind: entente.Unverified, Detail: string(from.ID) + " does not hand out the records up to its end note"}
		}
		records = append(records, page...)
	}
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error { return o.fetched(tx, e, first, records) })
}

// endTail takes the records up to an end note from what a partner brings with its heads.
func (o *Outbox) endTail(tx entente.Tx, ch entente.Channel, head entente.LedgerHead) error {
	e, first, wanted, err := succession.Missing(tx, ch)
	start := head.Size - int64(len(head.Tail))
	if err != nil || !wanted || len(head.Tail) == 0 || first < start || head.Size < e.Size {
		return err
	}
	return o.fetched(tx, e, first, head.Tail[first-start:e.Size-start])
}

// fetched brings our copy to an end note. Records that do not lead there are the
// fault of whoever brought them, and nothing changes.
func (o *Outbox) fetched(tx entente.Tx, e entente.EndNote, first int64, records []entente.Digest) error {
	void, err := succession.Fetched(tx, e, first, records, o.now())
	if entente.KindOf(err) == entente.Unverified {
		o.cfg.Log.Warn("outbox: the records that a partner gave do not lead to its end note", "ledger", e.Channel.Origin())
		return nil
	}
	if len(void) > 0 {
		o.cfg.Log.Error("outbox: messages are void, because their sender does not vouch for them", "ledger", e.Channel.Origin(), "messages", len(void))
	}
	return err
}

// endsInPouch lists the end notes of our channels to a partner, for a courier file.
func endsInPouch(tx entente.Tx, self, partner entente.PartyID) ([][]byte, error) {
	b, err := succession.Of(tx, self, partner, 0)
	return b.Ends, err
}
