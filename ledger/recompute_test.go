package ledger_test

import (
	"testing"

	"entente"
	"entente/ledger"
)

func TestRecomputeAcceptsWhatIsWhole(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 64} {
		sender, mirror, _ := exchange(t, n)
		for _, s := range []*memory{sender, mirror} {
			if head, err := ledger.Recompute(s, origin); err != nil || head.Size != int64(n) {
				t.Errorf("%d: %+v, %v", n, head, err)
			}
		}
	}
}

// A ledger that is longer than what is read at a time.
func TestRecomputeReadsInPortions(t *testing.T) {
	s := newMemory()
	send(t, s, envelopes(0, 10000)...)
	if _, err := ledger.Recompute(s, origin); err != nil {
		t.Fatal(err)
	}
	s.records[origin][9000][31] ^= 1
	_, err := ledger.Recompute(s, origin)
	wantError(t, err, entente.Damaged, "")
}

func TestRecomputeNoticesWhateverWasChanged(t *testing.T) {
	_, whole, receipts := exchange(t, 6)
	longer, _, _ := exchange(t, 7)
	cut := func(s *memory, n int64) {
		h := s.heads[origin]
		h.Size = n
		s.heads[origin] = h
	}
	set := func(s *memory, change func(*entente.LedgerHead)) {
		h := s.heads[origin]
		change(&h)
		s.heads[origin] = h
	}
	for name, damage := range map[string]func(s *memory){
		"a record":                  func(s *memory) { s.records[origin][2][0] ^= 1 },
		"the newest record":         func(s *memory) { s.records[origin][5][0] ^= 1 },
		"two records swapped":       func(s *memory) { r := s.records[origin]; r[1], r[2] = r[2], r[1] },
		"the newest record is gone": func(s *memory) { s.records[origin] = s.records[origin][:5] },
		"a record too many":         func(s *memory) { s.records[origin] = append(s.records[origin], envelope(6)) },
		"a hash":                    func(s *memory) { s.hashes[origin][4][0] ^= 1 },
		"the size":                  func(s *memory) { cut(s, 5) },
		"an earlier checkpoint":     func(s *memory) { set(s, func(h *entente.LedgerHead) { h.Checkpoint = checkpointOf(receipts[3].Text) }) },
		"a later checkpoint":        func(s *memory) { s.heads[origin] = longer.heads[origin] },
		"no checkpoint":             func(s *memory) { set(s, func(h *entente.LedgerHead) { h.Checkpoint = nil }) },
		"everything but the receipt": func(s *memory) {
			*s = *newMemory()
			set(s, func(h *entente.LedgerHead) { h.Origin, h.Cosigned = origin, receipts[0].Text })
		},
		"everything but the checkpoint": func(s *memory) {
			c := s.heads[origin]
			*s = *newMemory()
			set(s, func(h *entente.LedgerHead) { h.Origin, h.Checkpoint = origin, c.Checkpoint })
		},
		"a receipt that is none":          func(s *memory) { set(s, func(h *entente.LedgerHead) { h.Cosigned = h.Checkpoint }) },
		"a receipt past the end":          func(s *memory) { set(s, func(h *entente.LedgerHead) { h.Cosigned = longer.heads[origin].Cosigned }) },
		"a receipt of another channel":    func(s *memory) { set(s, func(h *entente.LedgerHead) { h.Cosigned = otherReceipt(t) }) },
		"a receipt for another history":   func(s *memory) { set(s, func(h *entente.LedgerHead) { h.Cosigned = forkedReceipt(t) }) },
		"the head is gone, not the rest":  func(s *memory) { delete(s.heads, origin) },
		"the records are gone, not heads": func(s *memory) { delete(s.records, origin) },
	} {
		s := whole.copyOf()
		damage(s)
		_, err := ledger.Recompute(s, origin)
		wantError(t, err, entente.Damaged, "")
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

// otherReceipt is a sound receipt on another channel.
func otherReceipt(t *testing.T) []byte {
	other := north
	other.Agreement = "south-star"
	s, m := newMemory(), newMemory()
	c, err := ledger.AppendEach(s, other.Origin(), envelopes(0, 1), borea.name(), borea.key)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.Extend(m, other, nil, envelope(0), c[0], borea.Party); err != nil {
		t.Fatal(err)
	}
	r, err := ledger.SignReceipt(m, other, 0, envelope(0), c[0], borea.Party, albia.recipient(), entente.ViaWire, noon)
	if err != nil {
		t.Fatal(err)
	}
	return r.Text
}

// forkedReceipt is a sound receipt on this channel, of another history.
func forkedReceipt(t *testing.T) []byte {
	s, m := newMemory(), newMemory()
	c := send(t, s, envelope(100))[0]
	if err := ledger.Extend(m, north, nil, envelope(100), c, borea.Party); err != nil {
		t.Fatal(err)
	}
	r, err := ledger.SignReceipt(m, north, 0, envelope(100), c, borea.Party, albia.recipient(), entente.ViaWire, noon)
	if err != nil {
		t.Fatal(err)
	}
	return r.Text
}
