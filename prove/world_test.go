package prove_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/prove"
	"entente/seal"
)

// memory is a ledger store of slices.
type memory struct {
	head            entente.LedgerHead
	records, hashes []entente.Digest
}

func (m *memory) Head(origin string) (entente.LedgerHead, error) {
	m.head.Origin = origin
	return m.head, nil
}

func (m *memory) PutHead(h entente.LedgerHead) error {
	m.head = h
	return nil
}

func (m *memory) Hashes(_ string, indexes []int64) ([]entente.Digest, error) {
	ds := make([]entente.Digest, len(indexes))
	for i, x := range indexes {
		if x >= int64(len(m.hashes)) {
			return nil, entente.NotFound
		}
		ds[i] = m.hashes[x]
	}
	return ds, nil
}

func (m *memory) Append(_ string, first int64, records []entente.Digest, firstHash int64, hashes []entente.Digest) error {
	if first != int64(len(m.records)) || firstHash != int64(len(m.hashes)) {
		return errors.New("memory: append does not join")
	}
	m.records, m.hashes = append(m.records, records...), append(m.hashes, hashes...)
	return nil
}

func (m *memory) Records(_ string, first int64, n int) ([]entente.Digest, error) {
	return slices.Clone(m.records[first:min(int64(len(m.records)), first+int64(n))]), nil
}

func (m *memory) copyOf() *memory {
	return &memory{m.head, slices.Clone(m.records), slices.Clone(m.hashes)}
}

// member is an agency with its keys and the notes of its descriptors.
type member struct {
	keys  seal.Keys
	party entente.Party
	notes [][]byte
}

// Keys are made once: key generation is most of what a test would do.
var newMember = func() func(t testing.TB, id entente.PartyID, name string, country entente.Country) member {
	var mu sync.Mutex
	keys := map[entente.PartyID]seal.Keys{}
	return func(t testing.TB, id entente.PartyID, name string, country entente.Country) member {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		k, ok := keys[id]
		if !ok {
			var err error
			if k, err = seal.Generate(id); err != nil {
				t.Fatal(err)
			}
			keys[id] = k
		}
		p := entente.Party{
			ID: id, Edition: 1, Name: name, Country: country, Issued: on(2011, 1, 2), Keys: k.Public(),
			Contacts: []entente.Contact{{Role: "duty desk", Phone: "+999 1 234", Hours: "24/7"}},
		}.Able()
		note, err := seal.SignParty(p, k)
		if err != nil {
			t.Fatal(err)
		}
		return member{k, p, [][]byte{note}}
	}
}()

// recipient is the member as it signs receipts.
func (m *member) recipient() ledger.Recipient {
	return ledger.Recipient{Party: m.party.ID, Edition: parse.EditionOf(m.party), Key: m.keys.Ledger.Signer()}
}

// rotate gives the member new keys and the next edition of its descriptor.
func (m member) rotate(t testing.TB, what ...string) member {
	t.Helper()
	k, err := seal.Rotate(m.keys, what...)
	if err != nil {
		t.Fatal(err)
	}
	next := m.party
	next.Edition++
	next.Keys = k.Public()
	var before []seal.IdentityKey
	if slices.Contains(what, "identity") {
		before = append(before, m.keys.Identity)
	}
	note, err := seal.SignParty(next, k, before...)
	if err != nil {
		t.Fatal(err)
	}
	return member{k, next, append(slices.Clone(m.notes), note)}
}

// world is two agencies of an agreement with the channel between them.
type world struct {
	t              testing.TB
	albia, borea   member
	agreement      []byte
	sender, mirror *memory
	last           entente.Filed // what was sealed last
}

const agreementText = `entente = "agreement/1"
id = "north-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people by the groups in schedule A."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention"]
[scope]
note = 'true'
tip = 'true'
`

var channel = entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}

func newWorld(t testing.TB) *world {
	w := &world{
		t:     t,
		albia: newMember(t, "albia-ncc", "National Coordination Centre", "XA"),
		borea: newMember(t, "borea-sls", "Служба связи", "XB"), sender: &memory{}, mirror: &memory{},
	}
	w.agreement = w.sign(agreementText, w.albia, w.borea)
	return w
}

func (w *world) sign(text string, by ...member) []byte {
	w.t.Helper()
	note := []byte(text)
	for _, m := range by {
		var err error
		if note, err = seal.SignAgreement(note, m.party.ID, m.keys.Identity); err != nil {
			w.t.Fatal(err)
		}
	}
	return note
}

func on(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

var (
	written = time.Date(2011, 3, 4, 9, 30, 0, 123456000, time.UTC)
	took    = 3 * time.Second // from writing to the receipt
)

func messageID(n int) entente.MessageID {
	return entente.MessageID(fmt.Sprintf("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4%02x", n))
}

func note(text string) entente.Statement {
	return entente.Statement{
		Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Priority,
		Caveats: entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk},
		Note:    &entente.Note{Text: text},
	}
}

// seal puts a statement at the next place of Borea's channel and gives the
// evidence as Borea has it before any answer.
func (w *world) seal(s entente.Statement) prove.Evidence {
	w.t.Helper()
	seq := w.sender.head.Size
	s.ID = messageID(int(seq))
	payload, err := parse.EncodeStatement(s)
	if err != nil {
		w.t.Fatal(err)
	}
	d := entente.Draft{ID: s.ID, Author: "boris.orlov", To: "albia-ncc", Agreement: "north-star", Statement: s, State: entente.DraftSubmitted, Payload: payload}
	r, err := entente.Release(d, entente.ReleaseRule{}, "vera.lind", d.Digest(), written)
	if err != nil {
		w.t.Fatal(err)
	}
	expires := written.AddDate(0, 0, 30)
	if entente.ClassOf(s.Kind) == entente.ClassDuty {
		expires = time.Time{}
	}
	h := entente.Header{
		ID: s.ID, From: "borea-sls", To: "albia-ncc", Agreement: "north-star", Epoch: 1, Terms: parse.TextDigest(w.agreement), Seq: seq,
		Class: entente.ClassOf(s.Kind), Precedence: s.Precedence, Created: written, Expires: expires,
	}
	sealed, err := seal.Seal(r, h, w.borea.keys.Message, entente.PartyRecord{Party: w.borea.party}, entente.PartyRecord{Party: w.albia.party})
	if err != nil {
		w.t.Fatal(err)
	}
	header, err := parse.EncodeHeader(sealed.Header)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.open(prove.Evidence{
		Header: header, Sealed: sealed.Sealed, Signature: sealed.Signature, Checkpoint: w.append(w.sender, sealed.Digest),
		Sender: w.borea.notes, Recipient: w.albia.notes, Agreement: w.agreement,
	}, entente.Filed{Message: entente.Message{Header: sealed.Header, Statement: s}, Payload: payload, Secret: sealed.Secret}, prove.WithoutKeys)
}

// open opens the message in evidence to another extent.
func (w *world) open(e prove.Evidence, f entente.Filed, x prove.Extent) prove.Evidence {
	w.t.Helper()
	w.last = f
	s, err := prove.Open(f, x)
	if err != nil {
		w.t.Fatal(err)
	}
	if e.Parts = nil; s.Count > 0 {
		e.Parts = w.encode(s)
	}
	return e
}

func (w *world) encode(s entente.Showing) []byte {
	w.t.Helper()
	b, err := parse.EncodeShowing(s)
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

// checkpoint is the sender's of the envelope in evidence, as it stands in a receipt
// or beside it.
func checkpoint(e prove.Evidence) []byte {
	if len(e.Receipt) == 0 {
		return e.Checkpoint
	}
	_, under, _ := bytes.Cut(e.Receipt, []byte("\n\n"))
	return under[:bytes.LastIndexByte(under[:len(under)-1], '\n')+1]
}

// record is that of the envelope in evidence.
func record(e prove.Evidence) entente.Digest { return seal.Record(e.Header, e.Sealed, e.Signature) }

func (w *world) append(s ledger.Store, record entente.Digest) []byte {
	w.t.Helper()
	all, err := ledger.AppendEach(s, channel.Origin(), []entente.Digest{record}, ledger.KeyName("borea-sls"), w.borea.keys.Ledger.Signer())
	if err != nil {
		w.t.Fatal(err)
	}
	return all[0]
}

// receive has Albia take the newest record of Borea's channel and receipt it.
func (w *world) receive(record entente.Digest, checkpoint []byte) entente.Receipt {
	w.t.Helper()
	if err := ledger.Extend(w.mirror, channel, nil, record, checkpoint, w.borea.party); err != nil {
		w.t.Fatal(err)
	}
	r, err := ledger.SignReceipt(w.mirror, channel, w.mirror.head.Size-1, record, checkpoint, w.borea.party, w.albia.recipient(), entente.ViaWire, written.Add(took))
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// tell has Borea say something and Albia receipt it.
func (w *world) tell(s entente.Statement) prove.Evidence {
	w.t.Helper()
	e := w.seal(s)
	e.Receipt, e.Checkpoint = w.receive(record(e), e.Checkpoint).Text, nil
	return e
}

// refuse has Albia refuse what Borea said.
func (w *world) refuse(e prove.Evidence, reason entente.Reason) prove.Evidence {
	w.t.Helper()
	h, err := parse.Header(e.Header)
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := seal.SignRefusal(entente.Refusal{
		Channel: channel, Message: h.ID, Envelope: record(e),
		Reason: reason, Field: "scope.note", Expected: h.Seq, Final: reason.Treatment(h.Class) == entente.TreatFinal, At: written.Add(took),
	}, w.albia.keys.Message, w.albia.party)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.mirror.head.Size == h.Seq && r.Final { // a final refusal takes the place
		if err := ledger.Extend(w.mirror, channel, nil, r.Envelope, checkpoint(e), w.borea.party); err != nil {
			w.t.Fatal(err)
		}
	}
	e.Checkpoint = checkpoint(e)
	e.Receipt, e.Refusal = nil, r.Text
	return e
}

// link gives the newest checkpoint of a ledger, linked to one of another size.
func (w *world) link(s ledger.Store, with int64, checkpoint []byte) []byte {
	w.t.Helper()
	text, err := ledger.MakeLink(s, channel.Origin(), with, checkpoint)
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

// zip writes evidence.zip.
func zip(t testing.TB, e prove.Evidence) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := prove.Write(&b, e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func checkZip(b []byte) (prove.Report, error) {
	return prove.Check(bytes.NewReader(b), int64(len(b)))
}

// holds checks evidence through its file.
func holds(t testing.TB, e prove.Evidence) prove.Report {
	t.Helper()
	r, err := checkZip(zip(t, e))
	if err != nil || !r.Holds || r.Fault != "" {
		t.Fatalf("%+v, %v", r, err)
	}
	return r
}
