package ledger

import (
	"strconv"

	"entente"
)

// Recover appends the records that our copy of a ledger lacks, after a backup
// was restored: from place first, which must be the next of ours, up to
// exactly the head that the ledger's owner once signed, which the caller has checked.
// It serves the owner and the partner alike.
//
// Records that do not lead there are Unverified and nothing is written. That
// alone accuses nobody: the records come from a partner and bear no signature.
func Recover(s Store, c Checkpoint, first int64, records []entente.Digest) error {
	head, e, _, err := lead(s, c, first, records)
	if err == nil {
		_, err = e.write(s, head, records, c.Text)
	}
	return err
}

// Leads checks what Recover checks and writes nothing. It returns the root that the
// ledger has with the first n of the records, for every n.
func Leads(s Store, c Checkpoint, first int64, records []entente.Digest) ([]entente.Digest, error) {
	_, _, roots, err := lead(s, c, first, records)
	return roots, err
}

// lead adds records to our copy, in memory, up to a head of the owner.
func lead(s Store, c Checkpoint, first int64, records []entente.Digest) (entente.LedgerHead, *edge, []entente.Digest, error) {
	head, e, err := load(s, c.Origin)
	if err != nil {
		return head, nil, nil, err
	}
	if first != head.Size || c.Size != first+int64(len(records)) || len(records) == 0 {
		return head, nil, nil, &entente.Error{Kind: entente.Conflict, Field: "first", Detail: "these records do not join our ledger, which has " + strconv.FormatInt(head.Size, 10), Hint: "ask for the records from there up to the checkpoint"}
	}
	e.grow(len(records))
	roots := []entente.Digest{e.root()}
	for _, r := range records {
		e.add(r)
		roots = append(roots, e.root())
	}
	if e.root() != c.Root {
		return head, nil, nil, &entente.Error{
			Kind: entente.Unverified, Field: "records",
			Detail: "our ledger and these records together are not the history that the owner signed",
			Hint:   "either the partner sent wrong records, or our ledger and theirs have forked: call their people before anything is sent",
		}
	}
	return head, e, roots, nil
}
