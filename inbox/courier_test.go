package inbox_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"entente"
	"entente/courier"
	"entente/ledger"
)

func (w *world) unpack(b []byte) (int, error) {
	w.t.Helper()
	from, n, err := w.in.Unpack(w.ctx, operator, bytes.NewReader(b), int64(len(b)))
	if err == nil && from != "borea-sls" {
		w.t.Errorf("the file is from %q", from)
	}
	return n, err
}

// answers are what Albia has ready for its next file to Borea.
func (w *world) answers() []entente.Settlement {
	w.t.Helper()
	b := look(w, func(tx entente.Tx) ([]byte, error) { return tx.Setting(courier.AnswersKey("borea-sls")) })
	answers, err := courier.DecodeAnswers(b)
	w.ok(err)
	return answers
}

// The same file twice changes nothing and gives the same answers.
func TestUnpack(t *testing.T) {
	w := newWorld(t)
	id := w.tip("A warning", "a page", "another page")
	file := w.pack()
	for range 2 {
		if n, err := w.unpack(file); n != 1 || err != nil {
			t.Fatalf("%d answers, %v", n, err)
		}
		if len(w.filed()) != 1 || w.whole(id) != 2 {
			t.Errorf("%d are filed, with %d files", len(w.filed()), w.whole(id))
		}
	}
	f := w.filed()[0]
	r, err := ledger.CheckReceipt(w.answers()[0].Receipt, f.Message.Header.Channel(), 0, f.Digest, w.borea.party, w.albia.party)
	if err != nil || r.Via != entente.ViaCourier {
		t.Errorf("the receipt says that the envelope came via %q, %v", r.Via, err)
	}
	w.ok(w.out.Settle(w.ctx, "albia-ncc", w.answers()))
	if ds := w.deliveries(); len(ds) != 0 {
		t.Errorf("%d still wait for a receipt", len(ds))
	}
}

// What Borea signed and what arrives with it are two things: a file with other
// bytes is not kept, and holds up neither answers nor the other files.
func TestUnpackDamagedFile(t *testing.T) {
	w := newWorld(t)
	id := w.tip("A warning", "a page", "another page", "a third page")
	damaged := w.wants(id)[1]
	packed := w.pack()
	pouch, err := courier.Open(bytes.NewReader(packed), int64(len(packed)), "albia-ncc", func(courier.Claim) ([]entente.Party, error) { return []entente.Party{w.borea.party}, nil })
	w.ok(err)
	for i, f := range pouch.Files {
		b := w.file(f.Digest)
		if f.Digest == damaged {
			b[7] ^= 1
		}
		pouch.Files[i].Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	}
	var again bytes.Buffer
	w.ok(courier.Write(&again, pouch, w.borea.keys.Message))
	if _, err := w.unpack(again.Bytes()); !errors.Is(err, entente.Unverified) {
		t.Errorf("of the damaged file: %v", err)
	}
	if len(w.filed()) != 1 || w.whole(id) != 2 || len(w.answers()) != 1 {
		t.Errorf("%d are filed with %d files, and %d answers are ready", len(w.filed()), w.whole(id), len(w.answers()))
	}
	if _, err := w.unpack(w.pack()); err != nil || w.whole(id) != 3 {
		t.Errorf("with the good file %d are whole, %v", w.whole(id), err)
	}
}

// A file goes on where it broke off, however it comes.
func TestUnpackTheRest(t *testing.T) {
	w := newWorld(t)
	id := w.tip("A warning", "a page")
	b := w.file(w.wants(id)[0])
	answers, err := w.in.Accept(w.ctx, "borea-sls", w.deliveries())
	w.ok(err)
	if len(answers[0].Receipt) == 0 {
		t.Fatal("refused")
	}
	if _, err := w.in.Add(w.ctx, "borea-sls", w.wants(id)[0], 0, bytes.NewReader(b[:100])); !errors.Is(err, entente.Unavailable) {
		t.Fatal(err)
	}
	if _, err := w.unpack(w.pack()); err != nil || w.whole(id) != 1 {
		t.Errorf("%d are whole, %v", w.whole(id), err)
	}
}

func TestUnpackRefused(t *testing.T) {
	w := newWorld(t)
	w.tip("A warning")
	file := w.pack()
	if _, _, err := w.in.Unpack(w.ctx, analyst, bytes.NewReader(file), int64(len(file))); !errors.Is(err, entente.Denied) {
		t.Errorf("an analyst carries post: %v", err)
	}
	if _, err := w.unpack(file[:len(file)/2]); !errors.Is(err, entente.Invalid) {
		t.Errorf("half a file: %v", err)
	}
	stranger := w.agency("dovia-int")
	var b bytes.Buffer
	w.ok(courier.Write(&b, courier.Pouch{From: "dovia-int", To: "albia-ncc", Made: day}, stranger.keys.Message))
	_, err := w.unpack(b.Bytes())
	if e, ok := errors.AsType[*entente.Error](err); !ok || !errors.Is(err, entente.NotFound) || e.Hint == "" {
		t.Errorf("from a party without a descriptor: %v", err)
	}
	if len(w.filed()) != 0 {
		t.Error("something was filed")
	}
}

// A file that is dated ahead brings its envelopes and answers. What it says of the
// ledgers waits until its date can be.
func TestUnpackDatedAhead(t *testing.T) {
	for _, made := range []time.Time{day.Add(3 * time.Hour), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)} {
		w := newWorld(t)
		w.tip("A warning")
		compared := 0
		w.compared = func() { compared++ }
		packed := w.pack()
		pouch, err := courier.Open(bytes.NewReader(packed), int64(len(packed)), "albia-ncc", func(courier.Claim) ([]entente.Party, error) { return []entente.Party{w.borea.party}, nil })
		w.ok(err)
		pouch.Made = made
		var dated bytes.Buffer
		w.ok(courier.Write(&dated, pouch, w.borea.keys.Message))
		n, err := w.unpack(dated.Bytes())
		if n != 1 || !errors.Is(err, entente.Unavailable) || compared != 0 || len(w.answers()) != 1 {
			t.Errorf("made %v: %d answers, %d kept, compared %d times, %v", made, n, len(w.answers()), compared, err)
		}
		if _, err := w.unpack(packed); err != nil || compared != 1 {
			t.Errorf("with a date that can be: compared %d times, %v", compared, err)
		}
	}
}
