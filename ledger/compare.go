package ledger

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

// Compare holds our copy of a ledger against a head that somebody shows and whose
// signature has been checked: a checkpoint, or an end note. Size 0 is a partner that
// holds nothing.
//
// Fork always comes with an error that carries a *SplitView, so that it cannot
// be passed over.
func Compare(s Store, c Checkpoint) (Standing, error) {
	head, _, err := load(s, c.Origin)
	if err != nil {
		return Unknown, err
	}
	if c.Size > head.Size {
		return Behind, nil
	}
	if c.Size > 0 {
		root, err := Root(s, head.Origin, c.Size)
		if err != nil {
			return Unknown, err
		}
		if root != c.Root {
			return Fork, splitView(head.Checkpoint, c.Text)
		}
	}
	if c.Size < head.Size {
		return Ahead, nil
	}
	return Equal, nil
}
