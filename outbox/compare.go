package outbox

import (
	"context"
	"strings"

	"entente"
)

// recordsPage is how many records are asked of a partner at once.
const recordsPage = 4096

// compare shows the partner where our ledgers stand and reads where his do.
func (o *Outbox) compare(ctx context.Context, to entente.Party) error {
	var ours []entente.LedgerHead
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		ours, err = Heads(tx, o.cfg.Self, to.ID)
		return err
	})
	if err != nil {
		return err
	}
	if err := o.Cover(ctx, ours); err != nil {
		return err
	}
	theirs, err := o.cfg.Carrier.Compare(ctx, to, ours)
	if err != nil {
		return err
	}
	behind, err := o.Compared(ctx, to.ID, theirs)
	if err != nil {
		return err
	}
	for _, head := range behind {
		if err := o.fetch(ctx, to, head); err != nil {
			return err
		}
	}
	if len(behind) > 0 {
		if _, err := o.Compared(ctx, to.ID, theirs); err != nil {
			return err
		}
	}
	return o.giveBack(ctx, to, theirs)
}

// fetch gets the records of our ledger that the partner holds and we do not, after
// a restore. The envelopes themselves are gone here: they were sealed for the partner.
func (o *Outbox) fetch(ctx context.Context, to entente.Party, head entente.LedgerHead) error {
	var have entente.LedgerHead
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		have, err = tx.Head(head.Origin)
		return err
	})
	if err != nil {
		return err
	}
	if head.Size-have.Size > maxFound {
		return &entente.Error{Kind: entente.Unavailable, Field: "records", Detail: string(to.ID) + " holds more records of ours than can be judged at once", Hint: "restore a newer backup"}
	}
	var records []entente.Digest
	for first := have.Size; first < head.Size; first = have.Size + int64(len(records)) {
		page, err := o.cfg.Carrier.Records(ctx, to, head.Origin, first, int(min(recordsPage, head.Size-first)))
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return &entente.Error{Kind: entente.Unverified, Detail: string(to.ID) + " does not hand out the records that it holds"}
		}
		records = append(records, page...)
	}
	return o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		r, err := Restoring(tx)
		if err != nil || r == nil {
			return err
		}
		theirs, err := o.openHead(tx, head)
		if err != nil {
			return err
		}
		return o.takeBack(tx, r, to.ID, theirs.Checkpoint, have.Size, records)
	})
}

// giveBack brings a partner the records that he has lost of his own ledgers. He
// may not be able to call us for them; his own signature proves them.
func (o *Outbox) giveBack(ctx context.Context, to entente.Party, theirs []entente.LedgerHead) error {
	var ours []entente.LedgerHead
	lost := false
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		lost = false
		if ours, err = Heads(tx, o.cfg.Self, to.ID); err != nil {
			return err
		}
		for i, h := range ours {
			theirs := headOf(theirs, h.Origin)
			missing := h.Size - theirs.Size
			if ch, ok := channelOf(h.Origin); !ok || ch.From != to.ID || theirs.Origin == "" || missing <= 0 || missing > recordsPage {
				continue
			}
			if ours[i].Tail, err = tx.Records(h.Origin, theirs.Size, int(missing)); err != nil {
				return err
			}
			lost = true
		}
		return nil
	})
	if err != nil || !lost {
		return err
	}
	if err := o.Cover(ctx, ours); err != nil {
		return err
	}
	_, err = o.cfg.Carrier.Compare(ctx, to, ours)
	return err
}

// channelOf reads the name of a channel's ledger.
func channelOf(origin string) (entente.Channel, bool) {
	parts := strings.Split(origin, "/")
	if len(parts) != 4 {
		return entente.Channel{}, false
	}
	return entente.Channel{Agreement: entente.AgreementID(parts[1]), From: entente.PartyID(parts[2]), To: entente.PartyID(parts[3])}, true
}

// Heads gives the heads of every channel between two parties, both ways.
func Heads(tx entente.Tx, self, partner entente.PartyID) ([]entente.LedgerHead, error) {
	agreements, err := tx.Agreements()
	if err != nil {
		return nil, err
	}
	var heads []entente.LedgerHead
	for _, a := range agreements {
		if !a.Agreement.Has(self) || !a.Agreement.Has(partner) {
			continue
		}
		ch := entente.Channel{Agreement: a.Agreement.ID, From: self, To: partner}
		for _, c := range []entente.Channel{ch, ch.Back()} {
			h, err := tx.Head(c.Origin())
			if err != nil {
				return nil, err
			}
			heads = append(heads, h)
		}
	}
	return heads, nil
}

func headOf(heads []entente.LedgerHead, origin string) entente.LedgerHead {
	for _, h := range heads {
		if h.Origin == origin {
			return h
		}
	}
	return entente.LedgerHead{}
}
