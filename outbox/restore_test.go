package outbox_test

import (
	"path/filepath"
	"slices"
	"testing"

	"entente"
	"entente/ledger"
	"entente/outbox"
)

const ourLedger = "entente/north-star/borea-sls/albia-ncc"

// backup copies Borea's store as it is.
func (w *world) backup() string {
	w.Helper()
	path := filepath.Join(w.TempDir(), "backup.db")
	w.ok(w.borea.store.Backup(w.ctx, path))
	return path
}

func (w *world) found() []outbox.Found {
	w.Helper()
	return look(w, w.borea, func(tx entente.Tx) ([]outbox.Found, error) { return outbox.AllFound(tx) })
}

func (w *world) restoring() *outbox.Restoration {
	w.Helper()
	return look(w, w.borea, func(tx entente.Tx) (*outbox.Restoration, error) { return outbox.Restoring(tx) })
}

func (w *world) blocked() string {
	w.Helper()
	return look(w, w.borea, func(tx entente.Tx) (entente.Line, error) { return tx.Line("albia-ncc") }).Blocked
}

func (w *world) decide(said outbox.Said) error {
	return w.borea.out.Decide(w.ctx, operator, supervisor, ourLedger, said)
}

// mayRelease tries to release a tip at Borea.
func (w *world) mayRelease() error {
	w.Helper()
	d := w.draft(north)
	_, err := w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
	return err
}

// forgedHead is Borea's ledger with one more record, signed by a thief of its keys.
func (w *world) forgedHead() (entente.LedgerHead, entente.Digest) {
	w.Helper()
	forged := entente.DigestOf([]byte("a message that Borea never wrote"))
	head := look(w, w.albia, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head(ourLedger) })
	var longer entente.LedgerHead
	undone := entente.Denied
	err := w.albia.store.Update(w.ctx, func(tx entente.Tx) (err error) {
		if longer, err = ledger.Append(tx, ourLedger, []entente.Digest{forged}, ledger.KeyName("borea-sls"), w.borea.keys.Ledger.Signer()); err != nil {
			return err
		}
		return undone
	})
	w.want(err, undone, "the thief's tree")
	if longer.Size != head.Size+1 {
		w.Fatalf("the forged head has %d records", longer.Size)
	}
	return longer, forged
}

// The attack S1: whoever holds keys of ours shows our ledger one record longer than
// it is. Nothing was restored here, so nothing is taken; the channel stops, and the
// signed checkpoint is kept.
func TestLedgerThatGrewByAnotherHand(t *testing.T) {
	for _, tail := range []bool{false, true} {
		w := newWorld(t, nil)
		w.tip(north)
		w.exchange(w.borea)
		forged, record := w.forgedHead()
		if tail {
			forged.Tail = []entente.Digest{record}
		}
		behind, err := w.borea.out.Compared(w.ctx, "albia-ncc", []entente.LedgerHead{forged})
		w.ok(err)
		if _, size := w.sizes(); size != 1 || len(behind) != 0 {
			t.Fatalf("the ledger has %d records, want 1; %d are to be fetched", size, len(behind))
		}
		w.want(w.mayRelease(), entente.Denied, "a release into the channel")
		found := w.found()
		if len(found) != 1 || !found[0].Alarm || found[0].Size != 2 || string(found[0].Checkpoint) != string(forged.Checkpoint) {
			t.Fatalf("the proof is not kept: %+v", found)
		}
		// The people say that it is not ours: the channel stays stopped until a new edition.
		w.ok(w.decide(outbox.SaidNotOurs))
		w.want(w.mayRelease(), entente.Denied, "a release after the people said so")
	}
}

// If the people say that it is ours, the machine was set back with its anchor: all
// is as after a restore without one.
func TestLedgerThatGrewByOurOwnHand(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	w.exchange(w.borea)
	forged, _ := w.forgedHead()
	_, err := w.borea.out.Compared(w.ctx, "albia-ncc", []entente.LedgerHead{forged})
	w.ok(err)
	w.ok(w.decide(outbox.SaidOurs))
	r := w.restoring()
	if r == nil || r.Anchor != nil || r.Waits["albia-ncc"] != outbox.WaitsCompare || len(w.found()) != 0 {
		t.Errorf("the restore is %+v, and %d things were found", r, len(w.found()))
	}
	w.want(w.mayRelease(), entente.Unavailable, "a release before the comparison")
}

// What an anchor remembers is taken back by itself, and the same edition goes on.
func TestRestoredUpToTheAnchor(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	w.exchange(w.borea)
	copied := w.backup()
	w.tip(north)
	w.exchange(w.borea)
	w.restored(copied, w.anchorOf())
	if _, err := w.borea.in.Accept(w.ctx, "albia-ncc", nil); err == nil {
		t.Error("receipts are signed before the comparison")
	}
	w.exchange(w.borea)
	if w.restoring() != nil || w.blocked() != "" {
		t.Fatalf("it is still under way: %+v, %s", w.restoring(), w.blocked())
	}
	w.tip(north)
	w.exchange(w.borea)
	if a, b := w.sizes(); a != 3 || b != 3 {
		t.Errorf("Albia holds %d records and Borea %d, want 3", a, b)
	}
}

// Without an anchor nothing is taken back by itself: a person says whether it is
// ours, and then only a new edition goes on.
func TestRestoredWithoutAnchor(t *testing.T) {
	for _, said := range []outbox.Said{outbox.SaidOurs, outbox.SaidNotOurs} {
		w := newWorld(t, nil)
		w.tip(north)
		w.exchange(w.borea)
		copied := w.backup()
		w.tip(north)
		w.exchange(w.borea)
		w.restored(copied, nil)
		for range 2 { // the second time changes nothing
			w.exchange(w.borea)
		}
		r, found := w.restoring(), w.found()
		if r == nil || r.Waits["albia-ncc"] != outbox.WaitsPerson || len(found) != 1 || found[0].First != 1 || len(found[0].Records) != 1 || found[0].Alarm {
			t.Fatalf("the restore is %+v, found is %+v", r, found)
		}
		w.want(w.mayRelease(), entente.Unavailable, "a release before a person has judged")
		w.ok(w.decide(said))
		w.exchange(w.borea)
		if r := w.restoring(); r == nil || r.Waits["albia-ncc"] != outbox.WaitsEdition {
			t.Fatalf("after %q the restore is %+v", said, r)
		}
		w.want(w.mayRelease(), entente.Unavailable, "a release under the same edition")
		if _, size := w.sizes(); size != map[outbox.Said]int64{outbox.SaidOurs: 2, outbox.SaidNotOurs: 1}[said] {
			t.Errorf("after %q our ledger has %d records", said, size)
		}
		w.put(w.borea, func(tx entente.Tx) error { return w.borea.out.EndRestoration(tx, nil) }) // as a new edition does
		if w.restoring() != nil || w.blocked() != "" || len(w.found()) != 0 {
			t.Error("the new edition did not end it")
		}
	}
}

// Records beyond the anchor are a person's to judge. If they are ours, all that left
// is back, and the same edition goes on.
func TestRestoredBeyondTheAnchor(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	w.exchange(w.borea)
	copied := w.backup()
	w.tip(north)
	w.exchange(w.borea)
	anchor := w.anchorOf()
	w.tip(north)
	w.exchange(w.borea)
	w.restored(copied, anchor)
	w.exchange(w.borea)
	found := w.found()
	if _, size := w.sizes(); size != 2 || len(found) != 1 || found[0].First != 2 || len(found[0].Records) != 1 {
		t.Fatalf("our ledger has %d records, found is %+v", size, found)
	}
	w.ok(w.decide(outbox.SaidOurs))
	w.exchange(w.borea)
	if w.restoring() != nil {
		t.Fatalf("the restore goes on: %+v", w.restoring())
	}
	w.tip(north)
	w.exchange(w.borea)
	if a, b := w.sizes(); a != 4 || b != 4 {
		t.Errorf("Albia holds %d records and Borea %d, want 4", a, b)
	}
}

// A restored node and a thief: what is beyond the anchor is never taken by itself.
func TestRestoredWithAThiefAtThePartner(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	w.exchange(w.borea)
	copied := w.backup()
	forged, record := w.forgedHead()
	w.restored(copied, w.anchorOf())
	forged.Tail = []entente.Digest{record}
	_, err := w.borea.out.Compared(w.ctx, "albia-ncc", w.with(forged))
	w.ok(err)
	if _, size := w.sizes(); size != 1 {
		t.Fatalf("our ledger has %d records, want 1", size)
	}
	w.ok(w.decide(outbox.SaidNotOurs))
	if r := w.restoring(); r == nil || r.Waits["albia-ncc"] != outbox.WaitsEdition {
		t.Errorf("the restore is %+v", r)
	}
}

// with gives Albia's heads with one in the place of its own.
func (w *world) with(head entente.LedgerHead) []entente.LedgerHead {
	w.Helper()
	heads, err := w.albia.in.Compare(w.ctx, "borea-sls", nil)
	w.ok(err)
	i := slices.IndexFunc(heads, func(h entente.LedgerHead) bool { return h.Origin == head.Origin })
	heads[i] = head
	return heads
}

// What left as a courier file and has not arrived is lost: its places are never
// signed twice under the same edition.
func TestRestoredShortOfTheAnchor(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	w.exchange(w.borea)
	copied := w.backup()
	w.tip(north) // packed for a courier who is still on the way
	w.restored(copied, w.anchorOf())
	w.exchange(w.borea)
	if r := w.restoring(); r == nil || r.Waits["albia-ncc"] != outbox.WaitsEdition || len(w.found()) != 0 {
		t.Errorf("the restore is %+v", r)
	}
	w.want(w.mayRelease(), entente.Unavailable, "a release under the same edition")
}

// An agreement that was signed after the backup is missed, not passed over.
func TestRestoredWithoutAnAgreement(t *testing.T) {
	w := newWorld(t, nil)
	copied := w.backup()
	w.agree(otherTerms, w.albia, w.borea)
	w.tip("west-star")
	w.exchange(w.borea)
	for _, anchor := range []*entente.Anchor{w.anchorOf(), nil} {
		w.restored(copied, anchor)
		w.exchange(w.borea)
		if r := w.restoring(); r == nil || r.Waits["albia-ncc"] != outbox.WaitsCompare {
			t.Errorf("the restore is %+v: %s", r, w.blocked())
		}
	}
}

// A new edition waits until every partner has been compared and every record judged,
// unless a person leaves a partner out by name.
func TestNewEditionWaitsForThePartners(t *testing.T) {
	w := newWorld(t, nil)
	copied := w.backup()
	w.restored(copied, nil)
	err := w.borea.store.Update(w.ctx, func(tx entente.Tx) error { return w.borea.out.EndRestoration(tx, nil) })
	w.want(err, entente.Conflict, "without a comparison")
	w.put(w.borea, func(tx entente.Tx) error { return w.borea.out.EndRestoration(tx, []entente.PartyID{"albia-ncc"}) })
	if w.restoring() != nil {
		t.Error("it goes on")
	}
}

// A store that has had an anchor and is found without one was moved, or its anchor
// was lost: it is as restored. A new store is not.
func TestStoreWithoutItsAnchor(t *testing.T) {
	w := newWorld(t, nil)
	if r, err := w.borea.out.Resume(w.ctx, nil); err != nil || r != nil {
		t.Fatalf("a new store is restored: %+v, %v", r, err)
	}
	w.ok(w.borea.out.Anchored(w.ctx))
	if r, err := w.borea.out.Resume(w.ctx, w.anchorOf()); err != nil || r != nil {
		t.Fatalf("with its anchor it is restored: %+v, %v", r, err)
	}
	if r, err := w.borea.out.Resume(w.ctx, nil); err != nil || r == nil || r.Anchor != nil {
		t.Fatalf("without its anchor the restore is %+v, %v", r, err)
	}
}

// Between the restore and the first start nothing is signed under the edition in
// use: what it would sign may be a second record for a place.
func TestNoNewEditionBeforeTheFirstStart(t *testing.T) {
	w := newWorld(t, nil)
	w.put(w.borea, func(tx entente.Tx) error { return tx.PutSetting("restored", []byte("2011-03-04T09:00:00Z")) })
	w.want(w.borea.out.Succeed(w.ctx, outbox.Succession{Consent: true}), entente.Conflict, "a new edition")
}
