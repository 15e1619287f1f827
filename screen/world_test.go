package screen

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/lists"
	"entente/record"
	"entente/seal"
	"entente/sqlstore"
)

var (
	morning = time.Date(2012, 7, 17, 9, 0, 0, 0, time.UTC)
	anna    = entente.Officer{ID: "anna.kern", Name: "Anna Kern", Role: entente.Analyst}
	otto    = entente.Officer{ID: "otto.lang", Name: "Otto Lang", Role: entente.Operator}
	ruth    = entente.Officer{ID: "ruth.adler", Name: "Ruth Adler", Role: entente.Releaser}
)

// world is a store and one node's Screen over it.
type world struct {
	*Screen
	t     *testing.T
	store *sqlstore.Store
	keys  seal.Keys
}

func newWorld(t *testing.T) world {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "albia.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	keys, err := seal.Generate("albia-ncc")
	if err != nil {
		t.Fatal(err)
	}
	return world{t: t, store: store, keys: keys}.process()
}

// process is another process on the same store.
func (w world) process() world {
	w.Screen = New(Config{
		Self: "albia-ncc", Store: w.store, Now: func() time.Time { return morning },
		Log: record.Log{Party: "albia-ncc", Key: w.keys.Ledger.Signer()},
	})
	return w
}

func (w world) update(fn func(entente.Tx) error) {
	w.t.Helper()
	if err := w.store.Update(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// read gives what fn reads from the store.
func read[T any](w world, fn func(entente.Tx) (T, error)) (out T) {
	w.t.Helper()
	err := w.store.View(w.t.Context(), func(tx entente.Tx) (err error) {
		out, err = fn(tx)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w world) hits() []entente.Hit {
	w.t.Helper()
	return read(w, func(tx entente.Tx) ([]entente.Hit, error) { return tx.Hits(entente.HitQuery{Limit: 10_000}) })
}

func (w world) tasks() []entente.Task {
	w.t.Helper()
	return read(w, func(tx entente.Tx) ([]entente.Task, error) {
		return tx.Tasks(entente.TaskQuery{Open: true, Limit: 10_000})
	})
}

func (w world) watch(name, born string) entente.WatchID {
	w.t.Helper()
	id := entente.WatchID(newID())
	w.update(func(tx entente.Tx) error {
		err := tx.PutWatch(entente.Watch{
			ID: id, Version: 1, Title: name, Subject: person(name, born), Owner: entente.Analyst, Purpose: "test", Reason: "test",
			By: anna.ID, Opened: morning.AddDate(-1, 0, 0), Review: morning.AddDate(1, 0, 0),
		})
		if err != nil {
			return err
		}
		return Mark(tx)
	})
	return id
}

func person(name, born string) entente.Subject {
	s := entente.Subject{Names: []entente.Name{{Text: name}}}
	if born != "" {
		d, err := entente.ParsePartialDate(born)
		if err != nil {
			panic(err)
		}
		s.Births = []entente.Birth{{Date: d, Grade: "F6", Nature: entente.NatureFact}}
	}
	return s
}

// flights is a feed: one line of "name,born,passport" an event.
func flights(travellers ...string) string {
	var b strings.Builder
	b.WriteString("kind,name,born,passport,carrier,flight,from,to,arrives\n")
	for i, t := range travellers {
		fmt.Fprintf(&b, "arrival,%s,XB,%d,NVG,OST,2012-07-17T15:20\n", t, 100+i)
	}
	return b.String()
}

func (w world) feed(text string) entente.Feeding {
	w.t.Helper()
	f, err := w.Feed(w.t.Context(), otto, Source{Feed: "ostvik-airport", Format: "csv"}, strings.NewReader(text), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w world) list(text string, change ...func(*Import)) (entente.Edition, error) {
	in := Import{
		Options: lists.Options{Source: "ports"}, Format: "csv", File: "ports.csv", Digest: entente.DigestOf([]byte(text)),
		Open: func() ([]lists.File, error) {
			return []lists.File{{Name: "ports.csv", Data: bytes.NewReader([]byte(text))}}, nil
		},
	}
	for _, c := range change {
		c(&in)
	}
	return w.Import(w.t.Context(), otto, in, nil)
}
