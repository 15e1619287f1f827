package sqlstore_test

import (
	"errors"
	"testing"

	"entente"
	"entente/sqlstore"
)

// Events are gone through in the order in which they were stored, page by page,
// each once; one that is told otherwise moves to the end.
func TestEventPages(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		store := func(n int, ids ...entente.EventID) {
			t.Helper()
			var events []entente.TravelEvent
			for _, id := range ids {
				events = append(events, entente.TravelEvent{ID: id, Feed: "north", Where: "line 1", Sent: at(n), Place: "Post " + string(id), Kind: "crossing", With: []string{at(n).String()}})
			}
			put(t, s, func(tx entente.Tx) error {
				_, err := tx.PutEvents(at(n), events)
				return err
			})
		}
		store(1, "old")
		store(2, "c", "a", "d", "b")
		store(3, "e")
		store(4, "a")
		for _, limit := range []int{1, 2, 3, 100} {
			q := entente.EventQuery{Since: at(2), Limit: limit}
			var got []entente.EventID
			for {
				page := get(t, s, func(tx entente.Tx) ([]entente.StoredEvent, error) { return tx.Events(q) })
				for _, e := range page {
					got = append(got, e.Event.ID)
					want := get(t, s, func(tx entente.Tx) (entente.TravelEvent, error) { return tx.Event(e.Event.ID) })
					same(t, e.Event, want)
				}
				if len(page) < limit {
					break
				}
				last := page[len(page)-1]
				q.Since, q.After = last.Stored, last.Event.ID
			}
			same(t, got, []entente.EventID{"b", "c", "d", "e", "a"})
		}
	})
}

// A target waits once, for one pass, and is forgotten with it.
func TestLookBacks(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		wait := func(id string, n int, pass string) entente.LookBack {
			return entente.LookBack{Target: entente.Target{Kind: entente.TargetWatch, ID: id}, At: at(n), Pass: pass}
		}
		list := func(pass string, limit int) []entente.LookBack {
			return get(t, s, func(tx entente.Tx) ([]entente.LookBack, error) { return tx.LookBacks(pass, limit) })
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutLookBack(wait("a", 3, "")), tx.PutLookBack(wait("b", 1, "")), tx.PutLookBack(wait("c", 2, "")), tx.PutLookBack(wait("d", 0, "p")))
		})
		same(t, list("", 2), []entente.LookBack{wait("b", 1, ""), wait("c", 2, "")})
		same(t, list("p", 0), []entente.LookBack{wait("d", 0, "p")})
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutLookBack(wait("b", 1, "p")), tx.PutLookBack(wait("d", 4, ""))) // it changed again
		})
		same(t, list("p", 0), []entente.LookBack{wait("b", 1, "p")})
		same(t, list("", 0), []entente.LookBack{wait("c", 2, ""), wait("a", 3, ""), wait("d", 4, "")})
		put(t, s, func(tx entente.Tx) error { return tx.DropLookBacks("p") })
		if n := len(list("p", 0)); n != 0 {
			t.Errorf("%d are left of the pass", n)
		}
		if n := len(list("", 0)); n != 3 {
			t.Errorf("%d of 3 still wait", n)
		}
	})
}

// A decided hit has one that follows it, and no more.
func TestHitThatFollows(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		hit := func(id, was entente.HitID) entente.Hit {
			return entente.Hit{ID: id, Was: was, Target: entente.Target{Kind: entente.TargetWatch, ID: "w"}, Sighting: entente.Sighting{Event: "e"}, Task: "t", At: at(len(id))}
		}
		put(t, s, func(tx entente.Tx) error {
			for _, try := range []struct {
				entente.Hit
				fresh bool
			}{{hit("1", ""), true}, {hit("22", ""), false}, {hit("22", "1"), true}, {hit("333", "1"), false}, {hit("333", "22"), true}} {
				if fresh, err := tx.PutHit(try.Hit); fresh != try.fresh || err != nil {
					t.Errorf("hit %s after %q: fresh %v, %v", try.ID, try.Was, fresh, err)
				}
			}
			wantKind(t, tx.SetHit(hit("22", "333")), entente.NotFound)
			return tx.SetHit(hit("22", "1"))
		})
		for _, q := range []entente.HitQuery{{Event: "e"}, {Events: []entente.EventID{"f", "e"}}} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Hit, error) { return tx.Hits(q) })
			same(t, ids(got, func(h entente.Hit) entente.HitID { return h.ID }), []entente.HitID{"333", "22", "1"})
		}
		if n := get(t, s, func(tx entente.Tx) (int, error) {
			return count(tx.Hits(entente.HitQuery{Events: []entente.EventID{"f"}}))
		}); n != 0 {
			t.Errorf("another event has %d hits", n)
		}
	})
}
