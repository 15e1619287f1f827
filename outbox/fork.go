package outbox

import (
	"errors"

	"entente"
)

// forked holds back a channel whose ledger the partner has shown to be forked:
// what is added to it could not be proven. Other agreements go on, and so does
// the next one between the same parties, under a new id.
func forked(tx entente.Tx, ch entente.Channel) error {
	kept, err := tx.Setting(SplitView(ch.Origin()))
	if errors.Is(err, entente.NotFound) || err == nil && len(kept) == 0 {
		return grown(tx, ch)
	}
	if err != nil {
		return err
	}
	return &entente.Error{Kind: entente.Denied, Reason: entente.ReasonSplitView, Detail: "our ledger " + ch.Origin() + " and the copy that " + string(ch.To) + " holds contradict each other", Hint: "both checkpoints are kept as evidence; the overseers of both sides look, and the parties go on under an agreement with a new id"}
}

// grown holds back a channel whose ledger grew by another hand.
func grown(tx entente.Tx, ch entente.Channel) error {
	f, err := foundIn(tx, ch.Origin())
	if err != nil || f == nil || f.Ended {
		return err
	}
	return &entente.Error{Kind: entente.Denied, Reason: entente.ReasonSplitView, Detail: string(ch.To) + " holds records of our ledger " + ch.Origin() + " that our key signed and that are not here", Hint: "somebody else has our keys, or this machine was set back: an operator runs  entente restore show"}
}

// SplitView is the setting that keeps both checkpoints of a ledger that was
// shown in two versions.
func SplitView(origin string) string { return entente.SplitView(origin) }
