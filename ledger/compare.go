package ledger

import "entente"

// Standing says how our copy of a ledger stands to a partner's.
type Standing int

const (
	Unknown Standing = iota // nothing could be said; an error says why
	Equal                   // the same history
	Ahead                   // ours is theirs and more
	Behind                  // theirs is longer, by the owner's signature; Recover tells whether it begins with ours
	Fork                    // the owner signed two histories
)

func (s Standing) String() string {
	return [...]string{"unknown", "equal", "ahead", "behind", "fork"}[s]
}

// Compare holds our copy of a ledger against the head that a partner reports.
// Only what the ledger's owner signed counts, whichever side reports it.
//
// Fork always comes with an error that carries a *SplitView, so that it cannot
// be passed over. A head that the owner did not sign gives Unknown, Unverified.
func Compare(s Store, theirs entente.LedgerHead, owner entente.Party) (Standing, error) {
	head, _, err := load(s, theirs.Origin)
	if err != nil {
		return Unknown, err
	}
	if theirs.Size == 0 && len(theirs.Checkpoint) == 0 {
		if head.Size == 0 {
			return Equal, nil
		}
		return Ahead, nil
	}
	c, err := OpenCheckpoint(theirs.Checkpoint, theirs.Origin, owner)
	if err != nil {
		return Unknown, err
	}
	switch {
	case c.Size != theirs.Size:
		return Unknown, badCheckpoint("checkpoint.size", "the checkpoint is of another size than the head that it came with", nil)
	case c.Size > head.Size:
		return Behind, nil
	}
	root, err := Root(s, head.Origin, c.Size)
	switch {
	case err != nil:
		return Unknown, err
	case root != c.Root:
		return Fork, splitView(head.Checkpoint, c.Text)
	case c.Size < head.Size:
		return Ahead, nil
	}
	return Equal, nil
}
