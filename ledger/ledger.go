// Package ledger keeps histories that nobody can rewrite unseen: append, prove,
// check, receipt. One ledger holds the messages of one channel, another the
// access log of a node.
//
// A ledger is the Merkle tree of RFC 6962 over records of 32 bytes, in the
// storage order of golang.org/x/mod/sumdb/tlog. Its owner signs a checkpoint
// (C2SP tlog-checkpoint) of every size that it lets others see. The recipient of
// a channel mirrors the sender's tree leaf by leaf, and so needs no proof of
// consistency: it computes the root itself. What it hands back is a receipt: a
// C2SP tlog-proof whose checkpoint bears a line of the recipient, too.
//
// Package outbox appends what it seals and checks the receipts that come back;
// package inbox extends the mirror and signs receipts; package prove checks it all
// again, offline. Everything here is pure: time is an argument, and a Store is
// whatever transaction the caller has open.
//
//	append.go       the owner: records in, signed checkpoint out
//	stand.go        the recipient: the place of an envelope, known or new
//	extend.go       the owner's next record, or the reason why not
//	receipt.go      sign and check receipts; place.go without the partner
//	checkpoint.go   the signed text of a tree head
//	receiptline.go  the recipient's line and the text that it signs
//	compare.go      our copy against a partner's; recover.go fills what is missing
//	recompute.go    everything again from the records alone
//	edges.go        what was just written, remembered
//	proof.go        inclusion and consistency; prooftext.go and link.go write them down
package ledger

import (
	"errors"

	"entente"

	"golang.org/x/mod/sumdb/tlog"
)

// Store is where ledgers live: the part of entente.LedgerStore that this
// package needs.
type Store interface {
	Head(origin string) (entente.LedgerHead, error) // nothing appended: a zero head with the origin, no error
	PutHead(entente.LedgerHead) error
	Hashes(origin string, indexes []int64) ([]entente.Digest, error) // by tlog storage index; all or NotFound
	Append(origin string, first int64, records []entente.Digest, firstHash int64, hashes []entente.Digest) error
	Records(origin string, first int64, n int) ([]entente.Digest, error) // at most n
}

// KeyName is the name under which a party signs checkpoints and receipts:
// "borea-sls/ledger".
func KeyName(p entente.PartyID) string { return string(p) + "/ledger" }

// Root gives the root of the tree over the first size records.
func Root(s Store, origin string, size int64) (entente.Digest, error) {
	head, err := s.Head(origin)
	if err != nil {
		return entente.Digest{}, err
	}
	if size < 0 || size > head.Size {
		return entente.Digest{}, &entente.Error{Kind: entente.NotFound, Field: "size", Detail: "the ledger is not that long"}
	}
	root, err := tlog.TreeHash(size, reader{s, origin})
	return entente.Digest(root), err
}

// reader lets tlog read hashes from a Store.
type reader struct {
	store  Store
	origin string
}

func (r reader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	stored, err := r.store.Hashes(r.origin, indexes)
	if errors.Is(err, entente.NotFound) {
		return nil, damaged("hashes of the tree are missing")
	}
	if err != nil {
		return nil, err
	}
	if len(stored) != len(indexes) {
		return nil, damaged("the store gave another number of hashes than was asked for")
	}
	hashes := make([]tlog.Hash, len(stored))
	for i, d := range stored {
		hashes[i] = tlog.Hash(d)
	}
	return hashes, nil
}

// damaged is the error for a ledger in our own store that contradicts itself. It
// is never a partner's fault and must never be told as one.
func damaged(detail string) error {
	return &entente.Error{
		Kind: entente.Damaged, Field: "ledger", Detail: detail,
		Hint: "the store is damaged or was changed by hand: stop the node, keep a copy of its data, and restore a backup",
	}
}
