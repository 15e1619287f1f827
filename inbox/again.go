package inbox

import (
	"errors"

	"entente"
	"entente/ledger"
)

// noteBeside looks at what came beside an envelope that gets the answer it got
// before. A checkpoint that contradicts the sender's ledger is evidence whatever it
// comes with: the known envelope does not hide it.
func (i *Inbox) noteBeside(tx entente.Tx, a *arrival) error {
	if a.envelope == nil {
		return nil
	}
	h := a.envelope.Header()
	if h.From != a.from || h.To != i.cfg.Self {
		return nil
	}
	known, err := ledger.KnownOf(tx, h.Channel())
	if err != nil {
		return err
	}
	_, by, err := known.OpenCheckpoint(a.Checkpoint)
	if err != nil || known.Ended(by.Party.Edition) {
		return nil // it does not count, or the end note of a later edition decides
	}
	origin := h.Channel().Origin()
	split, err := ledger.Contradicts(tx, origin, a.Checkpoint, by.Party)
	if err != nil || split == nil {
		return err
	}
	return i.keepSplit(tx, origin, split)
}

func (i *Inbox) keepSplit(tx entente.Tx, origin string, split *ledger.SplitView) error {
	fresh, err := ledger.KeepSplit(tx, origin, split.Ours, split.Theirs)
	if fresh {
		i.cfg.Log.Error("inbox: a partner's ledger contradicts itself; the checkpoints are kept as evidence", "ledger", origin)
	}
	return err
}

// noteSecond keeps the first envelope that a sender signed under an id that another
// of its envelopes has here: with that one it proves that the sender said two things.
func (i *Inbox) noteSecond(tx entente.Tx, a *arrival) error {
	h := a.envelope.Header()
	key := entente.SecondEnvelope(h.Channel().Origin())
	if _, err := tx.Setting(key); !errors.Is(err, entente.NotFound) {
		return err // one is kept, or the store fails
	}
	editions, err := tx.PartyEditions(a.from)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if a.envelope.Check(e) == nil {
			i.cfg.Log.Error("inbox: a partner signed two envelopes under one id; the second is kept as evidence", "from", a.from, "message", h.ID)
			return tx.PutSetting(key, a.Envelope)
		}
	}
	return nil
}
