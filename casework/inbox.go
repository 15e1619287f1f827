package casework

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"entente"
	"entente/policy"
)

// Item is a message with where it stands.
type Item struct {
	Filed       entente.Filed
	Progress    entente.Progress
	Obligations []entente.Obligation // owed for it, by either side
	Assessment  entente.Assessment   // zero: nobody has it
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
// newest. With Open, every message that still owes something is considered, and
// Limit bounds what is returned.
func (d *Desk) Inbox(ctx context.Context, by entente.Officer, f Filter) ([]Item, error) {
	var items []Item
	if len(f.Kinds) == 0 {
		f.Kinds = []entente.Kind{entente.KindTip}
	}
	limit := f.Limit
	if limit <= 0 || limit > 1000 {
		limit = 100
	}
	err := d.look(ctx, by, entente.OpReadInbox, "inbox", func(tx entente.Tx) error {
		items = nil
		q := entente.MessageQuery{Direction: f.Direction, Kinds: f.Kinds, Before: f.Before, Limit: limit}
		for {
			page, err := tx.Messages(q)
			if err != nil || len(page) == 0 {
				return err
			}
			got, err := d.items(tx, page)
			if err != nil {
				return err
			}
			if f.Open {
				got = slices.DeleteFunc(got, func(i Item) bool { return !i.owes() })
			}
			items = append(items, got...)
			if !f.Open || len(page) < limit || len(items) >= 5000 {
				return nil
			}
			q.Before = page[len(page)-1].Message.Header.ID
		}
	})
	now := d.now()
	slices.SortStableFunc(items, func(a, b Item) int { return byUrgency(a, b, now) })
	if len(items) > limit {
		items = items[:limit]
	}
	return items, err
}

// owes reports whether anything is still owed for the message, or whether it
// has not arrived.
func (i Item) owes() bool {
	if i.Filed.Direction == entente.Outgoing && i.Progress.Delivered.IsZero() && i.Progress.Refused == nil {
		return true
	}
	return slices.ContainsFunc(i.Obligations, func(o entente.Obligation) bool { return o.Met.IsZero() })
}

// Due is when the next thing is due for the message; zero: nothing is owed.
func (i Item) Due() time.Time {
	var due time.Time
	for _, o := range i.Obligations {
		if o.Met.IsZero() && (due.IsZero() || o.Due.Before(due)) {
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
	return cmp.Compare(b.Filed.Message.Header.ID, a.Filed.Message.Header.ID)
}

// items puts each message together with what its thread and the ledgers say.
func (d *Desk) items(tx entente.Tx, page []entente.Filed) ([]Item, error) {
	var threads []entente.MessageID
	for _, f := range page {
		if !slices.Contains(threads, f.Thread) {
			threads = append(threads, f.Thread)
		}
	}
	all, err := tx.Threads(threads)
	if err != nil {
		return nil, err
	}
	byThread := map[entente.MessageID][]entente.Filed{}
	for _, f := range all {
		byThread[f.Thread] = append(byThread[f.Thread], f)
	}
	items := make([]Item, 0, len(page))
	for _, f := range page {
		i, err := d.item(tx, f, byThread[f.Thread])
		if err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, nil
}

func (d *Desk) item(tx entente.Tx, f entente.Filed, thread []entente.Filed) (Item, error) {
	i := Item{Filed: f}
	exchanged := make([]policy.Exchanged, 0, len(thread))
	for _, t := range thread {
		at, err := delivered(tx, t)
		if err != nil {
			return i, err
		}
		exchanged = append(exchanged, policy.Exchanged{Message: t.Message, Delivered: at})
		d.follow(&i.Progress, f, t, at)
	}
	if f.Direction == entente.Outgoing {
		i.Progress.Released = f.At
	}
	refusal, err := tx.Refusal(f.Message.Header.ID)
	if err == nil && i.Progress.Delivered.IsZero() {
		i.Progress.Refused = &refusal
	} else if err != nil && !errors.Is(err, entente.NotFound) {
		return i, err
	}
	// The deadlines of the epoch under which it was sent: what was owed stays owed.
	rec, err := tx.Agreement(f.Message.Header.Agreement, f.Message.Header.Epoch)
	if err != nil {
		return i, err
	}
	for _, o := range policy.Owed(rec.Agreement, exchanged) {
		if o.Message == f.Message.Header.ID {
			i.Obligations = append(i.Obligations, o)
		}
	}
	i.Assessment, err = tx.Assessment(f.Message.Header.ID)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return i, err
	}
	return i, nil
}

// follow notes what one message of the thread says of the progress of f.
func (d *Desk) follow(p *entente.Progress, f, t entente.Filed, at time.Time) {
	if t.Message.Header.ID == f.Message.Header.ID {
		p.Delivered = at
		return
	}
	if t.Message.Statement.Re != f.Message.Header.ID {
		return
	}
	created := t.Message.Header.Created
	switch t.Message.Statement.Kind {
	case entente.KindAcknowledgement:
		if p.Seen.IsZero() {
			p.Seen = created
		}
	case entente.KindDisposition:
		if p.Seen.IsZero() {
			p.Seen = created
		}
		outcome := t.Message.Statement.Disposition.Outcome
		p.Disputed = p.Disputed || (p.Outcome != "" && p.Outcome != outcome)
		p.Decided, p.Outcome = created, outcome
	}
}

// delivered is the time of the receipt of a message; zero: none yet.
func delivered(tx entente.Tx, f entente.Filed) (time.Time, error) {
	r, err := tx.Receipt(f.Message.Header.ID)
	if errors.Is(err, entente.NotFound) {
		return time.Time{}, nil
	}
	return r.At, err
}
