package outbox_test

import (
	"testing"

	"entente"
)

// Of a ledger of ours only what we signed counts, whoever shows it, and nothing
// changes where it does not.
func TestHeadsThatWeNeverSigned(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	w.exchange(w.borea)
	head := w.head(ourLedger)
	forged := func(change func(*entente.LedgerHead)) entente.LedgerHead {
		h := head
		h.Checkpoint = append([]byte(nil), head.Checkpoint...)
		change(&h)
		return h
	}
	for name, theirs := range map[string]entente.LedgerHead{
		"a size that is not signed": forged(func(h *entente.LedgerHead) { h.Size = 2 }),
		"an empty one, but signed":  forged(func(h *entente.LedgerHead) { h.Size = 0 }),
		"no signature":              forged(func(h *entente.LedgerHead) { h.Checkpoint = nil }),
		"a changed byte":            forged(func(h *entente.LedgerHead) { h.Checkpoint[len(h.Checkpoint)-3] ^= 1 }),
		"text of an end note":       forged(func(h *entente.LedgerHead) { h.Checkpoint = []byte("entente/1 end\nno\n\n— x y\n") }),
	} {
		if _, err := w.borea.out.Compared(w.ctx, "albia-ncc", []entente.LedgerHead{theirs}); err == nil {
			t.Errorf("%s: nobody objects", name)
		}
		if len(w.found()) != 0 {
			t.Errorf("%s: it is kept as proof", name)
		}
	}
}
