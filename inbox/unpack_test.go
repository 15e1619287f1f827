package inbox_test

import (
	"bytes"
	"strconv"
	"testing"

	"entente"
	"entente/ledger"
	"entente/seal"
)

// What is opened ahead of the transaction, several at once, gets the answers
// that it would get one by one: a damaged one among them is refused, and what
// comes after it has no place yet.
func TestAcceptSeveralAtOnce(t *testing.T) {
	w := newWorld(t)
	for n := range 6 {
		w.tip("Warning " + strconv.Itoa(n))
	}
	ds := w.deliveries()
	damaged := append([]entente.Delivery{}, ds...)
	damaged[3].Envelope = bytes.Clone(ds[3].Envelope)
	damaged[3].Envelope[len(damaged[3].Envelope)-100] ^= 1 // in the ciphertext
	for round, tt := range []struct {
		ds      []entente.Delivery
		reasons []entente.Reason // empty: a receipt
	}{
		{damaged, []entente.Reason{"", "", "", entente.ReasonSignature, entente.ReasonOrder, entente.ReasonOrder}},
		{ds[1:], []entente.Reason{"", "", "", "", ""}}, // two of them once more
	} {
		answers, err := w.in.Accept(w.ctx, "borea-sls", tt.ds)
		w.ok(err)
		for n, a := range answers {
			if tt.reasons[n] == "" {
				channel := entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}
				seq := int64(n + round)
				if _, err := ledger.CheckReceipt(a.Receipt, channel, seq, seal.Name(tt.ds[n].Envelope), w.borea.party, w.albia.party); err != nil {
					t.Errorf("round %d, delivery %d: %v", round, n, err)
				}
				continue
			}
			r, err := seal.OpenRefusal(a.Refusal, w.albia.party)
			if err != nil || r.Reason != tt.reasons[n] {
				t.Errorf("round %d, delivery %d: got %q (%v), want %q", round, n, r.Reason, err, tt.reasons[n])
			}
		}
	}
}
