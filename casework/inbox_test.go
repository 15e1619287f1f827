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

// What a partner says of when it answered is no progress: our receipt is.
func TestSeenWhenReceipted(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Outgoing, entente.Routine, false, tip("Ours"))
	o.now = day.Add(3 * time.Hour)
	o.put(func(tx entente.Tx) error {
		ack := o.file(tx, entente.Incoming, entente.Routine, true, acknowledgement(id))
		f, err := tx.Message(ack)
		o.ok(err)
		return tx.PutReceipt(ack, entente.Receipt{Channel: f.Message.Header.Channel(), Seq: f.Message.Header.Seq, Envelope: f.Digest, At: o.now.Add(time.Hour), Text: f.Payload})
	})
	v, err := o.desk.Message(t.Context(), analyst, id, "")
	o.ok(err)
	if want := o.now.Add(time.Hour); !v.Progress.Seen.Equal(want) || v.Progress.Answer != nil {
		t.Errorf("seen at %v, want %v, the time of our receipt", v.Progress.Seen, want)
	}
}

// Our own answer is "on its way" until the partner has receipted it, "put off" or
// "refused" by its word, and what is owed stays owed meanwhile. One that was
// refused for good may be said again.
func TestOurAnswerIsDoneWhenReceipted(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Incoming, entente.Routine, false, tip("Theirs"))
	answer := o.one(entente.Outgoing, entente.Routine, true, disposition(id, entente.OutcomeNoLink))
	refuse := func(why entente.Reason) {
		o.now = o.now.Add(time.Minute)
		o.put(func(tx entente.Tx) error {
			f, err := tx.Message(answer)
			o.ok(err)
			r, err := seal.SignRefusal(entente.Refusal{Channel: f.Message.Header.Channel(), Message: answer, Envelope: f.Digest, Reason: why, Placed: true, Final: why.Treatment(entente.ClassDuty) == entente.TreatFinal, At: o.now}, o.keys["borea-sls"].Message, entente.Party{ID: "borea-sls"})
			o.ok(err)
			return tx.PutRefusal(entente.Incoming, r)
		})
	}
	check := func(what string, state entente.UnderwayState, decided bool) {
		t.Helper()
		v, err := o.desk.Message(t.Context(), analyst, id, "")
		o.ok(err)
		got := entente.UnderwayState("")
		if v.Progress.Answer != nil {
			got = v.Progress.Answer.State()
		}
		open := 0
		for _, x := range v.Obligations {
			if x.Met == nil {
				open++
			}
		}
		if got != state || v.Progress.Decided.IsZero() == decided || (open == 0) != decided {
			t.Errorf("%s: answer %q, decided %v, %d obligations open", what, got, v.Progress.Decided, open)
		}
	}
	check("no receipt", entente.AnswerSent, false)
	refuse(entente.ReasonFutureTerms)
	check("put off", entente.AnswerPutOff, false)
	refuse(entente.ReasonSignature)
	check("refused", entente.AnswerRefused, false)
	o.ok(o.desk.Acknowledge(t.Context(), analyst, id))
	check("acknowledged meanwhile", entente.AnswerSent, false)
	o.put(func(tx entente.Tx) error {
		f, err := tx.Message(o.one2(tx, id))
		o.ok(err)
		return tx.PutReceipt(f.Name, entente.Receipt{Channel: f.Message.Header.Channel(), Seq: f.Message.Header.Seq, Envelope: f.Digest, At: o.now, Text: f.Payload})
	})
	v, err := o.desk.Message(t.Context(), analyst, id, "")
	o.ok(err)
	if v.Progress.Decided.IsZero() || v.Progress.Outcome != entente.OutcomeOpened {
		t.Errorf("a receipted outcome does not count: %+v", v.Progress)
	}
}

// one2 files a second disposition, whose receipt comes later.
func (o *office) one2(tx entente.Tx, re entente.MessageID) entente.MessageID {
	return o.file(tx, entente.Outgoing, entente.Routine, true, disposition(re, entente.OutcomeOpened))
}

// An acknowledgement that was refused for good may be said again; one that is on
// its way may not.
func TestAcknowledgeAgainAfterARefusal(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Incoming, entente.Routine, false, tip("Theirs"))
	count := func() (n int) {
		o.put(func(tx entente.Tx) error {
			all, err := tx.Messages(entente.MessageQuery{Kinds: []entente.Kind{entente.KindAcknowledgement}})
			n = len(all)
			return err
		})
		return n
	}
	for range 2 {
		o.ok(o.desk.Acknowledge(t.Context(), analyst, id))
	}
	if n := count(); n != 1 {
		t.Fatalf("%d acknowledgements, want 1", n)
	}
	o.put(func(tx entente.Tx) error {
		all, err := tx.Messages(entente.MessageQuery{Kinds: []entente.Kind{entente.KindAcknowledgement}})
		o.ok(err)
		f := all[0]
		r, err := seal.SignRefusal(entente.Refusal{Channel: f.Message.Header.Channel(), Message: f.Name, Envelope: f.Digest, Reason: entente.ReasonSignature, Final: true, At: o.now}, o.keys["borea-sls"].Message, entente.Party{ID: "borea-sls"})
		o.ok(err)
		return tx.PutRefusal(entente.Incoming, r)
	})
	o.now = o.now.Add(time.Minute)
	o.ok(o.desk.Acknowledge(t.Context(), analyst, id))
	if n := count(); n != 2 {
		t.Errorf("%d acknowledgements, want the first and the one that says it again", n)
	}
}
