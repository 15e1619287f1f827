package outbox_test

import (
	"bytes"
	"testing"

	"entente"
	"entente/courier"
	"entente/outbox"
)

// An answer in a courier file that does not hold keeps nothing else out that
// came with it.
func TestUnpackWithBrokenAnswer(t *testing.T) {
	w := newWorld(t, nil)
	w.ok(w.albia.out.DeclareLevel(w.ctx, supervisor, north, entente.Open, "For the story."))
	ours := look(w, w.albia, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.Queue("", 0) })[0]
	sent := look(w, w.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(ours.Message) })
	id := w.tip(north)
	ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 64)
	w.ok(err)
	var b bytes.Buffer
	w.ok(courier.Write(&b, courier.Pouch{
		From: "borea-sls", To: "albia-ncc", Made: day, Deliveries: ds,
		Settlements: []entente.Settlement{{Envelope: sent.Digest, Receipt: []byte("we have it\n")}},
	}, w.borea.keys.Message))
	_, n, err := w.albia.in.Unpack(w.ctx, operator, bytes.NewReader(b.Bytes()), int64(b.Len()))
	w.want(err, entente.Unverified, "the broken answer")
	if _, err := look2(w, w.albia, id); err != nil || n != 1 {
		t.Errorf("the warning that came with it: %v, %d answers", err, n)
	}
}

// A courier file has a bound that its recipient can hold in memory. What does
// not fit waits for the next one, and its files with it.
func TestPackBounded(t *testing.T) {
	w := newWorld(t, nil)
	const many = 9
	for range many {
		w.tip(north, "a page")
	}
	ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 1)
	w.ok(err)
	outbox.BoundCourier(t, 4*len(ds[0].Envelope))
	for _, want := range []int{4, 4, 1, 0} {
		var b bytes.Buffer
		n, err := w.borea.out.Pack(w.ctx, operator, "albia-ncc", &b)
		w.ok(err)
		pouch, err := courier.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "albia-ncc", func(courier.Claim) ([]entente.Party, error) { return []entente.Party{w.borea.party}, nil })
		w.ok(err)
		if n != want || len(pouch.Files) != want {
			t.Errorf("%d envelopes with %d files, want %d", n, len(pouch.Files), want)
		}
		_, _, err = w.albia.in.Unpack(w.ctx, operator, bytes.NewReader(b.Bytes()), int64(b.Len()))
		w.ok(err)
		w.carry(w.albia)
	}
	if n := len(w.filed(w.albia, entente.KindTip)); n != many {
		t.Errorf("%d arrived", n)
	}
}
