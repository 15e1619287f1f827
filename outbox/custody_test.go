package outbox_test

import (
	"testing"

	"entente"
)

// A file that is here is here, also while nothing may leave for its sender. The
// custody notice follows once, when it can.
func TestCustodyWhileBlocked(t *testing.T) {
	w := newWorld(t, nil)
	id := w.tip(north, "a page")
	block := func(why string) {
		w.put(w.albia, func(tx entente.Tx) error {
			line, err := tx.Line("borea-sls")
			w.ok(err)
			line.Blocked = why
			return tx.PutLine(line)
		})
	}
	w.exchange(w.borea)
	block("its ledgers have not been compared")
	files := look(w, w.borea, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments("", id) })
	r, err := w.borea.out.Open(w.ctx, "albia-ncc", files[0].Digest, 0)
	w.ok(err)
	_, err = w.albia.in.Add(w.ctx, "borea-sls", files[0].Digest, 0, r)
	w.ok(err)
	notices := func() int { return len(w.filed(w.albia, entente.KindNotice)) }
	before := notices()
	here := look(w, w.albia, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments(id, "") })
	if here[0].Complete.IsZero() {
		t.Error("an officer cannot have the file that is here")
	}
	w.ok(w.albia.in.Resume(w.ctx))
	if notices() != before {
		t.Error("a notice left while nothing may")
	}
	block("")
	for range 2 {
		w.ok(w.albia.in.Resume(w.ctx))
		if n := notices(); n != before+1 {
			t.Errorf("%d notices left, want one", n-before)
		}
	}
}
