package main

import (
	"context"
	"slices"

	"entente"
	"entente/ledger"
)

// memory is a ledger's store of slices: the ledger without any database.
type memory struct {
	heads           map[string]entente.LedgerHead
	records, hashes map[string][]entente.Digest
}

func newMemory() *memory {
	return &memory{map[string]entente.LedgerHead{}, map[string][]entente.Digest{}, map[string][]entente.Digest{}}
}

func (m *memory) Head(origin string) (entente.LedgerHead, error) {
	h := m.heads[origin]
	h.Origin = origin
	return h, nil
}

func (m *memory) PutHead(h entente.LedgerHead) error {
	m.heads[h.Origin] = h
	return nil
}

func (m *memory) Hashes(origin string, indexes []int64) ([]entente.Digest, error) {
	all := m.hashes[origin]
	ds := make([]entente.Digest, len(indexes))
	for i, x := range indexes {
		ds[i] = all[x]
	}
	return ds, nil
}

func (m *memory) Append(origin string, _ int64, records []entente.Digest, _ int64, hashes []entente.Digest) error {
	m.records[origin] = append(m.records[origin], records...)
	m.hashes[origin] = append(m.hashes[origin], hashes...)
	return nil
}

func (m *memory) Records(origin string, first int64, n int) ([]entente.Digest, error) {
	all := m.records[origin]
	return slices.Clone(all[first:min(int64(len(all)), first+int64(n))]), nil
}

// keeper runs something on a ledger's store: in one transaction that is on disk
// at the end, or in one that only reads.
type keeper struct {
	update, view func(func(ledger.Store) error) error
}

func inMemory(m *memory) keeper {
	run := func(fn func(ledger.Store) error) error { return fn(m) }
	return keeper{run, run}
}

func onDisk(ctx context.Context, s entente.Store) keeper {
	return keeper{
		func(fn func(ledger.Store) error) error {
			return s.Update(ctx, func(tx entente.Tx) error { return fn(tx) })
		},
		func(fn func(ledger.Store) error) error {
			return s.View(ctx, func(tx entente.Tx) error { return fn(tx) })
		},
	}
}
