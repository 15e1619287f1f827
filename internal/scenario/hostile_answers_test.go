package scenario_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/seal"
)

// Here Albia is the sender, and Borea the recipient who does not keep to the
// protocol. Borea's node is down, so that only its other program speaks.

// toBorea has Albia release a tip that waits for Borea, with a file if there is one.
func (s *siege) toBorea(file string) entente.QueueItem {
	s.t.Helper()
	author := s.albia.Officer(entente.Analyst)
	d, err := s.albia.Node.Outbox.Write(s.ctx, author, entente.Draft{To: s.borea.ID, Agreement: "north-star", Statement: entente.Statement{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Tip: &entente.Tip{Category: "attack-planning", Title: "Ours", Text: "Ours", Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
	s.ok(err)
	if file != "" {
		_, err := s.albia.Node.Outbox.Attach(s.ctx, author, d.ID, "file.txt", "text/plain", strings.NewReader(file))
		s.ok(err)
		d.Version++
	}
	d, err = s.albia.Node.Outbox.Submit(s.ctx, author, d.ID, d.Version)
	s.ok(err)
	_, err = s.albia.Node.Outbox.Release(s.ctx, s.albia.Officer(entente.Releaser), d.ID, d.Digest())
	s.ok(err)
	for _, q := range s.waiting(s.albia) {
		if q.Message == d.ID {
			return q
		}
	}
	s.t.Fatal("what was released does not wait")
	return entente.QueueItem{}
}

// bring takes what waits at Albia to Borea's inbox, and gives Borea's answer.
func (s *siege) bring(q entente.QueueItem) entente.Settlement {
	s.t.Helper()
	f := look(s, s.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) })
	held := s.head(s.borea, q.Channel).Size
	before := look(s, s.albia, func(tx entente.Tx) ([]entente.Digest, error) {
		return tx.Records(q.Channel.Origin(), held, int(q.Seq-held))
	})
	answers, err := s.borea.Node.Inbox.Accept(s.ctx, s.albia.ID, []entente.Delivery{{Envelope: f.Envelope, Checkpoint: f.Checkpoint, Before: before}})
	s.ok(err)
	return s.only(answers)
}

// state is where a message of Albia's stands: "waits", "waits, received", "dead: level", "done" or "gone".
func (s *siege) state(id entente.MessageID) string {
	s.t.Helper()
	received := s.hasReceipt(s.albia, id)
	if slices.ContainsFunc(s.waiting(s.albia), func(q entente.QueueItem) bool { return q.Message == id }) {
		if received {
			return "waits, received"
		}
		return "waits"
	}
	for _, q := range look(s, s.albia, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.DeadLetters() }) {
		if q.Message == id {
			return "dead: " + string(q.Why)
		}
	}
	if received {
		return "done"
	}
	return "gone" // nobody would ever learn what became of it
}

// settle has Borea answer over the wire what it has collected.
func (s *siege) settle(answers ...entente.Settlement) error {
	return s.borea.Node.Client().Settle(s.ctx, s.albia.Party, answers)
}

// An answer that does not hold ends nothing: the message goes on waiting, and
// the honest answer counts when it comes.
func TestForgedAnswers(t *testing.T) {
	s := newSiege(t)
	earlier := s.toBorea("")
	s.until("Albia has a receipt", func() bool { return s.state(earlier.Message) == "done" })
	s.borea.Stop()
	q := s.toBorea("")
	digest := look(s, s.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) }).Digest
	old := look(s, s.albia, func(tx entente.Tx) (entente.Receipt, error) { return tx.Receipt(earlier.Message) })
	refusal := func(change func(*entente.Refusal), by seal.MessageKey, of entente.Party) []byte {
		r := entente.Refusal{Channel: q.Channel, Message: q.Message, Envelope: digest, Reason: entente.ReasonScope, Expected: 2, Placed: true, Final: true, At: s.clock.Now()}
		if change != nil {
			change(&r)
		}
		r, err := seal.SignRefusal(r, by, of)
		s.ok(err)
		return r.Text
	}
	good := refusal(nil, s.borea.Keys.Message, s.borea.Party)
	for _, x := range []struct {
		what   string
		answer entente.Settlement
	}{
		{"a receipt that is none", entente.Settlement{Receipt: []byte("we have it\n")}},
		{"the receipt of another message", entente.Settlement{Receipt: old.Text}},
		{"the receipt with another place in it", entente.Settlement{Receipt: bytes.Replace(old.Text, []byte("index 0"), []byte("index 1"), 1)}},
		{"a receipt that Cadia signed", entente.Settlement{Receipt: s.receiptOf(q, digest, s.cadia.Keys)}},
		{"a refusal that is none", entente.Settlement{Refusal: []byte("no\n")}},
		{"a refusal that Cadia signed", entente.Settlement{Refusal: refusal(func(r *entente.Refusal) { r.Channel = entente.Channel{} }, s.cadia.Keys.Message, s.cadia.Party)}},
		{"a refusal under Borea's name by Cadia's key", entente.Settlement{Refusal: refusal(nil, s.cadia.Keys.Message, s.borea.Party)}},
		{"a refusal of another envelope", entente.Settlement{Refusal: refusal(func(r *entente.Refusal) { r.Envelope = entente.Digest{1} }, s.borea.Keys.Message, s.borea.Party)}},
		{"a refusal with another reason put into it", entente.Settlement{Refusal: bytes.Replace(good, []byte("reason: out-of-scope"), []byte("reason: level"), 1)}},
		{"a refusal cut short", entente.Settlement{Refusal: good[:len(good)-9]}},
		{"an answer to what was never sent", entente.Settlement{Envelope: entente.Digest{2}, Refusal: refusal(func(r *entente.Refusal) { r.Envelope = entente.Digest{2} }, s.borea.Keys.Message, s.borea.Party)}},
	} {
		if x.answer.Envelope.IsZero() {
			x.answer.Envelope = digest
		}
		s.settle(x.answer) // that it does not hold may be said or not
		if got := s.state(q.Message); got != "waits" {
			t.Fatalf("%s: the message now %s", x.what, got)
		}
	}
	// Cadia does not answer for Borea, even with Borea's own words.
	if err := s.cadia.Node.Client().Settle(s.ctx, s.albia.Party, []entente.Settlement{s.bring(q)}); err != nil || s.state(q.Message) != "waits" {
		t.Fatalf("Cadia brings Borea's receipt (%v): the message now %s", err, s.state(q.Message))
	}
	s.ok(s.borea.Start(s.ctx))
	s.ok(s.albia.Node.Outbox.Retry(s.ctx, s.albia.Officer(entente.Operator), s.borea.ID))
	s.until("Borea's honest node answers", func() bool { return s.state(q.Message) == "done" })
	s.sound()
}

// receiptOf is a receipt for what waits, with other keys than Borea's.
func (s *siege) receiptOf(q entente.QueueItem, digest entente.Digest, by seal.Keys) []byte {
	s.t.Helper()
	f := look(s, s.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) })
	rollback := errors.New("only to make it")
	var text []byte
	err := s.cadia.Store.Update(s.ctx, func(tx entente.Tx) error {
		records := look(s, s.albia, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Records(q.Channel.Origin(), 0, int(q.Seq)) })
		if err := ledger.Extend(tx, q.Channel, records, digest, f.Checkpoint, s.albia.Party); err != nil {
			return err
		}
		r, err := ledger.SignReceipt(tx, q.Channel, q.Seq, digest, f.Checkpoint, s.albia.Party, ledger.Recipient{Party: q.Channel.To, Edition: parse.EditionOf(s.borea.Party), Key: by.Ledger.Signer()}, entente.ViaWire, s.clock.Now())
		text = r.Text
		return errors.Join(err, rollback)
	})
	if err == nil || !errors.Is(err, rollback) || len(text) == 0 {
		s.t.Fatal(err)
	}
	return text
}

// A recipient that signs a receipt and a refusal contradicts itself: the first
// answer counts, and the other changes nothing.
func TestContradictingAnswers(t *testing.T) {
	s := newSiege(t)
	s.borea.Stop()
	q := s.toBorea("a file that Borea has not fetched yet")
	receipt := s.bring(q)
	s.ok(s.settle(receipt))
	if got := s.state(q.Message); got != "done" || s.toHandOver() != 1 {
		t.Fatalf("with the receipt and without the file, the message %s and %d files are to be handed over", got, s.toHandOver())
	}
	refusal := func(q entente.QueueItem, envelope entente.Digest) entente.Settlement {
		r, err := seal.SignRefusal(entente.Refusal{Channel: q.Channel, Message: q.Message, Envelope: envelope, Reason: entente.ReasonScope, Expected: q.Seq + 1, Placed: true, Final: true, At: s.clock.Now()}, s.borea.Keys.Message, s.borea.Party)
		s.ok(err)
		return entente.Settlement{Envelope: envelope, Refusal: r.Text}
	}
	s.ok(s.settle(refusal(q, receipt.Envelope)))
	if got := s.state(q.Message); got != "done" || !s.hasReceipt(s.albia, q.Message) {
		t.Errorf("Borea takes its receipt back by a refusal: the message now is %s, with the receipt %v", got, s.hasReceipt(s.albia, q.Message))
	}

	second := s.toBorea("")
	promised := s.bring(second)
	s.ok(s.settle(refusal(second, promised.Envelope)))
	if got := s.state(second.Message); got != "dead: out-of-scope" {
		t.Fatalf("refused, the message is %s", got)
	}
	s.settle(promised)
	if got := s.state(second.Message); got != "dead: out-of-scope" {
		t.Errorf("Borea takes its refusal back by a receipt: the message now is %s", got)
	}
}

// A custody notice says that files are held. It says nothing of a message that
// has no receipt yet, or that was refused: the message keeps waiting, and the
// dead letter stays until an officer has looked.
func TestCustodyIsNoAnswer(t *testing.T) {
	s := newSiege(t)
	s.tip("The first")
	s.borea.Stop()
	custody := func(re entente.MessageID, of entente.Digest) {
		t.Helper()
		a := s.place(func(f *forged) {
			f.header.Class = entente.ClassDuty
			f.statement.Kind, f.statement.Refs, f.statement.Tip = entente.KindNotice, entente.Answering(re), nil
			f.statement.Notice = &entente.Notice{What: entente.NoticeCustody, Digest: &of, Held: f.header.Created}
		})
		s.receipted(a, s.knock(a))
	}
	digests := func(id entente.MessageID) entente.Digest {
		f := look(s, s.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(id) })
		if as := f.Message.Statement.Attachments; len(as) > 0 {
			return as[0].Digest
		}
		return entente.Digest{1}
	}
	for _, file := range []string{"", "a file"} {
		q := s.toBorea(file)
		custody(q.Message, digests(q.Message))
		if got := s.state(q.Message); got != "waits" {
			t.Errorf("with file %q and without a receipt, after a custody notice the message is %s", file, got)
		}
		s.ok(s.albia.Store.Update(s.ctx, func(tx entente.Tx) error { return refused(tx, q.Message, s.clock.Now()) }))
		custody(q.Message, digests(q.Message))
		if got := s.state(q.Message); got != "dead: out-of-scope" {
			t.Errorf("with file %q and refused, after a custody notice the message is %s", file, got)
		}
	}
	// With the receipt it ends the handing over, and only of the file that it names.
	q := s.toBorea("another file")
	s.ok(s.settle(s.bring(q)))
	custody(q.Message, entente.Digest{7})
	if got := s.toHandOver(); got != 1 {
		t.Errorf("after a custody notice of another file, %d files are to be handed over", got)
	}
	custody(q.Message, digests(q.Message))
	if got := s.toHandOver(); got != 0 {
		t.Errorf("after the custody notice, %d files are to be handed over", got)
	}
}

// toHandOver is how many files Albia still has to hand to Borea.
func (s *siege) toHandOver() int {
	return len(look(s, s.albia, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.ToHandOver(s.borea.ID) }))
}

// refused has a message lie in the dead letters.
func refused(tx entente.QueueStore, id entente.MessageID, at time.Time) error {
	q, err := tx.Queued(id)
	q.State, q.Why, q.Since = entente.QueueDead, entente.ReasonScope, at
	return errors.Join(err, tx.SetQueued(q))
}
