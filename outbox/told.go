package outbox

import (
	"context"
	"errors"

	"entente"
)

// Told says which edition of our descriptor a partner has confirmed.
type Told struct {
	Partner entente.PartyID `json:"partner"`
	Edition int             `json:"edition"` // the newest whose key notice it has receipted; 0: none
}

// WhoIsTold lists the partners and the newest edition of ours that each has
// confirmed by its receipt for the key notice.
func (o *Outbox) WhoIsTold(ctx context.Context) (all []Told, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		all = nil
		channels, err := o.ownChannels(tx)
		if err != nil {
			return err
		}
		seen := map[entente.PartyID]bool{}
		for _, ch := range channels {
			if seen[ch.To] {
				continue
			}
			seen[ch.To] = true
			edition, err := confirmed(tx, ch.To)
			if err != nil {
				return err
			}
			all = append(all, Told{ch.To, edition})
		}
		return nil
	})
	return all, err
}

// confirmed is the newest edition whose key notice a partner has receipted.
func confirmed(tx entente.Tx, partner entente.PartyID) (newest int, err error) {
	q := entente.MessageQuery{Direction: entente.Outgoing, Kinds: []entente.Kind{entente.KindNotice}, Partner: partner, Limit: 500}
	for {
		page, err := tx.Messages(q)
		if err != nil {
			return newest, err
		}
		for _, f := range page {
			q.Before = f.Name
			n := f.Message.Statement.Notice
			if n == nil || n.What != entente.NoticeKey || n.Edition <= newest {
				continue
			}
			if _, err := tx.Receipt(f.Name); err == nil {
				newest = n.Edition
			} else if !errors.Is(err, entente.NotFound) {
				return newest, err
			}
		}
		if len(page) < q.Limit {
			return newest, nil
		}
	}
}
