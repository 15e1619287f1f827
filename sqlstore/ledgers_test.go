package sqlstore_test

import (
	"errors"
	"testing"

	"entente"
	"entente/sqlstore"
)

func digests(from, n int) []entente.Digest {
	all := make([]entente.Digest, n)
	for i := range all {
		all[i] = entente.Digest{byte(from + i), byte((from + i) >> 8), 1}
	}
	return all
}

func TestLedgerAppend(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		// More than fit in one statement, in two steps; a second ledger beside it.
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.Append("entente/a", 0, digests(0, 70), 0, digests(1000, 135)),
				tx.Append("entente/a", 70, digests(70, 5), 135, digests(1135, 11)),
				tx.Append("entente/b", 0, digests(500, 1), 0, digests(600, 1)),
				tx.PutHead(entente.LedgerHead{Origin: "entente/b", Size: 1}),
				tx.PutHead(entente.LedgerHead{Origin: "entente/a", Size: 75}),
			)
		})
		records := func(first int64, n int) []entente.Digest {
			return get(t, s, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Records("entente/a", first, n) })
		}
		same(t, records(0, 100), digests(0, 75))
		same(t, records(69, 3), digests(69, 3))
		same(t, records(74, 3), digests(74, 1))
		same(t, records(75, 3), []entente.Digest(nil))
		same(t, records(0, 0), []entente.Digest(nil))

		var indexes []int64
		var want []entente.Digest
		for i := int64(145); i >= 0; i-- { // all of them, backwards, and one twice
			indexes, want = append(indexes, i), append(want, digests(1000+int(i), 1)...)
		}
		indexes, want = append(indexes, 7), append(want, digests(1007, 1)...)
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Hashes("entente/a", indexes) }), want)
		_, err := try(t, s, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Hashes("entente/a", []int64{0, 146}) })
		wantKind(t, err, entente.NotFound)
		same(t, get(t, s, entente.Tx.Heads), []entente.LedgerHead{{Origin: "entente/a", Size: 75}, {Origin: "entente/b", Size: 1}})
	})
}

// A ledger has no gap and no place twice.
func TestLedgerAppendElsewhere(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error { return tx.Append("o", 0, digests(0, 2), 0, digests(0, 3)) })
		for _, c := range []struct{ first, firstHash int64 }{{0, 3}, {1, 3}, {3, 3}, {2, 0}, {2, 2}, {2, 4}} {
			put(t, s, func(tx entente.Tx) error {
				wantKind(t, tx.Append("o", c.first, digests(9, 1), c.firstHash, digests(9, 1)), entente.Conflict)
				return nil // an answer, not a failure: what else was done is kept
			})
		}
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Records("o", 0, 10) }), digests(0, 2))
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Hashes("o", []int64{0, 1, 2}) }), digests(0, 3))
	})
}
