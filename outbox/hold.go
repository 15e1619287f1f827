package outbox

import (
	"context"

	"entente"
	"entente/policy"
)

// Levelled looks at what has no receipt yet after a level was declared between us
// and a partner, by either side. What the level between us stops now is held, and
// what the partner put off for its level is offered again where it passes now.
func (o *Outbox) Levelled(tx entente.Tx, a entente.AgreementID, partner entente.PartyID) error {
	level, err := o.levelTo(tx, a, partner)
	if err != nil {
		return err
	}
	items, err := queueTo(tx, a, partner)
	for _, q := range items {
		if err != nil {
			break
		}
		passes := false
		if passes, err = passesAt(tx, level, q); err != nil {
			break
		}
		switch {
		case !passes && q.State != entente.QueueHeld:
			q.State, q.Why, q.Since = entente.QueueHeld, entente.ReasonLevel, o.now()
			err = tx.SetQueued(q)
		case passes && q.State == entente.QueuePutOff && q.Why == entente.ReasonLevel:
			q.Again = o.now()
			err = tx.SetQueued(q)
		}
	}
	return err
}

// levelTo is how far an agreement is open between us and a partner.
func (o *Outbox) levelTo(tx entente.AgreementStore, a entente.AgreementID, partner entente.PartyID) (entente.Level, error) {
	changes, err := tx.LevelChanges(a)
	return policy.LevelOf(a, o.cfg.Self, partner, changes), err
}

// queueTo lists what has no receipt yet of a channel of ours.
func queueTo(tx entente.QueueStore, a entente.AgreementID, partner entente.PartyID) (of []entente.QueueItem, err error) {
	items, err := tx.Queue(partner, 0)
	for _, q := range items {
		if q.Channel.Agreement == a {
			of = append(of, q)
		}
	}
	return of, err
}

// passesAt reports whether a message that has no receipt yet passes at a level.
// What the recipient had before, and has lost, goes back to it at any level.
func passesAt(tx entente.Tx, level entente.Level, q entente.QueueItem) (bool, error) {
	if had, err := hadReceipt(tx, q.Message); err != nil || had {
		return had, err
	}
	f, err := tx.Message(q.Message)
	return err == nil && policy.Passes(level, f.Message.Statement), err
}

// SendHeld lets mail leave that a level has held, of one channel: a releaser decides
// it, as they decide what leaves. Nothing changes where the level stops one of them
// still, or one has expired.
func (o *Outbox) SendHeld(ctx context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error {
	err := o.do(ctx, by, entente.OpRelease, heldObject(a, partner), func(tx entente.Tx) error {
		level, err := o.levelTo(tx, a, partner)
		if err != nil {
			return err
		}
		return eachHeld(tx, a, partner, ids, func(q entente.QueueItem, f entente.Filed) error {
			if q.State != entente.QueueHeld {
				return &entente.Error{Kind: entente.Conflict, Detail: "message " + string(q.Message) + " is not held", Hint: "open the queue again: somebody else may have decided"}
			}
			if !policy.Passes(level, f.Message.Statement) {
				return &entente.Error{Kind: entente.Denied, Field: "level", Reason: entente.ReasonLevel, Detail: string(a) + " is " + string(level) + " between us and " + string(partner) + ": message " + string(q.Message) + " does not pass", Hint: "wait until it is open that far, or withdraw the message"}
			}
			if h := f.Message.Header; !h.Expires.IsZero() && !h.Expires.After(o.now()) {
				return &entente.Error{Kind: entente.Conflict, Field: "expires", Detail: "message " + string(q.Message) + " has expired", Hint: "withdraw it, and write a new one if it still matters"}
			}
			q.State, q.Why, q.Since = entente.QueueWaiting, "", o.now()
			return tx.SetQueued(q)
		})
	})
	if err == nil {
		o.cfg.Step("held mail sent")
		o.wakeFor(partner)
	}
	return err
}

// WithdrawHeld takes back mail that is held, or that the partner has put off: a
// notice tells the partner, who does not wait for it any more. Where the agreement
// wants four eyes for notices, it is done once the notices are released.
func (o *Outbox) WithdrawHeld(ctx context.Context, by entente.Officer, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID) error {
	err := o.do(ctx, by, entente.OpRelease, heldObject(a, partner), func(tx entente.Tx) error {
		return eachHeld(tx, a, partner, ids, func(q entente.QueueItem, f entente.Filed) error {
			n := entente.Notice{What: entente.NoticeWithdrawn, Place: &q.Seq, Digest: &f.Digest}
			_, err := o.SendIn(tx, by, newID(o.now()), entente.Draft{To: partner, Agreement: a, Statement: entente.Statement{
				Kind: entente.KindNotice, Purpose: f.Message.Statement.Purpose, Precedence: f.Message.Statement.Precedence, Notice: &n,
			}})
			return err
		})
	})
	if err == nil {
		o.cfg.Step("held mail withdrawn")
		o.wakeFor(partner)
	}
	return err
}

func heldObject(a entente.AgreementID, partner entente.PartyID) string {
	return "held mail to " + string(partner) + " under " + string(a)
}

// eachHeld runs decide on messages of a channel that are held or put off; none
// named: on every one that is held.
func eachHeld(tx entente.Tx, a entente.AgreementID, partner entente.PartyID, ids []entente.MessageID, decide func(entente.QueueItem, entente.Filed) error) error {
	items, err := queueTo(tx, a, partner)
	if err != nil {
		return err
	}
	chosen := map[entente.MessageID]bool{}
	for _, id := range ids {
		chosen[id] = true
	}
	found := 0
	for _, q := range items {
		open := q.State == entente.QueueHeld || q.State == entente.QueuePutOff
		if all := len(ids) == 0 && q.State == entente.QueueHeld; !all && !(chosen[q.Message] && open) {
			continue
		}
		found++
		f, err := tx.Message(q.Message)
		if err != nil {
			return err
		}
		if err := decide(q, f); err != nil {
			return err
		}
	}
	if found == 0 || found < len(chosen) {
		return &entente.Error{Kind: entente.Conflict, Detail: "not all of these messages are held any more", Hint: "open the queue again: somebody else may have decided"}
	}
	return nil
}

// atPlace gives what has no receipt yet at a place of a channel of ours.
func atPlace(tx entente.QueueStore, ch entente.Channel, seq int64) (entente.QueueItem, error) {
	items, err := queueTo(tx, ch.Agreement, ch.To)
	if err != nil {
		return entente.QueueItem{}, err
	}
	for _, q := range items {
		if q.Seq == seq {
			return q, nil
		}
	}
	return entente.QueueItem{}, &entente.Error{Kind: entente.Conflict, Field: "notice.place", Detail: "the message at this place was delivered or decided meanwhile", Hint: "open the queue again"}
}
