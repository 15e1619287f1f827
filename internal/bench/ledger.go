package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"time"

	"entente"
	"entente/ledger"
	"entente/sqlstore"
)

// book is a ledger of many leaves, with the key of its owner.
type book struct {
	keeper
	key    ed25519.PrivateKey
	size   int64
	next   uint64 // makes records that differ
	origin string
}

// fillBatch is how many leaves are appended in one transaction when a ledger is
// filled. They get one checkpoint.
const fillBatch = 1 << 14

func newBook(k keeper, leaves int) (*book, error) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	b := &book{keeper: k, key: key, origin: entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}.Origin()}
	for b.size < int64(leaves) {
		records := b.records(min(fillBatch, leaves-int(b.size)))
		err := b.update(func(s ledger.Store) error {
			_, err := ledger.Append(s, b.origin, records, owner, b.key)
			return err
		})
		if err != nil {
			return nil, err
		}
		b.size += int64(len(records))
	}
	return b, nil
}

const owner = "borea-sls/ledger"

func (b *book) records(n int) []entente.Digest {
	ds := make([]entente.Digest, n)
	for i := range ds {
		b.next++
		var seed [8]byte
		binary.BigEndian.PutUint64(seed[:], b.next)
		ds[i] = entente.DigestOf(seed[:])
	}
	return ds
}

// append adds n leaves in one transaction, with a checkpoint for each, as a
// channel does.
func (b *book) append(n int) error {
	records := b.records(n)
	b.size += int64(n)
	return b.update(func(s ledger.Store) error {
		_, err := ledger.AppendEach(s, b.origin, records, owner, b.key)
		return err
	})
}

// prove makes the proof that some leaf is in the ledger.
func (b *book) prove() (proof []entente.Digest, seq int64, err error) {
	b.next++
	seq = int64(b.next*0x9e3779b97f4a7c15%uint64(b.size)) % b.size
	err = b.view(func(s ledger.Store) error {
		proof, err = ledger.ProveInclusion(s, b.origin, b.size, seq)
		return err
	})
	return proof, seq, err
}

// check is what whoever gets a proof does with it.
func (b *book) check() (func() error, error) {
	proof, seq, err := b.prove()
	if err != nil {
		return nil, err
	}
	var root entente.Digest
	var record []entente.Digest
	err = b.view(func(s ledger.Store) (err error) {
		if root, err = ledger.Root(s, b.origin, b.size); err != nil {
			return err
		}
		record, err = s.Records(b.origin, seq, 1)
		return err
	})
	size := b.size
	return func() error { return ledger.CheckInclusion(proof, size, root, seq, record[0]) }, err
}

// measureLedger measures one ledger of very many leaves, in memory and in
// SQLite on disk.
func measureLedger(ctx context.Context, o options) (figures []Figure, err error) {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := sqlstore.Open(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	disk, err := newJournal(dir, "floor")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, disk.close()) }()
	for _, where := range []struct {
		name   string
		keeper keeper
		floor  *journal
	}{{"in memory", inMemory(newMemory()), nil}, {"SQLite", onDisk(ctx, store), disk}} {
		fmt.Fprintf(o.progress, "bench: a ledger of %d leaves, %s\n", o.leaves, where.name)
		b, err := newBook(where.keeper, o.leaves)
		if err != nil {
			return nil, err
		}
		fs, err := b.figures(o, fmt.Sprintf("a ledger of %d leaves, %s", o.leaves, where.name), where.floor)
		if err != nil {
			return nil, err
		}
		figures = append(figures, fs...)
	}
	return figures, nil
}

// measured is one thing that a ledger does, with its floor: hashes of two
// nodes, signatures and, where it is on disk, one durable write.
type measured struct {
	name               string
	do                 func() error
	each               int // of how many the time is one
	hashes, signatures int
	block              []byte // what is written; nil: nothing
}

func (b *book) figures(o options, group string, disk *journal) ([]Figure, error) {
	check, err := b.check()
	if err != nil {
		return nil, err
	}
	prove := func() error { _, _, err := b.prove(); return err }
	depth := bits.Len64(uint64(b.size - 1))
	var figures []Figure
	for _, m := range []measured{
		{"append one, with its checkpoint", func() error { return b.append(1) }, 1, 2, 1, make([]byte, 4096)},
		{"append 64 at once, each", func() error { return b.append(64) }, 64, 2 * 64, 64, make([]byte, 2*4096)},
		{"prove", prove, 1, depth, 0, nil},
		{"check a proof", check, 1, depth + 1, 0, nil},
	} {
		f, err := b.figure(o, group, m, disk)
		if err != nil {
			return nil, err
		}
		figures = append(figures, f)
	}
	return figures, nil
}

func (b *book) figure(o options, group string, m measured, disk *journal) (Figure, error) {
	var node [65]byte
	floor := func() error {
		for range m.hashes {
			sha256.Sum256(node[:])
		}
		for range m.signatures {
			ed25519.Sign(b.key, node[:])
		}
		if disk == nil || m.block == nil {
			return nil
		}
		return disk.add(m.block)
	}
	var times, floors []time.Duration
	for range o.rounds {
		took, err := perCall(o.calls, m.do)
		if err != nil {
			return Figure{}, err
		}
		least, err := perCall(o.calls, floor)
		if err != nil {
			return Figure{}, err
		}
		times, floors = append(times, took/time.Duration(m.each)), append(floors, least/time.Duration(m.each))
	}
	return took(group, m.name, times, floors), nil
}
