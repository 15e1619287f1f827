package outbox

import (
	"context"
	"errors"
	"slices"

	"entente"
)

// DeclareLevel tells every other party of the agreement how far we hold it open
// from now on. It acts on our side in the same transaction, on theirs when the
// notice arrives; what was owed before stays owed. Where the agreement wants
// four eyes for notices it waits for release, and acts on both sides from then.
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
		n := entente.Notice{What: entente.NoticeLevel, Level: l, Reason: reason}
		for _, to := range rec.Agreement.Parties {
			if to == o.cfg.Self {
				continue
			}
			if err := o.declare(tx, by, rec.Agreement, to, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		o.Wake()
	}
	return err
}

// declare tells one party. Where nothing can leave for it now, the notice waits
// as a draft for release; on our side it acts all the same.
func (o *Outbox) declare(tx entente.Tx, by entente.Officer, a entente.Agreement, to entente.PartyID, n entente.Notice) error {
	id := newID(o.now())
	_, err := o.SendIn(tx, by, id, entente.Draft{To: to, Agreement: a.ID, Statement: entente.Statement{
		Kind: entente.KindNotice, Purpose: a.Purposes[0], Precedence: entente.Immediate, Notice: &n,
	}})
	if errors.Is(err, entente.Unavailable) || entente.ReasonOf(err) == entente.ReasonSplitView {
		return o.putLevel(tx, a.ID, id, n.Level)
	}
	return err
}

// putLevel has what we declare act on our side.
func (o *Outbox) putLevel(tx entente.AgreementStore, a entente.AgreementID, notice entente.MessageID, l entente.Level) error {
	before, err := tx.LevelChanges(a)
	if err != nil {
		return err
	}
	return tx.PutLevel(entente.LevelChange{Agreement: a, Party: o.cfg.Self, Level: l, Message: notice, At: o.now()}.Following(before))
}
