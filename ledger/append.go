package ledger

import (
	"crypto"

	"entente"

	"golang.org/x/mod/sumdb/tlog"
)

// Append adds records to a ledger that we own and signs one checkpoint of the
// new size under the key name owner. No records: the head as it is.
func Append(s Store, origin string, records []entente.Digest, owner string, key crypto.Signer) (entente.LedgerHead, error) {
	head, e, err := load(s, origin)
	if err != nil || len(records) == 0 {
		return head, err
	}
	e.grow(len(records))
	for _, r := range records {
		e.add(r)
	}
	text, err := Checkpoint{Origin: origin, Size: e.size, Root: e.root()}.sign(owner, key)
	if err != nil {
		return head, err
	}
	return e.write(s, head, records, text)
}

// AppendEach adds records to a ledger that we own and signs a checkpoint after
// each: what a channel needs, where every delivery carries the checkpoint that
// ends with it. The store is read and written once, however many records come.
func AppendEach(s Store, origin string, records []entente.Digest, owner string, key crypto.Signer) ([][]byte, error) {
	head, e, err := load(s, origin)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	e.grow(len(records))
	texts := make([][]byte, len(records))
	for i, r := range records {
		e.add(r)
		if texts[i], err = (Checkpoint{Origin: origin, Size: e.size, Root: e.root()}).sign(owner, key); err != nil {
			return nil, err
		}
	}
	_, err = e.write(s, head, records, texts[len(texts)-1])
	return texts, err
}

// SignAt signs the checkpoint of an earlier size of a ledger that we own.
// Ed25519 is deterministic: under the same key it is the same text, byte for
// byte, that AppendEach gave when the ledger had that size.
func SignAt(s Store, origin string, size int64, owner string, key crypto.Signer) ([]byte, error) {
	root, err := Root(s, origin, size)
	if err != nil {
		return nil, err
	}
	if size == 0 {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "size", Detail: "an empty ledger has no checkpoint"}
	}
	return Checkpoint{Origin: origin, Size: size, Root: root}.sign(owner, key)
}

// grow makes room for the hashes of n more records.
func (e *edge) grow(n int) {
	e.added = make([]entente.Digest, 0, tlog.StoredHashCount(e.size+int64(n))-tlog.StoredHashCount(e.size))
}
