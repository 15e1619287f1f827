package ledger_test

import (
	"errors"
	"testing"

	"entente"
	"entente/ledger"
	"entente/parse"
)

// endAt is an end note of the channel at a size of some records.
func endAt(t *testing.T, records []entente.Digest) entente.EndNote {
	t.Helper()
	e := entente.EndNote{Channel: north, Number: 2, Size: int64(len(records)), Root: entente.DigestOf(nil), At: noon}
	if len(records) > 0 {
		e.Root = treeRoot(t, records)
	}
	e.Text = append(parse.FormatEndNote(e), "\n— borea-sls/ledger AAAA\n"...)
	return e
}

// A copy that is too short is filled up to the end note, whose root decides.
func TestHoldTo(t *testing.T) {
	all := envelopes(0, 7)
	for have := range 8 {
		sender, mirror := newMemory(), newMemory()
		for i, r := range all {
			checkpoint := send(t, sender, r)[0]
			if i < have {
				if err := ledger.Extend(mirror, north, nil, r, checkpoint, borea.Party); err != nil {
					t.Fatal(err)
				}
			}
		}
		end := endAt(t, all)
		wrong := append(envelopes(0, 6), envelope(99))
		if err := ledger.HoldTo(mirror, end, wrong[have:]); have < 7 && !errors.Is(err, entente.Unverified) {
			t.Errorf("%d here, wrong records: %v", have, err)
		}
		if err := ledger.HoldTo(mirror, end, all[have:]); err != nil {
			t.Fatalf("%d here: %v", have, err)
		}
		if root, err := ledger.Root(mirror, origin, 7); err != nil || root != end.Root {
			t.Errorf("%d here: root %v, %v", have, root, err)
		}
		next := send(t, sender, envelope(7))[0]
		if err := ledger.Extend(mirror, north, nil, envelope(7), next, borea.Party); err != nil {
			t.Errorf("%d here: the next record does not follow: %v", have, err)
		}
		if err := ledger.HoldTo(mirror, endAt(t, wrong), nil); entente.ReasonOf(err) != entente.ReasonSplitView {
			t.Errorf("%d here: another end note: %v", have, err)
		}
	}
}

// What an end note does not vouch for is dropped, and its history takes the place.
func TestReplaceBy(t *testing.T) {
	all := envelopes(0, 9)
	for size := range 10 {
		for fork := range 10 {
			mirror := newMemory()
			ours := append(envelopes(0, fork), envelopes(50, 59-fork)...)
			for _, r := range ours {
				send(t, mirror, r)
			}
			void, err := ledger.ReplaceBy(mirror, endAt(t, all[:size]), all[:size])
			if err != nil {
				t.Fatalf("size %d, fork at %d: %v", size, fork, err)
			}
			if void != int64(min(size, fork)) {
				t.Errorf("size %d, fork at %d: void from %d", size, fork, void)
			}
			head, err := mirror.Head(origin)
			if err != nil || head.Size != int64(size) {
				t.Errorf("size %d, fork at %d: head %d, %v", size, fork, head.Size, err)
			}
			if size > 0 {
				if root, err := ledger.Root(mirror, origin, int64(size)); err != nil || root != treeRoot(t, all[:size]) {
					t.Errorf("size %d, fork at %d: another root", size, fork)
				}
			}
			if _, err := ledger.ReplaceBy(mirror, endAt(t, all[:size]), ours[:size]); size > fork && !errors.Is(err, entente.Unverified) {
				t.Errorf("size %d, fork at %d: other records: %v", size, fork, err)
			}
			send(t, mirror, envelope(77)) // it goes on
		}
	}
}
