package ledger_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"entente"
	"entente/ledger"

	"pgregory.net/rapid"
)

func TestInclusionAndConsistency(t *testing.T) {
	s := newMemory()
	send(t, s, envelopes(0, 40)...)
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.Int64Range(1, 40).Draw(rt, "size")
		old := rapid.Int64Range(1, size).Draw(rt, "old")
		index := rapid.Int64Range(0, size-1).Draw(rt, "index")
		root, oldRoot := treeRoot(t, envelopes(0, int(size))), treeRoot(t, envelopes(0, int(old)))
		in, err := ledger.ProveInclusion(s, origin, size, index)
		if err != nil {
			rt.Fatal(err)
		}
		if err := ledger.CheckInclusion(in, size, root, index, envelope(int(index))); err != nil {
			rt.Fatal(err)
		}
		if err := ledger.CheckInclusion(in, size, root, index, envelope(99)); err == nil {
			rt.Fatal("another record is included")
		}
		con, err := ledger.ProveConsistency(s, origin, old, size)
		if err != nil {
			rt.Fatal(err)
		}
		if err := ledger.CheckConsistency(con, size, root, old, oldRoot); err != nil {
			rt.Fatal(err)
		}
		oldRoot[0] ^= 1
		if err := ledger.CheckConsistency(con, size, root, old, oldRoot); err == nil {
			rt.Fatal("another history is continued")
		}
	})
}

// Sizes that partners and forgers choose must not keep a verifier busy for ever.
func TestHugeSizesAreRefusedAtOnce(t *testing.T) {
	s := newMemory()
	for _, n := range []int64{ledger.MaxSize + 1, 1<<62 + 1, math.MaxInt64} {
		_, in := ledger.ProveInclusion(s, origin, n, n-1)
		_, con := ledger.ProveConsistency(s, origin, n-1, n)
		wantError(t, in, entente.Invalid, "")
		wantError(t, con, entente.Invalid, "")
		wantError(t, ledger.CheckInclusion(nil, n, entente.Digest{}, n-1, envelope(0)), entente.Unverified, "")
		wantError(t, ledger.CheckConsistency(nil, n, entente.Digest{}, n-1, entente.Digest{}), entente.Unverified, "")
	}
	for _, n := range []int64{-1, 0} {
		_, in := ledger.ProveInclusion(s, origin, n, n-1)
		_, con := ledger.ProveConsistency(s, origin, n, n)
		wantError(t, in, entente.Invalid, "")
		wantError(t, con, entente.Invalid, "")
	}
}

func TestAPlaceIsProvedWithoutThePartner(t *testing.T) {
	s := newMemory()
	checkpoint := send(t, s, envelopes(0, 9)...)[8]
	text, err := ledger.ProvePlace(s, origin, 4, checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ledger.CheckPlace(text, origin, 4, envelope(4), borea.Party)
	if err != nil || c.Size != 9 || !bytes.Equal(c.Text, checkpoint) {
		t.Fatalf("%+v, %v", c, err)
	}
	changed(text, func(what string, b []byte) {
		if _, err := ledger.CheckPlace(b, origin, 4, envelope(4), borea.Party); entente.KindOf(err) != entente.Unverified {
			t.Errorf("%s: %v", what, err)
		}
	})
	for name, check := range map[string]func() (ledger.Checkpoint, error){
		"another place":  func() (ledger.Checkpoint, error) { return ledger.CheckPlace(text, origin, 5, envelope(4), borea.Party) },
		"another record": func() (ledger.Checkpoint, error) { return ledger.CheckPlace(text, origin, 4, envelope(5), borea.Party) },
		"another ledger": func() (ledger.Checkpoint, error) {
			return ledger.CheckPlace(text, entente.AccessOrigin, 4, envelope(4), borea.Party)
		},
		"another owner": func() (ledger.Checkpoint, error) { return ledger.CheckPlace(text, origin, 4, envelope(4), albia.Party) },
	} {
		if _, err := check(); entente.KindOf(err) != entente.Unverified {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ledger.ProvePlace(s, origin, 9, checkpoint); entente.KindOf(err) != entente.Invalid {
		t.Errorf("a place past the checkpoint: %v", err)
	}
}

// opened reads a link and both its checkpoints.
func opened(t testing.TB, link, with []byte) (ledger.Link, ledger.Checkpoint, ledger.Checkpoint) {
	t.Helper()
	l, err := ledger.ParseLink(link)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ledger.OpenCheckpoint(l.Checkpoint, origin, borea.Party)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ledger.OpenCheckpoint(with, origin, borea.Party)
	if err != nil {
		t.Fatal(err)
	}
	return l, c, other
}

func TestALinkJoinsTwoCheckpointsOfOneHistory(t *testing.T) {
	s := newMemory()
	all := send(t, s, envelopes(0, 20)...)
	for _, from := range []int{1, 2, 7, 8, 13, 20} {
		for _, to := range []int{1, 2, 7, 8, 13, 20} {
			text, err := ledger.MakeLink(s, origin, int64(from), all[to-1])
			if err != nil {
				t.Fatal(err)
			}
			l, c, other := opened(t, text, all[from-1])
			if yes, err := l.Continues(c, other); !yes || err != nil {
				t.Errorf("%d to %d: %v, %v", from, to, yes, err)
			}
		}
	}
}

// What was signed in two ways is proven so by the tree that one side holds.
func TestALinkProvesTwoHistories(t *testing.T) {
	s := newMemory()
	send(t, s, envelopes(0, 4)...)
	fork := s.copyOf()
	ours, theirs := send(t, s, envelopes(4, 12)...), send(t, fork, envelopes(104, 112)...)
	for _, with := range []int{5, 7, 9, 12} {
		text, err := ledger.MakeLink(s, origin, int64(with), theirs[2]) // of size 7
		if err != nil {
			t.Fatal(err)
		}
		l, c, other := opened(t, text, ours[with-5])
		yes, err := l.Continues(c, other)
		if with < 7 { // our tree is shorter than theirs and cannot show what theirs began with
			wantError(t, err, entente.Unverified, "")
		} else if yes || err != nil {
			t.Errorf("with %d: got %v, %v, want two histories proven", with, yes, err)
		}
	}
}

// But nobody is accused by a link whose proof does not hold.
func TestALinkThatProvesNothing(t *testing.T) {
	s := newMemory()
	all := send(t, s, envelopes(0, 20)...)
	text, err := ledger.MakeLink(s, origin, 7, all[19])
	if err != nil {
		t.Fatal(err)
	}
	changed(text, func(what string, b []byte) {
		l, err := ledger.ParseLink(b)
		if err != nil {
			return
		}
		c, err := ledger.OpenCheckpoint(l.Checkpoint, origin, borea.Party)
		if err != nil {
			return
		}
		_, _, other := opened(t, text, all[6])
		if yes, err := l.Continues(c, other); entente.KindOf(err) != entente.Unverified {
			t.Errorf("%s: %v, %v", what, yes, err)
		}
	})
	l, c, _ := opened(t, text, all[6])
	_, _, wrong := opened(t, text, all[7])
	if _, err := l.Continues(c, wrong); entente.KindOf(err) != entente.Unverified {
		t.Errorf("another checkpoint: %v", err)
	}
	for name, b := range map[string]string{
		"no heading":      strings.TrimPrefix(string(text), "entente/1 link\n"),
		"size zero":       strings.Replace(string(text), "with 7", "with 0", 1),
		"a leading zero":  strings.Replace(string(text), "with 7", "with 07", 1),
		"a size past all": strings.Replace(string(text), "with 7", "with 9223372036854775807", 1),
		"too long":        string(text) + strings.Repeat("x", ledger.MaxLink),
	} {
		if _, err := ledger.ParseLink([]byte(b)); entente.ReasonOf(err) != entente.ReasonMalformed {
			t.Errorf("%s: %v", name, err)
		}
	}
}
