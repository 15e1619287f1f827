package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/parse"
	"entente/record"
	"entente/screen"
	"entente/seal"
	"entente/sqlstore"
)

// measureTravel holds an invented nation's travellers against a list of a
// million and ten thousand watches. Nobody of the crowd is listed; what hits,
// hits by likeness of names and dates, and one in a thousand is watched for.
func measureTravel(ctx context.Context, o options) (figures []Figure, err error) {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := sqlstore.Open(ctx, filepath.Join(dir, "travel.db"))
	if err != nil {
		return nil, err
	}
	defer store.Close()
	fmt.Fprintf(o.progress, "bench: storing %d people and %d watches\n", o.people, o.watches)
	list, travellers := newCrowd(1), newCrowd(2)
	stored, watched, err := hold(ctx, store, list, o)
	if err != nil {
		return nil, err
	}
	written, err := writeOnly(dir, newCrowd(1), o.people)
	if err != nil {
		return nil, err
	}
	question := lookUpAndCopy(o.people)
	_, taken := insertAndCopy(o.people)
	keys, err := seal.Generate("albia-ncc")
	if err != nil {
		return nil, err
	}
	now := time.Date(2012, 7, 17, 9, 0, 0, 0, time.UTC)
	s := screen.New(screen.Config{Self: keys.Party, Store: store, Now: func() time.Time { return now }, Log: record.Log{Party: keys.Party, Key: keys.Ledger.Signer()}})
	before := inUse()
	began := time.Now()
	if err := s.Follow(ctx); err != nil {
		return nil, err
	}
	group := fmt.Sprintf("travellers against %d people and %d watches, SQLite", o.people, o.watches)
	loaded := time.Since(began)
	build := beside(Figure{Group: group, Name: "index built from the store", Value: loaded.Seconds(), Unit: "s", Aim: "< 60 s"}, taken)
	build.Note = floorNote(o.people)
	people := rate(group, "people stored", []float64{float64(o.people) / stored.Seconds()}, []float64{float64(o.people) / written.Seconds()})
	people.Note = "the floor writes the same people to a file, and waits for the disk as often"
	figures = append(figures, people, build,
		Figure{Group: group, Name: "memory of the index", Value: float64(inUse() - before), Unit: "B", Aim: "< 400 MiB"},
	)
	var rates, floors []float64
	var spent, least []time.Duration
	for round := range o.rounds {
		text, events := travellers.feed(o.events, round, watched)
		floor, idle, err := storeOnly(ctx, filepath.Join(dir, fmt.Sprintf("floor%d.db", round)), events)
		if err != nil {
			return nil, err
		}
		began, used := time.Now(), cpu()
		f, err := s.Feed(ctx, entente.Officer{ID: "bench", Role: entente.Operator}, screen.Source{Feed: "bench-port", Format: "csv"}, strings.NewReader(text), nil)
		if err != nil {
			return nil, err
		}
		if f.Fresh != o.events {
			return nil, fmt.Errorf("%d of %d events were new", f.Fresh, o.events)
		}
		second := float64(o.events) / time.Since(began).Seconds()
		rates, floors = append(rates, second), append(floors, floor)
		spent, least = append(spent, (cpu()-used)/time.Duration(o.events)), append(least, idle+2*question)
		fmt.Fprintf(o.progress, "bench: travellers, round %d of %d: %.0f /s, %s\n", round+1, o.rounds, second, screen.Summary(f))
	}
	screened := rate(group, "events screened and stored", rates, floors).aim("10000 /s")
	screened.Note = "the floor stores the same events in the same transactions, and compares nothing"
	each := took(group, "processor time of an event", spent, least)
	each.Note = "the floor stores the event and asks the list and the watches at the floor of a question"
	return append(figures, screened, each), nil
}

// page is how many people are stored at once.
const page = 2000

// holdings invents the people of a list with these numbers.
func (c *crowd) holdings(first, end int) []entente.Holding {
	var hs []entente.Holding
	for i := first; i < end; i++ {
		hs = append(hs, entente.Holding{ID: entente.HoldingID(fmt.Sprintf("bench/%09d", i)), Source: "bench", Kind: entente.HoldingPerson, Subject: c.person()})
	}
	return hs
}

// hold stores people and watches, and gives who is watched for.
func hold(ctx context.Context, store *sqlstore.Store, c *crowd, o options) (took time.Duration, watched []entente.Subject, err error) {
	for first := 0; first < o.people; first += page {
		hs := c.holdings(first, min(first+page, o.people))
		began := time.Now()
		if err := store.Update(ctx, func(tx entente.Tx) error { return tx.PutHoldings(hs) }); err != nil {
			return 0, nil, err
		}
		took += time.Since(began)
	}
	err = store.Update(ctx, func(tx entente.Tx) error {
		watched = nil
		for i := range o.watches {
			s := c.person()
			watched = append(watched, s)
			err := tx.PutWatch(entente.Watch{ID: entente.WatchID(fmt.Sprintf("0196f0a8-7c1e-7b3a-9f10-%012d", i)), Version: 1, Title: s.Names[0].Text, Subject: s, Owner: entente.Analyst})
			if err != nil {
				return err
			}
		}
		if err := tx.PutEdition(entente.Edition{Source: "bench", Number: 1, Format: "csv"}, nil); err != nil {
			return err
		}
		return screen.Mark(tx)
	})
	return took, watched, err
}

// feed makes events, one in a thousand of somebody watched for.
func (c *crowd) feed(n, round int, watched []entente.Subject) (text string, events []entente.TravelEvent) {
	var b strings.Builder
	b.WriteString("kind,name,born,nationality,passport,carrier,flight,from,to,arrives\n")
	for i := range n {
		s := c.person()
		if i%1000 == 0 {
			s = watched[(round*n+i)/1000%len(watched)]
		}
		b.WriteString(c.row(s, round*n+i))
		events = append(events, entente.TravelEvent{ID: entente.EventID(fmt.Sprintf("%064d", round*n+i)), Feed: "bench-port", Kind: "arrival", Traveller: s, Legs: []entente.Leg{{Carrier: "XB", Number: "118", From: "NVG", To: "OST", Arrives: "2012-07-17T15:20"}}})
	}
	return b.String(), events
}

// storeOnly gives how many events a second are stored, and nothing else, and
// the processor time of one.
func storeOnly(ctx context.Context, path string, events []entente.TravelEvent) (perSecond float64, each time.Duration, err error) {
	store, err := sqlstore.Open(ctx, path)
	if err != nil {
		return 0, 0, err
	}
	defer store.Close()
	began, used := time.Now(), cpu()
	for part := range slices.Chunk(events, 500) {
		err := store.Update(ctx, func(tx entente.Tx) error {
			_, err := tx.PutEvents(began, part)
			return err
		})
		if err != nil {
			return 0, 0, err
		}
	}
	return float64(len(events)) / time.Since(began).Seconds(), (cpu() - used) / time.Duration(len(events)), nil
}

// writeOnly takes as long as it does to write the people of a list to a file,
// and to wait for the disk after each page of them.
func writeOnly(dir string, c *crowd, people int) (took time.Duration, err error) {
	j, err := newJournal(dir, "floor-people")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, j.close()) }()
	for first := 0; first < people; first += page {
		var b []byte
		for _, h := range c.holdings(first, min(first+page, people)) {
			one, err := parse.Encode(h)
			if err != nil {
				return 0, err
			}
			b = append(b, one...)
		}
		began := time.Now()
		if err := j.add(b); err != nil {
			return 0, err
		}
		took += time.Since(began)
	}
	return took, nil
}

// inUse is the memory that the process holds after a collection, in bytes.
func inUse() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys - m.HeapReleased
}
