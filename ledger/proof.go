package ledger

import (
	"errors"

	"entente"

	"golang.org/x/mod/sumdb/tlog"
)

// ProveInclusion proves that the tree of the given size has the record that it
// has at place index (RFC 6962 section 2.1.1).
func ProveInclusion(s Store, origin string, size, index int64) ([]entente.Digest, error) {
	if index < 0 || index >= size || size > MaxSize {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "index", Detail: "the tree has no such place"}
	}
	p, err := tlog.ProveRecord(size, index, reader{s, origin})
	return digests(p), err
}

// CheckInclusion checks that the tree with this size and root has record at
// place index. Otherwise: Unverified.
func CheckInclusion(proof []entente.Digest, size int64, root entente.Digest, index int64, record entente.Digest) error {
	err := errSize
	if size <= MaxSize {
		err = tlog.CheckRecord(hashes(proof), size, tlog.Hash(root), index, tlog.RecordHash(record[:]))
	}
	if err != nil {
		return &entente.Error{Kind: entente.Unverified, Field: "proof", Detail: "the record is not at this place of the ledger", Cause: err}
	}
	return nil
}

// ProveConsistency proves that the tree of size old is the beginning of the
// tree of the given size (RFC 6962 section 2.1.2).
func ProveConsistency(s Store, origin string, old, size int64) ([]entente.Digest, error) {
	if old < 1 || old > size || size > MaxSize {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "size", Detail: "the one tree is not longer than the other"}
	}
	p, err := tlog.ProveTree(size, old, reader{s, origin})
	return digests(p), err
}

// CheckConsistency checks that the tree with size old and oldRoot is the
// beginning of the tree with this size and root. Otherwise: Unverified.
func CheckConsistency(proof []entente.Digest, size int64, root entente.Digest, old int64, oldRoot entente.Digest) error {
	err := errSize
	if size <= MaxSize {
		err = tlog.CheckTree(hashes(proof), size, tlog.Hash(root), old, tlog.Hash(oldRoot))
	}
	if err != nil {
		return &entente.Error{Kind: entente.Unverified, Field: "proof", Detail: "the one history is not the beginning of the other", Cause: err}
	}
	return nil
}

var errSize = errors.New("no ledger is that long")

func digests(hs []tlog.Hash) []entente.Digest {
	ds := make([]entente.Digest, len(hs))
	for i, h := range hs {
		ds[i] = entente.Digest(h)
	}
	return ds
}

func hashes(ds []entente.Digest) []tlog.Hash {
	hs := make([]tlog.Hash, len(ds))
	for i, d := range ds {
		hs[i] = tlog.Hash(d)
	}
	return hs
}
