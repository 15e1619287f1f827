package inbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"entente"
)

// door is a partner that can be called.
type door struct {
	hands   func() []entente.Delivery
	told    func([]entente.Settlement) error
	file    func(entente.Digest, int64) ([]byte, error)
	collect atomic.Int32 // how often it was asked
}

func (d *door) Collect(context.Context, entente.Party, int) ([]entente.Delivery, error) {
	d.collect.Add(1)
	return d.hands(), nil
}

func (d *door) Settle(_ context.Context, _ entente.Party, answers []entente.Settlement) error {
	if d.told == nil {
		return nil
	}
	return d.told(answers)
}

func (d *door) FetchFile(_ context.Context, _ entente.Party, file entente.Digest, offset int64) (io.ReadCloser, error) {
	b, err := d.file(file, offset)
	return io.NopCloser(bytes.NewReader(b)), err
}

// honest is Borea's door as it should be.
func (w *world) honest() *door {
	return &door{
		hands: w.deliveries,
		told:  func(answers []entente.Settlement) error { return w.out.Settle(w.ctx, "albia-ncc", answers) },
		file: func(f entente.Digest, offset int64) ([]byte, error) {
			r, err := w.out.Open(w.ctx, "albia-ncc", f, offset)
			if err != nil {
				return nil, err
			}
			return io.ReadAll(r)
		},
	}
}

func TestCollect(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.tip("A warning")
	}
	d := w.honest()
	if n, err := w.in.Collect(w.ctx, d, w.borea.party); n != 3 || err != nil {
		t.Errorf("%d were collected, %v", n, err)
	}
	if n := len(w.filed()); n != 3 {
		t.Errorf("%d are filed", n)
	}
	if n, err := w.in.Collect(w.ctx, d, w.borea.party); n != 0 || err != nil {
		t.Errorf("the second time %d, %v", n, err)
	}
}

// A break after what came was filed, and before the receipts were handed over:
// the next time the same receipts come.
func TestCollectBroken(t *testing.T) {
	w := newWorld(t)
	w.tip("A warning")
	d := w.honest()
	honest := d.told
	var first []entente.Settlement
	d.told = func(answers []entente.Settlement) error { first = answers; return errors.New("the line broke") }
	if _, err := w.in.Collect(w.ctx, d, w.borea.party); err == nil {
		t.Fatal("no error where the receipts could not be handed over")
	}
	d.told = func(answers []entente.Settlement) error {
		if !bytes.Equal(answers[0].Receipt, first[0].Receipt) {
			t.Error("another receipt than the first")
		}
		return honest(answers)
	}
	if n, err := w.in.Collect(w.ctx, d, w.borea.party); n != 1 || err != nil {
		t.Errorf("%d were collected, %v", n, err)
	}
	if n := len(w.filed()); n != 1 {
		t.Errorf("%d are filed", n)
	}
}

// A partner that hands out the same for ever keeps nobody busy.
func TestCollectSameForEver(t *testing.T) {
	w := newWorld(t)
	w.tip("A warning")
	same := w.deliveries()
	d := &door{hands: func() []entente.Delivery { return same }}
	n, err := w.in.Collect(w.ctx, d, w.borea.party)
	if n != 1 || err != nil || d.collect.Load() != 2 {
		t.Errorf("%d were collected, asked %d times, %v", n, d.collect.Load(), err)
	}
}

// A partner that answers slowly holds up none of the others.
func TestCollectSlowPartner(t *testing.T) {
	w := newWorld(t)
	w.tip("A warning")
	cadia := w.agency("cadia-fiu")
	w.ok(w.albia.store.Update(w.ctx, func(tx entente.Tx) error {
		return tx.PutParty(entente.PartyRecord{Party: cadia.party, Note: cadia.note, Added: day})
	}))
	ctx, cancel := context.WithCancel(w.ctx)
	done := make(chan struct{})
	c := &slow{door: w.honest(), partner: "borea-sls", until: ctx.Done(), asked: make(chan struct{}, 100)}
	c.hands = func() []entente.Delivery { return nil }
	go func() { w.in.RunCollect(ctx, c, time.Millisecond); close(done) }()
	for range 3 { // Cadia, while Borea's door does not answer at all
		<-c.asked
	}
	cancel()
	<-done
	if n := c.hung.Load(); n != 1 {
		t.Errorf("Borea was asked %d times at once", n)
	}
}

// slow does not answer for one partner.
type slow struct {
	*door
	partner entente.PartyID
	until   <-chan struct{}
	asked   chan struct{}
	hung    atomic.Int32
}

func (s *slow) Collect(ctx context.Context, from entente.Party, n int) ([]entente.Delivery, error) {
	if from.ID == s.partner {
		s.hung.Add(1)
		<-s.until
		return nil, context.Cause(ctx)
	}
	select {
	case s.asked <- struct{}{}:
	default:
	}
	return s.door.Collect(ctx, from, n)
}

// One file that arrives damaged holds up none of the others, and comes whole
// once it is handed out whole.
func TestCollectDamagedFile(t *testing.T) {
	w := newWorld(t)
	id := w.tip("A warning", "the first page", "the second page", "the third page")
	d := w.honest()
	whole := d.file
	damaged := w.wants(id)[0]
	d.file = func(f entente.Digest, offset int64) ([]byte, error) {
		b, err := whole(f, offset)
		if f == damaged && len(b) > 0 {
			b[len(b)/2] ^= 1
		}
		return b, err
	}
	if _, err := w.in.Collect(w.ctx, d, w.borea.party); !errors.Is(err, entente.Unverified) {
		t.Errorf("of the damaged file: %v", err)
	}
	if n := w.whole(id); n != 2 {
		t.Errorf("%d files are whole, want the two others", n)
	}
	d.file = whole
	if _, err := w.in.Collect(w.ctx, d, w.borea.party); err != nil || w.whole(id) != 3 {
		t.Errorf("then %d are whole, %v", w.whole(id), err)
	}
}

// wants lists the files of a message of Borea's.
func (w *world) wants(id entente.MessageID) (files []entente.Digest) {
	w.t.Helper()
	w.ok(w.borea.store.View(w.ctx, func(tx entente.Tx) error {
		f, err := tx.Message(id)
		for _, a := range f.Message.Statement.Attachments {
			files = append(files, a.Digest)
		}
		return err
	}))
	return files
}

// A file that takes long holds up no message.
func TestCollectPostBesideFiles(t *testing.T) {
	w := newWorld(t)
	w.tip("A warning", "a film")
	answers, err := w.in.Accept(w.ctx, "borea-sls", w.deliveries())
	w.ok(err)
	w.ok(w.out.Settle(w.ctx, "albia-ncc", answers))
	d := w.honest()
	ctx, cancel := context.WithCancel(w.ctx)
	fetching := make(chan struct{})
	d.file = func(entente.Digest, int64) ([]byte, error) {
		close(fetching)
		<-ctx.Done()
		return nil, context.Cause(ctx)
	}
	done := make(chan struct{})
	go func() { w.in.RunCollect(ctx, d, time.Millisecond); close(done) }()
	<-fetching
	w.tip("An urgent one")
	for began := time.Now(); len(w.filed()) < 2; time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Error("it waits behind the film")
			break
		}
	}
	cancel()
	<-done
}
