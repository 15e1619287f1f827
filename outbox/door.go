package outbox

import (
	"context"
	"errors"

	"entente"
	"entente/succession"
)

// Door carries descriptors and end notes to a partner and brings back its own, also
// where neither end can prove the connection. A Carrier may be one.
type Door interface {
	Editions(ctx context.Context, to entente.Party, ours succession.Bundle) (succession.Bundle, error)
}

// comparedWith compares ledgers with a partner. First it tells a partner of our
// newest edition that has not confirmed it; and where the connection does not hold,
// either side may have another root by now: the door for descriptors says so.
func (o *Outbox) comparedWith(ctx context.Context, to entente.Party) (entente.Party, error) {
	told, err := o.isTold(ctx, to.ID)
	if err != nil {
		return to, err
	}
	if !told {
		if to, err = o.exchangeEditions(ctx, to); err != nil {
			o.cfg.Log.Info("outbox: a partner could not be told of our newest edition", "partner", to.ID, "err", err)
		}
	}
	err = o.compare(ctx, to)
	if !told || !errors.Is(err, entente.Unverified) && !errors.Is(err, entente.Denied) {
		return to, err
	}
	known := to.Edition
	if to, doorErr := o.exchangeEditions(ctx, to); doorErr == nil && to.Edition > known {
		return to, o.compare(ctx, to)
	}
	return to, err
}

// isTold reports whether a partner has confirmed our edition in use.
func (o *Outbox) isTold(ctx context.Context, partner entente.PartyID) (told bool, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		self, err := tx.Party(o.cfg.Self)
		if err != nil || self.Party.Edition == 1 {
			told = true
			return err
		}
		newest, err := confirmed(tx, partner)
		told = newest >= self.Party.Edition
		return err
	})
	return told, err
}

// exchangeEditions brings a partner our descriptors and end notes, takes in its own,
// and returns its newest descriptor.
func (o *Outbox) exchangeEditions(ctx context.Context, to entente.Party) (entente.Party, error) {
	door, ok := o.cfg.Carrier.(Door)
	if !ok {
		return to, nil
	}
	var ours succession.Bundle
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		ours, err = succession.Of(tx, o.cfg.Self, to.ID, 0)
		return err
	})
	if err != nil {
		return to, err
	}
	theirs, err := door.Editions(ctx, to, ours)
	if err != nil {
		return to, err
	}
	err = o.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		l, err := succession.Learn(tx, o.cfg.Self, to.ID, theirs, o.now())
		if err != nil {
			return err
		}
		if l.Doubt != nil {
			o.cfg.Log.Error("outbox: a party contradicts itself about its editions; kept as evidence", "from", to.ID, "err", l.Doubt)
		}
		rec, err := tx.Party(to.ID)
		to = rec.Party
		return err
	})
	return to, err
}
