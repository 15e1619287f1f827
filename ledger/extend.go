package ledger

import (
	"slices"

	"entente"
)

// SplitView is two checkpoints that one owner signed and that cannot be heads
// of one history. Find it in an error with errors.As.
type SplitView struct {
	Ours, Theirs []byte // as signed; ours is the newest that we held before
}

func (*SplitView) Error() string { return "two checkpoints of one ledger contradict each other" }

func splitView(ours, theirs []byte) error {
	return &entente.Error{
		Kind: entente.Unverified, Field: "checkpoint", Reason: entente.ReasonSplitView,
		Detail: "the checkpoint contradicts the history that its owner signed before",
		Hint:   "keep both checkpoints and call the party's people: their node was restored from a backup, or it shows two histories",
		Cause:  &SplitView{Ours: slices.Clone(ours), Theirs: slices.Clone(theirs)},
	}
}

// Extend appends to our mirror of a partner's channel the record of one
// envelope and, ahead of it, the records in before, that the sender says fill
// the places between. The sender's checkpoint must end with this record, and
// its root must be the one that we compute. Nothing is written otherwise.
//
// Errors, all Unverified or Conflict, with the reason for the sender:
// ReasonCheckpoint when the checkpoint is not the sender's; ReasonOrder when
// the record is not the next (the refusal's Expected is our head's size);
// ReasonSplitView, carrying a *SplitView, when the checkpoint is the sender's
// and leads to another history. A place that we have already is not extended:
// whoever repeats an answer finds it first.
func Extend(s Store, ch entente.Channel, before []entente.Digest, record entente.Digest, checkpoint []byte, sender entente.Party) error {
	c, err := openOf(ch, checkpoint, sender)
	if err != nil {
		return err
	}
	return extend(s, c, before, record)
}

// openOf checks a checkpoint of a channel that belongs to its sender.
func openOf(ch entente.Channel, checkpoint []byte, sender entente.Party) (Checkpoint, error) {
	if sender.ID != ch.From {
		return Checkpoint{}, badCheckpoint("channel.from", "the channel belongs to another sender", nil)
	}
	return OpenCheckpoint(checkpoint, ch.Origin(), sender)
}

func extend(s Store, c Checkpoint, before []entente.Digest, record entente.Digest) error {
	head, e, err := load(s, c.Origin)
	if err != nil {
		return err
	}
	if c.Size <= head.Size {
		return behind(s, head, c)
	}
	if c.Size-1-head.Size != int64(len(before)) {
		return outOfOrder("the record is not the next of the channel")
	}
	records := append(slices.Clone(before), record)
	e.grow(len(records))
	for _, r := range records {
		e.add(r)
	}
	if e.root() != c.Root {
		return splitView(head.Checkpoint, c.Text)
	}
	_, err = e.write(s, head, records, c.Text)
	return err
}

// behind answers for a size that we already have: in order or not, what the
// sender signed may contradict what it signed before.
func behind(s Store, head entente.LedgerHead, c Checkpoint) error {
	root, err := Root(s, head.Origin, c.Size)
	if err != nil {
		return err
	}
	if root != c.Root {
		return splitView(head.Checkpoint, c.Text)
	}
	return outOfOrder("the place in the channel is already taken")
}

func outOfOrder(detail string) error {
	return &entente.Error{Kind: entente.Conflict, Field: "seq", Detail: detail, Reason: entente.ReasonOrder}
}
