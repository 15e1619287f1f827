package outbox_test

import (
	"testing"

	"entente"
)

// An author mends what was returned to him when he may write its kind; he turns it
// into no other kind that he may not, and nobody else mends it.
func TestMendANote(t *testing.T) {
	w := newWorld(t, nil)
	tip := w.tip(north)
	out := w.borea.out
	note := func(text string) entente.Statement {
		return entente.Statement{Kind: entente.KindNote, Purpose: "terrorism-prevention", Refs: entente.Answering(tip), Note: &entente.Note{Text: text}}
	}
	w.put(w.borea, func(tx entente.Tx) error {
		_, err := out.SendIn(tx, supervisor, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7", entente.Draft{To: "albia-ncc", Agreement: north, Statement: note("Soon.")})
		return err
	})
	d := look(w, w.borea, func(tx entente.Tx) (entente.Draft, error) { return tx.Draft("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7") })
	if d.State == entente.DraftReleased { // the agreement lets one officer send notes: this one came back before
		w.put(w.borea, func(tx entente.Tx) error {
			d.ID, d.State, d.Payload, d.Returned, d.Version = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b8", entente.DraftReturned, nil, "Which day?", 1
			return tx.PutDraft(d)
		})
	}
	_, err := out.Write(w.ctx, analyst, d)
	w.want(err, entente.Denied, "another's note")
	turned := d
	turned.Statement = tipOf("A tip")
	_, err = out.Write(w.ctx, supervisor, turned)
	w.want(err, entente.Denied, "a supervisor's tip")
	_, err = out.Write(w.ctx, supervisor, entente.Draft{To: "albia-ncc", Agreement: north, Statement: note("New.")})
	w.want(err, entente.Denied, "a new draft")
	d.Statement = note("On 3 May.")
	d, err = out.Write(w.ctx, supervisor, d)
	w.ok(err)
	d, err = out.Submit(w.ctx, supervisor, d.ID, d.Version)
	w.ok(err)
	if d.State != entente.DraftSubmitted || d.Author != supervisor.ID {
		t.Errorf("the draft is %s, of %s", d.State, d.Author)
	}
	w.ok(out.Withdraw(w.ctx, supervisor, d.ID))
}
