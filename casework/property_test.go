package casework_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
	"entente/casework"
	"entente/internal/testpg"
	"entente/match"
	"entente/passage"
	"entente/screen"
)

// step is something that one of two processes does.
type step struct {
	Does string
	By   int // which process
	A, B int // of what
}

var steps = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
	return step{
		rapid.SampledFrom([]string{"feed", "feed", "feed", "feed together", "watch", "file", "close", "reopen", "tip", "decide", "decide", "decide together", "see", "revoke", "correct", "end", "time"}).Draw(t, "does"),
		rapid.IntRange(0, 1).Draw(t, "by"), rapid.IntRange(0, 99).Draw(t, "a"), rapid.IntRange(0, 99).Draw(t, "b"),
	}
}), 30, 60)

// Whatever the order and repetition of feeding, watching, clearing and deciding,
// by two processes on one store, also at the same time: nothing is lost and
// nothing is doubled.
func TestNothingIsLostOrDoubled(t *testing.T) {
	for _, engine := range []struct {
		name string
		url  func(*testing.T) string
		runs int
	}{
		{"sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "albia.db") }, 6},
		{"postgres", func(t *testing.T) string { return testpg.URL(t) }, 3},
	} {
		t.Run(engine.name, func(t *testing.T) {
			for seed := range engine.runs {
				t.Run(fmt.Sprint(seed), func(t *testing.T) {
					o := newOfficeAt(t, engine.url(t))
					l := &life{T: t, office: o}
					l.desks[0] = (&bureau{office: o}).process()
					l.desks[1] = (&bureau{office: o}).process()
					for _, s := range steps.Example(seed) {
						l.live(s)
						if t.Failed() {
							t.Fatalf("after %+v", s)
						}
					}
					l.sound()
				})
			}
		})
	}
}

// life is a bureau of two processes, and what must be there in the end.
type life struct {
	*testing.T
	office *office
	desks  [2]*bureau
	due    []pair
}

// pair is a target and an event that must have met.
type pair struct {
	target entente.Target
	event  entente.EventID
}

var people = []string{
	"Arsen Kadaev,1986-03-14,B4410027", "Арсен Кадаев,1987-03-14,", "Kadayev Arsen,1988-03-14,B4410027", "Arsen Kadaev,1961-11-02,B1029384",
	"Arsen KADAEV,,B1029384", "Mira Volna,1979-05-05,C7", "Volna Mira,,C7", "Karen Lindal,1974-09-25,A1",
}

var meant = []entente.Subject{man("Arsen Kadaev", "1986-03-14"), man("Арсен Кадаев", "1987-03-14"), man("Mira Volna", "1979"), man("Kadayev, Arsen", "")}

// flights are some of the people on some day.
func flights(a, b int) string {
	var text strings.Builder
	text.WriteString("kind,name,born,passport,carrier,flight,from,to,arrives\n")
	for i, p := range people {
		if a>>i&1 == 1 || i == b%len(people) {
			fmt.Fprintf(&text, "arrival,%s,XB,117,NVG,OST,2011-04-%02dT15:20\n", p, 1+b%3)
		}
	}
	return text.String()
}

func (l *life) live(s step) {
	l.Helper()
	desk := l.desks[s.By]
	switch s.Does {
	case "feed":
		l.expect(flights(s.A, s.B))
		l.fine(l.feed(desk, flights(s.A, s.B)))
	case "feed together":
		l.together(func(b *bureau) error { return l.feed(b, flights(s.A, s.B)) })
	case "decide together":
		l.together(func(b *bureau) error { return l.decide(b, s) })
	case "time":
		l.office.now = l.office.now.Add(time.Duration(s.A) * time.Hour)
		_, err := desk.work.Tick(l.Context())
		l.fine(err)
	default:
		l.fine(l.acts()[s.Does](desk, s))
	}
}

// acts are what officers do.
func (l *life) acts() map[string]func(*bureau, step) error {
	ctx, why := l.Context(), "As the papers show."
	return map[string]func(*bureau, step) error{
		"decide": l.decide,
		"watch": func(b *bureau, s step) error {
			n := casework.NewWatch{Subject: meant[s.A%len(meant)], Purpose: "p", Reason: why}
			if all := l.cases(); len(all) > 0 && s.B%2 == 0 {
				n.Case = all[s.B%len(all)].ID
			}
			_, err := b.work.OpenWatch(ctx, analyst, n)
			return err
		},
		"file": func(b *bureau, s step) error {
			_, err := b.work.OpenCase(ctx, analyst, casework.NewCase{Title: "A file", Purpose: "p", Subjects: meant[s.A%len(meant) : s.A%len(meant)+1]})
			return err
		},
		"close": l.one(func(b *bureau, c entente.Case, s step) error {
			return b.work.CloseCase(ctx, supervisor, c.ID, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: why, Despite: why})
		}),
		"reopen": l.one(func(b *bureau, c entente.Case, s step) error { return b.work.ReopenCase(ctx, analyst, c.ID, why) }),
		"correct": l.one(func(b *bureau, c entente.Case, s step) error {
			return b.work.CorrectCase(ctx, analyst, c.ID, append(c.Subjects[:1:1], meant[s.B%len(meant)]), why)
		}),
		"tip": func(b *bureau, s step) error {
			l.office.one(entente.Incoming, entente.Routine, false, tipOn("A warning", meant[s.A%len(meant)], meant[s.B%len(meant)]))
			_, err := b.screen.Messages(ctx)
			return err
		},
		"see": func(b *bureau, s step) error {
			if all := l.tasks(true); len(all) > 0 {
				return b.work.SeeTask(ctx, supervisor, all[s.A%len(all)].ID)
			}
			return nil
		},
		"end": func(b *bureau, s step) error {
			if all := stored(l, func(tx entente.Tx) ([]entente.Watch, error) { return tx.Watches(true) }); len(all) > 0 {
				return b.work.EndWatch(ctx, analyst, all[s.A%len(all)].ID, time.Time{}, why)
			}
			return nil
		},
		"revoke": func(b *bureau, s step) error {
			all := stored(l, func(tx entente.Tx) ([]entente.Clearing, error) { return tx.Clearings(entente.Target{}) })
			if len(all) > 0 {
				return b.work.RevokeClearing(ctx, analyst, all[s.A%len(all)].ID, why)
			}
			return nil
		},
	}
}

func (l *life) one(act func(*bureau, entente.Case, step) error) func(*bureau, step) error {
	return func(b *bureau, s step) error {
		if all := l.cases(); len(all) > 0 {
			return act(b, all[s.A%len(all)], s)
		}
		return nil
	}
}

func (l *life) decide(b *bureau, s step) error {
	all := l.tasks(true)
	if len(all) == 0 {
		return nil
	}
	t := all[s.A%len(all)]
	answers := t.Kind.Verdicts()
	dec := casework.Decision{Answer: answers[s.B%len(answers)], Reason: "As the papers show."}
	hits := stored(l, func(tx entente.Tx) ([]entente.Hit, error) {
		return tx.Hits(entente.HitQuery{Task: t.ID, Limit: 10_000})
	})
	for i, h := range hits {
		if s.B%2 == 1 || i == s.B%len(hits) {
			dec.Hits = append(dec.Hits, h.ID)
		}
	}
	return b.work.DecideTask(l.Context(), supervisor, t.ID, dec)
}

func (l *life) together(do func(*bureau) error) {
	var both sync.WaitGroup
	for _, b := range l.desks {
		both.Go(func() { l.fine(do(b)) })
	}
	both.Wait()
}

func (l *life) feed(b *bureau, text string) error {
	_, err := b.screen.Feed(l.Context(), analyst, screen.Source{Feed: "ostvik-airport", Format: "csv", At: day}, strings.NewReader(text), nil)
	return err
}

// fine holds that an act succeeds, or is refused for what another did before.
func (l *life) fine(err error) {
	l.Helper()
	if err != nil && !errors.Is(err, entente.Conflict) && !errors.Is(err, entente.Invalid) {
		l.Errorf("%v", err)
	}
}

// expect notes whom the events must meet that are told for the first time.
func (l *life) expect(text string) {
	l.Helper()
	err := passage.Read("csv", strings.NewReader(text), "ostvik-airport", day, func(rec passage.Record) error {
		e := rec.Event
		return l.office.store.View(l.Context(), func(tx entente.Tx) error {
			if _, err := tx.Event(e.ID); !errors.Is(err, entente.NotFound) {
				return err
			}
			watches, err := tx.Watches(true)
			if err != nil {
				return err
			}
			for _, w := range watches {
				if match.Compare(e.Traveller, w.Subject).Score >= entente.BandProbable.Floor() {
					l.due = append(l.due, pair{entente.Target{Kind: entente.TargetWatch, ID: string(w.ID)}, e.ID})
				}
			}
			return nil
		})
	})
	if err != nil {
		l.Fatal(err)
	}
}

func stored[T any](l *life, fn func(entente.Tx) (T, error)) (out T) {
	l.Helper()
	err := l.office.store.View(l.Context(), func(tx entente.Tx) (err error) {
		out, err = fn(tx)
		return err
	})
	if err != nil {
		l.Error(err)
	}
	return out
}

func (l *life) cases() []entente.Case {
	return stored(l, func(tx entente.Tx) ([]entente.Case, error) { return tx.Cases(entente.CaseQuery{}) })
}

func (l *life) tasks(open bool) []entente.Task {
	return stored(l, func(tx entente.Tx) ([]entente.Task, error) {
		return tx.Tasks(entente.TaskQuery{Open: open, Limit: 10_000})
	})
}

// sound holds that nothing was lost and nothing doubled.
func (l *life) sound() {
	l.Helper()
	hits := stored(l, func(tx entente.Tx) ([]entente.Hit, error) { return tx.Hits(entente.HitQuery{Limit: 100_000}) })
	seen, met := map[string]bool{}, map[pair]bool{}
	gathered, decided := map[entente.TaskID]int{}, map[entente.TaskID]int{}
	for _, h := range hits {
		if what := h.Target.String() + h.Sighting.String(); seen[what] {
			l.Errorf("%s hit twice", what)
		} else {
			seen[what] = true
		}
		met[pair{h.Target, h.Sighting.Event}] = true
		if h.Task == "" && h.Cleared == "" && h.Match.Score >= entente.BandProbable.Floor() {
			l.Errorf("nobody is asked about a %s hit", h.Match.Band)
		}
		if h.Task != "" {
			gathered[h.Task]++
			if h.Decided != nil {
				decided[h.Task]++
			}
		} else if h.Decided != nil {
			l.Error("a hit was decided that nobody was asked about")
		}
	}
	for _, p := range l.due {
		if !met[p] {
			l.Errorf("%s and %s never met", p.target, p.event)
		}
	}
	asking := map[string]bool{}
	for _, t := range l.tasks(false) {
		n := gathered[t.ID]
		if t.Hits != n || n > 0 && (t.Decided != nil) != (decided[t.ID] == n) {
			l.Errorf("a task says %d hits, has %d, of which %d are decided; itself: %v", t.Hits, n, decided[t.ID], t.Decided != nil)
		}
		delete(gathered, t.ID)
		if what := fmt.Sprint(t.Kind, t.Target); t.Decided == nil && asking[what] {
			l.Errorf("two tasks ask the same about %s", what)
		} else if t.Decided == nil {
			asking[what] = true
		}
	}
	if len(gathered) > 0 {
		l.Errorf("%d tasks have hits and are not there", len(gathered))
	}
	for _, c := range l.cases() {
		l.timeline(c)
	}
	if n := len(stored(l, func(tx entente.Tx) ([]entente.MessageID, error) { return tx.Unscreened(10) })); n > 0 {
		l.Errorf("%d messages were not compared", n)
	}
}

// timeline holds that a file's timeline has no gaps, tells once of each sighting
// that met it or its watches, and that no sighting raised two flags.
func (l *life) timeline(c entente.Case) {
	l.Helper()
	told := map[entente.Sighting]int{}
	for i, e := range stored(l, func(tx entente.Tx) ([]entente.Entry, error) { return tx.Entries(c.ID) }) {
		if e.Seq != int64(i) {
			l.Errorf("line %d has number %d", i, e.Seq)
		}
		if e.Kind == "hit" {
			told[stored(l, func(tx entente.Tx) (entente.Hit, error) { return tx.Hit(e.Hit) }).Sighting]++
		}
	}
	v, err := l.desks[0].work.Case(l.Context(), overseer, c.ID)
	if err != nil {
		l.Fatal(err)
	}
	met := map[entente.Sighting]bool{}
	for _, h := range v.Hits {
		met[h.Sighting] = true
		if told[h.Sighting] != 1 {
			l.Errorf("the timeline tells %d times of %s", told[h.Sighting], h.Sighting)
		}
	}
	if len(told) != len(met) {
		l.Errorf("the timeline tells of %d sightings, %d met the file", len(told), len(met))
	}
	flagged := map[entente.Sighting]bool{}
	for _, f := range v.Flags {
		h := stored(l, func(tx entente.Tx) (entente.Hit, error) { return tx.Hit(f.Hit) })
		if flagged[h.Sighting] {
			l.Errorf("%s raised two flags", h.Sighting)
		}
		flagged[h.Sighting] = true
	}
}
