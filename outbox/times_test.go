package outbox_test

import (
	"errors"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/seal"
)

var errRollback = errors.New("only to make it")

// receipted is Albia's receipt for what waits, dated as it likes: Albia holds its
// own ledger key, and nothing but a bound keeps it from that.
func (w *world) receipted(q entente.QueueItem, at time.Time) entente.Settlement {
	w.Helper()
	f := look(w, w.borea, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) })
	records := look(w, w.borea, func(tx entente.Tx) ([]entente.Digest, error) {
		return tx.Records(q.Channel.Origin(), 0, int(q.Seq))
	})
	albia := look(w, w.borea, func(tx entente.Tx) (entente.PartyRecord, error) { return tx.Party("albia-ncc") })
	var r entente.Receipt
	err := w.albia.store.Update(w.ctx, func(tx entente.Tx) (err error) {
		head, err := tx.Head(q.Channel.Origin())
		w.ok(err)
		w.ok(ledger.Extend(tx, q.Channel, records[head.Size:], f.Digest, f.Checkpoint, w.borea.party))
		by := ledger.Recipient{Party: "albia-ncc", Edition: albia.Edition, Key: w.albia.keys.Ledger.Signer()}
		r, err = ledger.SignReceipt(tx, q.Channel, q.Seq, f.Digest, f.Checkpoint, w.borea.party, by, entente.ViaWire, at)
		w.ok(err)
		return errRollback
	})
	w.want(err, errRollback, "a receipt made and not kept")
	return entente.Settlement{Envelope: f.Digest, Receipt: r.Text}
}

func (w *world) refusedAt(q entente.QueueItem, at time.Time) entente.Settlement {
	w.Helper()
	f := look(w, w.borea, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) })
	r, err := seal.SignRefusal(entente.Refusal{
		Channel: q.Channel, Envelope: f.Digest, Reason: entente.ReasonScope, Placed: true, Final: true, Expected: q.Seq + 1, At: at,
	}, w.albia.keys.Message, w.albia.party)
	w.ok(err)
	return entente.Settlement{Envelope: f.Digest, Refusal: r.Text}
}

// A partner dates its answers as it likes. What is out of bound is no answer: the
// message waits on, nothing is kept, and it is asked again.
func TestAnswersDatedOutOfBound(t *testing.T) {
	w := newWorld(t, nil)
	w.tip(north)
	q := w.waiting(w.borea)[0]
	w.clock.advance(3 * 24 * time.Hour)
	now := w.clock.now()
	for what, at := range map[string]time.Time{
		"a year ahead":              now.AddDate(1, 0, 0),
		"a second too far ahead":    now.Add(2*time.Hour + time.Second),
		"at time 0":                 time.Unix(0, 0).UTC(),
		"in the year 9999":          time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		"before the message":        q.Queued.Add(-2*time.Hour - time.Second),
		"a year before the message": q.Queued.AddDate(-1, 0, 0),
	} {
		for sort, answer := range map[string]entente.Settlement{"receipt": w.receipted(q, at), "refusal": w.refusedAt(q, at)} {
			err := w.borea.out.Settle(w.ctx, "albia-ncc", []entente.Settlement{answer})
			w.want(err, entente.Unverified, "a "+sort+" dated "+what)
			if n := len(w.waiting(w.borea)); n != 1 {
				t.Errorf("after a %s dated %s, %d messages wait", sort, what, n)
			}
			w.nothingKept(q, sort+" dated "+what)
		}
	}
	for what, at := range map[string]time.Time{"long ago, when it was released": q.Queued.Add(-2 * time.Hour), "just ahead": now.Add(2 * time.Hour)} {
		w := newWorld(t, nil)
		w.tip(north)
		w.clock.advance(3 * 24 * time.Hour)
		w.ok(w.borea.out.Settle(w.ctx, "albia-ncc", []entente.Settlement{w.receipted(w.waiting(w.borea)[0], at)}))
		if n := len(w.waiting(w.borea)); n != 0 {
			t.Errorf("after a receipt dated %s, %d messages wait", what, n)
		}
	}
}

func (w *world) nothingKept(q entente.QueueItem, after string) {
	w.Helper()
	_, err := w.borea.receipt(w, q.Message)
	w.want(err, entente.NotFound, "the receipt kept after a "+after)
	refusals := look(w, w.borea, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Incoming, 0) })
	head := look(w, w.borea, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head(q.Channel.Origin()) })
	if len(refusals) > 0 || len(head.Cosigned) > 0 {
		w.Errorf("after a %s, %d refusals and a receipt of %d bytes are kept", after, len(refusals), len(head.Cosigned))
	}
}

func (a *agency) receipt(w *world, id entente.MessageID) (r entente.Receipt, err error) {
	w.ok(a.store.View(w.ctx, func(tx entente.Tx) error {
		r, err = tx.Receipt(id)
		return nil
	}))
	return r, err
}

// Receipts rise with their places, but for what was filled late; and a receipt that
// was lost on its way is taken whenever it comes.
func TestReceiptsFollowEachOther(t *testing.T) {
	w := newWorld(t, nil)
	for range 4 {
		w.tip(north)
		w.clock.advance(24 * time.Hour)
	}
	q := w.waiting(w.borea)
	at := func(n int) time.Time { return day.Add(time.Duration(n) * 24 * time.Hour) }
	settle := func(answers ...entente.Settlement) error { return w.borea.out.Settle(w.ctx, "albia-ncc", answers) }
	w.ok(settle(w.receipted(q[1], at(3))))
	w.want(settle(w.receipted(q[2], at(2))), entente.Unverified, "a receipt dated a day before that of an earlier place")
	w.ok(settle(w.receipted(q[0], at(1)))) // an earlier place, receipted before
	w.ok(settle(w.receipted(q[2], at(3).Add(time.Hour)), w.receipted(q[3], at(3).Add(-time.Hour))))
	if n := len(w.waiting(w.borea)); n != 0 {
		t.Errorf("%d wait", n)
	}
}
