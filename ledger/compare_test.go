package ledger_test

import (
	"bytes"
	"errors"
	"testing"

	"entente"
	"entente/ledger"

	"pgregory.net/rapid"
)

// standing checks what s makes of the head that a partner reports.
func standing(t testing.TB, s *memory, theirs entente.LedgerHead, want ledger.Standing) {
	t.Helper()
	got, err := ledger.Compare(s, headOf(t, theirs))
	var split *ledger.SplitView
	if got != want || errors.As(err, &split) != (want == ledger.Fork) || (err != nil) != (want == ledger.Fork) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// headOf opens a head that Borea signed.
func headOf(t testing.TB, h entente.LedgerHead) ledger.Checkpoint {
	t.Helper()
	if h.Size == 0 {
		return ledger.Checkpoint{Origin: h.Origin}
	}
	c, err := ledger.OpenCheckpoint(h.Checkpoint, h.Origin, borea.Party)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompare(t *testing.T) {
	sender, mirror, _ := exchange(t, 6)
	empty := newMemory()
	standing(t, sender, mirror.heads[origin], ledger.Equal)
	standing(t, mirror, sender.heads[origin], ledger.Equal)
	standing(t, empty, entente.LedgerHead{Origin: origin}, ledger.Equal)
	standing(t, sender, entente.LedgerHead{Origin: origin}, ledger.Ahead)
	standing(t, empty, sender.heads[origin], ledger.Behind)

	send(t, sender, envelope(6))
	standing(t, sender, mirror.heads[origin], ledger.Ahead)
	standing(t, mirror, sender.heads[origin], ledger.Behind)
}

// A node restored from a backup is behind what its partner holds, takes the
// missing records back, and goes on as if nothing had happened.
func TestARestoredBackupRecovers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before := rapid.IntRange(0, 9).Draw(rt, "before the backup")
		after := rapid.IntRange(1, 9).Draw(rt, "after the backup")
		sender, mirror, _ := exchange(t, before)
		backup := sender.copyOf()
		for i := range after {
			deliver(t, mirror, before+i, send(t, sender, envelope(before+i))[0])
		}
		theirs := mirror.heads[origin]
		standing(t, backup, theirs, ledger.Behind)

		first := backup.heads[origin].Size
		missing, _ := mirror.Records(origin, first, 100)
		if err := ledger.Recover(backup, headOf(t, theirs), first, missing); err != nil {
			rt.Fatal(err)
		}
		standing(t, backup, theirs, ledger.Equal)
		if _, err := ledger.Recompute(backup, origin); err != nil {
			rt.Fatal(err)
		}
		next := before + after
		deliver(t, mirror, next, send(t, backup, envelope(next))[0])
	})
}

// A node restored from a backup that sends before it compares has forked its
// ledger. Whoever compares next, on either side, sees it.
func TestAForkIsSeenAtTheNextContact(t *testing.T) {
	sender, mirror, _ := exchange(t, 5)
	backup := sender.copyOf()
	deliver(t, mirror, 5, send(t, sender, envelope(5))[0])
	send(t, backup, envelope(105))
	standing(t, backup, mirror.heads[origin], ledger.Fork)
	standing(t, mirror, backup.heads[origin], ledger.Fork)
	send(t, backup, envelope(106))
	standing(t, backup, mirror.heads[origin], ledger.Fork)
}

func TestRecoverRefuses(t *testing.T) {
	sender, mirror, _ := exchange(t, 6)
	backup := newMemory()
	send(t, backup, envelopes(0, 3)...)
	head := mirror.heads[origin]
	wrong := envelopes(3, 6)
	wrong[1][0] ^= 1
	forked := newMemory()
	send(t, forked, envelope(0), envelope(1), envelope(102))
	for name, tt := range map[string]struct {
		s       *memory
		first   int64
		records []entente.Digest
		kind    error
		reason  entente.Reason
	}{
		"wrong records":       {backup, 3, wrong, entente.Unverified, ""},
		"too few":             {backup, 3, envelopes(3, 5), entente.Conflict, ""},
		"none":                {sender, 6, nil, entente.Conflict, ""},
		"too many":            {backup, 3, envelopes(3, 7), entente.Conflict, ""},
		"a gap":               {backup, 4, envelopes(4, 6), entente.Conflict, ""},
		"an overlap":          {backup, 2, envelopes(2, 6), entente.Conflict, ""},
		"onto another ledger": {forked, 3, envelopes(3, 6), entente.Unverified, ""},
	} {
		before := tt.s.heads[origin]
		err := ledger.Recover(tt.s, headOf(t, head), tt.first, tt.records)
		wantError(t, err, tt.kind, tt.reason)
		if after := tt.s.heads[origin]; after.Size != before.Size || !bytes.Equal(after.Checkpoint, before.Checkpoint) {
			t.Errorf("%s: the ledger changed", name)
		}
		if t.Failed() {
			t.Fatal(name)
		}
	}
}
