package outbox

import (
	"context"
	"errors"
	"slices"

	"entente"
)

// Declaration is a level that an officer declares.
type Declaration struct {
	Level   entente.Level
	Towards entente.PartyID // empty: each other party of the agreement
	Reason  string
}

// DeclareLevel tells one other party of the agreement, or each, how far we keep it
// open between us from now on. It acts on our side in the same transaction, on
// theirs when the notice arrives; what was owed before stays owed. What waits and
// does not pass any more is held from then on, and named in the answer. Where the
// agreement wants four eyes for notices it waits for release, and acts on both sides
// from then.
func (o *Outbox) DeclareLevel(ctx context.Context, by entente.Officer, a entente.AgreementID, d Declaration) ([]entente.QueueItem, error) {
	if !slices.Contains(entente.Levels, d.Level) {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "level", Detail: "there is no level \"" + string(d.Level) + "\"", Hint: "choose open, restricted, warnings-only or suspended"}
	}
	if d.Reason == "" {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "reason", Detail: "say why", Hint: "the partners and the overseers of every side read it"}
	}
	var held []entente.QueueItem
	act := o.act(by, entente.OpChangeLevel, "agreement "+string(a))
	act.Result = &held
	err := o.doAct(ctx, act, func(tx entente.Tx) error {
		held = nil
		rec, err := tx.Agreement(a, 0)
		if err != nil {
			return noAgreement(a, err)
		}
		to, towards, err := o.partners(rec.Agreement, d.Towards)
		if err != nil {
			return err
		}
		n := entente.Notice{What: entente.NoticeLevel, Level: d.Level, Towards: towards, Reason: d.Reason}
		for _, to := range to {
			stopped, err := o.declare(tx, by, rec.Agreement, to, n)
			if err != nil {
				return err
			}
			held = append(held, stopped...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	o.cfg.Step("level declared")
	o.Wake()
	return held, nil
}

// partners are those to whom a level is declared: one, or each other party.
func (o *Outbox) partners(a entente.Agreement, one entente.PartyID) ([]entente.PartyID, entente.Towards, error) {
	if one != "" {
		if one == o.cfg.Self || !a.Has(one) {
			return nil, "", &entente.Error{Kind: entente.Invalid, Field: "towards", Detail: string(one) + " is not another party of " + string(a.ID), Hint: "choose one of the agreement's other parties, or all"}
		}
		return []entente.PartyID{one}, entente.TowardsPair, nil
	}
	return slices.DeleteFunc(slices.Clone(a.Parties), func(p entente.PartyID) bool { return p == o.cfg.Self }), entente.TowardsAll, nil
}

// declare tells one party, and gives what waits for it and is held because of that.
func (o *Outbox) declare(tx entente.Tx, by entente.Officer, a entente.Agreement, to entente.PartyID, n entente.Notice) ([]entente.QueueItem, error) {
	before, err := heldTo(tx, a.ID, to)
	if err != nil {
		return nil, err
	}
	if err := o.sendLevel(tx, by, a, to, n); err != nil {
		return nil, err
	}
	held, err := heldTo(tx, a.ID, to)
	return slices.DeleteFunc(held, func(q entente.QueueItem) bool {
		return slices.ContainsFunc(before, func(b entente.QueueItem) bool { return b.Message == q.Message })
	}), err
}

// heldTo lists what is held of a channel of ours.
func heldTo(tx entente.QueueStore, a entente.AgreementID, partner entente.PartyID) ([]entente.QueueItem, error) {
	items, err := tx.QueuedAs(entente.QueueHeld, partner)
	return slices.DeleteFunc(items, func(q entente.QueueItem) bool { return q.Channel.Agreement != a }), err
}

// sendLevel sends the notice. Where nothing can leave for the party now, the notice
// waits as a draft for release; on our side it acts all the same.
func (o *Outbox) sendLevel(tx entente.Tx, by entente.Officer, a entente.Agreement, to entente.PartyID, n entente.Notice) error {
	var err error
	if n.Number, err = o.nextNumber(tx, a.ID, to); err != nil {
		return err
	}
	id := newID(o.now())
	_, err = o.SendIn(tx, by, id, entente.Draft{To: to, Agreement: a.ID, Statement: entente.Statement{
		Kind: entente.KindNotice, Purpose: a.Purposes[0], Precedence: entente.Immediate, Notice: &n,
	}})
	if !errors.Is(err, entente.Unavailable) && entente.ReasonOf(err) != entente.ReasonSplitView {
		return err
	}
	head, err := tx.Head(entente.Channel{Agreement: a.ID, From: o.cfg.Self, To: to}.Origin())
	if err != nil {
		return err
	}
	return o.putLevel(tx, a.ID, to, n, id, head.Size)
}

// nextNumber is one more than that of any declaration to a partner, also of those
// that wait for release.
func (o *Outbox) nextNumber(tx entente.Tx, a entente.AgreementID, to entente.PartyID) (int, error) {
	changes, err := tx.LevelChanges(a)
	if err != nil {
		return 0, err
	}
	last := 0
	for _, c := range changes {
		if c.Party == o.cfg.Self && c.Partner == to {
			last = max(last, c.Number)
		}
	}
	drafts, err := tx.Drafts(entente.DraftQuery{States: []entente.DraftState{entente.DraftSubmitted}})
	for _, d := range drafts {
		if n := d.Statement.Notice; n != nil && d.Agreement == a && d.To == to {
			last = max(last, n.Number)
		}
	}
	return last + 1, err
}

// putLevel has what we declare act on our side.
func (o *Outbox) putLevel(tx entente.Tx, a entente.AgreementID, to entente.PartyID, n entente.Notice, notice entente.MessageID, seq int64) error {
	err := tx.PutLevel(entente.LevelChange{
		Agreement: a, Party: o.cfg.Self, Partner: to, Level: n.Level, Towards: n.Towards, Number: n.Number, Seq: seq, Message: notice, At: o.now(),
	})
	if err != nil {
		return err
	}
	return o.Levelled(tx, a, to)
}
