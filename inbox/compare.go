package inbox

import (
	"context"

	"entente"
	"entente/ledger"
)

// Compare answers a partner that shows where the ledgers between us stand with
// where they stand here.
func (i *Inbox) Compare(ctx context.Context, from entente.PartyID, theirs []entente.LedgerHead) ([]entente.LedgerHead, error) {
	if i.cfg.Compared != nil {
		if _, err := i.cfg.Compared(ctx, from, theirs); err != nil {
			return nil, err
		}
	}
	var ours []entente.LedgerHead
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) error {
		ours = nil
		channels, err := between(tx, i.cfg.Self, from)
		if err != nil {
			return err
		}
		for _, ch := range channels {
			h, err := tx.Head(ch.Origin())
			if err != nil {
				return err
			}
			if ch.To == i.cfg.Self {
				if h.Lacks, err = ledger.Lacks(tx, h.Origin); err != nil {
					return err
				}
			}
			ours = append(ours, h)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := i.cover(ctx, ours); err != nil {
		return nil, err
	}
	return ours, nil
}

func (i *Inbox) cover(ctx context.Context, heads []entente.LedgerHead) error {
	if i.cfg.Cover == nil {
		return nil
	}
	return i.cfg.Cover(ctx, heads)
}

// Records hands a partner records of a ledger between us: digests, which say
// nothing to anyone who does not hold the envelopes.
func (i *Inbox) Records(ctx context.Context, from entente.PartyID, origin string, first int64, n int) ([]entente.Digest, error) {
	var out []entente.Digest
	var head entente.LedgerHead
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) error {
		channels, err := between(tx, i.cfg.Self, from)
		if err != nil {
			return err
		}
		for _, ch := range channels {
			if ch.Origin() == origin {
				if head, err = tx.Head(origin); err != nil {
					return err
				}
				out, err = tx.Records(origin, first, n)
				return err
			}
		}
		return &entente.Error{Kind: entente.NotFound, Field: "origin", Detail: "there is no ledger of that name between us"}
	})
	if err != nil {
		return nil, err
	}
	if err := i.cover(ctx, []entente.LedgerHead{head}); err != nil {
		return nil, err
	}
	return out, nil
}

// between lists the channels between two parties, both ways, under every
// agreement that names them.
func between(tx entente.Tx, self, partner entente.PartyID) ([]entente.Channel, error) {
	agreements, err := tx.Agreements()
	if err != nil {
		return nil, err
	}
	var out []entente.Channel
	for _, a := range agreements {
		if a.Agreement.Has(self) && a.Agreement.Has(partner) {
			ch := entente.Channel{Agreement: a.Agreement.ID, From: self, To: partner}
			out = append(out, ch, ch.Back())
		}
	}
	return out, nil
}
