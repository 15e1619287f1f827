package ledger_test

import (
	"bytes"
	"slices"
	"testing"

	"entente"
	"entente/ledger"

	"pgregory.net/rapid"
)

// With a memory a ledger does exactly what it does without one, whatever is
// rolled back and whoever else appends in between.
func TestEdgesChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var ours, theirs ledger.Edges
		sender, mirror := newMemory(), newMemory()
		plain, plainMirror := newMemory(), newMemory()
		next := 0
		rt.Repeat(map[string]func(*rapid.T){
			"send": func(rt *rapid.T) {
				n := rapid.IntRange(1, 5).Draw(rt, "records")
				got, err := ledger.AppendEach(ours.Over(sender), origin, envelopes(next, next+n), borea.name(), borea.key)
				want, wantErr := ledger.AppendEach(plain, origin, envelopes(next, next+n), borea.name(), borea.key)
				if err != nil || wantErr != nil || !slices.EqualFunc(got, want, bytes.Equal) {
					rt.Fatalf("checkpoints differ: %v, %v", err, wantErr)
				}
				for i := range n {
					receiptOf(rt, theirs.Over(mirror), plainMirror, next+i, got[i])
				}
				next += n
			},
			"rolled back": func(rt *rapid.T) {
				lost := sender.copyOf()
				if _, err := ledger.AppendEach(ours.Over(lost), origin, envelopes(900, 903), borea.name(), borea.key); err != nil {
					rt.Fatal(err)
				}
			},
			"without memory": func(rt *rapid.T) {
				checkpoints := send(t, sender, envelope(next))
				send(t, plain, envelope(next))
				receiptOf(rt, mirror, plainMirror, next, checkpoints[0])
				next++
			},
			"": func(rt *rapid.T) {
				if !slices.Equal(sender.hashes[origin], plain.hashes[origin]) || !slices.Equal(mirror.hashes[origin], plainMirror.hashes[origin]) {
					rt.Fatal("the trees differ")
				}
			},
		})
	})
}

// receiptOf takes one envelope into both mirrors and holds that the receipts
// are the same.
func receiptOf(rt *rapid.T, mirror, plain ledger.Store, n int, checkpoint []byte) {
	var texts [2][]byte
	for i, s := range []ledger.Store{mirror, plain} {
		if err := ledger.Extend(s, north, nil, envelope(n), checkpoint, borea.Party); err != nil {
			rt.Fatal(err)
		}
		r, err := ledger.SignReceipt(s, north, int64(n), envelope(n), checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon)
		if err != nil {
			rt.Fatal(err)
		}
		texts[i] = r.Text
	}
	if !bytes.Equal(texts[0], texts[1]) {
		rt.Fatalf("receipts differ:\n%s\n%s", texts[0], texts[1])
	}
}

func TestEdgesSaveReading(t *testing.T) {
	sender, mirror, _ := exchange(t, 5)
	var ours, theirs ledger.Edges
	for n := 5; n < 9; n++ {
		sender.reads, mirror.reads = 0, 0
		checkpoints, err := ledger.AppendEach(ours.Over(sender), origin, []entente.Digest{envelope(n)}, borea.name(), borea.key)
		if err != nil {
			t.Fatal(err)
		}
		deliver(t, theirs.Over(mirror), n, checkpoints[0])
		if n == 5 {
			continue // nothing is remembered yet
		}
		if sender.reads != 0 || mirror.reads != 0 {
			t.Errorf("place %d: the sender read hashes %d times, the recipient %d times", n, sender.reads, mirror.reads)
		}
	}
}

// A memory is of one tree: it does not serve another history of the same length.
func TestEdgesKeepHistoriesApart(t *testing.T) {
	var edges ledger.Edges
	one, other := newMemory(), newMemory()
	for _, l := range []struct {
		store *memory
		first int
	}{{one, 0}, {other, 100}, {one, 1}, {other, 101}} {
		if _, err := ledger.AppendEach(edges.Over(l.store), origin, []entente.Digest{envelope(l.first)}, borea.name(), borea.key); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*memory{one, other} {
		if _, err := ledger.Recompute(s, origin); err != nil {
			t.Error(err)
		}
	}
}
