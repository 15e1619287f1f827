package outbox_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/inbox"
	"entente/outbox"
)

// next is what a later version knows: one more kind and one more extension.
func next() entente.Vocabulary {
	note, _ := entente.Rooms.Room(entente.KindNote)
	sighting := entente.Room{
		Kind: "sighting", Plural: "sightings", Class: entente.ClassContent, Carries: []entente.Rel{entente.Answers}, Asks: entente.OpDraft, FourEyes: true, In: note.In,
	}
	return entente.Vocabulary{Rooms: append(slices.Clone(entente.Rooms), sighting), Extensions: []string{"x-borea.example"}}
}

// runs has a side run a version that knows this.
func (w *world) runs(a, partner *agency, knows entente.Vocabulary) {
	a.out = outbox.New(outbox.Config{Self: a.party.ID, Keys: a.keys, Store: a.store, Carrier: a.line, Now: w.clock.now, Knows: knows})
	a.in = inbox.New(inbox.Config{
		Self: a.party.ID, Keys: a.keys, Store: a.store, Now: w.clock.now, Knows: knows,
		Compared: a.out.Compared, Custody: a.out.Custody, Settle: a.out.Settle, Levelled: a.out.Levelled,
	})
	a.desk = casework.New(casework.Config{Self: a.party.ID, Keys: a.keys, Store: a.store, Out: a.out, Now: w.clock.now})
}

// say has Borea write, submit and release a statement.
func (w *world) say(s entente.Statement) entente.MessageID {
	w.Helper()
	d, err := w.borea.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: "north-star", Statement: s})
	w.ok(err)
	d, err = w.borea.out.Submit(w.ctx, analyst, d.ID, d.Version)
	w.ok(err)
	_, err = w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	return d.ID
}

// A later version sends what Albia's descriptor promises and what Albia, whose
// program was put back to this version, does not know: a kind and a critical
// extension. Both are put off and block nothing; what is not critical is filed
// and kept. Once Albia has the later version again, both arrive.
func TestALaterVersionAndThisOne(t *testing.T) {
	w := newWorld(t, nil)
	for _, a := range []*agency{w.albia, w.borea} {
		w.put(a, func(tx entente.Tx) error {
			rec, err := tx.Party("albia-ncc")
			if err != nil {
				return err
			}
			rec.Party.Accepts = slices.Sorted(slices.Values(append(slices.Clone(rec.Party.Accepts), "sighting")))
			rec.Party.Extensions, rec.Edition = []string{"x-borea.example"}, entente.Digest{}
			return tx.PutParty(rec)
		})
	}
	w.runs(w.borea, w.albia, next())

	sighting := w.say(entente.Statement{
		Kind: "sighting", Purpose: "terrorism-prevention", Unread: map[entente.Kind]json.RawMessage{"sighting": json.RawMessage(`{"where":"Ostvik"}`)},
	})
	with := func(title string, e entente.Extension) entente.Statement {
		s := tipOf(title)
		s.Extensions = []entente.Extension{e}
		return s
	}
	critical := w.say(with("critical", entente.Extension{Name: "x-borea.example", Critical: true, Value: []byte("1")}))
	harmless := w.say(with("harmless", entente.Extension{Name: "x-cadia.example", Value: []byte("2")}))
	plain := w.tip("north-star")

	w.exchange(w.borea)
	filed := func(id entente.MessageID) bool {
		return look(w, w.albia, func(tx entente.Tx) (bool, error) {
			_, err := tx.MessageWith("borea-sls", id)
			if entente.KindOf(err) == entente.NotFound {
				return false, nil
			}
			return err == nil, err
		})
	}
	if !filed(harmless) || !filed(plain) {
		t.Fatal("what Albia cannot judge blocks what is behind it")
	}
	kept := look(w, w.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.MessageWith("borea-sls", harmless) }).Message.Statement
	if len(kept.Extensions) != 1 || string(kept.Extensions[0].Value) != "2" || !slices.Equal(entente.This.Unknown(kept.Extensions), []string{"x-cadia.example"}) {
		t.Errorf("the extension that is not critical is kept as %+v", kept.Extensions)
	}
	for id, want := range map[entente.MessageID]struct {
		reason entente.Reason
		field  string
	}{sighting: {entente.ReasonKind, "kind"}, critical: {entente.ReasonExtension, "extensions[0]"}} {
		if filed(id) {
			t.Errorf("%s was filed", want.reason)
		}
		r := look(w, w.borea, func(tx entente.Tx) (entente.Refusal, error) {
			f, err := tx.Message(id)
			if err != nil {
				return entente.Refusal{}, err
			}
			return tx.Refusal(f.Digest)
		})
		if r.Reason != want.reason || r.Field != want.field || !r.Placed || r.Final {
			t.Errorf("the refusal is %+v, want %s at %s, place taken, not final", r, want.reason, want.field)
		}
	}
	if dead := look(w, w.borea, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.DeadLetters() }); len(dead) > 0 {
		t.Errorf("dead letters: %+v", dead)
	}

	w.runs(w.albia, w.borea, next())
	w.clock.advance(25 * time.Hour)
	w.exchange(w.borea)
	if !filed(sighting) || !filed(critical) {
		t.Error("after Albia has the later version, what was put off does not arrive")
	}
}
