package screen

import (
	"context"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"entente"
	"entente/match"
	"entente/passage"
	"entente/record"
)

// Source is where travel events come from.
type Source struct {
	Feed   entente.FeedID
	Format string    // one of passage.Formats
	File   string    // name only, for the record; empty: over the API
	At     time.Time // when it came in; zero: now
}

// chunk is events that were read together, with what they met.
type chunk struct {
	events []entente.TravelEvent
	aside  []entente.SetAside
	asked  []*match.Question // of each event
	lists  [][]match.Hit
	desk   [][]Found
	mark   string
	moved  bool // the index changed during the comparison
}

// chunkSize is how many events share a transaction.
const chunkSize = 500

// Feed reads travel events, stores them and places what they hit. What cannot be
// read is set aside and the rest goes on. The same events fed again change
// nothing, also when an earlier feeding was cut off.
func (s *Screen) Feed(ctx context.Context, by entente.Officer, from Source, r io.Reader, progress func(entente.Feeding)) (entente.Feeding, error) {
	if _, err := entente.ParseFeedID(string(from.Feed)); err != nil {
		return entente.Feeding{}, err
	}
	if from.At.IsZero() {
		from.At = s.now()
	}
	f := entente.Feeding{ID: newID(), Feed: from.Feed, Format: from.Format, File: from.File, By: by.ID, At: s.now()}
	var was entente.Feeding
	act := record.Act{By: by, Operation: entente.OpFeed, Object: "feed " + string(from.Feed), At: f.At, Result: &was}
	end, ctx, done, err := record.Long(ctx, s.cfg.Store, act, func() error { _, err := io.Copy(io.Discard, r); return err })
	if err != nil || done {
		return was, err
	}
	err = record.Do(ctx, s.cfg.Store, s.cfg.Log, act, func(tx entente.Tx) error { return tx.PutFeeding(f, nil) })
	if err != nil {
		return f, err
	}
	if err := s.Follow(ctx); err != nil {
		return f, err
	}
	var n tally
	err = s.chunks(ctx, from, r, func(c *chunk) error {
		before, then := f, n
		err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
			f, n = before, then // the transaction may run again
			return s.placeChunk(tx, c, &f, &n)
		})
		if err != nil {
			return err
		}
		s.cfg.Step("fed")
		if progress != nil {
			progress(f)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	f.Done = s.now()
	err = s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := tx.PutFeeding(f, nil); err != nil {
			return err
		}
		return end.Keep(tx, f.At, f)
	})
	if n.news {
		s.cfg.Changed()
	}
	return f, err
}

// chunks reads, compares on every processor, and hands over in the order of
// reading.
func (s *Screen) chunks(ctx context.Context, from Source, r io.Reader, each func(*chunk) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type job struct {
		*chunk
		done chan struct{}
	}
	jobs, order := make(chan job), make(chan job, 2*runtime.GOMAXPROCS(0))
	var readErr error
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(order)
		defer close(jobs)
		send := func(c *chunk) bool {
			j := job{c, make(chan struct{})}
			select {
			case order <- j:
			case <-ctx.Done():
				return false
			}
			select {
			case jobs <- j:
				return true
			case <-ctx.Done():
				close(j.done)
				return false
			}
		}
		c := &chunk{}
		readErr = passage.Read(from.Format, r, from.Feed, from.At, func(rec passage.Record) error {
			c.aside = append(c.aside, rec.Aside...)
			if e := rec.Event; e.ID != "" {
				c.events = append(c.events, e)
				c.aside = append(c.aside, Unread(e.Where, e.Reference, e.Traveller)...)
			}
			if len(c.events)+len(c.aside) < chunkSize {
				return nil
			}
			full := c
			c = &chunk{}
			if !send(full) {
				return context.Cause(ctx)
			}
			return nil
		})
		if readErr == nil && !send(c) {
			readErr = context.Cause(ctx)
		}
	})
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for j := range jobs {
				s.compare(j.chunk)
				close(j.done)
			}
		}()
	}
	var err error
	for j := range order {
		<-j.done
		if ctx.Err() == nil { // else it may not have been compared
			if err = each(j.chunk); err != nil {
				stop(err)
			}
		}
	}
	reading.Wait()
	if err != nil {
		return err
	}
	return readErr
}

func (s *Screen) compare(c *chunk) {
	c.asked = make([]*match.Question, len(c.events))
	c.lists = make([][]match.Hit, len(c.events))
	for i := range c.events {
		c.asked[i] = match.Ask(s.believed(c.events[i].Traveller))
		c.lists[i] = asking(s.lists, c.asked[i], alarming)
	}
	s.compareDesk(c)
}

func (s *Screen) compareDesk(c *chunk) {
	c.mark = s.shows()
	c.desk = make([][]Found, len(c.events))
	for i, q := range c.asked {
		c.desk[i] = s.near(q)
	}
	c.moved = s.shows() != c.mark
}

// shows gives the mark of the state that the desk index shows.
func (s *Screen) shows() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.deskAt
}

func (s *Screen) placeChunk(tx entente.Tx, c *chunk, f *entente.Feeding, n *tally) error {
	if err := s.recompare(tx, c); err != nil {
		return err
	}
	ids, err := tx.PutEvents(s.now(), c.events)
	if err != nil {
		return err
	}
	fresh := map[entente.EventID]bool{}
	for _, id := range ids {
		fresh[id] = true
	}
	same, err := confirmed(tx, ids)
	if err != nil {
		return err
	}
	for i, e := range c.events { // one that is told twice with changes meets what either telling meets, once
		if !fresh[e.ID] {
			continue
		}
		found, err := s.resolve(tx, c.lists[i])
		if err != nil {
			return err
		}
		found = append(c.desk[i], found...)
		if err := s.place(tx, sightOf(e), found, n); err != nil {
			return err
		}
		if err := s.placeParted(tx, sightOf(e), same[e.ID], found, n); err != nil {
			return err
		}
	}
	f.Read += len(c.events)
	f.Fresh += len(ids)
	aside := c.aside[:min(len(c.aside), max(0, maxAside-f.Aside))]
	f.Aside += len(c.aside)
	f.Hits, f.Near = n.hits, n.near
	return tx.PutFeeding(*f, aside)
}

// recompare compares again when a watch or file has changed since. On PostgreSQL
// another goroutine may move the index on meanwhile, to what tx does not see yet;
// so it looks once more, and in the end lets the caller try again.
func (s *Screen) recompare(tx entente.Tx, c *chunk) error {
	at, err := mark(tx)
	for range 10 {
		if err != nil || c.mark == at && !c.moved {
			return err
		}
		if err = s.loadDesk(tx); err == nil {
			s.compareDesk(c)
		}
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "watches and files change too fast", Hint: "feed the file again; nothing is lost or doubled"}
}

func sightOf(e entente.TravelEvent) sight {
	return sight{sighting: entente.Sighting{Event: e.ID}, subject: e.Traveller, from: string(e.Feed), what: inWords(e)}
}

// inWords says what a travel event is, for a title and a timeline.
func inWords(e entente.TravelEvent) string {
	var b strings.Builder
	b.WriteString(e.Kind)
	if len(e.Legs) > 0 {
		first, last := e.Legs[0], e.Legs[len(e.Legs)-1]
		if first.Carrier+first.Number != "" {
			b.WriteString(", flight " + first.Carrier + " " + first.Number)
		}
		if first.From+last.To != "" {
			b.WriteString(", " + first.From + " to " + last.To)
		}
		switch {
		case first.Departs != "":
			b.WriteString(", leaves " + spoken(first.Departs))
		case last.Arrives != "":
			b.WriteString(", arrives " + spoken(last.Arrives))
		}
	}
	if e.Place != "" {
		b.WriteString(" at " + e.Place)
	}
	if e.When != "" {
		b.WriteString(" on " + spoken(e.When))
	}
	return b.String()
}

func spoken(t entente.LocalTime) string { return strings.Replace(string(t), "T", " ", 1) }

// Forget erases near misses that were recorded before near, and travel events that
// hit nothing and were stored before events. It gives the number of each.
func (s *Screen) Forget(ctx context.Context, near, events time.Time) (misses, erased int, err error) {
	misses, err = s.drop(ctx, func(tx entente.Tx) (int, error) { return tx.DropNear(near, forgetAtOnce) })
	if err != nil {
		return misses, 0, err
	}
	erased, err = s.drop(ctx, func(tx entente.Tx) (int, error) { return tx.DropEvents(events, forgetAtOnce) })
	return misses, erased, err
}

// drop erases some at a time until there are no more, so that nobody waits long.
func (s *Screen) drop(ctx context.Context, some func(entente.Tx) (int, error)) (int, error) {
	all := 0
	for {
		n := 0
		err := s.cfg.Store.Update(ctx, func(tx entente.Tx) (err error) {
			n, err = some(tx)
			return err
		})
		all += n
		if err != nil || n < forgetAtOnce {
			return all, err
		}
	}
}

const forgetAtOnce = 2000

// Summary says a feeding in words: "312 events, 300 new, 2 hits, 1 near miss, 0 set aside".
func Summary(f entente.Feeding) string {
	return strconv.Itoa(f.Read) + " events, " + strconv.Itoa(f.Fresh) + " new, " + strconv.Itoa(f.Hits) + " hits, " +
		strconv.Itoa(f.Near) + " near misses, " + strconv.Itoa(f.Aside) + " set aside"
}
