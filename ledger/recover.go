package ledger

import (
	"strconv"

	"entente"
)

// Recover appends the records that our copy of a ledger lacks, after a backup
// was restored: from place first, which must be the next of ours, up to
// exactly the checkpoint that the ledger's owner once signed. It serves the
// owner and the partner alike.
//
// Records that do not lead there are Unverified and nothing is written. That
// alone accuses nobody: the records come from a partner and bear no signature.
func Recover(s Store, origin string, first int64, records []entente.Digest, checkpoint []byte, owner entente.Party) error {
	c, err := OpenCheckpoint(checkpoint, origin, owner)
	if err != nil {
		return err
	}
	head, e, err := load(s, origin)
	if err != nil {
		return err
	}
	if first != head.Size || c.Size != first+int64(len(records)) || len(records) == 0 {
		return &entente.Error{Kind: entente.Conflict, Field: "first", Detail: "these records do not join our ledger, which has " + strconv.FormatInt(head.Size, 10), Hint: "ask for the records from there up to the checkpoint"}
	}
	e.grow(len(records))
	for _, r := range records {
		e.add(r)
	}
	if e.root() != c.Root {
		return &entente.Error{
			Kind: entente.Unverified, Field: "records",
			Detail: "our ledger and these records together are not the history that the owner signed",
			Hint:   "either the partner sent wrong records, or our ledger and theirs have forked: call their people before anything is sent",
		}
	}
	_, err = e.write(s, head, records, checkpoint)
	return err
}
