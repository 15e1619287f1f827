package scenario_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/outbox"
	"entente/parse"
)

// trick is one way in which a registered partner can break the protocol, and
// what Albia must say to it.
type trick struct {
	reason entente.Reason
	what   string
	field  string // that the refusal names
	placed bool   // it fitted the ledger, and so keeps its place there
	inner  bool   // only Albia's inbox can be shown it: no connection would carry it

	before, after func(*siege) // what has to be so, meanwhile
	make          func(*siege) attack
}

// in is a trick that stands in Borea's own ledger.
func in(change func(*forged)) func(*siege) attack {
	return func(s *siege) attack { return s.place(change) }
}

// raw is a trick of bytes that are no envelope at all.
func raw(b func(good []byte) []byte) func(*siege) attack {
	return func(s *siege) attack {
		a := s.place(nil)
		return attack{delivery: entente.Delivery{Envelope: b(a.delivery.Envelope), Checkpoint: a.delivery.Checkpoint, Before: a.delivery.Before}}
	}
}

// withCheckpoint is a trick with a good envelope and another checkpoint.
func withCheckpoint(of func(s *siege, a attack) []byte) func(*siege) attack {
	return func(s *siege) attack {
		a := s.place(nil)
		a.delivery.Checkpoint, a.own = of(s, a), false
		return a
	}
}

const nobody = entente.MessageID("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7")

var tricks = []trick{
	// Form, from the outside in.
	{reason: entente.ReasonMalformed, what: "not an envelope", make: raw(func([]byte) []byte { return []byte("a letter") })},
	{reason: entente.ReasonMalformed, what: "another first line", make: raw(func(b []byte) []byte { b[8] = '2'; return b })},
	{reason: entente.ReasonMalformed, what: "cut short", field: "ciphertext", make: raw(func(b []byte) []byte { return b[:len(b)-200] })},
	{reason: entente.ReasonMalformed, what: "another byte after its end", field: "signature", make: raw(func(b []byte) []byte { return append(b, '\n') })},
	{reason: entente.ReasonMalformed, what: "a million brackets", make: raw(func([]byte) []byte { return bytes.Repeat([]byte("["), 1<<20) })},
	{reason: entente.ReasonMalformed, what: "a signature that is too short", field: "signature", make: raw(func(b []byte) []byte { return b[:len(b)-1] })},
	{reason: entente.ReasonMalformed, what: "sealed bytes that are not filled up", field: "content", placed: true, make: in(func(f *forged) {
		f.editPlaintext = func(s string) string { return s[:len(s)-1] + "x" }
	})},
	{reason: entente.ReasonMalformed, what: "a header with an id that is none", field: "header.id", make: in(func(f *forged) {
		f.editHeader = swap(string(f.header.ID), "0196f0a8-7c1e-4b3a-9f10-3a52c1d0e4b7") // version 4
	})},
	{reason: entente.ReasonMalformed, what: "a place before the first", field: "header.seq", make: in(func(f *forged) { f.editHeader = swap(`"seq":`, `"seq":-`) })},
	{reason: entente.ReasonTooLarge, what: "one byte too many", make: raw(func([]byte) []byte { return bytes.Repeat([]byte("x"), parse.MaxEnvelope+1) })},
	{reason: entente.ReasonVersion, what: "version 2", field: "header.version", make: in(func(f *forged) { f.editHeader = swap(`"version":1`, `"version":2`) })},
	{reason: entente.ReasonVersion, what: "version 2 with a field of its own", field: "header.version", make: in(func(f *forged) { f.editHeader = swap(`"version":1`, `"version":2,"lane":"fast"`) })},
	{reason: entente.ReasonUnknownField, what: "in the header", field: "header.lane", make: in(func(f *forged) { f.editHeader = swap(`,"from"`, `,"lane":"fast","from"`) })},
	{reason: entente.ReasonUnknownField, what: "in the statement", field: "tip.mood", placed: true, make: in(func(f *forged) { f.editPayload = swap(`"title"`, `"mood":"grim","title"`) })},
	{reason: entente.ReasonDuplicateField, what: "in the header", field: "header.to", make: in(func(f *forged) { f.editHeader = swap(`,"agreement"`, `,"to":"cadia-fiu","agreement"`) })},
	{reason: entente.ReasonDuplicateField, what: "in the statement", field: "purpose", placed: true, make: in(func(f *forged) { f.editPayload = swap(`,"precedence"`, `,"purpose":"threat-to-life","precedence"`) })},

	// Who to whom.
	{reason: entente.ReasonWrongSender, what: "Cadia brings what Borea wrote", field: "from", make: func(s *siege) attack {
		a := s.place(nil)
		a.from, a.own = s.cadia.ID, false
		return a
	}},
	{reason: entente.ReasonWrongSender, what: "Cadia says that it is Borea", field: "from", make: func(s *siege) attack {
		f := s.forge(nil)
		f.by = s.keys[s.cadia.ID]
		return attack{from: s.cadia.ID, header: f.header, delivery: entente.Delivery{Envelope: f.envelope(s.t), Checkpoint: []byte("none\n")}}
	}},
	{reason: entente.ReasonWrongRecipient, what: "a message to Cadia", field: "to", make: func(s *siege) attack {
		a := s.place(func(f *forged) { f.header.To, f.sealTo = s.cadia.ID, s.cadia.Party.Keys.Seal })
		a.own = false
		return a
	}},
	{reason: entente.ReasonUnknownSender, what: "a party without a descriptor", field: "from", inner: true, make: func(s *siege) attack {
		f := s.forge(func(f *forged) { f.header.From = "dovia-int" })
		return attack{from: "dovia-int", header: f.header, delivery: entente.Delivery{Envelope: f.envelope(s.t), Checkpoint: []byte("none\n")}}
	}},
	{reason: entente.ReasonReplay, what: "the id of an earlier message, with other words", field: "id", make: func(s *siege) attack {
		id := s.tip("The first to have this id")
		a := s.place(func(f *forged) { f.header.ID, f.statement.ID = id, id })
		a.own = false
		return a
	}},
	{reason: entente.ReasonReplay, what: "the id of a message of Albia's own", field: "id", make: func(s *siege) attack {
		id := s.release(s.albia, entente.Draft{To: s.borea.ID, Agreement: "north-star", Statement: entente.Statement{
			Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
			Tip: &entente.Tip{Category: "attack-planning", Title: "Ours", Text: "Ours", Provenance: entente.Provenance{Attestation: "lawful"}},
		}})
		a := s.place(func(f *forged) { f.header.ID, f.statement.ID = id, id })
		a.own = false
		return a
	}},

	// Signatures and keys.
	{reason: entente.ReasonFutureEdition, what: "an edition of Borea that Albia does not have", field: "from_edition", make: in(func(f *forged) { f.header.FromEdition = entente.Digest{1} })},
	{reason: entente.ReasonFutureEdition, what: "an edition of Albia that Albia does not have", field: "to_edition", make: in(func(f *forged) { f.header.ToEdition = entente.Digest{1} })},
	{reason: entente.ReasonFutureEdition, what: "Cadia's edition in the name of Borea", field: "from_edition", make: func(s *siege) attack {
		return s.place(func(f *forged) { f.header.FromEdition, f.by = parse.EditionOf(s.cadia.Party), s.keys[s.cadia.ID] })
	}},
	{reason: entente.ReasonSignature, what: "by another key", field: "signature", make: func(s *siege) attack {
		return s.place(func(f *forged) { f.by = s.keys[s.cadia.ID] })
	}},
	{reason: entente.ReasonContent, what: "other words than the header commits to", field: "header.content", placed: true, make: in(func(f *forged) {
		said := f.statement
		tip := *said.Tip
		tip.Text, said.Tip = "Nobody said anything.", &tip
		f.said = &said
	})},
	{reason: entente.ReasonContent, what: "another secret than that of the commitment", field: "header.content", placed: true, make: in(func(f *forged) {
		f.editPlaintext = func(s string) string { return s[:1] + "x" + s[2:] }
	})},
	{reason: entente.ReasonSeal, what: "sealed to another key than it says", field: "ciphertext", placed: true, make: func(s *siege) attack {
		return s.place(func(f *forged) { f.sealTo = s.cadia.Party.Keys.Seal })
	}},
	{reason: entente.ReasonSeal, what: "sealed under another header", field: "ciphertext", placed: true, make: in(func(f *forged) { f.aad = []byte("{}") })},

	{reason: entente.ReasonExtension, what: "a critical extension in the header", field: "extensions[0]", placed: true, make: in(func(f *forged) {
		f.header.Extensions = []entente.Extension{{Name: "x-borea.example", Critical: true, Value: []byte("new")}}
	})},

	// Under what.
	{reason: entente.ReasonUnknownAgreement, what: "one that Albia does not have", field: "agreement", make: in(func(f *forged) { f.header.Agreement, f.header.Epoch = "lost-star", 1 })},
	{reason: entente.ReasonNotParty, what: "one between Albia and Cadia", field: "agreement", make: in(func(f *forged) { f.header.Agreement, f.header.Epoch = "south-star", 1 })},
	{reason: entente.ReasonOldEpoch, what: "the epoch before", field: "epoch", placed: true, make: in(func(f *forged) { f.header.Epoch = 1 })},
	{reason: entente.ReasonUnknownAgreement, what: "another text of the same epoch", field: "terms", make: in(func(f *forged) { f.header.Terms = entente.Digest{1} })},
	{reason: entente.ReasonFutureTerms, what: "the epoch after", field: "terms", make: in(func(f *forged) { f.header.Epoch = 3 })},
	{reason: entente.ReasonNotInForce, what: "after its last day", field: "until", placed: true, make: in(func(f *forged) { f.header.Agreement, f.header.Epoch = "faded-star", 1 })},

	// When.
	{reason: entente.ReasonExpired, what: "an hour ago", field: "expires", placed: true, make: in(func(f *forged) {
		f.header.Expires = f.header.Created.Add(-time.Hour)
		f.header.Created = f.header.Created.Add(-2 * time.Hour)
	})},
	{reason: entente.ReasonFuture, what: "written tomorrow", field: "created", make: in(func(f *forged) {
		f.header.Created = f.header.Created.Add(24 * time.Hour)
		f.header.Expires = f.header.Expires.Add(24 * time.Hour)
	})},

	// The ledger.
	{reason: entente.ReasonOrder, what: "one is left out, and not accounted for", field: "seq", make: func(s *siege) attack {
		s.place(nil)
		a := s.place(nil)
		a.delivery.Before, a.own = nil, false
		return a
	}},
	{reason: entente.ReasonCheckpoint, what: "of a place that is taken", field: "seq", make: withCheckpoint(func(s *siege, _ attack) []byte {
		first := look(s, s.borea, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(s.tip("Its place is taken")) })
		return first.Checkpoint
	})},
	{reason: entente.ReasonOrder, what: "a checkpoint of the wrong size", field: "seq", make: withCheckpoint(func(s *siege, a attack) []byte {
		return checkpoint(s.t, north.Origin(), a.header.Seq+2, entente.Digest{1}, "borea-sls/ledger", s.borea.Keys.Ledger.Signer())
	})},
	{reason: entente.ReasonCheckpoint, what: "none", field: "checkpoint", make: withCheckpoint(func(*siege, attack) []byte { return []byte("none\n") })},
	{reason: entente.ReasonCheckpoint, what: "by Cadia's ledger key", field: "checkpoint", make: withCheckpoint(func(s *siege, a attack) []byte {
		return checkpoint(s.t, north.Origin(), a.header.Seq+1, s.root(), "borea-sls/ledger", s.cadia.Keys.Ledger.Signer())
	})},
	{reason: entente.ReasonCheckpoint, what: "by Borea's message key", field: "checkpoint", make: withCheckpoint(func(s *siege, a attack) []byte {
		return checkpoint(s.t, north.Origin(), a.header.Seq+1, s.root(), "borea-sls/ledger", s.keys[s.borea.ID])
	})},
	{reason: entente.ReasonCheckpoint, what: "of another ledger", field: "checkpoint.origin", make: withCheckpoint(func(s *siege, a attack) []byte {
		return checkpoint(s.t, north.Back().Origin(), a.header.Seq+1, s.root(), "borea-sls/ledger", s.borea.Keys.Ledger.Signer())
	})},
	{reason: entente.ReasonCheckpoint, what: "with one signature too many", field: "checkpoint", make: withCheckpoint(func(s *siege, a attack) []byte {
		more := checkpoint(s.t, north.Origin(), a.header.Seq+1, s.root(), "cadia-fiu/ledger", s.cadia.Keys.Ledger.Signer())
		return append(bytes.Clone(a.delivery.Checkpoint), more[bytes.Index(more, []byte("\n\n"))+2:]...)
	})},
	{reason: entente.ReasonCheckpoint, what: "a header that names another place", field: "seq", placed: true, make: in(func(f *forged) { f.header.Seq = 3 })},
	// What it says.
	{reason: entente.ReasonStatement, what: "a tip without a title", field: "tip.title", placed: true, make: in(func(f *forged) { f.statement.Tip.Title = "" })},
	{reason: entente.ReasonStatement, what: "another id inside", field: "id", placed: true, make: in(func(f *forged) { f.statement.ID = nobody })},
	{reason: entente.ReasonStatement, what: "another precedence inside", field: "precedence", placed: true, make: in(func(f *forged) { f.statement.Precedence = entente.Flash })},
	{reason: entente.ReasonStatement, what: "another class outside", field: "class", placed: true, make: in(func(f *forged) { f.header.Class = entente.ClassDesk })},
	{reason: entente.ReasonStatement, what: "an acknowledgement of nothing", field: "refs", placed: true, make: in(answering(entente.KindAcknowledgement, ""))},
	{reason: entente.ReasonStatement, what: "a text that overrides the direction of writing", field: "tip.title", placed: true, make: in(func(f *forged) { f.statement.Tip.Title = "\u202egnp.exe" })},
	{reason: entente.ReasonMalformed, what: "a statement that is not canonical", field: "content", placed: true, make: in(func(f *forged) { f.editPayload = swap(`{"id"`, `{ "id"`) })},
	{reason: entente.ReasonKind, what: "of a later version", field: "kind", placed: true, make: in(func(f *forged) { f.editPayload = another("request") })},
	{reason: entente.ReasonKind, what: "that does not exist", field: "kind", placed: true, make: in(func(f *forged) { f.editPayload = another("gossip") })},
	{reason: entente.ReasonPurpose, what: "not listed", field: "purposes", placed: true, make: in(func(f *forged) { f.statement.Purpose = "tax-collection" })},
	{reason: entente.ReasonScope, what: "about somebody of no concern", field: "scope.tip", placed: true, make: in(func(f *forged) {
		f.statement.Tip.Category = "smuggling"
		f.statement.Tip.Subjects = []entente.Subject{{ID: "s1", Names: []entente.Name{{Text: "Somebody"}}, Nationalities: []entente.Country{"XC"}}}
	})},
	{
		reason: entente.ReasonLevel, what: "an ordinary tip, when only warnings pass", field: "level", placed: true, make: in(nil),
		before: func(s *siege) { s.level(entente.WarningsOnly) }, after: func(s *siege) { s.level(entente.Open) },
	},
	{reason: entente.ReasonHandling, what: "without caveats", field: "handling.default", placed: true, make: in(func(f *forged) { f.statement.Caveats = entente.Caveats{} })},
	{reason: entente.ReasonNotEnforced, what: "relies on an assurance", field: "assurance.when", placed: true, make: in(func(f *forged) { f.statement.Purpose = "terrorism-prosecution" })},
	{reason: entente.ReasonThread, what: "a note on nothing", field: "refs[0]", placed: true, make: in(answering(entente.KindNote, nobody))},
	{reason: entente.ReasonThread, what: "an acknowledgement of Borea's own tip", field: "refs[0]", placed: true, make: func(s *siege) attack {
		return s.place(answering(entente.KindAcknowledgement, s.tip("Borea cannot acknowledge it")))
	}},
	{reason: entente.ReasonThread, what: "an acknowledgement of what was said to Cadia", field: "refs[0]", placed: true, make: func(s *siege) attack {
		return s.place(answering(entente.KindAcknowledgement, s.toCadia()))
	}},
	{reason: entente.ReasonThread, what: "a note on a message under another agreement", field: "refs[0]", placed: true, make: func(s *siege) attack {
		id := s.tip("Under North Star")
		return s.place(func(f *forged) {
			answering(entente.KindNote, id)(f)
			f.header.Agreement, f.header.Epoch = "west-star", 1
		})
	}},

	// A second ledger. It comes last: from here on Albia's overseer is told of it.
	{reason: entente.ReasonSplitView, what: "a second ledger, one record on", field: "checkpoint", make: withCheckpoint(func(s *siege, a attack) []byte {
		return checkpoint(s.t, north.Origin(), a.header.Seq+1, entente.Digest{2}, "borea-sls/ledger", s.borea.Keys.Ledger.Signer())
	})},
	{reason: entente.ReasonSplitView, what: "a second ledger, from the first record", field: "checkpoint", make: withCheckpoint(func(s *siege, _ attack) []byte {
		return checkpoint(s.t, north.Origin(), 1, entente.Digest{3}, "borea-sls/ledger", s.borea.Keys.Ledger.Signer())
	})},
	{reason: entente.ReasonSplitView, what: "a record before it that is not the one signed", field: "checkpoint", make: func(s *siege) attack {
		s.place(nil)
		a := s.place(nil)
		a.delivery.Before[len(a.delivery.Before)-1] = entente.Digest{4}
		a.own = false
		return a
	}},
}

// notHere says of the reasons that no trick gives why not.
var notHere = map[entente.Reason]string{
	entente.ReasonBusy:       "the wire says it, before an inbox is asked: TestBusy in package wire",
	entente.ReasonEdition:    "it takes an edition that has ended",
	entente.ReasonEndMissing: "it takes an edition that has ended",
	entente.ReasonWithdrawn:  "it takes a withdrawal: TestWithdrawnMailNeverComes in package outbox",
	entente.ReasonSealKey:    "it takes a key that was destroyed: TestOpenWithRetiredKey in package seal",
}

// TestEveryReasonHasATrick holds the table to the constants of the root.
func TestEveryReasonHasATrick(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../envelope.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Reason") {
			return true
		}
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		r := entente.Reason(text)
		played := slices.ContainsFunc(tricks, func(x trick) bool { return x.reason == r })
		if _, not := notHere[r]; played == not {
			t.Errorf("%s: in the table %v, excused from it %v", r, played, not)
		}
		return false
	})
	if found < 20 {
		t.Errorf("only %d reasons were found in envelope.go", found)
	}
}

func TestTricks(t *testing.T) {
	s := newSiege(t)
	s.tip("The first of the channel")
	for _, x := range tricks {
		t.Run(string(x.reason)+"/"+x.what, func(t *testing.T) {
			s.t = t
			s.play(x)
		})
	}
}

// play shows Albia one trick, at every door, and holds that nothing came of it
// but a signed refusal.
func (s *siege) play(x trick) {
	s.t.Helper()
	if x.before != nil {
		x.before(s)
	}
	a := x.make(s)
	s.quiet()
	filed, size := s.filed(), s.mirror(a)
	door := s.knock
	if x.inner {
		door = s.accept
	}
	first := door(a)
	r := s.refused(a, first)
	if r.Reason != x.reason || r.Field != x.field {
		s.t.Errorf("refused as %s (%q), want %s (%q)", r.Reason, r.Field, x.reason, x.field)
	}
	grown := s.mirror(a) - size
	if want := int64(1 + len(a.delivery.Before)); x.placed && grown != want || !x.placed && grown != 0 {
		s.t.Errorf("the ledger has %d records more, want its place kept: %v", grown, x.placed)
	}
	if r.Expected != s.mirror(a) {
		s.t.Errorf("the refusal expects %d, the mirror has %d", r.Expected, s.mirror(a))
	}
	kept := look(s, s.albia, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Outgoing, 1) })
	if len(kept) != 1 || !bytes.Equal(kept[0].Text, first.Refusal) {
		s.t.Error("Albia has not recorded its refusal")
	}
	// The same verdict on the same bytes is the same text.
	again := s.accept(a)
	if r.Treatment() != entente.TreatAgain && !bytes.Equal(again.Refusal, first.Refusal) {
		s.t.Error("the same bytes again got another answer")
	}
	if s.refused(a, again).Reason != x.reason {
		s.t.Error("the same bytes again got another reason")
	}
	if a.own {
		s.boreaLearns(a, r)
	}
	if s.filed() != filed {
		s.t.Error("a message was filed")
	}
	if x.after != nil {
		x.after(s)
	}
	if x.reason == entente.ReasonSplitView {
		s.stopped()
	}
	s.sound()
}

// boreaLearns puts an attack into Borea's queue, as if its own node had made it,
// and holds that Borea's desk sees what Albia says to it.
func (s *siege) boreaLearns(a attack, r entente.Refusal) {
	s.t.Helper()
	h, want := a.header, r.Reason
	s.ok(s.borea.Store.Update(s.ctx, func(tx entente.Tx) error {
		f := entente.Filed{
			Message: entente.Message{Header: h, Statement: a.statement}, Direction: entente.Outgoing, Thread: h.ID, At: h.Created,
			Digest: a.digest(), Envelope: a.delivery.Envelope, Checkpoint: a.delivery.Checkpoint, Payload: []byte("{}"), Author: "somebody",
		}
		if err := tx.PutMessage(f); err != nil {
			return err
		}
		return tx.Enqueue(entente.QueueItem{Message: h.ID, Partner: h.To, Channel: h.Channel(), Seq: a.seq, Precedence: h.Precedence, Queued: h.Created})
	}))
	s.borea.Node.Outbox.Wake()
	switch r.Treatment() {
	case entente.TreatAgain:
		s.until("Borea waits, and says why", func() bool {
			line := look(s, s.borea, func(tx entente.Tx) (entente.Line, error) { return tx.Line(s.albia.ID) })
			return line.LastError == want.Words()
		})
		if !slices.ContainsFunc(s.waiting(s.borea), func(q entente.QueueItem) bool { return q.Message == h.ID }) {
			s.t.Error("it does not wait in the queue any more")
		}
		s.ok(s.borea.Store.Update(s.ctx, func(tx entente.Tx) error { return tx.Dequeue(h.ID) }))
		s.ok(s.borea.Node.Outbox.Retry(s.ctx, s.borea.Officer(entente.Operator), s.albia.ID))
	case entente.TreatPutOff:
		s.until("Borea has put it off", func() bool {
			q := look(s, s.borea, func(tx entente.Tx) (entente.QueueItem, error) { return tx.Queued(h.ID) })
			return q.State == entente.QueuePutOff && q.Why == want
		})
		s.ok(s.borea.Store.Update(s.ctx, func(tx entente.Tx) error { return tx.Dequeue(h.ID) }))
	case entente.TreatFinal:
		s.until("it is a dead letter at Borea", func() bool {
			dead := look(s, s.borea, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.DeadLetters() })
			return slices.ContainsFunc(dead, func(q entente.QueueItem) bool { return q.Message == h.ID && q.Why == want })
		})
	}
	told := look(s, s.borea, func(tx entente.Tx) (entente.Refusal, error) { return tx.Refusal(a.digest()) })
	if told.Reason != want || told.Envelope != a.digest() {
		s.t.Errorf("Borea has on record: %s", told.Reason)
	}
}

// mirror is how much Albia holds of the channel that an attack comes on.
func (s *siege) mirror(a attack) int64 {
	s.t.Helper()
	if a.channel() == (entente.Channel{}) {
		return 0
	}
	return s.head(s.albia, a.channel()).Size
}

// root is that of Borea's own ledger now.
func (s *siege) root() entente.Digest {
	s.t.Helper()
	return look(s, s.borea, func(tx entente.Tx) (entente.Digest, error) {
		head, err := tx.Head(north.Origin())
		if err != nil {
			return entente.Digest{}, err
		}
		return ledger.Root(tx, north.Origin(), head.Size)
	})
}

// level has Albia declare a level, and waits until Borea knows.
func (s *siege) level(l entente.Level) {
	s.t.Helper()
	_, err := s.albia.Node.Outbox.DeclareLevel(s.ctx, s.albia.Officer(entente.Supervisor), "north-star", outbox.Declaration{Level: l, Reason: "For the story."})
	s.ok(err)
	s.quiet()
}

// toCadia has Albia send Cadia a tip.
func (s *siege) toCadia() entente.MessageID {
	s.t.Helper()
	id := s.release(s.albia, entente.Draft{To: s.cadia.ID, Agreement: "south-star", Statement: entente.Statement{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Tip: &entente.Tip{Category: "accounts", Title: "For Cadia", Text: "For Cadia", Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
	s.until("Cadia has it", func() bool { return s.hasReceipt(s.albia, id) })
	return id
}
