package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"entente"
)

// twice is a store that runs every Update a second time, as PostgreSQL does when
// another process got in between: the first time leaves nothing behind.
type twice struct{ entente.Store }

var errCollided = errors.New("another process got in between")

func (s twice) Update(ctx context.Context, fn func(entente.Tx) error) error {
	err := s.Store.Update(ctx, func(tx entente.Tx) error { return errors.Join(fn(tx), errCollided) })
	if err == nil {
		return errors.New("the first time was kept")
	}
	return s.Store.Update(ctx, fn)
}

// Whatever runs twice counts once: a tip with a file from draft to decision and
// back by courier, with every transaction run again.
func TestTransactionsRunAgain(t *testing.T) {
	w := newWorld(t, func(s entente.Store) entente.Store { return twice{s} })
	out := w.borea.out
	d, err := out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: "north-star", Statement: tipOf("A warning")})
	w.ok(err)
	d.Statement.Tip.Title = "A better warning"
	d, err = out.Write(w.ctx, analyst, d)
	w.ok(err)
	if d.Version != 2 {
		t.Errorf("written twice, the draft has version %d", d.Version)
	}
	w.ok(out.Withdraw(w.ctx, analyst, d.ID))
	id := w.tip("north-star", "a page")
	w.exchange(w.borea)
	w.carry(w.borea)
	w.ok(w.albia.desk.Acknowledge(w.ctx, analyst, id))
	_, released, err := w.albia.desk.Dispose(w.ctx, analyst, id, entente.Disposition{
		Outcome: entente.OutcomeOpened, Reason: "We look into it.", Answers: []entente.Answer{{Question: "q1", Text: "No."}},
	})
	if w.ok(err); !released {
		t.Error("the disposition was not released")
	}
	_, _, err = w.albia.desk.Note(w.ctx, analyst, id, "Thank you.")
	w.ok(err)
	w.declare(entente.Restricted)
	_, err = w.albia.desk.SetOfficer(w.ctx, operator, entente.Officer{ID: "anna.kern", Name: "Anna Kern", Role: entente.Analyst})
	w.ok(err)
	w.ok(w.albia.desk.Assign(w.ctx, supervisor, id, "anna.kern"))
	w.exchange(w.borea)
	w.exchange(w.albia)
	for _, c := range []struct {
		at   *agency
		kind entente.Kind
		want int
	}{
		{w.albia, entente.KindTip, 1},
		{w.borea, entente.KindTip, 1},
		{w.borea, entente.KindAcknowledgement, 1},
		{w.borea, entente.KindDisposition, 1},
		{w.borea, entente.KindNote, 1},
		{w.borea, entente.KindNotice, 2},
		{w.albia, entente.KindNotice, 2}, // custody and level
	} {
		if n := len(w.filed(c.at, c.kind)); n != c.want {
			t.Errorf("%s has %d of kind %s, want %d", c.at.party.ID, n, c.kind, c.want)
		}
	}
	for _, a := range []*agency{w.albia, w.borea} {
		if n := len(w.waiting(a)); n != 0 {
			t.Errorf("%d wait at %s", n, a.party.ID)
		}
		checks, err := a.desk.Verify(w.ctx, overseer)
		w.ok(err)
		for _, c := range checks {
			if !c.Holds {
				t.Errorf("%s: %s: %s", a.party.ID, c.Origin, c.Says)
			}
		}
	}
}

// A file that came damaged is expected anew, once, however often the
// transaction runs that says so.
func TestDamagedFileRunsAgain(t *testing.T) {
	w := newWorld(t, func(s entente.Store) entente.Store { return twice{s} })
	id := w.tip("north-star", "a page")
	file := look(w, w.borea, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments("", id) })[0]
	ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 1)
	w.ok(err)
	_, err = w.albia.in.Accept(w.ctx, "borea-sls", ds)
	w.ok(err)
	_, err = w.albia.in.Add(w.ctx, "borea-sls", file.Digest, 0, bytes.NewReader(make([]byte, file.Size)))
	w.want(err, entente.Unverified, "other bytes")
	expected := look(w, w.albia, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments(id, "") })
	if len(expected) != 1 || expected[0].Held != 0 {
		t.Errorf("after the damage %d records are there: %+v", len(expected), expected)
	}
}
