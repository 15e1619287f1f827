package ledger

import (
	"bytes"
	"slices"

	"entente"

	"golang.org/x/mod/sumdb/tlog"
)

// edge is the right edge of a tree: the roots of its complete subtrees, from the
// largest to the smallest, one for each bit that is set in the size. It is all
// that an append must know of the past, so that however many records are added,
// the store is read once.
type edge struct {
	size  int64
	peaks []tlog.Hash
	added []entente.Digest // hashes that adding brought, in storage order
	proof []tlog.Hash      // that the record added last is in the tree (RFC 6962 section 2.1.1)
}

// edgeIndexes gives the storage indexes of the peaks of a tree of the given size.
func edgeIndexes(size int64) []int64 {
	var indexes []int64
	var done int64
	for level := 62; level >= 0; level-- {
		if size&(1<<level) != 0 {
			indexes = append(indexes, tlog.StoredHashIndex(level, done>>level))
			done += 1 << level
		}
	}
	return indexes
}

// load reads the head of a ledger and the edge of its tree and holds one
// against the other: nobody signs on top of a damaged tree, and nobody accuses
// a partner by one.
func load(s Store, origin string) (entente.LedgerHead, *edge, error) {
	head, err := s.Head(origin)
	if err != nil {
		return head, nil, err
	}
	e := &edge{size: head.Size}
	if head.Size == 0 {
		return head, e, nil
	}
	said, err := ReadHead(head.Checkpoint)
	if err != nil {
		return head, nil, damagedTree()
	}
	if was, ok := recall(s, said); ok && said.Origin == origin && said.Size == head.Size {
		e.peaks = slices.Clone(was.peaks)
		return head, e, nil
	}
	if e.peaks, err = (reader{s, origin}).ReadHashes(edgeIndexes(head.Size)); err != nil {
		return head, nil, err
	}
	if said.Origin != origin || said.Size != head.Size || said.Root != e.root() {
		return head, nil, damagedTree()
	}
	return head, e, nil
}

func damagedTree() error { return damaged("the stored tree is not the one of its checkpoint") }

// add appends a record. Each 1 at the end of the size is a complete subtree to
// the left that the new leaf completes into a larger one.
func (e *edge) add(record entente.Digest) {
	e.proof = append(e.proof[:0], e.peaks...)
	slices.Reverse(e.proof) // all that stands to its left, the nearest first
	h := tlog.RecordHash(record[:])
	e.added = append(e.added, entente.Digest(h))
	for n := e.size; n&1 == 1; n >>= 1 {
		last := len(e.peaks) - 1
		h = tlog.NodeHash(e.peaks[last], h)
		e.peaks = e.peaks[:last]
		e.added = append(e.added, entente.Digest(h))
	}
	e.peaks = append(e.peaks, h)
	e.size++
}

// root folds the peaks from the right, as RFC 6962 section 2.1 splits a tree.
func (e *edge) root() entente.Digest {
	if len(e.peaks) == 0 {
		return entente.DigestOf(nil)
	}
	h := e.peaks[len(e.peaks)-1]
	for _, left := range slices.Backward(e.peaks[:len(e.peaks)-1]) {
		h = tlog.NodeHash(left, h)
	}
	return entente.Digest(h)
}

// write stores records, the hashes that adding them brought, and the head that
// the checkpoint describes.
func (e *edge) write(s Store, head entente.LedgerHead, records []entente.Digest, checkpoint []byte) (entente.LedgerHead, error) {
	if err := s.Append(head.Origin, head.Size, records, tlog.StoredHashIndex(0, head.Size), e.added); err != nil {
		return head, err
	}
	head.Size = e.size
	head.Checkpoint = bytes.Clone(checkpoint)
	remember(s, head.Origin, e)
	return head, s.PutHead(head)
}
