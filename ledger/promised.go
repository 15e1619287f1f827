package ledger

import (
	"bytes"
	"encoding/base64"
	"time"

	"entente"
)

// Promised is how much of a ledger its recipient has promised to hold: one more
// than the place of the newest receipt, 0 without one.
func Promised(h entente.LedgerHead) int64 {
	t, err := parseProof(h.Cosigned)
	if err != nil {
		return 0
	}
	return t.index + 1
}

// Receipted returns the place and the time of the newest receipt that a ledger
// here keeps, and false without one. It was checked when it was kept.
func Receipted(h entente.LedgerHead) (seq int64, at time.Time, ok bool) {
	t, err := parseProof(h.Cosigned)
	if err != nil {
		return 0, time.Time{}, false
	}
	line := bytes.TrimSuffix(t.checkpoint, []byte("\n"))
	line = line[bytes.LastIndexAny(line, "\n ")+1:]
	raw, err := base64.StdEncoding.DecodeString(string(line))
	if err != nil || len(raw) < 4 {
		return 0, time.Time{}, false
	}
	seconds, _, ok := readReceiptLine(raw[4:])
	return t.index, time.Unix(seconds, 0).UTC(), ok
}
