// Package record writes the access log: who looked at what, or did what, and
// why. Each entry is a leaf of a ledger of its own, so that taking one out or
// changing one shows: to the overseer at once, to everybody in a backup.
package record

import (
	"crypto"

	"entente"
	"entente/ledger"
	"entente/parse"
)

// Log is the access log of one party.
type Log struct {
	Party entente.PartyID
	Key   crypto.Signer // the party's ledger key
	Edges *ledger.Edges // nil: nothing is remembered between two entries
}

// Store is the part of a transaction that the log needs.
type Store interface {
	entente.AccessStore
	entente.LedgerStore
}

// Add appends one entry, in the transaction of the act that it records: an act
// without its entry cannot happen.
func (l Log) Add(tx Store, a entente.Access) error {
	entry, err := parse.EncodeAccess(a)
	if err != nil {
		return err
	}
	var s ledger.Store = tx
	if l.Edges != nil {
		s = l.Edges.Over(tx)
	}
	head, err := ledger.Append(s, entente.AccessOrigin, []entente.Digest{entente.DigestOf(entry)}, string(l.Party)+"/ledger", l.Key)
	if err != nil {
		return err
	}
	return tx.PutAccess(head.Size-1, entry, a)
}
