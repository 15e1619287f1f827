package outbox_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"entente"
)

// What is being written, and what was given up, is its author's and the
// overseer's to read; what waits for release, everybody's.
func TestReadDrafts(t *testing.T) {
	w := newWorld(t, nil)
	out := w.borea.out
	states := map[entente.DraftState]entente.DraftID{}
	write := func() entente.Draft {
		d, err := out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: north, Statement: tipOf("A suspicion")})
		w.ok(err)
		return d
	}
	states[entente.DraftOpen] = write().ID
	states[entente.DraftWithdrawn] = write().ID
	w.ok(out.Withdraw(w.ctx, analyst, states[entente.DraftWithdrawn]))
	states[entente.DraftSubmitted] = w.draft(north).ID
	states[entente.DraftReturned] = w.draft(north).ID
	w.ok(out.Return(w.ctx, releaser, states[entente.DraftReturned], "Grade the source."))
	states[entente.DraftReleased] = w.tip(north)
	for _, by := range []entente.Officer{analyst, second, releaser, supervisor, overseer} {
		listed, err := out.Drafts(w.ctx, by, entente.DraftQuery{})
		w.ok(err)
		for state, id := range states {
			want := by == analyst || by == overseer || state != entente.DraftOpen && state != entente.DraftWithdrawn
			_, err := out.Proposal(w.ctx, by, id)
			if got := err == nil; got != want || !want && !errors.Is(err, entente.Denied) {
				t.Errorf("%s reads a draft that is %s: %v", by.ID, state, err)
			}
			got := false
			for _, d := range listed {
				got = got || d.ID == id
			}
			if got != want {
				t.Errorf("%s is shown a draft that is %s in the list: %v", by.ID, state, got)
			}
		}
	}
}

// crash is a reader in the middle of which the process ends: nothing that
// follows reaches the store.
type crash struct{ end context.CancelFunc }

func (c crash) Read([]byte) (int, error) { c.end(); return 0, errors.New("the process ends") }

// An upload that broke off, however it did, leaves nothing that a submitted
// draft would carry with it.
func TestBrokenUpload(t *testing.T) {
	w := newWorld(t, nil)
	d, err := w.borea.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: north, Statement: tipOf("A warning")})
	w.ok(err)
	ctx, end := context.WithCancel(w.ctx)
	_, err = w.borea.out.Attach(ctx, analyst, d.ID, "page.txt", "text/plain", io.MultiReader(strings.NewReader(strings.Repeat("page", pieceSize)), crash{end}))
	w.want(err, entente.Unavailable, "an upload that breaks off")
	w.put(w.borea, func(tx entente.Tx) error { // what a killed process leaves
		return tx.PutAttachment(entente.AttachmentRecord{Handle: "left behind", Draft: d.ID})
	})
	_, err = w.borea.out.Attach(w.ctx, analyst, d.ID, "page.txt", "text/plain", strings.NewReader("a page"))
	w.ok(err)
	d, err = w.borea.out.Submit(w.ctx, analyst, d.ID, d.Version+1)
	w.ok(err)
	files := look(w, w.borea, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments("", d.ID) })
	if len(files) != 1 || files[0].Complete.IsZero() {
		t.Errorf("with the submitted draft are %+v", files)
	}
	_, err = w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	if w.exchange(w.borea); len(w.waiting(w.borea)) != 0 {
		t.Error("the message waits for ever")
	}
}

const pieceSize = 256 << 10
