package ledger_test

import (
	"bytes"
	"testing"

	"entente"
	"entente/ledger"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// treeRoot is the reference: tlog's own tree over the records.
func treeRoot(t testing.TB, records []entente.Digest) entente.Digest {
	t.Helper()
	var all []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hs := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			hs[i] = all[x]
		}
		return hs, nil
	})
	for n, r := range records {
		hs, err := tlog.StoredHashes(int64(n), r[:], read)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, hs...)
	}
	root, err := tlog.TreeHash(int64(len(records)), read)
	if err != nil {
		t.Fatal(err)
	}
	return entente.Digest(root)
}

// Whatever is sent in whatever portions, with whatever gaps refused on the way,
// both sides hold the tree that tlog computes, and every receipt checks.
func TestBothSidesKeepTheSameTree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sender, mirror := newMemory(), newMemory()
		var records, lost []entente.Digest
		for step := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			n := rapid.IntRange(1, 9).Draw(rt, "records")
			batch := envelopes(100*step, 100*step+n)
			for i, checkpoint := range send(t, sender, batch...) {
				records = append(records, batch[i])
				if rapid.Bool().Draw(rt, "lost") {
					lost = append(lost, batch[i])
					continue
				}
				if err := ledger.Extend(mirror, north, lost, batch[i], checkpoint, borea.Party); err != nil {
					rt.Fatal(err)
				}
				lost = nil
				seq := int64(len(records) - 1)
				r, err := ledger.SignReceipt(mirror, north, seq, batch[i], checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon)
				if err != nil {
					rt.Fatal(err)
				}
				if _, err := ledger.CheckReceipt(r.Text, north, seq, batch[i], borea.Party, albia.Party); err != nil {
					rt.Fatal(err)
				}
			}
		}
		both := map[string]*memory{"sender": sender, "mirror": mirror}
		for name, s := range both {
			head, err := ledger.Recompute(s, origin)
			if err != nil {
				rt.Fatalf("%s: %v", name, err)
			}
			root, err := ledger.Root(s, origin, head.Size)
			if want := treeRoot(t, records[:head.Size]); err != nil || root != want {
				rt.Fatalf("%s: root %v (%v), want %v", name, root, err, want)
			}
		}
	})
}

func TestAppendSignsOneCheckpoint(t *testing.T) {
	s := newMemory()
	head, err := ledger.Append(s, entente.AccessOrigin, envelopes(0, 7), albia.name(), albia.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ledger.OpenCheckpoint(head.Checkpoint, entente.AccessOrigin, albia.Party)
	if err != nil {
		t.Fatal(err)
	}
	if want := treeRoot(t, envelopes(0, 7)); c.Size != 7 || head.Size != 7 || c.Root != want {
		t.Errorf("size %d, root %v, want 7, %v", c.Size, c.Root, want)
	}
	again, err := ledger.Append(s, entente.AccessOrigin, nil, albia.name(), albia.key)
	if err != nil || again.Size != 7 || !bytes.Equal(again.Checkpoint, head.Checkpoint) {
		t.Errorf("appending nothing changed the head: %v, %v", again, err)
	}
}

// The cost of an append is one read and one write, however long the ledger is
// and however much is added.
func TestAppendReadsOnceAndWritesOnce(t *testing.T) {
	s := newMemory()
	send(t, s, envelopes(0, 1000)...)
	for _, n := range []int{1, 2, 300} {
		s.reads, s.writes = 0, 0
		send(t, s, envelopes(0, n)...)
		if s.reads != 1 || s.writes != 1 {
			t.Errorf("appending %d: %d reads and %d writes, want 1 and 1", n, s.reads, s.writes)
		}
	}
}

func TestSignAtGivesTheSameTextAgain(t *testing.T) {
	s := newMemory()
	for i, first := range send(t, s, envelopes(0, 20)...) {
		again, err := ledger.SignAt(s, origin, int64(i)+1, borea.name(), borea.key)
		if err != nil || !bytes.Equal(again, first) {
			t.Fatalf("size %d: %q (%v), want %q", i+1, again, err, first)
		}
	}
	for _, size := range []int64{-1, 0, 21} {
		if _, err := ledger.SignAt(s, origin, size, borea.name(), borea.key); err == nil {
			t.Errorf("a checkpoint of size %d was signed", size)
		}
	}
}

func TestNothingIsSignedWithoutAKey(t *testing.T) {
	s := newMemory()
	_, err := ledger.Append(s, origin, envelopes(0, 1), borea.name(), nil)
	wantError(t, err, entente.Invalid, "")
	if len(s.records[origin]) != 0 {
		t.Error("records were written without a checkpoint")
	}
}

// A damaged store is noticed before anything is signed on top of it.
func TestAppendNoticesADamagedTree(t *testing.T) {
	for x := range tlog.StoredHashCount(7) {
		s := newMemory()
		send(t, s, envelopes(0, 7)...)
		s.hashes[origin][x][0] ^= 1
		_, appended := ledger.AppendEach(s, origin, envelopes(7, 8), borea.name(), borea.key)
		_, recomputed := ledger.Recompute(s, origin)
		wantError(t, recomputed, entente.Damaged, "")
		if x == 6 || x == 9 || x == 10 { // the peaks of a tree of 7: 4, 2 and 1 records
			wantError(t, appended, entente.Damaged, "")
		} else if appended != nil {
			t.Errorf("hash %d: %v", x, appended)
		}
	}
}
