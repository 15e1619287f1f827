package inbox_test

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/inbox"
	"entente/outbox"
	"entente/seal"
	"entente/sqlstore"
)

// world is Borea, which sends with the outbox that every node has, and Albia,
// whose inbox is under test. Nothing runs by itself.
type world struct {
	t            testing.TB
	ctx          context.Context
	borea, albia agency
	out          *outbox.Outbox // Borea's
	in           *inbox.Inbox   // Albia's
	settled      []entente.Settlement
	now          *time.Time
	compared     func() // told of each comparison by courier; may be nil
}

type agency struct {
	keys  seal.Keys
	party entente.Party
	note  []byte
	store *sqlstore.Store
}

// day is when all of it plays.
var day = time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)

const terms = `entente = "agreement/1"
id = "north-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention"]

[handling]
default = { tlp = "AMBER+STRICT", pap = "AMBER", court-use = "ask", onward = "originator" }
`

var (
	analyst  = entente.Officer{ID: "vera.orlova", Name: "Вера Орлова", Role: entente.Analyst}
	releaser = entente.Officer{ID: "ivan.sobol", Name: "Иван Соболь", Role: entente.Releaser}
	operator = entente.Officer{ID: "otto.lang", Name: "Otto Lang", Role: entente.Operator}
)

func newWorld(t testing.TB) *world {
	now := day
	w := &world{t: t, ctx: context.Background(), now: &now}
	w.albia, w.borea = w.agency("albia-ncc"), w.agency("borea-sls")
	known := map[entente.PartyID]entente.Party{"albia-ncc": w.albia.party, "borea-sls": w.borea.party}
	note := []byte(terms)
	var err error
	for _, a := range []agency{w.albia, w.borea} {
		note, err = seal.SignAgreement(note, a.party.ID, a.keys.Identity)
		w.ok(err)
	}
	agreed, err := seal.OpenAgreement(note, func(id entente.PartyID) (entente.Party, error) { return known[id], nil })
	w.ok(err)
	for _, a := range []agency{w.albia, w.borea} {
		w.ok(a.store.Update(w.ctx, func(tx entente.Tx) error {
			for _, p := range []agency{w.albia, w.borea} {
				if err := tx.PutParty(entente.PartyRecord{Party: p.party, Note: p.note, Added: day, Checked: "init"}); err != nil {
					return err
				}
			}
			return tx.PutAgreement(agreed)
		}))
	}
	w.out = outbox.New(outbox.Config{Self: "borea-sls", Keys: w.borea.keys, Store: w.borea.store, Now: func() time.Time { return *w.now }})
	w.in = w.inbox(w.albia.store)
	return w
}

// inbox is Albia's, over any store.
func (w *world) inbox(s entente.Store) *inbox.Inbox {
	return inbox.New(inbox.Config{
		Self: "albia-ncc", Keys: w.albia.keys, Store: s, Now: func() time.Time { return day },
		Settle: func(_ context.Context, _ entente.PartyID, answers []entente.Settlement) error {
			w.settled = append(w.settled, answers...)
			return nil
		},
		ComparedByCourier: func(context.Context, entente.PartyID, []entente.LedgerHead, time.Time) error {
			if w.compared != nil {
				w.compared()
			}
			return nil
		},
	})
}

func (w *world) agency(id entente.PartyID) agency {
	w.t.Helper()
	keys, err := seal.Generate(id)
	w.ok(err)
	a := agency{keys: keys, party: entente.Party{ID: id, Edition: 1, Name: string(id), Country: "XA", Issued: day, Keys: keys.Public(), Endpoint: "https://" + string(id) + ".example"}.Able()}
	a.note, err = seal.SignParty(a.party, keys)
	w.ok(err)
	a.store, err = sqlstore.Open(w.ctx, filepath.Join(w.t.TempDir(), string(id)+".db"))
	w.ok(err)
	w.t.Cleanup(func() { w.ok(a.store.Close()) })
	return a
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// draft begins a tip at Borea.
func (w *world) draft(title string) (entente.Draft, error) {
	return w.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: "north-star", Statement: entente.Statement{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Tip: &entente.Tip{Category: "attack-planning", Title: title, Text: title, Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
}

// submitted is a tip with files that waits for release.
func (w *world) submitted(title string, files ...string) entente.Draft {
	w.t.Helper()
	d, err := w.draft(title)
	w.ok(err)
	for _, f := range files {
		_, err := w.out.Attach(w.ctx, analyst, d.ID, "page.txt", "text/plain", strings.NewReader(f))
		w.ok(err)
		d.Version++
	}
	d, err = w.out.Submit(w.ctx, analyst, d.ID, d.Version)
	w.ok(err)
	return d
}

// tip has Borea release a tip, with files.
func (w *world) tip(title string, files ...string) entente.MessageID {
	w.t.Helper()
	d := w.submitted(title, files...)
	_, err := w.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	return d.ID
}

// deliveries are what waits at Borea.
func (w *world) deliveries() []entente.Delivery {
	w.t.Helper()
	ds, err := w.out.Collect(w.ctx, "albia-ncc", 1000)
	w.ok(err)
	return ds
}

// look reads at Albia.
func look[T any](w *world, get func(entente.Tx) (T, error)) (v T) {
	w.t.Helper()
	w.ok(w.albia.store.View(w.ctx, func(tx entente.Tx) (err error) {
		v, err = get(tx)
		return err
	}))
	return v
}

// filed is what Albia holds.
func (w *world) filed() []entente.Filed {
	w.t.Helper()
	return look(w, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Messages(entente.MessageQuery{Limit: 1000}) })
}

// whole is how many files Albia holds whole.
func (w *world) whole(id entente.MessageID) (n int) {
	w.t.Helper()
	for _, a := range look(w, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments(id, "") }) {
		if !a.Complete.IsZero() {
			n++
		}
	}
	return n
}

// file gives the encrypted bytes of a file of Borea's.
func (w *world) file(d entente.Digest) []byte {
	w.t.Helper()
	r, err := w.out.Open(w.ctx, "albia-ncc", d, 0)
	w.ok(err)
	b, err := io.ReadAll(r)
	w.ok(err)
	return b
}

// pack has Borea write a courier file.
func (w *world) pack() []byte {
	w.t.Helper()
	var b bytes.Buffer
	_, err := w.out.Pack(w.ctx, operator, "albia-ncc", &b)
	w.ok(err)
	return b.Bytes()
}
