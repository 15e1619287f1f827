package scenario_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"entente"
	"entente/internal/scenario"
	"entente/internal/testpg"
	"entente/ledger"
	"entente/parse"
	"entente/seal"
)

// siege is three agencies with running nodes. Borea's keys are also in the hands
// of a program that does not keep to the protocol, and so are Cadia's. Albia is
// what they attack.
type siege struct {
	t                   *testing.T
	ctx                 context.Context
	clock               *scenario.Clock
	albia, borea, cadia *scenario.Agency
	keys                map[entente.PartyID]ed25519.PrivateKey // message keys
}

// siegeTerms is North Star in its second epoch, with an assurance that this
// version cannot enforce.
func siegeTerms() []byte {
	text := bytes.Replace(scenario.NorthStar, []byte("epoch = 1"), []byte("epoch = 2"), 1)
	return append(text, "\n[assurance]\nrequires = [\"no-death-penalty\"]\nwhen = 'message.purpose == \"terrorism-prosecution\"'\n"...)
}

// otherTerms is a second agreement: between a and b, until the end of a year.
func otherTerms(id string, a, b entente.PartyID, until int) []byte {
	return fmt.Appendf(nil, `entente = "agreement/1"
id = %q
epoch = 1
parties = [%q, %q]
objective = "Another matter."
from = 2009-01-01
until = %d-12-31
purposes = ["threat-to-life", "terrorism-prevention"]

[handling]
default = { tlp = "AMBER", pap = "AMBER", court-use = "ask", onward = "originator" }
`, id, a, b, until)
}

func newSiege(t *testing.T) *siege {
	t.Helper()
	return newSiegeOn(t, func(entente.PartyID) string { return "" })
}

// bothEngines tells a story on each engine.
func bothEngines(t *testing.T, tell func(*siege)) {
	t.Run("sqlite", func(t *testing.T) { tell(newSiege(t)) })
	t.Run("postgres", func(t *testing.T) {
		tell(newSiegeOn(t, func(entente.PartyID) string { return testpg.URL(t) }))
	})
}

func newSiegeOn(t *testing.T, store func(entente.PartyID) string) *siege {
	t.Helper()
	s := &siege{t: t, ctx: context.Background(), clock: scenario.NewClock(scenario.FirstDay), keys: map[entente.PartyID]ed25519.PrivateKey{}}
	dir := t.TempDir()
	var all []*scenario.Agency
	for _, setup := range []scenario.Setup{scenario.Albia, scenario.Borea, cadia} {
		setup.Dir, setup.Store = dir, store(setup.ID)
		if setup.ID == "borea-sls" {
			setup.Guard = func(s entente.Store) entente.Store { return s } // it sends what it never signed
		}
		a, err := scenario.New(s.ctx, s.clock, setup)
		s.ok(err)
		t.Cleanup(func() { s.ok(a.Close()) })
		s.keys[a.ID] = rawMessageKey(t, a.Keys)
		all = append(all, a)
	}
	s.albia, s.borea, s.cadia = all[0], all[1], all[2]
	s.ok(scenario.Introduce(s.ctx, all...))
	for _, g := range []struct {
		text  []byte
		among []*scenario.Agency
	}{
		{siegeTerms(), []*scenario.Agency{s.albia, s.borea}},
		{otherTerms("south-star", s.albia.ID, s.cadia.ID, 2013), []*scenario.Agency{s.albia, s.cadia}},
		{otherTerms("west-star", s.albia.ID, s.borea.ID, 2013), []*scenario.Agency{s.albia, s.borea}},
		{otherTerms("faded-star", s.albia.ID, s.borea.ID, 2010), []*scenario.Agency{s.albia, s.borea}},
	} {
		_, err := scenario.Agree(s.ctx, g.text, g.among...)
		s.ok(err)
	}
	// Its ledgers will have places that only the besieger knows of.
	s.ok(s.borea.Store.Update(s.ctx, func(tx entente.Tx) error { return tx.PutSetting(entente.RestoredSince, nil) }))
	for _, a := range all {
		s.ok(a.Start(s.ctx))
	}
	return s
}

func (s *siege) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// attack is something brought to Albia's door.
type attack struct {
	delivery entente.Delivery
	from     entente.PartyID // who brings it; "": Borea
	header   entente.Header  // zero when it cannot be read
	// own: it stands in Borea's own ledger and could stand in Borea's queue, as
	// if Borea's node had made it.
	own       bool
	seq       int64 // where it stands there, whatever the header says
	statement entente.Statement
}

func (a attack) by() entente.PartyID {
	if a.from == "" {
		return "borea-sls"
	}
	return a.from
}

func (a attack) digest() entente.Digest { return seal.Name(a.delivery.Envelope) }

// channel is what a refusal of it names.
func (a attack) channel() entente.Channel {
	if a.header.From != a.by() || a.header.To != "albia-ncc" {
		return entente.Channel{}
	}
	return a.header.Channel()
}

// forge begins a message of Borea's to Albia that holds in every way.
func (s *siege) forge(change func(*forged)) forged {
	now := s.clock.Now().UTC().Truncate(time.Microsecond)
	id := messageID(now)
	f := forged{
		by: s.keys[s.borea.ID], sealTo: s.albia.Party.Keys.Seal,
		header: entente.Header{
			Version: 1, ID: id, From: s.borea.ID, To: s.albia.ID, Agreement: "north-star", Epoch: 2,
			Class: entente.ClassContent, Precedence: entente.Routine, Created: now, Expires: now.Add(time.Hour),
			FromEdition: parse.EditionOf(s.borea.Party), ToEdition: parse.EditionOf(s.albia.Party),
		},
		statement: entente.Statement{
			ID: id, Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine, Caveats: handled,
			Tip: &entente.Tip{
				Category: "attack-planning", Title: "A rumour", Text: "Somebody said something.",
				Provenance: entente.Provenance{Attestation: "not-attested"},
			},
		},
	}
	if change != nil {
		change(&f)
	}
	for i, r := range f.statement.Refs {
		if r.Digest.IsZero() {
			f.statement.Refs[i].Digest = s.digestOf(r.ID)
		}
	}
	if f.header.Class == entente.ClassDuty {
		f.header.Expires = time.Time{}
	}
	if f.header.Terms.IsZero() {
		f.header.Terms = s.terms(f.header.Agreement, f.header.Epoch)
	}
	return f
}

// digestOf gives the digest of a message at Albia; of one that is not there, some digest.
func (s *siege) digestOf(id entente.MessageID) entente.Digest {
	return look(s, s.albia, func(tx entente.Tx) (entente.Digest, error) {
		f, err := tx.MessageWith(s.borea.ID, id)
		if errors.Is(err, entente.NotFound) {
			return entente.DigestOf([]byte(id)), nil
		}
		return f.Digest, err
	})
}

// terms names the text of an agreement that Albia has; of one that it has not, some
// other text.
func (s *siege) terms(id entente.AgreementID, epoch int) entente.Digest {
	return look(s, s.albia, func(tx entente.Tx) (entente.Digest, error) {
		rec, err := tx.Agreement(id, epoch)
		if errors.Is(err, entente.NotFound) {
			return entente.DigestOf([]byte(id)), nil
		}
		return rec.Terms, err
	})
}

var handled = entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk}

// answering makes of a message an acknowledgement or a note on another.
func answering(k entente.Kind, re entente.MessageID) func(*forged) {
	return func(f *forged) {
		f.header.Class = entente.ClassOf(k)
		f.statement.Kind, f.statement.Refs, f.statement.Tip = k, entente.Answering(re), nil
		switch k {
		case entente.KindAcknowledgement:
			f.statement.Acknowledgement = &entente.Acknowledgement{Role: entente.Analyst}
		case entente.KindNote:
			f.statement.Note = &entente.Note{Text: "Is there any news?"}
		}
	}
}

// place puts a message at the next place of Borea's own ledger, signed with the
// ledger key, and makes a delivery of it: all that a ledger can hold against it
// holds.
func (s *siege) place(change func(*forged)) attack {
	s.t.Helper()
	f := s.forge(change)
	ch := f.header.Channel()
	seq := s.head(s.borea, ch).Size
	f.header.Seq += seq
	a := attack{header: f.header, statement: f.statement, own: true, seq: seq}
	a.delivery.Envelope = f.envelope(s.t)
	if f.editHeader != nil || f.editEnvelope != nil {
		a.header, a.own = entente.Header{}, false
	}
	s.append(&a.delivery, ch)
	return a
}

// append takes the next place of Borea's ledger for an envelope.
func (s *siege) append(d *entente.Delivery, ch entente.Channel) {
	s.t.Helper()
	held := s.head(s.albia, ch).Size
	s.ok(s.borea.Store.Update(s.ctx, func(tx entente.Tx) error {
		had, err := tx.Head(ch.Origin())
		if err != nil {
			return err
		}
		texts, err := ledger.AppendEach(tx, ch.Origin(), []entente.Digest{seal.Name(d.Envelope)}, ledger.KeyName(s.borea.ID), s.borea.Keys.Ledger.Signer())
		if err != nil {
			return err
		}
		d.Checkpoint = texts[0]
		d.Before, err = tx.Records(ch.Origin(), held, int(had.Size-held))
		return err
	}))
}

func (s *siege) head(a *scenario.Agency, ch entente.Channel) entente.LedgerHead {
	s.t.Helper()
	return look(s, a, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head(ch.Origin()) })
}

// north is the channel that most attacks come on.
var north = entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}

// look reads at an agency.
func look[T any](s *siege, a *scenario.Agency, get func(entente.Tx) (T, error)) (v T) {
	s.t.Helper()
	s.ok(a.Store.View(s.ctx, func(tx entente.Tx) (err error) {
		v, err = get(tx)
		return err
	}))
	return v
}

// knock brings an attack to Albia's door over the wire.
func (s *siege) knock(a attack) entente.Settlement {
	s.t.Helper()
	client := map[entente.PartyID]*scenario.Agency{s.borea.ID: s.borea, s.cadia.ID: s.cadia}[a.by()].Node.Client()
	answers, err := client.Deliver(s.ctx, s.albia.Party, []entente.Delivery{a.delivery})
	s.ok(err)
	return s.only(answers)
}

// accept hands an attack to Albia's inbox, as a courier or another door would.
func (s *siege) accept(a attack) entente.Settlement {
	s.t.Helper()
	answers, err := s.albia.Node.Inbox.Accept(s.ctx, a.by(), []entente.Delivery{a.delivery})
	s.ok(err)
	return s.only(answers)
}

func (s *siege) only(answers []entente.Settlement) entente.Settlement {
	s.t.Helper()
	if len(answers) != 1 {
		s.t.Fatalf("%d answers to one delivery", len(answers))
	}
	return answers[0]
}

// refused holds an answer to be Albia's signed refusal, and gives it.
func (s *siege) refused(a attack, got entente.Settlement) entente.Refusal {
	s.t.Helper()
	if got.Envelope != a.digest() || len(got.Receipt) > 0 {
		s.t.Fatalf("the answer is not a refusal of this envelope: %q", got.Receipt)
	}
	r, err := seal.OpenRefusal(got.Refusal, s.albia.Party)
	s.ok(err)
	if r.Envelope != a.digest() || r.Message != a.header.ID || r.Channel != a.channel() {
		s.t.Errorf("the refusal speaks of another envelope: %s", r.Text)
	}
	return r
}

// receipted holds an answer to be Albia's receipt.
func (s *siege) receipted(a attack, got entente.Settlement) []byte {
	s.t.Helper()
	if len(got.Refusal) > 0 {
		r, _ := seal.OpenRefusal(got.Refusal, s.albia.Party)
		s.t.Fatalf("refused: %s (%s)", r.Reason, r.Field)
	}
	if _, err := ledger.CheckReceipt(got.Receipt, a.header.Channel(), a.header.Seq, a.digest(), s.borea.Party, s.albia.Party); err != nil {
		s.t.Fatal(err)
	}
	return got.Receipt
}

// filed reports how many messages Albia holds.
func (s *siege) filed() int {
	s.t.Helper()
	return len(look(s, s.albia, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Messages(entente.MessageQuery{Limit: 10_000}) }))
}

// tip has Borea's officers send an honest tip, and waits for Albia's receipt.
func (s *siege) tip(title string) entente.MessageID {
	s.t.Helper()
	id := s.release(s.borea, entente.Draft{To: s.albia.ID, Agreement: "north-star", Statement: entente.Statement{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Tip: &entente.Tip{Category: "attack-planning", Title: title, Text: title, Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
	s.until("a receipt for "+title, func() bool { return s.hasReceipt(s.borea, id) })
	return id
}

// release writes, submits and releases a draft.
func (s *siege) release(a *scenario.Agency, d entente.Draft) entente.MessageID {
	s.t.Helper()
	author := a.Officer(entente.Analyst)
	d, err := a.Node.Outbox.Write(s.ctx, author, d)
	s.ok(err)
	d, err = a.Node.Outbox.Submit(s.ctx, author, d.ID, d.Version)
	s.ok(err)
	_, err = a.Node.Outbox.Release(s.ctx, a.Officer(entente.Releaser), d.ID, d.Digest())
	s.ok(err)
	return d.ID
}

func (s *siege) hasReceipt(a *scenario.Agency, id entente.MessageID) bool {
	s.t.Helper()
	return look(s, a, func(tx entente.Tx) (bool, error) {
		_, err := tx.Receipt(id)
		if errors.Is(err, entente.NotFound) {
			return false, nil
		}
		return err == nil, err
	})
}

func (s *siege) until(what string, ok func() bool) {
	s.t.Helper()
	s.ok(scenario.Until(s.ctx, what, func() (bool, error) { return ok(), nil }))
}

// quiet waits until nothing is under way between Albia and Borea.
func (s *siege) quiet() {
	s.t.Helper()
	s.until("both queues are empty", func() bool { return len(s.waiting(s.albia))+len(s.waiting(s.borea)) == 0 })
}

func (s *siege) waiting(a *scenario.Agency) []entente.QueueItem {
	s.t.Helper()
	return look(s, a, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.Queue("", 0) })
}

// stopped checks that a second ledger stopped the channel and that Albia says so, and
// has people choose the history that both hold.
func (s *siege) stopped() {
	s.t.Helper()
	const says = "Our copy holds, but borea-sls has shown"
	if _, err := scenario.SameLedgers(s.ctx, s.borea, s.albia); err == nil || !strings.Contains(err.Error(), says) {
		s.t.Fatalf("a second ledger was shown, and the ledgers say: %v", err)
	}
	a := s.place(nil)
	a.own = false
	if r := s.refused(a, s.accept(a)); r.Reason != entente.ReasonSplitView || r.Treatment() != entente.TreatAgain {
		s.t.Errorf("what comes on the stopped channel is refused as %s, %s", r.Reason, r.Treatment())
	}
	s.ok(s.albia.Store.Update(s.ctx, func(tx entente.Tx) error { return tx.PutSetting(entente.SplitView(north.Origin()), nil) }))
}

// sound holds that the honest parts of both nodes still work together, and that
// both hold the same ledgers. Of a second ledger that Borea has shown, Albia's
// overseer is told, and nobody else of anything.
func (s *siege) sound() {
	s.t.Helper()
	s.tip("An honest warning")
	s.quiet()
	_, err := scenario.SameLedgers(s.ctx, s.borea, s.albia)
	if err != nil {
		s.t.Fatalf("the ledgers: %v", err)
	}
	if a, b := s.head(s.albia, north), s.head(s.borea, north); a.Size != b.Size || !bytes.Equal(a.Checkpoint, b.Checkpoint) {
		s.t.Fatalf("Albia holds %d records of Borea's %d, or others", a.Size, b.Size)
	}
}

// checkpoint signs any head of any ledger with any key (C2SP signed-note).
func checkpoint(t testing.TB, origin string, size int64, root entente.Digest, name string, key crypto.Signer) []byte {
	t.Helper()
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
	b, err := note.Sign(&note.Note{Text: text}, noteSigner{name, key})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

type noteSigner struct {
	name string
	key  crypto.Signer
}

func (n noteSigner) Name() string { return n.name }

func (n noteSigner) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(n.name+"\n\x01"), n.key.Public().(ed25519.PublicKey)...))
	return binary.BigEndian.Uint32(sum[:])
}

func (n noteSigner) Sign(b []byte) ([]byte, error) { return n.key.Sign(nil, b, crypto.Hash(0)) }
