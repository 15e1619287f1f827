package inbox

import (
	"errors"
	"time"

	"entente"
	"entente/ledger"
	"entente/succession"
)

// place finds the place of an envelope in our copy of the sender's ledger. A place
// that is new extends the copy, with the records ahead of it that came with the
// delivery. A place that is known already takes the envelope whose record stands
// there, whatever came behind it since: held mail, a kind that could not be read
// then, what a restored node lost.
func (i *Inbox) place(tx entente.Tx, a *arrival, known ledger.Known) error {
	ch := a.header.Channel()
	if err := fetched(tx, known, a.header); err != nil {
		return err
	}
	c, by, err := known.OpenCheckpoint(a.Checkpoint)
	if err != nil {
		return err
	}
	a.signer = by.Party
	if a.stood, err = ledger.Stand(i.edges.Over(tx), ch, a.Before, a.digest, a.Checkpoint, by.Party); err != nil {
		a.stood = ledger.Stood{}
		if _, two := errors.AsType[*ledger.SplitView](err); !two && entente.ReasonOf(err) == entente.ReasonSplitView && a.header.Seq != c.Size-1 {
			return refusal(entente.ReasonCheckpoint, "seq", "the header names another place than the ledger")
		}
		return i.noteSplit(tx, a, known, err)
	}
	a.placed = true
	if err := ledger.Prefer(tx, c); err != nil {
		return err
	}
	if a.stood.Fresh {
		if err := noteKnown(tx, ch.Origin(), a.stood.Seq-a.stood.Ahead, int(a.stood.Ahead), i.now()); err != nil {
			return err
		}
		if err := succession.Rejudge(tx, ch); err != nil {
			return err
		}
	}
	if a.header.Seq != a.stood.Seq {
		return refusal(entente.ReasonCheckpoint, "seq", "the header names another place than the ledger")
	}
	return notWithdrawn(tx, ch, a.stood.Seq)
}

// noteKnown puts on record that places are known from now on whose envelopes did
// not come: an audit does not look for messages there.
func noteKnown(tx entente.GapStore, origin string, first int64, n int, at time.Time) error {
	gaps := make([]entente.Gap, n)
	for i := range gaps {
		gaps[i] = entente.Gap{Origin: origin, Seq: first + int64(i), State: entente.GapKnown, Since: at}
	}
	return tx.PutGaps(gaps)
}

// notWithdrawn checks that the sender has not taken the message at a place back.
// An old courier file may still carry it.
func notWithdrawn(tx entente.GapStore, ch entente.Channel, seq int64) error {
	gap, err := tx.Gap(ch.Origin(), seq)
	if errors.Is(err, entente.NotFound) {
		return nil
	}
	if err == nil && gap.State == entente.GapWithdrawn {
		return refusal(entente.ReasonWithdrawn, "seq", "the sender has withdrawn the message at this place")
	}
	return err
}

// leaveOpen keeps in mind that the envelope at a place came and cannot be taken
// yet, or forgets a place that is refused for good.
func (i *Inbox) leaveOpen(tx entente.GapStore, a *arrival, why entente.Reason, final bool) error {
	origin := a.header.Channel().Origin()
	switch {
	case why == entente.ReasonWithdrawn:
		return nil
	case !final:
		return tx.PutGaps([]entente.Gap{{Origin: origin, Seq: a.stood.Seq, State: entente.GapPutOff, Why: why, Since: i.now()}})
	}
	return tx.DropGap(origin, a.stood.Seq)
}

// withdrawn notes that the sender takes back the message at an earlier place. It is
// not waited for, and refused should it still come. What is filed stays, with the
// notice beside it.
func (i *Inbox) withdrawn(tx entente.Tx, f entente.Filed) error {
	n, origin := f.Message.Statement.Notice, f.Message.Header.Channel().Origin()
	gap, err := tx.Gap(origin, *n.Place)
	if errors.Is(err, entente.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	gap.State, gap.Why, gap.Since = entente.GapWithdrawn, "", f.At
	return tx.PutGaps([]entente.Gap{gap})
}

// earlier checks that a notice of withdrawal names an earlier place of its own
// channel, with the record that stands there.
func earlier(tx entente.LedgerStore, m entente.Message) error {
	n := m.Statement.Notice
	if n == nil || n.What != entente.NoticeWithdrawn {
		return nil
	}
	if *n.Place >= m.Header.Seq {
		return refusal(entente.ReasonStatement, "notice.place", "a message is withdrawn after it was placed")
	}
	records, err := tx.Records(m.Header.Channel().Origin(), *n.Place, 1)
	if err != nil {
		return err
	}
	if len(records) != 1 || records[0] != *n.Digest {
		return refusal(entente.ReasonStatement, "notice.digest", "another record stands at the place that is withdrawn")
	}
	return nil
}
