package sqlstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

// What is kept about persons comes back as it was, every field.
func TestPersonsComeBackWhole(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		keeps(t, s, func(tx entente.Tx, h entente.Holding) error { return tx.PutHoldings([]entente.Holding{h}) },
			func(tx entente.Tx, h entente.Holding) (entente.Holding, error) { return tx.Holding(h.ID) })
		keeps(t, s, func(tx entente.Tx, e entente.Edition) error { return tx.PutEdition(e, nil) },
			func(tx entente.Tx, e entente.Edition) (entente.Edition, error) { return first(tx.Editions(e.Source)) })
		keeps(t, s, func(tx entente.Tx, e entente.TravelEvent) error {
			_, err := tx.PutEvents(at(1), []entente.TravelEvent{e})
			return err
		}, func(tx entente.Tx, e entente.TravelEvent) (entente.TravelEvent, error) { return tx.Event(e.ID) })
		keeps(t, s, func(tx entente.Tx, f entente.Feeding) error { return tx.PutFeeding(f, nil) },
			func(tx entente.Tx, f entente.Feeding) (entente.Feeding, error) { return first(tx.Feedings(1)) })
		keeps(t, s, func(tx entente.Tx, w entente.Watch) error { w.Version = 1; return tx.PutWatch(w) },
			func(tx entente.Tx, w entente.Watch) (entente.Watch, error) {
				got, err := tx.Watch(w.ID)
				got.Version = w.Version
				return got, err
			})
		keeps(t, s, func(tx entente.Tx, c entente.Case) error { c.Version = 1; return tx.PutCase(c) },
			func(tx entente.Tx, c entente.Case) (entente.Case, error) {
				got, err := tx.Case(c.ID)
				got.Version = c.Version
				return got, err
			})
		keeps(t, s, func(tx entente.Tx, e entente.Entry) error { _, err := tx.AddEntry(e); return err },
			func(tx entente.Tx, e entente.Entry) (entente.Entry, error) {
				got, err := first(tx.Entries(e.Case))
				got.Seq = e.Seq
				return got, err
			})
		keeps(t, s, entente.Tx.PutFlag, func(tx entente.Tx, f entente.Flag) (entente.Flag, error) { return first(tx.Flags(f.Case)) })
		keeps(t, s, func(tx entente.Tx, h entente.Hit) error { _, err := tx.PutHit(h); return err },
			func(tx entente.Tx, h entente.Hit) (entente.Hit, error) { return tx.Hit(h.ID) })
		keeps(t, s, entente.Tx.PutClearing, func(tx entente.Tx, c entente.Clearing) (entente.Clearing, error) { return tx.Clearing(c.ID) })
		keeps(t, s, func(tx entente.Tx, k entente.Task) error { k.Version = 1; return tx.PutTask(k) },
			func(tx entente.Tx, k entente.Task) (entente.Task, error) {
				got, err := tx.Task(k.ID)
				got.Version = k.Version
				return got, err
			})
	})
}

// Watches, cases and tasks change one version at a time: who comes second is told.
func TestVersionsOfPersons(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		for name, write := range map[string]func(entente.Tx, int, string) error{
			"watch": func(tx entente.Tx, v int, text string) error {
				return tx.PutWatch(entente.Watch{ID: "w", Version: v, Title: text})
			},
			"case": func(tx entente.Tx, v int, text string) error {
				return tx.PutCase(entente.Case{ID: "c", Version: v, Title: text, Messages: []entente.MessageID{id(v)}})
			},
			"task": func(tx entente.Tx, v int, text string) error {
				return tx.PutTask(entente.Task{ID: "t", Version: v, Title: text})
			},
		} {
			wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return write(tx, 2, "too early") }), entente.Conflict)
			put(t, s, func(tx entente.Tx) error { return write(tx, 1, "first") })
			put(t, s, func(tx entente.Tx) error {
				for _, v := range []int{0, 1, 3} {
					wantKind(t, write(tx, v, name), entente.Conflict)
				}
				return write(tx, 2, "second")
			})
		}
		got := get(t, s, func(tx entente.Tx) (titles []string, err error) {
			w, errW := tx.Watch("w")
			c, errC := tx.Case("c")
			k, errK := tx.Task("t")
			return []string{w.Title, c.Title, k.Title}, errors.Join(errW, errC, errK)
		})
		same(t, got, []string{"second", "second", "second"})
		for v, want := range map[int]int{1: 0, 2: 1, 3: 0} {
			n := get(t, s, func(tx entente.Tx) (int, error) { return count(tx.Cases(entente.CaseQuery{Message: id(v)})) })
			if n != want {
				t.Errorf("%d cases of message %d, want %d: links follow the newest version", n, v, want)
			}
		}
	})
}

func TestWatchQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		w := entente.Watch{ID: "a", Version: 1, Opened: at(2)}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutWatch(w), tx.PutWatch(entente.Watch{ID: "b", Version: 1, Opened: at(3)}), tx.PutWatch(entente.Watch{ID: "c", Version: 1, Opened: at(1), Ends: &entente.Ending{}}))
		})
		list := func(active bool) []entente.WatchID {
			return ids(get(t, s, func(tx entente.Tx) ([]entente.Watch, error) { return tx.Watches(active) }), func(w entente.Watch) entente.WatchID { return w.ID })
		}
		same(t, list(true), []entente.WatchID{"b", "a", "c"}) // announced is not ended
		w.Version, w.Ended = 2, &entente.Ending{Reason: "found"}
		put(t, s, func(tx entente.Tx) error { return tx.PutWatch(w) })
		same(t, list(true), []entente.WatchID{"b", "c"})
		same(t, list(false), []entente.WatchID{"b", "a", "c"})
	})
}

func TestCaseQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		file := func(id entente.CaseID, version int, state entente.CaseState, messages ...entente.MessageID) func(entente.Tx) error {
			return func(tx entente.Tx) error {
				return tx.PutCase(entente.Case{ID: id, Version: version, State: state, Messages: messages})
			}
		}
		for _, write := range []func(entente.Tx) error{
			file("a", 1, entente.CaseOpen, id(1), id(2), id(1)), file("b", 1, entente.CaseOpen, id(2)), file("c", 1, entente.CaseClosed), file("a", 2, entente.CaseOpen, id(1), id(2)),
		} {
			put(t, s, write)
		}
		for _, c := range []struct {
			q    entente.CaseQuery
			want []entente.CaseID
		}{
			{entente.CaseQuery{}, []entente.CaseID{"a", "c", "b"}},
			{entente.CaseQuery{State: entente.CaseOpen}, []entente.CaseID{"a", "b"}},
			{entente.CaseQuery{State: entente.CaseClosed}, []entente.CaseID{"c"}},
			{entente.CaseQuery{Message: id(2)}, []entente.CaseID{"a", "b"}},
			{entente.CaseQuery{Message: id(1), State: entente.CaseOpen}, []entente.CaseID{"a"}},
			{entente.CaseQuery{Message: id(1), State: entente.CaseClosed}, nil},
		} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Case, error) { return tx.Cases(c.q) })
			same(t, ids(got, func(c entente.Case) entente.CaseID { return c.ID }), c.want)
		}
	})
}

// Each case has a timeline of its own, numbered from 0, and flags in their order.
func TestTimelineAndFlags(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error {
			for n, c := range []entente.CaseID{"a", "b", "a", "a"} {
				e, err := tx.AddEntry(entente.Entry{Case: c, Seq: 77, Text: fmt.Sprint(n)})
				if want := []int64{0, 0, 1, 2}[n]; err != nil || e.Seq != want {
					t.Errorf("entry %d has place %d, %v; want %d", n, e.Seq, err, want)
				}
			}
			return errors.Join(
				tx.PutFlag(entente.Flag{ID: "f", Case: "a", At: at(2)}), tx.PutFlag(entente.Flag{ID: "g", Case: "a", At: at(1)}),
				tx.PutFlag(entente.Flag{ID: "h", Case: "b", At: at(1)}), tx.PutFlag(entente.Flag{ID: "f", Case: "a", At: at(2), Text: "more"}),
			)
		})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Entry, error) { return tx.Entries("a") }),
			[]entente.Entry{{Case: "a", Seq: 0, Text: "0"}, {Case: "a", Seq: 1, Text: "2"}, {Case: "a", Seq: 2, Text: "3"}})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Flag, error) { return tx.Flags("a") }),
			[]entente.Flag{{ID: "g", Case: "a", At: at(1)}, {ID: "f", Case: "a", At: at(2), Text: "more"}})
	})
}

// One target and one sighting are one hit, however often it comes; what came of
// it may change, what met what may not.
func TestHitOnce(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		h := filled[entente.Hit](1)
		again := h
		again.ID, again.Match.Score = "another", 0
		put(t, s, func(tx entente.Tx) error {
			for n, try := range []entente.Hit{h, h, again} {
				fresh, err := tx.PutHit(try)
				if err != nil || fresh != (n == 0) {
					t.Errorf("try %d: fresh %v, %v", n, fresh, err)
				}
			}
			other := h
			other.Target.Kind += "x"
			_, err := tx.PutHit(other) // the id of another hit
			wantKind(t, err, entente.Conflict)
			wantKind(t, tx.SetHit(other), entente.NotFound)
			return nil
		})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Hit, error) { return tx.Hits(entente.HitQuery{}) }), []entente.Hit{h})
		h.Task, h.Cleared = "", "cleared"
		put(t, s, func(tx entente.Tx) error { return tx.SetHit(h) })
		same(t, get(t, s, func(tx entente.Tx) (entente.Hit, error) { return tx.Hit(h.ID) }), h)
		if n := get(t, s, func(tx entente.Tx) (int, error) { return count(tx.Hits(entente.HitQuery{Tasks: true})) }); n != 0 {
			t.Errorf("%d hits have a task, want none any more", n)
		}
	})
}

func TestHitQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		w, c := entente.Target{Kind: entente.TargetWatch, ID: "x"}, entente.Target{Kind: entente.TargetCase, ID: "x"}
		put(t, s, func(tx entente.Tx) error {
			for _, h := range []entente.Hit{
				{ID: "1", Target: w, Sighting: entente.Sighting{Event: "e"}, At: at(1), Task: "t"},
				{ID: "2", Target: c, Sighting: entente.Sighting{Event: "e"}, At: at(4)},
				{ID: "3", Target: w, Sighting: entente.Sighting{Message: id(1), Subject: "s1"}, At: at(3), Task: "t"},
				{ID: "4", Target: w, Sighting: entente.Sighting{Message: id(1), Subject: "s2"}, At: at(2), Task: "u"},
				{ID: "5", Target: w, Sighting: entente.Sighting{Event: "f"}, At: at(2)},
			} {
				if fresh, err := tx.PutHit(h); !fresh || err != nil {
					t.Errorf("hit %s: fresh %v, %v", h.ID, fresh, err)
				}
			}
			return nil
		})
		for _, q := range []struct {
			q    entente.HitQuery
			want []entente.HitID
		}{
			{entente.HitQuery{}, []entente.HitID{"2", "3", "5", "4", "1"}},
			{entente.HitQuery{Limit: 2}, []entente.HitID{"2", "3"}},
			{entente.HitQuery{Target: w}, []entente.HitID{"3", "5", "4", "1"}},
			{entente.HitQuery{Target: c}, []entente.HitID{"2"}},
			{entente.HitQuery{Task: "t"}, []entente.HitID{"3", "1"}},
			{entente.HitQuery{Tasks: true}, []entente.HitID{"3", "4", "1"}},
			{entente.HitQuery{Message: id(1)}, []entente.HitID{"3", "4"}},
			{entente.HitQuery{Event: "e"}, []entente.HitID{"2", "1"}},
			{entente.HitQuery{Event: "e", Target: w}, []entente.HitID{"1"}},
		} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Hit, error) { return tx.Hits(q.q) })
			same(t, ids(got, func(h entente.Hit) entente.HitID { return h.ID }), q.want)
		}
	})
}

func TestClearingQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		w, c := entente.Target{Kind: entente.TargetWatch, ID: "x"}, entente.Target{Kind: entente.TargetCase, ID: "x"}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutClearing(entente.Clearing{ID: "1", Target: w, At: at(2)}), tx.PutClearing(entente.Clearing{ID: "2", Target: w, At: at(1)}),
				tx.PutClearing(entente.Clearing{ID: "3", Target: c, At: at(3)}), tx.PutClearing(entente.Clearing{ID: "1", Target: w, At: at(2), Revoked: &entente.Revoking{Reason: "it was he"}}),
			)
		})
		for target, want := range map[entente.Target][]entente.ClearingID{{}: {"2", "1", "3"}, w: {"2", "1"}, c: {"3"}} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Clearing, error) { return tx.Clearings(target) })
			same(t, ids(got, func(c entente.Clearing) entente.ClearingID { return c.ID }), want)
		}
		if got := get(t, s, func(tx entente.Tx) (entente.Clearing, error) { return tx.Clearing("1") }); got.Revoked == nil {
			t.Error("a clearing that was revoked reads as if it stood")
		}
	})
}

func TestTaskQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		w := entente.Target{Kind: entente.TargetWatch, ID: "x"}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutTask(entente.Task{ID: "1", Version: 1, Kind: entente.TaskHit, Owner: entente.Analyst, Target: w, Due: at(5)}),
				tx.PutTask(entente.Task{ID: "2", Version: 1, Kind: entente.TaskHit, Owner: entente.Supervisor, Case: "c", Due: at(3), Seen: &entente.Act{}}),
				tx.PutTask(entente.Task{ID: "3", Version: 1, Kind: entente.TaskWatch, Owner: entente.Analyst, Target: w, Due: at(4)}),
				tx.PutTask(entente.Task{ID: "4", Version: 1, Kind: entente.TaskHit, Owner: entente.Analyst, Case: "c", Due: at(1), Seen: &entente.Act{}, Decided: &entente.Verdict{}}),
			)
		})
		for _, q := range []struct {
			q    entente.TaskQuery
			want []entente.TaskID
		}{
			{entente.TaskQuery{}, []entente.TaskID{"4", "2", "3", "1"}},
			{entente.TaskQuery{Limit: 2}, []entente.TaskID{"4", "2"}},
			{entente.TaskQuery{Open: true}, []entente.TaskID{"2", "3", "1"}},
			{entente.TaskQuery{Kind: entente.TaskHit}, []entente.TaskID{"4", "2", "1"}},
			{entente.TaskQuery{Open: true, Kind: entente.TaskHit}, []entente.TaskID{"2", "1"}},
			{entente.TaskQuery{Open: true, Owner: entente.Analyst}, []entente.TaskID{"3", "1"}},
			{entente.TaskQuery{Owner: entente.Analyst}, []entente.TaskID{"4", "3", "1"}},
			{entente.TaskQuery{Target: w}, []entente.TaskID{"3", "1"}},
			{entente.TaskQuery{Case: "c"}, []entente.TaskID{"4", "2"}},
			{entente.TaskQuery{Case: "c", Open: true}, []entente.TaskID{"2"}},
			{entente.TaskQuery{Open: true, Due: at(4)}, []entente.TaskID{"2", "3"}},
			{entente.TaskQuery{Due: at(5), Owner: entente.Analyst}, []entente.TaskID{"4", "3", "1"}},
			{entente.TaskQuery{Open: true, Due: at(3).Add(-time.Microsecond)}, nil},
		} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Task, error) { return tx.Tasks(q.q) })
			same(t, ids(got, func(k entente.Task) entente.TaskID { return k.ID }), q.want)
		}
	})
}

// A tip that came in waits to be screened from the moment it is filed; what we
// sent, and what names nobody, does not.
func TestUnscreened(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		file := func(n int, d entente.Direction, k entente.Kind, when int) entente.Filed {
			f := filed(n, d)
			f.Message.Statement.Kind, f.At = k, at(when)
			return f
		}
		renamed := file(6, entente.Incoming, entente.KindTip, 2)
		renamed.Name = id(77)
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutMessage(file(1, entente.Incoming, entente.KindTip, 3)), tx.PutMessage(file(2, entente.Incoming, entente.KindTip, 1)),
				tx.PutMessage(file(3, entente.Outgoing, entente.KindTip, 1)), tx.PutMessage(file(4, entente.Incoming, entente.KindNote, 1)),
				tx.PutMessage(renamed),
			)
		})
		err := s.Update(t.Context(), func(tx entente.Tx) error {
			return errors.Join(tx.PutMessage(file(5, entente.Incoming, entente.KindTip, 4)), errors.New("not filed after all"))
		})
		if err == nil {
			t.Error("a function that failed was committed")
		}
		waiting := func(limit int) []entente.MessageID {
			return get(t, s, func(tx entente.Tx) ([]entente.MessageID, error) { return tx.Unscreened(limit) })
		}
		same(t, waiting(0), []entente.MessageID{id(2), id(77), id(1)})
		same(t, waiting(1), []entente.MessageID{id(2)})
		put(t, s, func(tx entente.Tx) error { return errors.Join(tx.Screened(id(2)), tx.Screened(id(2))) })
		same(t, waiting(0), []entente.MessageID{id(77), id(1)})
	})
}
