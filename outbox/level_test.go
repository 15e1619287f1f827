package outbox_test

import (
	"strings"
	"testing"
	"time"

	"entente"
	"entente/outbox"
	"entente/policy"
)

// level is how far one side holds the agreement open.
func (w *world) level(a *agency) entente.Level {
	w.Helper()
	changes := look(w, a, func(tx entente.Tx) ([]entente.LevelChange, error) { return tx.LevelChanges(north) })
	rec := look(w, a, func(tx entente.Tx) (entente.AgreementRecord, error) { return tx.Agreement(north, 0) })
	return policy.LevelOf(rec.Agreement.ID, "albia-ncc", "borea-sls", changes)
}

func (w *world) declare(l entente.Level) {
	w.Helper()
	_, err := w.borea.out.DeclareLevel(w.ctx, supervisor, north, outbox.Declaration{Level: l, Reason: "For the story."})
	w.ok(err)
}

func (w *world) levels(want entente.Level, when string) {
	w.Helper()
	for _, a := range []*agency{w.borea, w.albia} {
		if got := w.level(a); got != want {
			w.Errorf("%s: %s holds it %s, want %s", when, a.party.ID, got, want)
		}
	}
}

// What was declared last counts on both sides: also when our clock was set back
// in between, and when both notices arrive in one second.
func TestLevelAfterClockSetBack(t *testing.T) {
	w := newWorld(t, nil)
	w.declare(entente.Suspended)
	w.exchange(w.borea)
	w.levels(entente.Suspended, "suspended")
	w.clock.advance(-time.Hour)
	w.declare(entente.Open)
	w.exchange(w.borea)
	w.levels(entente.Open, "open again, by a clock set back")
	w.declare(entente.Suspended)
	w.clock.advance(-time.Minute)
	w.declare(entente.Restricted)
	w.exchange(w.borea)
	w.levels(entente.Restricted, "two at once")
}

// Where the agreement wants four eyes for notices, one supervisor alone changes
// no level, on either side.
func TestLevelWithFourEyes(t *testing.T) {
	w := newWorld(t, nil, strings.Replace(terms, `four-eyes = ["tip"]`, `four-eyes = ["tip", "notice"]`, 1))
	w.declare(entente.Suspended)
	w.exchange(w.borea)
	w.levels(entente.Open, "before the second officer")
	waits, err := w.borea.out.Drafts(w.ctx, releaser, entente.DraftQuery{States: []entente.DraftState{entente.DraftSubmitted}})
	w.ok(err)
	if len(waits) != 1 {
		t.Fatalf("%d drafts wait for release", len(waits))
	}
	_, err = w.borea.out.Release(w.ctx, releaser, waits[0].ID, waits[0].Digest())
	w.ok(err)
	w.exchange(w.borea)
	w.levels(entente.Suspended, "after the second officer")
}

// A partner to whom nothing may leave now keeps nobody from closing the
// agreement on our side.
func TestLevelWhileBlocked(t *testing.T) {
	w := newWorld(t, nil)
	w.put(w.borea, func(tx entente.Tx) error {
		return tx.PutLine(entente.Line{Partner: "albia-ncc", Blocked: "the ledgers have not been compared"})
	})
	w.declare(entente.Suspended)
	if got := w.level(w.borea); got != entente.Suspended {
		t.Errorf("on our side it is %s", got)
	}
	if n := len(w.waiting(w.borea)); n != 0 {
		t.Errorf("%d were added to a ledger that must not grow", n)
	}
}
