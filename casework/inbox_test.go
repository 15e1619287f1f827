package casework_test

import (
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/seal"
)

// An overdue warning stands first, however many newer ones a partner sends.
func TestFloodHidesNothing(t *testing.T) {
	o := newOffice(t)
	old := o.one(entente.Incoming, entente.Flash, false, tip("The one that counts"))
	o.now = day.Add(2 * time.Hour)
	o.put(func(tx entente.Tx) error {
		for range 5200 {
			o.file(tx, entente.Incoming, entente.Routine, false, tip("Nothing much"))
		}
		return nil
	})
	items, err := o.desk.Inbox(t.Context(), analyst, casework.Filter{Open: true, Limit: 10})
	o.ok(err)
	if len(items) != 10 || items[0].Filed.Message.Header.ID != old {
		t.Errorf("%d items, of which the first is %q", len(items), items[0].Filed.Message.Statement.Tip.Title)
	}
}

// A refusal to be tried again does not end a message; a final one does; and the
// refusal of another envelope that a partner sent under its id says nothing.
func TestRefusalsInTheInbox(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Outgoing, entente.Routine, true, tip("Ours"))
	ours := entente.DigestOf([]byte("another envelope"))
	for _, x := range []struct {
		what     string
		way      entente.Direction
		envelope *entente.Digest
		reason   entente.Reason
		open     bool
		refused  entente.Reason
	}{
		{what: "nothing", open: true},
		{"ours, of another envelope with its id", entente.Outgoing, &ours, entente.ReasonReplay, true, ""},
		{"to be tried again", entente.Incoming, nil, entente.ReasonFutureTerms, true, entente.ReasonFutureTerms},
		{"final", entente.Incoming, nil, entente.ReasonScope, false, entente.ReasonScope},
	} {
		o.now = o.now.Add(time.Minute)
		if x.reason != "" {
			o.put(func(tx entente.Tx) error {
				f, err := tx.Message(id)
				o.ok(err)
				r := entente.Refusal{Channel: f.Message.Header.Channel(), Message: id, Envelope: f.Digest, Reason: x.reason, Final: !x.open, At: o.now}
				if x.envelope != nil {
					r.Envelope = *x.envelope
				}
				r, err = seal.SignRefusal(r, o.keys["borea-sls"].Message, entente.Party{ID: "borea-sls"})
				o.ok(err)
				return tx.PutRefusal(x.way, r)
			})
		}
		items, err := o.desk.Inbox(t.Context(), analyst, casework.Filter{Open: true})
		o.ok(err)
		if open := len(items) == 1; open != x.open {
			t.Errorf("%s: the message is open: %v", x.what, open)
		}
		v, err := o.desk.Message(t.Context(), analyst, id, "")
		o.ok(err)
		got := entente.Reason("")
		if v.Progress.Refused != nil {
			got = v.Progress.Refused.Reason
		}
		if got != x.refused {
			t.Errorf("%s: refused for %q, want %q", x.what, got, x.refused)
		}
	}
}

// A long thread is read once, not once for each of its messages.
func TestLongThread(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Incoming, entente.Routine, false, tip("A warning"))
	const many = 200
	o.put(func(tx entente.Tx) error {
		for range many {
			o.file(tx, entente.Incoming, entente.Routine, false, note(id))
		}
		return nil
	})
	o.store.receipts.Store(0)
	v, err := o.desk.Message(t.Context(), analyst, id, "")
	o.ok(err)
	if n := o.store.receipts.Load(); len(v.Thread) != many || n > many+2 {
		t.Errorf("%d receipts were read for a thread of %d", n, len(v.Thread))
	}
}

// What a partner says of when it answered is believed between the receipts.
func TestWrittenBetweenTheReceipts(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Outgoing, entente.Routine, false, tip("Ours"))
	delivered := o.now
	ack := entente.Statement{Kind: entente.KindAcknowledgement, Refs: entente.Answering(id), Acknowledgement: &entente.Acknowledgement{Role: entente.Analyst}}
	o.now = day.Add(-24 * time.Hour) // Borea's clock is a day behind
	o.one(entente.Incoming, entente.Routine, false, ack)
	v, err := o.desk.Message(t.Context(), analyst, id, "")
	o.ok(err)
	if !v.Progress.Seen.Equal(delivered) {
		t.Errorf("seen at %v, want %v, when it was delivered", v.Progress.Seen, delivered)
	}
}
