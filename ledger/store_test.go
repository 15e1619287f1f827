package ledger_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/parse"
)

// memory is a ledger store of slices and maps. It counts its reads, because how
// often a store is asked is part of what this package promises.
type memory struct {
	heads   map[string]entente.LedgerHead
	records map[string][]entente.Digest
	hashes  map[string][]entente.Digest
	reads   int // calls of Hashes
	writes  int // calls of Append
}

func newMemory() *memory {
	return &memory{heads: map[string]entente.LedgerHead{}, records: map[string][]entente.Digest{}, hashes: map[string][]entente.Digest{}}
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
	m.reads++
	all := m.hashes[origin]
	ds := make([]entente.Digest, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(all)) {
			return nil, &entente.Error{Kind: entente.NotFound, Detail: "no hash " + strconv.FormatInt(x, 10)}
		}
		ds[i] = all[x]
	}
	return ds, nil
}

func (m *memory) Append(origin string, first int64, records []entente.Digest, firstHash int64, hashes []entente.Digest) error {
	m.writes++
	if first != int64(len(m.records[origin])) || firstHash != int64(len(m.hashes[origin])) {
		return errors.New("memory: append does not join")
	}
	m.records[origin] = append(m.records[origin], records...)
	m.hashes[origin] = append(m.hashes[origin], hashes...)
	return nil
}

func (m *memory) Records(origin string, first int64, n int) ([]entente.Digest, error) {
	all := m.records[origin]
	if first >= int64(len(all)) {
		return nil, nil
	}
	return slices.Clone(all[first:min(int64(len(all)), first+int64(n))]), nil
}

// copyOf is a backup.
func (m *memory) copyOf() *memory {
	c := newMemory()
	for o, h := range m.heads {
		c.heads[o] = h
		c.records[o] = append(make([]entente.Digest, 0, cap(m.records[o])), m.records[o]...)
		c.hashes[o] = append(make([]entente.Digest, 0, cap(m.hashes[o])), m.hashes[o]...)
	}
	return c
}

// agency is a party with the private half of its ledger key.
type agency struct {
	entente.Party
	key ed25519.PrivateKey
}

func newAgency(id entente.PartyID) agency {
	seed := sha256.Sum256([]byte("ledger key of " + id))
	key := ed25519.NewKeyFromSeed(seed[:])
	return agency{entente.Party{ID: id, Keys: entente.PartyKeys{Ledger: key.Public().(ed25519.PublicKey)}}, key}
}

func (a agency) recipient() ledger.Recipient {
	return ledger.Recipient{Party: a.ID, Edition: parse.EditionOf(a.Party), Key: a.key}
}

func (a agency) name() string { return ledger.KeyName(a.ID) }

var (
	albia  = newAgency("albia-ncc")
	borea  = newAgency("borea-sls")
	cadia  = newAgency("cadia-fiu")
	north  = entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}
	origin = north.Origin()
	noon   = time.Date(2011, 3, 4, 12, 0, 0, 0, time.UTC)
)

// envelope gives the digest of the nth made-up envelope.
func envelope(n int) entente.Digest { return entente.DigestOf([]byte("envelope " + strconv.Itoa(n))) }

func envelopes(from, to int) []entente.Digest {
	var ds []entente.Digest
	for n := from; n < to; n++ {
		ds = append(ds, envelope(n))
	}
	return ds
}

// send appends n envelopes to Borea's channel.
func send(t testing.TB, s ledger.Store, records ...entente.Digest) [][]byte {
	t.Helper()
	checkpoints, err := ledger.AppendEach(s, origin, records, borea.name(), borea.key)
	if err != nil {
		t.Fatal(err)
	}
	return checkpoints
}

// exchange sends n envelopes and has Albia receipt each.
func exchange(t testing.TB, n int) (sender, mirror *memory, receipts []entente.Receipt) {
	t.Helper()
	sender, mirror = newMemory(), newMemory()
	for i := range n {
		r := deliver(t, mirror, i, send(t, sender, envelope(i))[0])
		receipts = append(receipts, r)
		if err := ledger.KeepReceipt(sender, r); err != nil {
			t.Fatal(err)
		}
	}
	return sender, mirror, receipts
}

func deliver(t testing.TB, mirror ledger.Store, n int, checkpoint []byte) entente.Receipt {
	t.Helper()
	if err := ledger.Extend(mirror, north, nil, envelope(n), checkpoint, borea.Party); err != nil {
		t.Fatal(err)
	}
	r, err := ledger.SignReceipt(mirror, north, int64(n), envelope(n), checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wantError checks the kind and the reason of an error.
func wantError(t testing.TB, err, kind error, reason entente.Reason) {
	t.Helper()
	if !errors.Is(err, kind) || entente.ReasonOf(err) != reason {
		t.Errorf("got error %v (kind %v, reason %q), want kind %v, reason %q", err, entente.KindOf(err), entente.ReasonOf(err), kind, reason)
	}
}

// seedKey encodes an agency's private key as the reference implementation wants it.
func seedKey(a agency) string {
	return base64.StdEncoding.EncodeToString(append([]byte{1}, a.key.Seed()...))
}

func (m *memory) CutLedger(origin string, records, hashes int64) error {
	m.records[origin] = m.records[origin][:records]
	m.hashes[origin] = m.hashes[origin][:hashes]
	return nil
}
