package inbox_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"entente"
	"entente/inbox"
	"entente/seal"
)

// bounded is Albia's inbox with an allowance and a clock.
func (w *world) bounded(a inbox.Allowance, now *time.Time) *inbox.Inbox {
	w.now = now
	return inbox.New(inbox.Config{
		Self: "albia-ncc", Keys: w.albia.keys, Store: w.albia.store, Now: func() time.Time { return *now }, Allowance: a,
		Settle: func(context.Context, entente.PartyID, []entente.Settlement) error { return nil },
	})
}

// round has Albia take what waits at Borea, and gives the field of the refusals.
func (w *world) round(in *inbox.Inbox) (receipts int, busy []string) {
	w.t.Helper()
	answers, err := in.Accept(w.ctx, "borea-sls", w.deliveries())
	w.ok(err)
	for _, a := range answers {
		if len(a.Receipt) > 0 {
			receipts++
			continue
		}
		r, err := seal.OpenRefusal(a.Refusal, w.albia.party)
		w.ok(err)
		if r.Reason != entente.ReasonBusy {
			w.t.Errorf("refused as %s (%s)", r.Reason, r.Field)
		}
		busy = append(busy, r.Field)
	}
	w.ok(w.out.Settle(w.ctx, "albia-ncc", answers))
	return receipts, busy
}

// A partner that sends more than is taken in a day is told so, and the rest
// waits: none of it is refused for good, and a restart does not help it.
func TestAllowanceOfMessages(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.tip("A warning")
	}
	now := day
	if n, busy := w.round(w.bounded(inbox.Allowance{Messages: 3}, &now)); n != 3 || len(busy) != 2 || busy[0] != entente.FieldMessagesADay {
		t.Errorf("on the first day %d are taken, %v", n, busy)
	}
	now = day.Add(23 * time.Hour)
	restarted := w.bounded(inbox.Allowance{Messages: 3}, &now)
	w.ok(w.out.Retry(w.ctx, operator, "albia-ncc"))
	if n, busy := w.round(restarted); n != 0 || len(busy) == 0 {
		t.Errorf("on the same day %d are taken, %v", n, busy)
	}
	now = day.Add(24 * time.Hour)
	w.ok(w.out.Retry(w.ctx, operator, "albia-ncc"))
	if n, busy := w.round(restarted); n != 2 || len(busy) != 0 {
		t.Errorf("on the next day %d are taken, %v", n, busy)
	}
	if n := len(w.filed()); n != 5 || w.head(w.albia).Size != 5 || len(w.deliveries()) != 0 {
		t.Errorf("of 5, %d are filed, %d have a place, %d wait", n, w.head(w.albia).Size, len(w.deliveries()))
	}
}

// The files that a message names count before their bytes are here.
func TestAllowanceOfBytes(t *testing.T) {
	w := newWorld(t)
	page := string(make([]byte, 100<<10))
	w.tip("A warning", page)
	w.tip("Another")
	now := day
	in := w.bounded(inbox.Allowance{Bytes: 100 << 10}, &now)
	if n, busy := w.round(in); n != 1 || len(busy) != 1 || busy[0] != entente.FieldBytesADay {
		t.Errorf("%d are taken, %v", n, busy)
	}
	// What was taken once is answered again, whatever the hour.
	u := look(w, func(tx entente.Tx) (inbox.Usage, error) { return inbox.UsageOf(tx, "borea-sls", day) })
	if u.Messages != 1 || u.Bytes < 100<<10 || u.Turned.IsZero() {
		t.Errorf("used: %+v", u)
	}
	// Our clock is set back an hour: the day begins anew, and does not stand still.
	now = day.Add(-time.Hour)
	w.ok(w.out.Retry(w.ctx, operator, "albia-ncc"))
	if n, _ := w.round(in); n != 1 {
		t.Errorf("then %d are taken", n)
	}
}

// Whoever floods with what is no envelope finds that little of it is kept. What
// was refused and has its place in the ledger is answered the same for ever.
func TestGarbageIsBounded(t *testing.T) {
	w := newWorld(t)
	w.tip("An old warning")
	first := w.deliveries()[0]
	now := day.Add(400 * 24 * time.Hour) // long expired
	in := w.bounded(inbox.Allowance{Refusals: 10}, &now)
	accept := func(d entente.Delivery) []byte {
		t.Helper()
		answers, err := in.Accept(w.ctx, "borea-sls", []entente.Delivery{d})
		w.ok(err)
		if len(answers[0].Refusal) == 0 {
			t.Fatal("it was taken")
		}
		return answers[0].Refusal
	}
	expired := accept(first)
	for n := range 300 {
		accept(entente.Delivery{Envelope: fmt.Appendf(nil, "a letter %d", n)})
	}
	kept := look(w, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Outgoing, 0) })
	if len(kept) > 1+10+64 {
		t.Errorf("%d refusals are kept", len(kept))
	}
	if again := accept(first); string(again) != string(expired) || w.head(w.albia).Size != 1 {
		t.Errorf("the refusal of what has its place is another one now:\n%s\n%s", expired, again)
	}
}
