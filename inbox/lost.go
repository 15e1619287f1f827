package inbox

import (
	"errors"

	"entente"
)

// lost finds the thread of what is owed for a message of ours that we lost in a
// restore. Our own ledger proves that there was such a message; what it said is gone
// here. Something stands for it from now on, so that thread and page say so.
func (i *Inbox) lost(tx entente.Tx, m entente.Message, r entente.Ref) (thread entente.MessageID, ok bool, err error) {
	if r.Rel != entente.Answers || m.Statement.Class() != entente.ClassDuty {
		return "", false, nil
	}
	known, err := tx.Lost(m.Header.From, r.ID)
	if err == nil {
		return known.Name, known.Digest == r.Digest, nil
	}
	if !errors.Is(err, entente.NotFound) {
		return "", false, err
	}
	ours := m.Header.Channel().Back()
	seq, err := tx.PlaceOf(ours.Origin(), r.Digest)
	if errors.Is(err, entente.NotFound) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	name, err := nameFor(tx, r.ID)
	if err != nil {
		return "", false, err
	}
	i.cfg.Log.Warn("inbox: an answer to a message of ours that was lost in a restore", "from", m.Header.From, "ledger", ours, "place", seq)
	return name, true, tx.PutLost(entente.Lost{Name: name, Partner: m.Header.From, ID: r.ID, Channel: ours, Seq: seq, Digest: r.Digest, Found: i.now()})
}
