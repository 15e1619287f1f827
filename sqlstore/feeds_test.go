package sqlstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
	"entente/sqlstore"
)

func holdingID(h entente.Holding) entente.HoldingID { return h.ID }

func TestHoldingQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutHoldings([]entente.Holding{
					{ID: "b/2", Source: "b", Since: at(1), Changed: at(1)},
					{ID: "a/10", Source: "a", Since: at(1)},
					{ID: "a/9", Source: "a", Since: at(1), Changed: at(2)},
					{ID: "a/1", Source: "a", Since: at(1), Removed: at(2)},
				}),
				// The last of two with one id counts, and replaces what is there.
				tx.PutHoldings([]entente.Holding{{ID: "b/2", Source: "b", Remarks: "wrong", Since: at(9)}, {ID: "b/2", Source: "b", Remarks: "right", Since: at(2), Changed: at(2)}}),
				tx.PutHoldings(nil),
			)
		})
		for _, c := range []struct {
			q    entente.HoldingQuery
			want []entente.HoldingID
		}{
			{entente.HoldingQuery{}, []entente.HoldingID{"a/1", "a/10", "a/9", "b/2"}},
			{entente.HoldingQuery{Live: true}, []entente.HoldingID{"a/10", "a/9", "b/2"}},
			{entente.HoldingQuery{Source: "a"}, []entente.HoldingID{"a/1", "a/10", "a/9"}},
			{entente.HoldingQuery{Source: "a", Live: true, After: "a/10"}, []entente.HoldingID{"a/9"}},
			{entente.HoldingQuery{After: "a/10", Limit: 1}, []entente.HoldingID{"a/9"}},
			{entente.HoldingQuery{At: at(1)}, []entente.HoldingID{"a/1", "a/10", "a/9"}},
			{entente.HoldingQuery{At: at(2)}, []entente.HoldingID{"a/1", "a/9", "b/2"}},
			{entente.HoldingQuery{At: at(2), Source: "a"}, []entente.HoldingID{"a/1", "a/9"}},
			{entente.HoldingQuery{At: at(2), After: "a/1", Limit: 1}, []entente.HoldingID{"a/9"}},
			{entente.HoldingQuery{At: at(2), Live: true}, []entente.HoldingID{"a/9", "b/2"}},
			{entente.HoldingQuery{At: at(9)}, nil},
		} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Holding, error) { return tx.Holdings(c.q) })
			same(t, ids(got, holdingID), c.want)
		}
		if got := get(t, s, func(tx entente.Tx) (entente.Holding, error) { return tx.Holding("b/2") }); got.Remarks != "right" {
			t.Errorf("remarks = %q, want those that came last", got.Remarks)
		}
	})
}

// Page after page gives every holding once, in the order of their ids.
func TestHoldingPages(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error { return tx.PutHoldings(holdings(0, 250)) })
		var last entente.HoldingID
		var sizes []int
		for len(sizes) < 5 {
			page := get(t, s, func(tx entente.Tx) ([]entente.Holding, error) { return tx.Holdings(entente.HoldingQuery{After: last}) })
			for _, h := range page {
				if h.ID <= last {
					t.Fatalf("%s comes after %s", h.ID, last)
				}
				last = h.ID
				same(t, h, holdings(0, 250)[numberOf(t, h)])
			}
			sizes = append(sizes, len(page))
		}
		same(t, sizes, []int{100, 100, 50, 0, 0})
	})
}

func numberOf(t *testing.T, h entente.Holding) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(string(h.ID), "list/%d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEditions(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		aside := func(n int) (all []entente.SetAside) {
			for i := range n {
				all = append(all, entente.SetAside{Where: fmt.Sprint("line ", n-i), Reason: "no name"})
			}
			return all
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutEdition(entente.Edition{Source: "b", Number: 1}, nil), tx.PutEdition(entente.Edition{Source: "a", Number: 1}, aside(3)),
				tx.PutEdition(entente.Edition{Source: "a", Number: 2}, aside(100)), tx.PutEdition(entente.Edition{Source: "a", Number: 10}, nil),
				tx.PutEdition(entente.Edition{Source: "a", Number: 1, Read: 7}, aside(2)),
			)
		})
		for source, want := range map[entente.SourceID][]entente.Edition{
			"a": {{Source: "a", Number: 10}, {Source: "a", Number: 2}, {Source: "a", Number: 1, Read: 7}},
			"b": {{Source: "b", Number: 1}},
			"":  {{Source: "a", Number: 10}, {Source: "b", Number: 1}},
		} {
			same(t, get(t, s, func(tx entente.Tx) ([]entente.Edition, error) { return tx.Editions(source) }), want)
		}
		for number, n := range map[int]int{1: 2, 2: 100, 10: 0} {
			same(t, get(t, s, func(tx entente.Tx) ([]entente.SetAside, error) { return tx.Aside("a", number) }), aside(n))
		}
	})
}

func TestFeedings(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		one, two, three := entente.SetAside{Where: "line 1"}, entente.SetAside{Where: "line 2"}, entente.SetAside{Where: "line 3"}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutFeeding(entente.Feeding{ID: "a", At: at(1)}, []entente.SetAside{two, one}),
				tx.PutFeeding(entente.Feeding{ID: "b", At: at(2)}, nil),
				tx.PutFeeding(entente.Feeding{ID: "a", At: at(1), Read: 9, Done: at(3)}, []entente.SetAside{three}),
			)
		})
		all := []entente.Feeding{{ID: "b", At: at(2)}, {ID: "a", At: at(1), Read: 9, Done: at(3)}}
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Feeding, error) { return tx.Feedings(0) }), all)
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Feeding, error) { return tx.Feedings(1) }), all[:1])
		same(t, get(t, s, func(tx entente.Tx) ([]entente.SetAside, error) { return tx.FeedAside("a") }), []entente.SetAside{two, one, three})
	})
}

// An event is stored once and is fresh once, wherever and by whomever it is told
// again; told otherwise, it is fresh again.
func TestEventOnce(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		event := func(id, where string) entente.TravelEvent {
			return entente.TravelEvent{ID: entente.EventID(id), Where: where}
		}
		feed := func(tx entente.Tx, want []entente.EventID, events ...entente.TravelEvent) {
			t.Helper()
			fresh, err := tx.PutEvents(at(1), events)
			if err != nil {
				t.Error(err)
			}
			same(t, fresh, want)
		}
		put(t, s, func(tx entente.Tx) error {
			feed(tx, []entente.EventID{"b", "a"}, event("b", "never"), event("a", "first"), event("b", "first"))
			feed(tx, []entente.EventID{"c"}, event("a", "third"), event("c", "first"))
			feed(tx, nil)
			return nil
		})
		put(t, s, func(tx entente.Tx) error {
			feed(tx, nil, event("c", "fourth"), event("b", "fourth"))
			return nil
		})
		for _, id := range []string{"a", "b", "c"} {
			same(t, get(t, s, func(tx entente.Tx) (entente.TravelEvent, error) { return tx.Event(entente.EventID(id)) }), event(id, "first"))
		}
		late := event("a", "fifth")
		late.Reference = "K7PLQ2"
		put(t, s, func(tx entente.Tx) error {
			feed(tx, []entente.EventID{"a"}, late)
			feed(tx, nil, late)
			return nil
		})
		same(t, get(t, s, func(tx entente.Tx) (entente.TravelEvent, error) { return tx.Event("a") }), late)
	})
}

// However events come in batches, each is fresh exactly when it is seen first.
func TestFreshEvents(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			seen := map[entente.EventID]bool{}
			for range rapid.IntRange(1, 3).Draw(r, "batches") {
				var batch []entente.TravelEvent
				var want []entente.EventID
				for _, n := range rapid.SliceOfN(rapid.IntRange(0, 99), 0, 100).Draw(r, "batch") {
					id := entente.EventID(fmt.Sprint(round, " ", n))
					batch = append(batch, entente.TravelEvent{ID: id})
					if !seen[id] {
						want = append(want, id)
					}
					seen[id] = true
				}
				var fresh []entente.EventID
				err := s.Update(t.Context(), func(tx entente.Tx) (err error) {
					fresh, err = tx.PutEvents(at(1), batch)
					return err
				})
				if err != nil || fmt.Sprint(fresh) != fmt.Sprint(want) {
					r.Fatalf("fresh: %v, %v; want %v", fresh, err, want)
				}
			}
		})
	})
}

// Old events go, as many as asked for; those that a hit speaks of stay, whether
// the hit or the event came first.
func TestDropEvents(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		hit := func(id string, sighting entente.EventID) entente.Hit {
			return entente.Hit{ID: entente.HitID(id), Sighting: entente.Sighting{Event: sighting}}
		}
		put(t, s, func(tx entente.Tx) error {
			_, early := tx.PutHit(hit("1", "kept early"))
			_, first := tx.PutEvents(at(1), []entente.TravelEvent{{ID: "kept early"}, {ID: "kept"}, {ID: "old"}})
			_, second := tx.PutEvents(at(2), []entente.TravelEvent{{ID: "older than new"}})
			_, third := tx.PutEvents(at(3), []entente.TravelEvent{{ID: "new"}})
			_, late := tx.PutHit(hit("2", "kept"))
			_, message := tx.PutHit(entente.Hit{ID: "3", Sighting: entente.Sighting{Message: id(1)}})
			return errors.Join(early, first, second, third, late, message)
		})
		drop := func(before time.Time, limit, want int) {
			t.Helper()
			put(t, s, func(tx entente.Tx) error {
				n, err := tx.DropEvents(before, limit)
				if n != want {
					t.Errorf("%d events were dropped, want %d", n, want)
				}
				return err
			})
		}
		has := func(want map[entente.EventID]bool) {
			t.Helper()
			for e, want := range want {
				_, err := try(t, s, func(tx entente.Tx) (entente.TravelEvent, error) { return tx.Event(e) })
				if err != nil && !errors.Is(err, entente.NotFound) || (err == nil) != want {
					t.Errorf("%s: %v, want it there: %v", e, err, want)
				}
			}
		}
		drop(at(1), 10, 0)
		drop(at(3), 1, 1) // the oldest first
		has(map[entente.EventID]bool{"old": false, "older than new": true})
		drop(at(3), 10, 1)
		drop(at(3), 10, 0)
		has(map[entente.EventID]bool{"kept early": true, "kept": true, "old": false, "older than new": false, "new": true})
		// What was dropped is not known any more.
		put(t, s, func(tx entente.Tx) error {
			fresh, err := tx.PutEvents(at(4), []entente.TravelEvent{{ID: "kept"}, {ID: "old"}})
			same(t, fresh, []entente.EventID{"old"})
			return err
		})
	})
}

// Near misses go when they are old, and what they spoke of with them, unless
// somebody was asked about it.
func TestDropNear(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error {
			_, events := tx.PutEvents(at(1), []entente.TravelEvent{{ID: "near"}, {ID: "asked"}, {ID: "late"}})
			errs := []error{events}
			for _, h := range []entente.Hit{
				{ID: "1", Target: entente.Target{Kind: entente.TargetWatch, ID: "w"}, Sighting: entente.Sighting{Event: "near"}, At: at(1)},
				{ID: "2", Target: entente.Target{Kind: entente.TargetWatch, ID: "w"}, Sighting: entente.Sighting{Event: "asked"}, At: at(1)},
				{ID: "3", Target: entente.Target{Kind: entente.TargetCase, ID: "c"}, Sighting: entente.Sighting{Event: "asked"}, At: at(1), Task: "t"},
				{ID: "4", Target: entente.Target{Kind: entente.TargetWatch, ID: "w"}, Sighting: entente.Sighting{Event: "late"}, At: at(5)},
			} {
				_, err := tx.PutHit(h)
				errs = append(errs, err)
			}
			return errors.Join(errs...)
		})
		put(t, s, func(tx entente.Tx) error {
			if n, err := tx.DropNear(at(3), 1); n != 1 || err != nil {
				t.Errorf("%d went, %v; want one", n, err)
			}
			if n, err := tx.DropNear(at(3), 10); n != 1 || err != nil {
				t.Errorf("%d more went, %v; want one", n, err)
			}
			n, err := tx.DropEvents(at(9), 10)
			if n != 1 {
				t.Errorf("%d events went; want the one that was nearly hit", n)
			}
			return err
		})
		for id, want := range map[entente.HitID]bool{"1": false, "2": false, "3": true, "4": true} {
			_, err := try(t, s, func(tx entente.Tx) (entente.Hit, error) { return tx.Hit(id) })
			if (err == nil) != want {
				t.Errorf("hit %s: %v, want it there: %v", id, err, want)
			}
		}
	})
}
