package outbox_test

import (
	"bytes"
	"io"
	"strconv"
	"testing"

	"entente"
	"entente/courier"
	"entente/outbox"
)

// An answer in a courier file that does not hold keeps nothing else out that
// came with it.
func TestUnpackWithBrokenAnswer(t *testing.T) {
	w := newWorld(t, nil)
	_, err := w.albia.out.DeclareLevel(w.ctx, supervisor, north, outbox.Declaration{Level: entente.Open, Reason: "For the story."})
	w.ok(err)
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

// parts has Borea pack all that waits, in as many files as it takes.
func (w *world) parts() (files [][]byte) {
	w.Helper()
	after := ""
	for {
		var b bytes.Buffer
		end := ""
		_, err := w.borea.out.PackPart(w.ctx, operator, "albia-ncc", after, func(e string) io.Writer { end = e; return &b })
		w.ok(err)
		files = append(files, b.Bytes())
		if end == "" {
			return files
		}
		if end == after || len(files) > 100 {
			w.Fatalf("the post does not end: %d parts, at %s", len(files), end)
		}
		after = end
	}
}

func (w *world) opened(b []byte) courier.Pouch {
	w.Helper()
	p, err := courier.Open(bytes.NewReader(b), int64(len(b)), "albia-ncc", func(courier.Claim) ([]entente.Party, error) { return []entente.Party{w.borea.party}, nil })
	w.ok(err)
	return p
}

func (w *world) unpacked(b []byte) {
	w.Helper()
	_, _, err := w.albia.in.Unpack(w.ctx, operator, bytes.NewReader(b), int64(len(b)))
	w.ok(err)
}

// One courier carries all, in parts, whatever their order; and one file takes all
// the answers back.
func TestPackInParts(t *testing.T) {
	w := newWorld(t, nil)
	const many = 9
	for range many {
		w.tip(north, "a page")
	}
	ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 1)
	w.ok(err)
	outbox.BoundCourier(t, 4*len(ds[0].Envelope))
	files := w.parts()
	var sizes []int
	for _, b := range files {
		p := w.opened(b)
		sizes = append(sizes, len(p.Deliveries))
		if len(p.Files) != len(p.Deliveries) {
			t.Errorf("%d envelopes with %d files", len(p.Deliveries), len(p.Files))
		}
		for _, d := range p.Deliveries {
			if len(d.Before) > 0 {
				t.Error("a part gives up what the part before it brings")
			}
		}
	}
	if len(sizes) != 3 || sizes[0] != 4 || sizes[1] != 4 || sizes[2] != 1 {
		t.Fatalf("parts of %v envelopes", sizes)
	}
	// The second is unpacked first: it waits for the one before.
	for _, n := range []int{1, 0, 1, 2} {
		w.unpacked(files[n])
	}
	w.carry(w.albia)
	if n := len(w.filed(w.albia, entente.KindTip)); n != many || len(w.waiting(w.borea)) != 0 {
		t.Errorf("%d arrived, %d still wait for a receipt", n, len(w.waiting(w.borea)))
	}
}

// A file takes as many attachments as an archive takes entries. The rest goes
// into the next, each once.
func TestPackManyFiles(t *testing.T) {
	for _, x := range []struct{ earlier, parts int }{{courier.MaxFiles - 1, 1}, {courier.MaxFiles, 2}, {2*courier.MaxFiles - 1, 2}, {2 * courier.MaxFiles, 3}} {
		w := newWorld(t, nil)
		w.tip(north, "a page")
		w.put(w.borea, func(tx entente.Tx) error { return handOver(tx, x.earlier) })
		files := w.parts()
		if len(files) != x.parts {
			t.Errorf("%d files more: %d parts, want %d", x.earlier, len(files), x.parts)
		}
		seen := map[entente.Digest]bool{}
		for _, b := range files {
			p := w.opened(b)
			if len(p.Files) > courier.MaxFiles {
				t.Errorf("one has %d files", len(p.Files))
			}
			for _, f := range p.Files {
				if seen[f.Digest] {
					t.Error("a file goes twice")
				}
				seen[f.Digest] = true
			}
		}
		if len(seen) != x.earlier+1 {
			t.Errorf("%d files are packed, want %d", len(seen), x.earlier+1)
		}
	}
}

// handOver puts in small files that the partner is still to have.
func handOver(tx entente.Tx, n int) error {
	for i := range n {
		b := []byte(strconv.Itoa(i))
		rec := entente.AttachmentRecord{Handle: "file-" + strconv.Itoa(i), Digest: entente.DigestOf(b), Size: int64(len(b)), Partner: "albia-ncc", Draft: "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"}
		if err := tx.PutAttachment(rec); err != nil {
			return err
		}
		if err := tx.AppendPiece(rec.Handle, 0, b); err != nil {
			return err
		}
		rec.Held, rec.Complete = rec.Size, day
		if err := tx.PutAttachment(rec); err != nil {
			return err
		}
	}
	return nil
}
