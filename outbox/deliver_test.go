package outbox_test

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/seal"
	"entente/sqlstore"
)

// run has one side deliver by itself until something is so, and a moment longer.
// The world's clock stands still meanwhile.
func (w *world) run(a *agency, until func() bool) {
	w.Helper()
	ctx, cancel := context.WithCancel(w.ctx)
	done := make(chan struct{})
	go func() { a.out.Run(ctx); close(done) }()
	for began := time.Now(); !until(); time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			w.Error("waited in vain")
			break
		}
	}
	time.Sleep(50 * time.Millisecond)
	cancel()
	<-done
}

// refusing is a partner that answers every envelope with a signed refusal.
func (w *world) refusing(reason entente.Reason) func([]entente.Delivery) ([]entente.Settlement, error) {
	return func(ds []entente.Delivery) (answers []entente.Settlement, err error) {
		for _, d := range ds {
			u, err := seal.Read(d.Envelope)
			w.ok(err)
			h := u.Header()
			r, err := seal.SignRefusal(entente.Refusal{Channel: h.Channel(), Message: h.ID, Envelope: u.Digest(), Reason: reason, Expected: h.Seq, At: w.clock.now()}, w.albia.keys.Message, w.albia.party)
			w.ok(err)
			answers = append(answers, entente.Settlement{Envelope: r.Envelope, Refusal: r.Text})
		}
		return answers, nil
	}
}

// A partner that answers nothing, or puts off for ever, is not asked as fast as
// it answers.
func TestUselessAnswers(t *testing.T) {
	for _, x := range []struct {
		what   string
		answer func(*world) func([]entente.Delivery) ([]entente.Settlement, error)
	}{
		{"nothing", func(*world) func([]entente.Delivery) ([]entente.Settlement, error) {
			return func([]entente.Delivery) ([]entente.Settlement, error) { return nil, nil }
		}},
		{"later", func(w *world) func([]entente.Delivery) ([]entente.Settlement, error) {
			return w.refusing(entente.ReasonFutureTerms)
		}},
		{"no more today", func(w *world) func([]entente.Delivery) ([]entente.Settlement, error) {
			return w.refusing(entente.ReasonBusy)
		}},
		{"a receipt that does not hold", func(*world) func([]entente.Delivery) ([]entente.Settlement, error) {
			return func(ds []entente.Delivery) ([]entente.Settlement, error) {
				return []entente.Settlement{{Envelope: seal.Name(ds[0].Envelope), Receipt: []byte("we have it\n")}}, nil
			}
		}},
		{"what it was not asked", func(*world) func([]entente.Delivery) ([]entente.Settlement, error) {
			return func([]entente.Delivery) ([]entente.Settlement, error) {
				return []entente.Settlement{{Envelope: entente.Digest{1}, Receipt: []byte("we have it\n")}}, nil
			}
		}},
	} {
		t.Run(x.what, func(t *testing.T) {
			w := newWorld(t, nil)
			w.tip(north)
			w.borea.line.deliver = x.answer(w)
			w.run(w.borea, func() bool { return w.borea.line.called("deliver") > 0 })
			if n := w.borea.line.called("deliver"); n > 2 {
				t.Errorf("asked %d times at once", n)
			}
			if n := len(w.waiting(w.borea)); n != 1 {
				t.Errorf("%d wait", n)
			}
		})
	}
}

// A partner whose program cannot take our envelope apart names its bytes. The
// message is a dead letter then, and is not sent for ever.
func TestRefusalOfWhatCannotBeRead(t *testing.T) {
	w := newWorld(t, nil)
	id := w.tip(north)
	w.borea.line.deliver = func(ds []entente.Delivery) ([]entente.Settlement, error) {
		r, err := seal.SignRefusal(entente.Refusal{Envelope: entente.DigestOf(ds[0].Envelope), Reason: entente.ReasonMalformed, Final: true, At: w.clock.now()}, w.albia.keys.Message, w.albia.party)
		w.ok(err)
		return []entente.Settlement{{Envelope: r.Envelope, Refusal: r.Text}}, nil
	}
	w.exchange(w.borea)
	dead := look(w, w.borea, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.DeadLetters() })
	if len(w.waiting(w.borea)) != 0 || len(dead) != 1 || dead[0].Message != id || dead[0].Why != entente.ReasonMalformed {
		t.Errorf("%d wait, dead: %+v", len(w.waiting(w.borea)), dead)
	}
	f := look(w, w.borea, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(id) })
	if r := look(w, w.borea, func(tx entente.Tx) (entente.Refusal, error) { return tx.Refusal(f.Digest) }); r.Reason != entente.ReasonMalformed {
		t.Errorf("the page of the message does not find its refusal: %+v", r)
	}
}

// A message whose file has arrived and whose custody notice has not keeps
// nobody busy.
func TestNoCustodyNotice(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north, "a page")
	w.run(w.borea, func() bool { return w.borea.line.called("held") > 0 })
	if n := w.borea.line.called("deliver"); n != 1 {
		t.Errorf("%d deliveries", n)
	}
	if n := w.borea.line.called("held"); n > 2 {
		t.Errorf("asked %d times for the file", n)
	}
	if n := len(look(w, w.borea, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.ToHandOver("") })); n != 1 {
		t.Errorf("%d files are to be handed over", n)
	}
}

// An agreement of which the partner does not have the epoch yet holds up no
// other, however much waits under it; and each of what waits is refused once,
// not with every attempt.
func TestOneChannelPutOff(t *testing.T) {
	w := newWorld(t, nil, terms, otherTerms)
	w.agree(strings.Replace(terms, "epoch = 1", "epoch = 2", 1), w.borea)
	const many = 70 // more than one exchange carries
	for range many {
		w.tip(north)
	}
	urgent := w.tip("west-star")
	for range 3 {
		w.exchange(w.borea)
	}
	if _, err := look2(w, w.albia, urgent); err != nil {
		t.Errorf("the warning under the other agreement: %v", err)
	}
	w.clock.advance(time.Hour)
	refused := w.refusals(w.borea)
	for range 3 {
		w.exchange(w.borea)
	}
	if n := w.refusals(w.borea) - refused; n != 1 {
		t.Errorf("%d more refusals after an hour, want one attempt with one", n)
	}
	w.agree(strings.Replace(terms, "epoch = 1", "epoch = 2", 1), w.albia)
	w.clock.advance(time.Hour)
	if n := w.exchange(w.borea); n != many || len(w.waiting(w.borea)) != 0 {
		t.Errorf("%d were settled in the end, %d wait", n, len(w.waiting(w.borea)))
	}
}

func (w *world) refusals(a *agency) int {
	w.Helper()
	return len(look(w, a, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Incoming, 0) }))
}

// look2 gives a message, or why it is not there.
func look2(w *world, a *agency, id entente.MessageID) (f entente.Filed, err error) {
	err = a.store.View(w.ctx, func(tx entente.Tx) error {
		var err error
		f, err = tx.Message(id)
		return err
	})
	return f, err
}

// A clock that ran ahead when a partner was down, and is right again, does not
// leave the partner alone for as long.
func TestClockSetBack(t *testing.T) {
	w := newWorld(t, nil)
	const ahead = 100 * time.Minute // what the partner still takes
	w.clock.advance(ahead)
	w.exchange(w.borea) // the ledgers are compared
	w.tip(north)
	w.borea.line.deliver = func([]entente.Delivery) ([]entente.Settlement, error) {
		return nil, &entente.Error{Kind: entente.Unavailable, Detail: "nobody answers"}
	}
	w.run(w.borea, func() bool { return w.borea.line.called("deliver") > 0 })
	w.borea.line.deliver = nil
	w.clock.advance(-ahead)
	w.run(w.borea, func() bool { return len(w.waiting(w.borea)) == 0 })
}

// What the partner has lost comes back into the queue whatever the order in
// which it was drafted: ids tell when something was written, not when it left.
func TestSendAgainWhatWasDraftedLongBefore(t *testing.T) {
	w := newWorld(t, nil)
	old := w.draft(north)
	w.clock.advance(time.Hour)
	for range 3 {
		w.tip(north)
	}
	_, err := w.borea.out.Release(w.ctx, releaser, old.ID, old.Digest())
	w.ok(err)
	w.exchange(w.borea)
	var theirs []entente.LedgerHead
	for _, f := range w.filed(w.borea, entente.KindTip) {
		if f.Message.Header.Seq == 0 { // Albia was put back to where it held the first alone
			theirs = []entente.LedgerHead{{Origin: f.Message.Header.Channel().Origin(), Size: 1, Checkpoint: f.Checkpoint}}
		}
	}
	for range 2 { // twice is once
		_, err = w.borea.out.Compared(w.ctx, "albia-ncc", theirs)
		w.ok(err)
		if n := len(w.waiting(w.borea)); n != 3 {
			t.Fatalf("%d are sent again, want 3", n)
		}
	}
	// One of them is refused now: it is a dead letter, and stands in nobody's way.
	w.borea.line.heads = func([]entente.LedgerHead) ([]entente.LedgerHead, error) { return theirs, nil }
	w.borea.line.deliver = w.refusing(entente.ReasonExpired)
	w.exchange(w.borea)
	_, err = w.borea.out.Compared(w.ctx, "albia-ncc", theirs)
	w.ok(err)
}

// A partner that collects and has lost messages gets them again, and not only
// their digests, also where it collects twice before ledgers are compared.
func TestCollectAfterLoss(t *testing.T) {
	w := newWorld(t, nil)
	backup := filepath.Join(t.TempDir(), "albia.backup")
	w.ok(w.albia.store.Backup(w.ctx, backup))
	for range 3 {
		w.tip(north)
	}
	w.exchange(w.borea)
	restored := filepath.Join(t.TempDir(), "restored.db")
	w.ok(sqlstore.Restore(w.ctx, backup, restored))
	w.ok(w.albia.store.Close())
	var err error
	w.albia.store, err = sqlstore.Open(w.ctx, restored)
	w.ok(err)
	w.open(w.albia, w.borea, func(s entente.Store) entente.Store { return s })
	w.tip(north)
	for range 5 {
		ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 64)
		w.ok(err)
		answers, err := w.albia.in.Accept(w.ctx, "borea-sls", ds)
		w.ok(err)
		w.ok(w.borea.out.Settle(w.ctx, "albia-ncc", answers))
		w.clock.advance(time.Minute)
	}
	if n := len(w.filed(w.albia, entente.KindTip)); n != 4 {
		t.Errorf("Albia has %d tips again, want 4", n)
	}
	if n := len(w.waiting(w.borea)); n != 0 {
		t.Errorf("%d wait", n)
	}
}

// A file that the partner does not take holds up none of the others.
func TestOneFileRefused(t *testing.T) {
	w := newWorld(t, nil)
	id := w.tip(north, "one", "two", "three")
	refused := false
	w.borea.line.send = func(entente.Digest, io.Reader) error {
		if refused {
			return nil
		}
		refused = true
		return &entente.Error{Kind: entente.Invalid, Detail: "the file is too large"}
	}
	whole := func() (n int) {
		for _, f := range look(w, w.albia, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments(id, "") }) {
			if !f.Complete.IsZero() {
				n++
			}
		}
		return n
	}
	w.run(w.borea, func() bool { return whole() >= 2 })
}
