package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/inbox"
	"entente/outbox"
	"entente/seal"
	"entente/sqlstore"
)

// world is Borea and Albia with everything between an officer and the partner's
// store, and no network: a carrier calls the other side's doors. Nothing runs by
// itself.
type world struct {
	*testing.T
	ctx          context.Context
	borea, albia *agency
	clock        *clock
}

type agency struct {
	keys  seal.Keys
	party entente.Party
	note  []byte
	store *sqlstore.Store
	line  *line
	out   *outbox.Outbox
	in    *inbox.Inbox
	desk  *casework.Desk
}

// day is when all of it begins.
var day = time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)

const terms = `entente = "agreement/1"
id = "north-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention"]

[release]
four-eyes = ["tip"]
single = ["disposition", "note"]

[handling]
default = { tlp = "AMBER+STRICT", pap = "AMBER", court-use = "ask", onward = "originator" }
`

// Borea's people, who are also Albia's: no name is looked up.
var (
	analyst    = entente.Officer{ID: "vera.orlova", Name: "Вера Орлова", Role: entente.Analyst}
	second     = entente.Officer{ID: "yuri.lenz", Name: "Юрий Ленц", Role: entente.Analyst}
	releaser   = entente.Officer{ID: "ivan.sobol", Name: "Иван Соболь", Role: entente.Releaser}
	supervisor = entente.Officer{ID: "lev.gromov", Name: "Лев Громов", Role: entente.Supervisor}
	overseer   = entente.Officer{ID: "nina.belova", Name: "Нина Белова", Role: entente.Overseer}
	operator   = entente.Officer{ID: "oleg.titov", Name: "Олег Титов", Role: entente.Operator}
)

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) advance(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// newWorld makes both sides under these agreements, or north-star alone. on puts
// something between each side and its store.
func newWorld(t *testing.T, on func(entente.Store) entente.Store, agreements ...string) *world {
	w := &world{T: t, ctx: t.Context(), clock: &clock{at: day}}
	if on == nil {
		on = func(s entente.Store) entente.Store { return s }
	}
	if len(agreements) == 0 {
		agreements = []string{terms}
	}
	w.albia, w.borea = w.agency("albia-ncc"), w.agency("borea-sls")
	both := []*agency{w.albia, w.borea}
	for _, a := range both {
		for _, p := range both {
			w.put(a, func(tx entente.Tx) error {
				return tx.PutParty(entente.PartyRecord{Party: p.party, Note: p.note, Added: day, Checked: "init"})
			})
		}
	}
	for _, text := range agreements {
		w.agree(text, both...)
	}
	w.open(w.albia, w.borea, on)
	w.open(w.borea, w.albia, on)
	return w
}

func (w *world) agency(id entente.PartyID) *agency {
	w.Helper()
	keys, err := seal.Generate(id)
	w.ok(err)
	a := &agency{keys: keys, party: entente.Party{ID: id, Edition: 1, Name: string(id), Country: "XA", Issued: day, Keys: keys.Public(), Endpoint: "https://" + string(id) + ".example"}.Able()}
	a.note, err = seal.SignParty(a.party, keys)
	w.ok(err)
	a.store, err = sqlstore.Open(w.ctx, filepath.Join(w.TempDir(), string(id)+".db"))
	w.ok(err)
	w.Cleanup(func() { w.ok(a.store.Close()) })
	return a
}

// agree puts a text that both have signed into force at some.
func (w *world) agree(text string, at ...*agency) {
	w.Helper()
	known := map[entente.PartyID]entente.Party{}
	note := []byte(text)
	var err error
	for _, a := range []*agency{w.albia, w.borea} {
		known[a.party.ID] = a.party
		note, err = seal.SignAgreement(note, a.party.ID, a.keys.Identity)
		w.ok(err)
	}
	rec, err := seal.OpenAgreement(note, func(id entente.PartyID) (entente.Party, error) { return known[id], nil })
	w.ok(err)
	for _, a := range at {
		w.put(a, func(tx entente.Tx) error { return tx.PutAgreement(rec) })
	}
}

func (w *world) open(a, partner *agency, on func(entente.Store) entente.Store) {
	a.line = &line{from: a.party.ID, to: partner}
	store := on(a.store)
	a.out = outbox.New(outbox.Config{Self: a.party.ID, Keys: a.keys, Store: store, Carrier: a.line, Now: w.clock.now})
	a.in = inbox.New(inbox.Config{
		Self: a.party.ID, Keys: a.keys, Store: store, Now: w.clock.now,
		Compared: a.out.Compared, Custody: a.out.Custody, Settle: a.out.Settle, Levelled: a.out.Levelled,
	})
	a.desk = casework.New(casework.Config{Self: a.party.ID, Keys: a.keys, Store: store, Out: a.out, Now: w.clock.now})
}

// line is the way from one side to the other's doors. What is set is called
// instead of the door.
type line struct {
	from    entente.PartyID
	to      *agency
	deliver func([]entente.Delivery) ([]entente.Settlement, error)
	heads   func([]entente.LedgerHead) ([]entente.LedgerHead, error)
	send    func(entente.Digest, io.Reader) error

	mu    sync.Mutex
	calls map[string]int
}

func (l *line) count(what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.calls == nil {
		l.calls = map[string]int{}
	}
	l.calls[what]++
}

// called is how often a door was called.
func (l *line) called(what string) int { l.mu.Lock(); defer l.mu.Unlock(); return l.calls[what] }

func (l *line) Deliver(ctx context.Context, _ entente.Party, ds []entente.Delivery) ([]entente.Settlement, error) {
	l.count("deliver")
	if l.deliver != nil {
		return l.deliver(ds)
	}
	return l.to.in.Accept(ctx, l.from, ds)
}

func (l *line) Compare(ctx context.Context, _ entente.Party, heads []entente.LedgerHead) ([]entente.LedgerHead, error) {
	l.count("compare")
	if l.heads != nil {
		return l.heads(heads)
	}
	return l.to.in.Compare(ctx, l.from, heads)
}

func (l *line) Records(ctx context.Context, _ entente.Party, origin string, first int64, n int) ([]entente.Digest, error) {
	return l.to.in.Records(ctx, l.from, origin, first, n)
}

func (l *line) FileHeld(ctx context.Context, _ entente.Party, file entente.Digest) (held, size int64, err error) {
	l.count("held")
	return l.to.in.Held(ctx, l.from, file)
}

func (l *line) SendFile(ctx context.Context, _ entente.Party, file entente.Digest, offset, _ int64, r io.Reader) (int64, error) {
	l.count("send")
	if l.send != nil {
		if err := l.send(file, r); err != nil {
			return 0, err
		}
	}
	return l.to.in.Add(ctx, l.from, file, offset, r)
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// want holds that an error is of a kind; nil: that there is none.
func (w *world) want(err, kind error, what string) {
	w.Helper()
	if !errors.Is(err, kind) {
		w.Errorf("%s: %v, want %v", what, err, kind)
	}
}

func (w *world) put(a *agency, fn func(entente.Tx) error) {
	w.Helper()
	w.ok(a.store.Update(w.ctx, fn))
}

// look reads at one side.
func look[T any](w *world, a *agency, get func(entente.Tx) (T, error)) (v T) {
	w.Helper()
	w.ok(a.store.View(w.ctx, func(tx entente.Tx) (err error) {
		v, err = get(tx)
		return err
	}))
	return v
}

func tipOf(title string) entente.Statement {
	return entente.Statement{Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine, Tip: &entente.Tip{
		Category: "attack-planning", Title: title, Text: title, Provenance: entente.Provenance{Attestation: "lawful"},
		Questions: []entente.Question{{ID: "q1", Text: "Do you know him?"}},
	}}
}

// draft has Borea's analyst write and submit a tip, with files.
func (w *world) draft(under entente.AgreementID, files ...string) entente.Draft {
	w.Helper()
	d, err := w.borea.out.Write(w.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: under, Statement: tipOf("A warning")})
	w.ok(err)
	for _, f := range files {
		_, err := w.borea.out.Attach(w.ctx, analyst, d.ID, "page.txt", "text/plain", strings.NewReader(f))
		w.ok(err)
		d.Version++
	}
	d, err = w.borea.out.Submit(w.ctx, analyst, d.ID, d.Version)
	w.ok(err)
	return d
}

// tip has Borea release a tip, with files.
func (w *world) tip(under entente.AgreementID, files ...string) entente.MessageID {
	w.Helper()
	d := w.draft(under, files...)
	_, err := w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	return d.ID
}

// exchange has one side deliver until nothing more is settled.
func (w *world) exchange(from *agency) (settled int) {
	w.Helper()
	for {
		n, err := from.out.Deliver(w.ctx, from.line.to.party.ID)
		w.ok(err)
		if n == 0 {
			return settled
		}
		settled += n
	}
}

// waiting lists what waits at one side.
func (w *world) waiting(a *agency) []entente.QueueItem {
	w.Helper()
	return look(w, a, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.Queue("", 0) })
}

// filed lists what one side has of a kind.
func (w *world) filed(a *agency, k entente.Kind) []entente.Filed {
	w.Helper()
	return look(w, a, func(tx entente.Tx) ([]entente.Filed, error) {
		return tx.Messages(entente.MessageQuery{Kinds: []entente.Kind{k}, Limit: 10_000})
	})
}

// carry has a courier take what one side packs to the other.
func (w *world) carry(from *agency) {
	w.Helper()
	var b bytes.Buffer
	_, err := from.out.Pack(w.ctx, operator, from.line.to.party.ID, &b)
	w.ok(err)
	_, _, err = from.line.to.in.Unpack(w.ctx, operator, bytes.NewReader(b.Bytes()), int64(b.Len()))
	w.ok(err)
}
