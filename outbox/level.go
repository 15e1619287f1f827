package outbox

import (
	"context"
	"errors"
	"slices"

	"entente"
)

// DeclareLevel tells every other party of the agreement how far we hold it open
// from now on. It acts on our side in the same transaction, on theirs when the
// notice arrives; what was owed before stays owed.
func (o *Outbox) DeclareLevel(ctx context.Context, by entente.Officer, a entente.AgreementID, l entente.Level, reason string) error {
	if !slices.Contains(entente.Levels, l) {
		return &entente.Error{Kind: entente.Invalid, Field: "level", Detail: "there is no level \"" + string(l) + "\"", Hint: "choose open, restricted, warnings-only or suspended"}
	}
	if reason == "" {
		return &entente.Error{Kind: entente.Invalid, Field: "reason", Detail: "say why", Hint: "the partners and the overseers of every side read it"}
	}
	err := o.do(ctx, by, entente.OpChangeLevel, "agreement "+string(a), func(tx entente.Tx) error {
		rec, err := tx.Agreement(a, 0)
		if err != nil {
			return noAgreement(a, err)
		}
		var first entente.MessageID
		for _, to := range rec.Agreement.Parties {
			if to == o.cfg.Self {
				continue
			}
			id := newID(o.now())
			if first == "" {
				first = id
			}
			_, err := o.SendIn(tx, by, id, entente.Draft{To: to, Agreement: a, Statement: entente.Statement{
				Kind: entente.KindNotice, Purpose: rec.Agreement.Purposes[0], Precedence: entente.Immediate,
				Notice: &entente.Notice{What: entente.NoticeLevel, Level: l, Reason: reason},
			}})
			if errors.Is(err, entente.Unavailable) {
				continue // held back until our ledgers are compared: the notice waits as a draft for release
			}
			if err != nil {
				return err
			}
		}
		return tx.PutLevel(entente.LevelChange{Agreement: a, Party: o.cfg.Self, Level: l, Message: first, At: o.now()})
	})
	if err == nil {
		o.Wake()
	}
	return err
}
