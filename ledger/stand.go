package ledger

import (
	"slices"

	"entente"
)

// Stood is where one envelope stands in our copy of a partner's channel.
type Stood struct {
	Seq   int64 // its place
	Ahead int64 // how many places just before it became known with it
	Fresh bool  // it became known now; otherwise our copy had its record already
}

// Stand finds the place of one envelope in our copy of a partner's channel: the
// one with which its checkpoint ends. Where our copy is shorter, it is extended
// (see Extend); records in before that it has already are passed over. Where it
// has the place already, the record there must be this envelope's, whatever came
// behind it since, and nothing is written. Errors are those of Extend; another
// envelope at a known place is ReasonSplitView.
func Stand(s Store, ch entente.Channel, before []entente.Digest, record entente.Digest, checkpoint []byte, sender entente.Party) (Stood, error) {
	c, err := openOf(ch, checkpoint, sender)
	if err != nil {
		return Stood{}, err
	}
	head, err := s.Head(ch.Origin())
	if err != nil {
		return Stood{}, err
	}
	at := Stood{Seq: c.Size - 1}
	if c.Size <= head.Size {
		return at, known(s, head, c, record)
	}
	at.Ahead, at.Fresh = at.Seq-head.Size, true
	if more := int64(len(before)) - at.Ahead; more > 0 { // the sender did not know how much is here
		before = before[more:]
	}
	return at, extend(s, c, before, record)
}

// known checks that our copy has this record at the place with which a checkpoint
// ends, and that the checkpoint is one of its own.
func known(s Store, head entente.LedgerHead, c Checkpoint, record entente.Digest) error {
	root, err := Root(s, head.Origin, c.Size)
	if err != nil {
		return err
	}
	if root != c.Root {
		return splitView(head.Checkpoint, c.Text)
	}
	stands, err := s.Records(head.Origin, c.Size-1, 1)
	if err != nil {
		return err
	}
	if !slices.Equal(stands, []entente.Digest{record}) {
		return &entente.Error{
			Kind: entente.Unverified, Field: "seq", Reason: entente.ReasonSplitView,
			Detail: "the sender has given this place to another envelope",
			Hint:   "keep the envelope and call the party's people: their node shows two histories",
		}
	}
	return nil
}
