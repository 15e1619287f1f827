package ledger

import (
	"slices"

	"entente"

	"golang.org/x/mod/sumdb/tlog"
)

// batch is how many records Recompute reads at a time.
const batch = 4096

// Recompute builds the tree of a ledger again from its records alone and holds
// everything else that is stored against it: each hash, the head's size, the
// checkpoint's root and the newest receipt. Unverified if any disagrees. The
// checkpoint's signature is not looked at; OpenCheckpoint does that.
func Recompute(s Store, origin string) (entente.LedgerHead, error) {
	head, err := s.Head(origin)
	if err != nil {
		return head, err
	}
	var e edge
	receipt, err := newReceiptCheck(head)
	if err != nil {
		return head, err
	}
	for e.size < head.Size {
		if err := recomputeBatch(s, origin, &e, head.Size, receipt); err != nil {
			return head, err
		}
	}
	more, err := s.Records(origin, head.Size, 1)
	if err != nil {
		return head, err
	}
	if len(more) != 0 {
		return head, damaged("there are records past the ledger's head")
	}
	if !receipt.held {
		return head, damaged("the newest receipt is of another history")
	}
	return head, headHolds(head, e.root())
}

// recomputeBatch adds the next records and compares the hashes they bring.
func recomputeBatch(s Store, origin string, e *edge, size int64, receipt *receiptCheck) error {
	from := tlog.StoredHashCount(e.size)
	records, err := s.Records(origin, e.size, int(min(batch, size-e.size)))
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return damaged("records are missing")
	}
	if int64(len(records)) > size-e.size {
		return damaged("the store gave more records than was asked for")
	}
	e.grow(len(records))
	for _, r := range records {
		e.add(r)
		receipt.at(e, r)
	}
	indexes := make([]int64, len(e.added))
	for i := range indexes {
		indexes[i] = from + int64(i)
	}
	stored, err := s.Hashes(origin, indexes)
	if err != nil {
		return err
	}
	if !slices.Equal(stored, e.added) {
		return damaged("a stored hash is not that of the records")
	}
	return nil
}

// headHolds compares a head with the root of the records.
func headHolds(head entente.LedgerHead, root entente.Digest) error {
	if head.Size == 0 {
		if len(head.Checkpoint) != 0 {
			return damaged("an empty ledger has a checkpoint")
		}
		return nil
	}
	c, err := ReadHead(head.Checkpoint)
	if err != nil || c.Origin != head.Origin || c.Size != head.Size || c.Root != root {
		return damaged("the records are not those of the checkpoint")
	}
	return nil
}

// receiptCheck waits for the place of the newest receipt to be recomputed.
type receiptCheck struct {
	c    Checkpoint
	text proofText
	held bool
}

func newReceiptCheck(head entente.LedgerHead) (*receiptCheck, error) {
	if len(head.Cosigned) == 0 {
		return &receiptCheck{held: true}, nil
	}
	t, err := parseProof(head.Cosigned)
	if err != nil {
		return nil, damaged("the newest receipt cannot be read")
	}
	c, err := readCheckpoint(t.checkpoint)
	if err != nil || c.Origin != head.Origin || c.Size != t.index+1 {
		return nil, damaged("the newest receipt is not of this ledger")
	}
	return &receiptCheck{c: c, text: t}, nil
}

// at looks at the tree when it has just taken record.
func (r *receiptCheck) at(e *edge, record entente.Digest) {
	if e.size == r.c.Size {
		r.held = e.root() == r.c.Root && CheckInclusion(r.text.proof, r.c.Size, r.c.Root, r.text.index, record) == nil
	}
}
