package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"entente"
)

// Item is a message with where it stands.
type Item struct {
	Filed       entente.Filed
	Progress    entente.Progress
	Obligations []entente.Obligation // owed for it, by either side
	Assessment  entente.Assessment   // zero: nobody has it
	Answers     entente.MessageID    // what the message that it answers is called here; empty: none
	Older       bool                 // of a lower version of the protocol than both parties said that they speak
	Lost        *entente.Lost        // it answers a message of ours that was lost in a restore; nil: it does not
}

// Filter selects inbox items.
type Filter struct {
	Direction entente.Direction // empty: both
	Kinds     []entente.Kind    // empty: tips
	Open      bool              // only what still owes something, either way
	Before    entente.MessageID
	Limit     int // 0: 100
}

// Inbox lists messages: overdue first, then by precedence and due time, then
// newest. With Open, every message that still owes something is considered,
// however many there are, and Limit bounds what is kept of them.
func (d *Desk) Inbox(ctx context.Context, by entente.Officer, f Filter) ([]Item, error) {
	var items []Item
	if len(f.Kinds) == 0 {
		f.Kinds = []entente.Kind{entente.KindTip}
	}
	limit := f.Limit
	if limit <= 0 || limit > 1000 {
		limit = 100
	}
	now := d.now()
	err := d.look(ctx, by, entente.OpReadInbox, "inbox", func(tx entente.Tx) error {
		items = nil
		q := entente.MessageQuery{Direction: f.Direction, Kinds: f.Kinds, Before: f.Before, Limit: limit}
		for {
			page, err := tx.Messages(q)
			if err != nil || len(page) == 0 {
				return err
			}
			got, err := itemsOf(tx, page)
			if err != nil {
				return err
			}
			if f.Open {
				got = slices.DeleteFunc(got, func(i Item) bool { return !i.owes() })
			}
			items = mostUrgent(append(items, got...), limit, now)
			if !f.Open || len(page) < limit {
				return nil
			}
			q.Before = page[len(page)-1].Name
		}
	})
	return items, err
}

// mostUrgent sorts items and keeps so many: an overdue warning does not vanish
// below a flood of newer ones.
func mostUrgent(items []Item, most int, now time.Time) []Item {
	slices.SortStableFunc(items, func(a, b Item) int { return byUrgency(a, b, now) })
	return slices.Delete(items, min(most, len(items)), len(items))
}

// owes reports whether anything is still owed for the message, or whether it
// has not arrived and may still.
func (i Item) owes() bool {
	final := i.Progress.Refused != nil && i.Progress.Refused.Final
	if i.Filed.Direction == entente.Outgoing && i.Progress.Delivered.IsZero() && !final && i.Progress.Withdrawn.IsZero() {
		return true
	}
	return slices.ContainsFunc(i.Obligations, entente.Obligation.Pending)
}

// Due is when the next thing is due for the message; zero: nothing is owed.
func (i Item) Due() time.Time {
	var due time.Time
	for _, o := range i.Obligations {
		if o.Pending() && !o.Waiting && (due.IsZero() || o.Due.Before(due)) {
			due = o.Due
		}
	}
	return due
}

func byUrgency(a, b Item, now time.Time) int {
	overdue := func(i Item) int {
		if due := i.Due(); !due.IsZero() && now.After(due) {
			return 0
		}
		return 1
	}
	owing := func(i Item) int {
		if i.owes() {
			return 0
		}
		return 1
	}
	if c := cmp.Or(cmp.Compare(overdue(a), overdue(b)), cmp.Compare(owing(a), owing(b))); c != 0 {
		return c
	}
	if owing(a) == 0 {
		pa, pb := a.Filed.Message.Header.Precedence.Rank(), b.Filed.Message.Header.Precedence.Rank()
		if c := cmp.Or(cmp.Compare(pb, pa), a.Due().Compare(b.Due())); c != 0 {
			return c
		}
	}
	return cmp.Compare(b.Filed.Name, a.Filed.Name)
}
