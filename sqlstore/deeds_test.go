package sqlstore_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

// A deed is kept once for its key and step, and dropped when it is old, the
// oldest first.
func TestDeeds(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		deed := func(key byte, step int, day int) entente.Deed {
			return entente.Deed{Key: entente.Digest{key}, Step: step, Request: entente.Digest{9}, Result: []byte{key, byte(step)}, At: at(day)}
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutDeed(deed(1, 0, 3)), tx.PutDeed(deed(1, 1, 2)), tx.PutDeed(deed(2, 0, 1)))
		})
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutDeed(deed(1, 1, 9)) }), entente.Conflict)
		same(t, get(t, s, func(tx entente.Tx) (entente.Deed, error) { return tx.Deed(entente.Digest{1}, 1) }), deed(1, 1, 2))
		drop := func(before time.Time, limit, want int) {
			t.Helper()
			var n int
			put(t, s, func(tx entente.Tx) (err error) { n, err = tx.DropDeeds(before, limit); return err })
			same(t, n, want)
		}
		drop(at(3), 1, 1)
		_, err := try(t, s, func(tx entente.Tx) (entente.Deed, error) { return tx.Deed(entente.Digest{2}, 0) })
		wantKind(t, err, entente.NotFound)
		drop(at(3), 9, 1)
		drop(at(3), 9, 0)
		get(t, s, func(tx entente.Tx) (entente.Deed, error) { return tx.Deed(entente.Digest{1}, 0) })
	})
}

// Of many who do the same under one key at once, one does it: what the others
// wrote is taken back, and they find the deed.
func TestDeedsAtOnce(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		var all sync.WaitGroup
		did := make([]int, 8)
		for n := range did {
			all.Go(func() {
				err := s.Update(t.Context(), func(tx entente.Tx) error {
					did[n] = 0
					if _, err := tx.Deed(entente.Digest{1}, 0); !errors.Is(err, entente.NotFound) {
						return err
					}
					did[n] = 1
					if err := tx.PutOfficer(entente.Officer{ID: entente.OfficerID(string(rune('a' + n)))}); err != nil {
						return err
					}
					return tx.PutDeed(entente.Deed{Key: entente.Digest{1}, At: at(1)})
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		sum := 0
		for _, n := range did {
			sum += n
		}
		officers := get(t, s, func(tx entente.Tx) ([]entente.Officer, error) { return tx.Officers() })
		if sum != 1 || len(officers) != 1 {
			t.Errorf("%d did it, and there are %d officers", sum, len(officers))
		}
	})
}
