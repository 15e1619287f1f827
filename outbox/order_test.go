package outbox_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
	"entente/sqlstore"
)

// rehearsal is a store of which Update keeps nothing and shows what it would have
// kept.
type rehearsal struct {
	entente.Store
	after func(entente.Tx) error
}

var errRehearsed = errors.New("it was only a rehearsal")

func (r *rehearsal) Update(ctx context.Context, fn func(entente.Tx) error) error {
	err := r.Store.Update(ctx, func(tx entente.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if err := r.after(tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// In whatever order receipts and refusals come, each once or more often, each
// message ends as the partner said: what is refused for good is a dead letter,
// what has a receipt is done, and what is to come again waits.
func TestAnswersInAnyOrder(t *testing.T) {
	stage := &rehearsal{}
	w := newWorld(t, func(s entente.Store) entente.Store { return s }, terms, otherTerms)
	wants := map[entente.MessageID]entente.Reason{} // "": a receipt
	for n, under := range []entente.AgreementID{north, "west-star", north, north, "west-star"} {
		d, err := w.borea.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: under, Statement: tipOf("A warning"), Expires: day.Add(time.Duration(1+n%2*9) * time.Hour)})
		w.ok(err)
		d, err = w.borea.out.Submit(w.ctx, analyst, d.ID, d.Version)
		w.ok(err)
		_, err = w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
		w.ok(err)
		if n%2 == 0 {
			wants[d.ID] = entente.ReasonExpired
		} else {
			wants[d.ID] = ""
		}
	}
	w.clock.advance(2 * time.Hour) // every other one has expired
	ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 64)
	w.ok(err)
	answers, err := w.albia.in.Accept(w.ctx, "borea-sls", ds)
	w.ok(err)
	later, err := w.refusing(entente.ReasonBusy)(ds)
	w.ok(err)

	stage.Store = w.borea.store
	w.open(w.borea, w.albia, func(entente.Store) entente.Store { return stage })
	rapid.Check(t, func(r *rapid.T) {
		// "Later" may come from an attempt before, whenever it is read.
		all := append(append([]entente.Settlement{}, answers...), rapid.SliceOfN(rapid.SampledFrom(append(later, answers...)), 0, 6).Draw(r, "and again")...)
		all = rapid.Permutation(all).Draw(r, "order")
		stage.after = func(tx entente.Tx) error {
			waiting, err := tx.Queue("", 0)
			if err != nil || len(waiting) > 0 {
				r.Errorf("%d wait, %v", len(waiting), err)
			}
			dead, err := tx.DeadLetters()
			ends := map[entente.MessageID]entente.Reason{}
			for _, q := range dead {
				ends[q.Message] = q.Why
			}
			for id, want := range wants {
				_, none := tx.Receipt(id)
				if ends[id] != want || (none == nil) != (want == "") {
					r.Errorf("%s: dead as %q, receipt: %v; want %q", id, ends[id], none, want)
				}
			}
			return err
		}
		if err := w.borea.out.Settle(w.ctx, "albia-ncc", all); err != nil {
			r.Fatal(err)
		}
	})
}

// What a partner has lost is sent again by a node that has been restarted
// meanwhile, also where the ids are older than those that the partner holds.
func TestSendAgainAfterRestart(t *testing.T) {
	w := newWorld(t, nil)
	old := w.draft(north)
	w.clock.advance(time.Hour)
	w.tip(north)
	w.exchange(w.borea)
	backup := filepath.Join(t.TempDir(), "albia.backup")
	w.ok(w.albia.store.Backup(w.ctx, backup))
	_, err := w.borea.out.Release(w.ctx, releaser, old.ID, old.Digest())
	w.ok(err)
	w.tip(north)
	w.exchange(w.borea)

	url := filepath.Join(t.TempDir(), "restored.db")
	w.ok(sqlstore.Restore(w.ctx, backup, url))
	w.ok(w.albia.store.Close())
	w.albia.store, err = sqlstore.Open(w.ctx, url)
	w.ok(err)
	plain := func(s entente.Store) entente.Store { return s }
	w.open(w.albia, w.borea, plain)
	theirs, err := w.albia.in.Compare(w.ctx, "borea-sls", nil)
	w.ok(err)
	_, err = w.borea.out.Compared(w.ctx, "albia-ncc", theirs)
	w.ok(err)
	if n := len(w.waiting(w.borea)); n != 2 {
		t.Errorf("%d are to be sent again, want 2", n)
	}
	w.open(w.borea, w.albia, plain) // Borea's process is killed and starts again
	w.albia.line.to = w.borea
	_, err = w.borea.out.Resume(w.ctx, nil)
	w.ok(err)
	w.exchange(w.borea)
	a, b := w.sizes()
	if n := len(w.filed(w.albia, entente.KindTip)); n != 3 || a != 3 || b != 3 || len(w.waiting(w.borea)) != 0 {
		t.Errorf("Albia has %d tips, ledgers of %d and %d, %d wait", n, a, b, len(w.waiting(w.borea)))
	}
}

// sizes are those of Borea's ledger at Albia and at Borea.
func (w *world) sizes() (albia, borea int64) {
	w.Helper()
	size := func(a *agency) int64 {
		return look(w, a, func(tx entente.Tx) (entente.LedgerHead, error) {
			return tx.Head("entente/north-star/borea-sls/albia-ncc")
		}).Size
	}
	return size(w.albia), size(w.borea)
}
