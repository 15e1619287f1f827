package casework_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
	"entente/parse"
	"entente/seal"
	"entente/sqlstore"
)

// office is Albia's desk over a store that tests fill by hand.
type office struct {
	*testing.T
	store *counting
	keys  map[entente.PartyID]seal.Keys
	out   *outbox.Outbox
	desk  *casework.Desk
	now   time.Time
	filed int
}

var day = time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)

const north entente.AgreementID = "north-star"

const terms = `entente = "agreement/1"
id = "north-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention"]

[deadline]
acknowledge = { FLASH = "1h", IMMEDIATE = "4h", PRIORITY = "24h", ROUTINE = "72h" }
dispose = "30d"

[handling]
default = { tlp = "AMBER+STRICT", pap = "AMBER", court-use = "ask", onward = "originator" }
`

var (
	analyst    = entente.Officer{ID: "anna.kern", Name: "Anna Kern", Role: entente.Analyst}
	releaser   = entente.Officer{ID: "ruth.adler", Name: "Ruth Adler", Role: entente.Releaser}
	supervisor = entente.Officer{ID: "paul.stern", Name: "Paul Stern", Role: entente.Supervisor}
	overseer   = entente.Officer{ID: "ines.weber", Name: "Ines Weber", Role: entente.Overseer}
)

func newOffice(t *testing.T) *office { return newOfficeAt(t, filepath.Join(t.TempDir(), "albia.db")) }

func newOfficeAt(t *testing.T, url string) *office {
	db, err := sqlstore.Open(t.Context(), url)
	o := &office{T: t, store: &counting{Store: db}, keys: map[entente.PartyID]seal.Keys{}, now: day}
	o.ok(err)
	t.Cleanup(func() { o.ok(db.Close()) })
	known := map[entente.PartyID]entente.Party{}
	note := []byte(terms)
	for _, id := range []entente.PartyID{"albia-ncc", "borea-sls"} {
		o.keys[id], err = seal.Generate(id)
		o.ok(err)
		p := entente.Party{ID: id, Edition: 1, Name: string(id), Country: "XA", Issued: day, Keys: o.keys[id].Public(), Endpoint: "https://" + string(id) + ".example"}.Able()
		known[id] = p
		signed, err := seal.SignParty(p, o.keys[id])
		o.ok(err)
		o.put(func(tx entente.Tx) error {
			return tx.PutParty(entente.PartyRecord{Party: p, Note: signed, Added: day, Checked: "init"})
		})
		note, err = seal.SignAgreement(note, id, o.keys[id].Identity)
		o.ok(err)
	}
	rec, err := seal.OpenAgreement(note, func(id entente.PartyID) (entente.Party, error) { return known[id], nil })
	o.ok(err)
	o.put(func(tx entente.Tx) error { return tx.PutAgreement(rec) })
	for _, p := range []entente.Officer{analyst, releaser, supervisor, overseer} {
		o.put(func(tx entente.Tx) error { return tx.PutOfficer(p) })
	}
	now := func() time.Time { return o.now }
	o.out = outbox.New(outbox.Config{Self: "albia-ncc", Keys: o.keys["albia-ncc"], Store: o.store, Now: now})
	o.desk = casework.New(casework.Config{Self: "albia-ncc", Keys: o.keys["albia-ncc"], Store: o.store, Out: o.out, Now: now})
	return o
}

func (o *office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) put(fn func(entente.Tx) error) {
	o.Helper()
	o.ok(o.store.Update(o.Context(), fn))
}

// file puts a message into the store as the doors would have, without an
// envelope. It came in, or went out, and has a receipt unless it waits.
func (o *office) file(tx entente.Tx, way entente.Direction, p entente.Precedence, waits bool, s entente.Statement) entente.MessageID {
	o.Helper()
	o.filed++
	id := entente.MessageID(fmt.Sprintf("%08x-7c1e-7b3a-9f10-3a52c1d0e4b7", o.filed))
	h := entente.Header{
		Version: 1, ID: id, From: "borea-sls", To: "albia-ncc", Agreement: north, Epoch: 1, Seq: int64(o.filed), Class: entente.ClassOf(s.Kind), Precedence: p,
		Created: o.now, Expires: o.now.Add(720 * time.Hour),
	}
	if way == entente.Outgoing {
		h.From, h.To = h.To, h.From
	}
	s.ID, s.Purpose, s.Precedence = id, "terrorism-prevention", p
	s.Caveats = entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk}
	var thread entente.MessageID
	if s.Re() != "" {
		re, err := tx.Message(s.Re())
		o.ok(err)
		thread, s.Refs = re.Thread, []entente.Ref{{Rel: entente.Answers, ID: re.Message.Header.ID, Digest: re.Digest}}
	}
	payload, err := parse.EncodeStatement(s)
	o.ok(err)
	f := entente.Filed{
		Message: entente.Message{Header: h, Statement: s}, Direction: way, Thread: id, At: o.now,
		Digest: entente.DigestOf(payload), Envelope: payload, Checkpoint: []byte("-"), Payload: payload, Signature: []byte("-"),
	}
	if thread != "" {
		f.Thread = thread
	}
	o.ok(tx.PutMessage(f))
	if !waits {
		o.ok(tx.PutReceipt(id, entente.Receipt{Channel: h.Channel(), Seq: h.Seq, Envelope: f.Digest, At: o.now, Text: payload}))
	}
	return id
}

// one files a single message.
func (o *office) one(way entente.Direction, p entente.Precedence, waits bool, s entente.Statement) (id entente.MessageID) {
	o.Helper()
	o.put(func(tx entente.Tx) error { id = o.file(tx, way, p, waits, s); return nil })
	return id
}

func tip(title string) entente.Statement {
	return entente.Statement{Kind: entente.KindTip, Tip: &entente.Tip{Category: "attack-planning", Title: title, Text: title, Provenance: entente.Provenance{Attestation: "lawful"}}}
}

func acknowledgement(re entente.MessageID) entente.Statement {
	return entente.Statement{Kind: entente.KindAcknowledgement, Refs: entente.Answering(re), Acknowledgement: &entente.Acknowledgement{Role: entente.Analyst}}
}

func disposition(re entente.MessageID, o entente.Outcome) entente.Statement {
	return entente.Statement{Kind: entente.KindDisposition, Refs: entente.Answering(re), Disposition: &entente.Disposition{Outcome: o, Reason: "Looked into."}}
}

func note(re entente.MessageID) entente.Statement {
	return entente.Statement{Kind: entente.KindNote, Refs: entente.Answering(re), Note: &entente.Note{Text: "A word."}}
}

// counting is a store that counts how often receipts are asked for.
type counting struct {
	entente.Store
	receipts atomic.Int64
}

func (c *counting) View(ctx context.Context, fn func(entente.Tx) error) error {
	return c.Store.View(ctx, func(tx entente.Tx) error { return fn(countingTx{tx, c}) })
}

type countingTx struct {
	entente.Tx
	c *counting
}

func (t countingTx) Receipt(id entente.MessageID) (entente.Receipt, error) {
	t.c.receipts.Add(1)
	return t.Tx.Receipt(id)
}

// want holds that an error is of a kind; nil: that there is none.
func (o *office) want(err, kind error, what string) {
	o.Helper()
	if !errors.Is(err, kind) {
		o.Errorf("%s: %v, want %v", what, err, kind)
	}
}
