package sqlstore

import (
	"slices"
	"strconv"

	"entente"
)

func scanHead(r row) (h entente.LedgerHead, err error) {
	return h, r.scan(&h.Origin, &h.Size, &h.Checkpoint, &h.Cosigned)
}

func (t *tx) Head(origin string) (entente.LedgerHead, error) {
	h, err := oneOf(t, ledgerTable, "ledger", scanHead, ` where origin = $1`, origin)
	return found(h, err, entente.LedgerHead{Origin: origin})
}

func (t *tx) Heads() ([]entente.LedgerHead, error) {
	return rows(t, ledgerTable, scanHead, ` order by origin`)
}

func (t *tx) PutHead(h entente.LedgerHead) error {
	return t.put(ledgerTable, h.Origin, h.Size, h.Checkpoint, h.Cosigned)
}

// chunk bounds the rows or keys of one statement, and so the number of
// different statements that stay prepared.
const chunk = 32

func (t *tx) Hashes(origin string, indexes []int64) ([]entente.Digest, error) {
	got := make(map[int64]entente.Digest, len(indexes))
	for some := range slices.Chunk(indexes, chunk) {
		args := []any{origin}
		for _, i := range some {
			args = append(args, i)
		}
		_, err := rows(t, hashTable, func(r row) (none struct{}, err error) {
			var i int64
			var d entente.Digest
			err = r.scan(nil, &i, &d)
			got[i] = d
			return none, err
		}, ` where origin = $1 and place in (`+marks(2, len(some))+`)`, args...)
		if err != nil {
			return nil, err
		}
	}
	hashes := make([]entente.Digest, len(indexes))
	for n, i := range indexes {
		d, ok := got[i]
		if !ok {
			return nil, notFound("hash of the ledger") // package ledger says what that means
		}
		hashes[n] = d
	}
	return hashes, nil
}

// Append checks that the places are the next ones: a ledger has no gap.
func (t *tx) Append(origin string, first int64, records []entente.Digest, firstHash int64, hashes []entente.Digest) error {
	type ends struct{ record, hash int64 }
	end, err := one(t, "ledger", func(r row) (e ends, err error) { return e, r.scan(&e.record, &e.hash) },
		`select coalesce((select max(place) from ledger_record where origin = $1), -1), coalesce((select max(place) from ledger_hash where origin = $1), -1)`, origin)
	if err != nil {
		return err
	}
	if firstHash != end.hash+1 {
		return &entente.Error{Kind: entente.Conflict, Detail: "the hashes are not the next ones of the ledger"}
	}
	if first != end.record+1 {
		return &entente.Error{Kind: entente.Conflict, Detail: "the next place of the ledger is " + strconv.FormatInt(end.record+1, 10) + ", not " + strconv.FormatInt(first, 10)}
	}
	if err := t.place(recordTable, origin, first, records); err != nil {
		return err
	}
	return t.place(hashTable, origin, firstHash, hashes)
}

func (t *tx) place(d *table, origin string, first int64, digests []entente.Digest) error {
	return insert(t, d, digests, func(n int, v entente.Digest) ([]any, error) {
		return []any{origin, first + int64(n), v[:]}, nil
	}, "")
}

func (t *tx) Records(origin string, first int64, n int) ([]entente.Digest, error) {
	if n <= 0 {
		return nil, t.ready()
	}
	next := first
	return rows(t, recordTable, func(r row) (d entente.Digest, err error) {
		var at int64
		if err := r.scan(nil, &at, &d); err != nil {
			return d, err
		}
		next++
		return d, following(at, next-1)
	}, ` where origin = $1 and place >= $2 order by place limit $3`, origin, first, n)
}

func (t *tx) CutLedger(origin string, records, hashes int64) error {
	if err := t.do(`delete from ledger_record where origin = $1 and place >= $2`, origin, records); err != nil {
		return err
	}
	return t.do(`delete from ledger_hash where origin = $1 and place >= $2`, origin, hashes)
}
