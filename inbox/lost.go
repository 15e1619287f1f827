package inbox

import (
	"slices"

	"entente"
)

// lost reports whether a message that is not here was lost in a restore: its digest
// is a record of either channel. What answers it is filed all the same, for what is
// owed does not die with a machine. Nodes that never were restored have lost nothing.
func (i *Inbox) lost(tx entente.Tx, ch entente.Channel, digest entente.Digest) (bool, error) {
	restored, err := entente.WasRestored(tx)
	if err != nil || !restored {
		return false, err
	}
	for _, c := range []entente.Channel{ch.Back(), ch} {
		for first := int64(0); ; first += recordsAtOnce {
			page, err := tx.Records(c.Origin(), first, recordsAtOnce)
			if err != nil || slices.Contains(page, digest) {
				return err == nil, err
			}
			if len(page) < recordsAtOnce {
				break
			}
		}
	}
	return false, nil
}

// recordsAtOnce is how many records of a ledger are looked through at once.
const recordsAtOnce = 4096
