package ledger

import "entente"

// Promised is how much of a ledger its recipient has promised to hold: one more
// than the place of the newest receipt, 0 without one.
func Promised(h entente.LedgerHead) int64 {
	t, err := parseProof(h.Cosigned)
	if err != nil {
		return 0
	}
	return t.index + 1
}
