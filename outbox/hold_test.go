package outbox_test

import (
	"bytes"
	"testing"
	"time"

	"entente"
	"entente/outbox"
)

const toAlbia = "entente/north-star/borea-sls/albia-ncc"

// says has one side's officers let a statement leave for the other.
func (w *world) says(a *agency, s entente.Statement) entente.MessageID {
	w.Helper()
	d, err := a.out.Write(w.ctx, analyst, entente.Draft{To: a.line.to.party.ID, Agreement: north, Statement: s})
	w.ok(err)
	d, err = a.out.Submit(w.ctx, analyst, d.ID, d.Version)
	w.ok(err)
	_, err = a.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	return d.ID
}

// threat is a warning that passes at every level.
func threat() entente.Statement {
	s := tipOf("The market, on Saturday")
	s.Purpose, s.Precedence, s.Tip.Threat = entente.ThreatToLife, entente.Flash, "Visitors of the market"
	return s
}

// closes has one side declare a level, and gives what that holds.
func (w *world) closes(a *agency, l entente.Level) []entente.MessageID {
	w.Helper()
	held, err := a.out.DeclareLevel(w.ctx, supervisor, north, outbox.Declaration{Level: l, Reason: "For the story."})
	w.ok(err)
	return names(held)
}

func names(items []entente.QueueItem) (ids []entente.MessageID) {
	for _, q := range items {
		ids = append(ids, q.Message)
	}
	return ids
}

// isAt reports whether one side has filed a message.
func (w *world) isAt(a *agency, id entente.MessageID) bool {
	_, err := look2(w, a, id)
	return err == nil
}

// state is what a message of Borea's waits for; empty: it has a receipt, or was withdrawn.
func (w *world) state(id entente.MessageID) entente.QueueState {
	w.Helper()
	for _, s := range []entente.QueueState{entente.QueueWaiting, entente.QueueHeld, entente.QueuePutOff, entente.QueueDead} {
		for _, q := range look(w, w.borea, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.QueuedAs(s, "") }) {
			if q.Message == id {
				return s
			}
		}
	}
	return ""
}

// gaps are the places of Borea's ledger that Albia knows and has not filled.
func (w *world) gaps() []entente.Gap {
	w.Helper()
	return look(w, w.albia, func(tx entente.Tx) ([]entente.Gap, error) { return tx.Gaps(toAlbia, 0, 0) })
}

// whole checks that both sides have the same ledger of Borea's, and Albia a message
// at each place of it but those that are named.
func (w *world) whole(but ...entente.GapState) {
	w.Helper()
	a, b := w.sizes()
	if a != b {
		w.Errorf("Borea's ledger has %d places at Albia and %d at Borea", a, b)
	}
	at := func(side *agency) []byte {
		return look(w, side, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head(toAlbia) }).Checkpoint
	}
	if !bytes.Equal(at(w.albia), at(w.borea)) {
		w.Error("the ledgers differ")
	}
	gaps := w.gaps()
	if len(gaps) != len(but) {
		w.Errorf("not filled at Albia: %v, want %v", gaps, but)
	}
	for i, g := range gaps {
		if i < len(but) && g.State != but[i] {
			w.Errorf("not filled at Albia: %v, want %v", gaps, but)
		}
	}
	if n := len(w.waiting(w.borea)); n != 0 {
		w.Errorf("%d wait at Borea", n)
	}
}

// A level holds the ROUTINE tip that waits. A threat to life and a disposition pass
// it. Nothing held leaves, by whatever way. When it is open again, a releaser sends
// the tip, and it fills its place.
func TestHeldMailWaitsForAReleaser(t *testing.T) {
	w := newWorld(t, nil)
	asked := w.says(w.albia, tipOf("Whose van is it?"))
	w.exchange(w.albia)
	routine := w.tip(north)
	if held := w.closes(w.borea, entente.Suspended); len(held) != 1 || held[0] != routine {
		t.Errorf("the answer names %v as held, want %s", held, routine)
	}
	flash := w.says(w.borea, threat())
	_, released, err := w.borea.desk.Dispose(w.ctx, analyst, asked, entente.Disposition{
		Outcome: entente.OutcomeNoLink, Reason: "Nothing found.", Answers: []entente.Answer{{Question: "q1", Text: "No."}},
	})
	if w.ok(err); !released {
		t.Error("the disposition was not released")
	}
	w.exchange(w.borea)
	w.carry(w.borea)
	collected, err := w.borea.out.Collect(w.ctx, "albia-ncc", 64)
	if w.ok(err); len(collected) != 0 {
		t.Errorf("%d were handed out", len(collected))
	}
	if w.isAt(w.albia, routine) || w.state(routine) != entente.QueueHeld {
		t.Errorf("the held tip is %q at Borea; at Albia: %v", w.state(routine), w.isAt(w.albia, routine))
	}
	if !w.isAt(w.albia, flash) || w.state(flash) != "" || len(w.filed(w.albia, entente.KindDisposition)) != 1 {
		t.Error("the threat to life or the disposition did not pass")
	}
	if err := w.borea.out.SendHeld(w.ctx, releaser, north, "albia-ncc", nil); entente.ReasonOf(err) != entente.ReasonLevel {
		t.Errorf("sent while it is closed: %v", err)
	}

	w.closes(w.borea, entente.Open)
	w.exchange(w.borea)
	if w.isAt(w.albia, routine) {
		t.Error("it left without a releaser")
	}
	w.want(w.borea.out.SendHeld(w.ctx, analyst, north, "albia-ncc", nil), entente.Denied, "an analyst sends it")
	w.ok(w.borea.out.SendHeld(w.ctx, releaser, north, "albia-ncc", nil))
	w.exchange(w.borea)
	if !w.isAt(w.albia, routine) || w.state(routine) != "" {
		t.Errorf("sent, it is %q at Borea; at Albia: %v", w.state(routine), w.isAt(w.albia, routine))
	}
	w.whole()
}

// What a releaser withdraws never comes, also not in an old courier file, and the
// recipient does not wait for it.
func TestWithdrawnMailNeverComes(t *testing.T) {
	w := newWorld(t, nil)
	tip := w.tip(north)
	var old bytes.Buffer
	_, err := w.borea.out.Pack(w.ctx, operator, "albia-ncc", &old)
	w.ok(err)
	w.closes(w.borea, entente.Suspended)
	w.want(w.borea.out.WithdrawHeld(w.ctx, supervisor, north, "albia-ncc", nil), entente.Denied, "a supervisor withdraws it")
	w.ok(w.borea.out.WithdrawHeld(w.ctx, releaser, north, "albia-ncc", []entente.MessageID{tip}))
	w.want(w.borea.out.WithdrawHeld(w.ctx, releaser, north, "albia-ncc", []entente.MessageID{tip}), entente.Conflict, "withdrawn twice")
	w.exchange(w.borea)
	w.whole(entente.GapWithdrawn)
	w.clock.advance(time.Hour)
	_, _, err = w.albia.in.Unpack(w.ctx, operator, bytes.NewReader(old.Bytes()), int64(old.Len()))
	w.ok(err)
	if w.isAt(w.albia, tip) {
		t.Error("an old file brought it")
	}
	if r := look(w, w.albia, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Outgoing, 1) }); len(r) != 1 || r[0].Reason != entente.ReasonWithdrawn || !r[0].Final {
		t.Errorf("it was answered with %v", r)
	}
	w.closes(w.borea, entente.Open)
	w.exchange(w.borea)
	w.whole(entente.GapWithdrawn)
}

// The recipient closes first: what is on its way is put off and stands in nobody's
// way. Once its notice is here the tip is held, and asks a releaser in the end.
func TestPutOffForALevel(t *testing.T) {
	w := newWorld(t, nil)
	w.closes(w.albia, entente.Suspended)
	routine, flash := w.tip(north), w.says(w.borea, threat())
	w.exchange(w.borea)
	if w.state(routine) != entente.QueuePutOff || !w.isAt(w.albia, flash) {
		t.Errorf("the tip is %q, the threat to life behind it at Albia: %v", w.state(routine), w.isAt(w.albia, flash))
	}
	if g := w.gaps(); len(g) != 1 || g[0].State != entente.GapPutOff || g[0].Why != entente.ReasonLevel {
		t.Errorf("Albia keeps in mind %v", g)
	}
	w.exchange(w.albia) // the notice arrives
	if w.state(routine) != entente.QueueHeld {
		t.Errorf("after the notice the tip is %q", w.state(routine))
	}
	w.clock.advance(25 * time.Hour)
	w.exchange(w.borea)
	if n := w.refusals(w.borea); n != 1 {
		t.Errorf("%d refusals: what is held was offered", n)
	}
	w.closes(w.albia, entente.Open)
	w.exchange(w.albia)
	w.ok(w.borea.out.SendHeld(w.ctx, releaser, north, "albia-ncc", nil))
	w.exchange(w.borea)
	if !w.isAt(w.albia, routine) {
		t.Error("it did not arrive in the end")
	}
	w.whole()
}

// What was put off is offered again once a day, with one refusal on record, and at
// once when the cause is gone.
func TestPutOffIsOfferedAgain(t *testing.T) {
	w := newWorld(t, nil)
	w.closes(w.albia, entente.Suspended)
	routine := w.tip(north)
	for range 4 {
		w.exchange(w.borea)
		w.clock.advance(11 * time.Hour)
	}
	if n := w.borea.line.called("deliver"); n != 2 {
		t.Errorf("offered %d times in 33 hours, want 2", n)
	}
	if n := len(look(w, w.albia, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Outgoing, 0) })); n != 1 {
		t.Errorf("Albia keeps %d refusals of one envelope", n)
	}
	w.closes(w.albia, entente.Open)
	w.exchange(w.albia) // both notices arrive
	if err := w.borea.out.SendHeld(w.ctx, releaser, north, "albia-ncc", nil); err != nil {
		t.Errorf("closed and open in one exchange: %v", err)
	}
	w.exchange(w.borea)
	if !w.isAt(w.albia, routine) {
		t.Error("it was not offered at once")
	}
	w.whole()
}

// An answer to a message that the recipient does not have yet is put off, and
// offered again as soon as the message is filed.
func TestPutOffForAThread(t *testing.T) {
	w := newWorld(t, nil)
	tip := w.tip(north)
	w.closes(w.borea, entente.Restricted)
	note := w.says(w.borea, entente.Statement{Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: entente.Answering(tip), Note: &entente.Note{Text: "One more word."}})
	w.exchange(w.borea)
	if w.state(tip) != entente.QueueHeld || w.state(note) != entente.QueuePutOff {
		t.Errorf("the tip is %q, the note on it %q", w.state(tip), w.state(note))
	}
	w.closes(w.borea, entente.Open)
	w.ok(w.borea.out.SendHeld(w.ctx, releaser, north, "albia-ncc", nil))
	w.clock.advance(time.Second)
	w.exchange(w.borea)
	if !w.isAt(w.albia, tip) || !w.isAt(w.albia, note) {
		t.Errorf("at Albia: the tip %v, the note %v", w.isAt(w.albia, tip), w.isAt(w.albia, note))
	}
	w.whole()
}

// An officer offers a dead letter again when the cause is gone: it is judged anew.
func TestDeadLetterOfferedAgain(t *testing.T) {
	w := newWorld(t, nil)
	w.agree(otherTerms, w.borea)
	d := w.draft("west-star")
	_, err := w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	w.exchange(w.borea)
	if w.state(d.ID) != entente.QueueDead {
		t.Fatalf("under an agreement that Albia does not have it is %q", w.state(d.ID))
	}
	again := func() entente.QueueState {
		w.ok(w.borea.out.OfferAgain(w.ctx, supervisor, d.ID))
		w.exchange(w.borea)
		return w.state(d.ID)
	}
	if s := again(); s != entente.QueueDead {
		t.Errorf("offered in vain it is %q", s)
	}
	w.agree(otherTerms, w.albia)
	if s := again(); s != "" || !w.isAt(w.albia, d.ID) {
		t.Errorf("offered with the agreement there it is %q", s)
	}
	w.want(w.borea.out.OfferAgain(w.ctx, supervisor, d.ID), entente.NotFound, "what is no dead letter")
}

// A level towards one party says nothing to another, and one towards all is a
// notice in each channel, with a number of its own in each.
func TestLevelTowardsOneParty(t *testing.T) {
	w := newWorld(t, nil)
	_, err := w.borea.out.DeclareLevel(w.ctx, supervisor, north, outbox.Declaration{Level: entente.Suspended, Towards: "cadia-fiu", Reason: "For the story."})
	w.want(err, entente.Invalid, "towards who is no party")
	_, err = w.borea.out.DeclareLevel(w.ctx, supervisor, north, outbox.Declaration{Level: entente.Suspended, Towards: "borea-sls", Reason: "For the story."})
	w.want(err, entente.Invalid, "towards ourselves")
	for n, towards := range []entente.PartyID{"albia-ncc", ""} {
		_, err = w.borea.out.DeclareLevel(w.ctx, supervisor, north, outbox.Declaration{Level: entente.Suspended, Towards: towards, Reason: "For the story."})
		w.ok(err)
		w.exchange(w.borea)
		want := []entente.Towards{entente.TowardsPair, entente.TowardsAll}[n]
		for _, a := range []*agency{w.albia, w.borea} {
			c := look(w, a, func(tx entente.Tx) ([]entente.LevelChange, error) { return tx.LevelChanges(north) })
			if len(c) != n+1 || c[n].Number != n+1 || c[n].Towards != want || c[n].Seq != int64(n) || c[n].Partner != "albia-ncc" {
				t.Errorf("%s has %+v", a.party.ID, c)
			}
		}
	}
}
