package prove

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"

	"entente"
	"entente/parse"
	"entente/seal"
)

// Guard gives a store from which no message is read whose words are not those that
// its sender signed: a node trusts its own database no more than it trusts a
// partner. A message that does not hold is Damaged.
//
// What a message says is held to the signature under it, once for as long as the
// process runs: after that the same bytes cost a hash. One that is opened by name
// is also held to its envelope and to its place in the channel's ledger.
func Guard(s entente.Store) entente.Store { return &guard{store: s} }

type guard struct {
	store entente.Store
	held  signatures
}

func (g *guard) View(ctx context.Context, fn func(entente.Tx) error) error {
	return g.store.View(ctx, func(tx entente.Tx) error { return fn(guardedTx{tx, g}) })
}

func (g *guard) Update(ctx context.Context, fn func(entente.Tx) error) error {
	return g.store.Update(ctx, func(tx entente.Tx) error { return fn(guardedTx{tx, g}) })
}

type guardedTx struct {
	entente.Tx
	g *guard
}

func (t guardedTx) Message(name entente.MessageID) (entente.Filed, error) {
	f, err := t.Tx.Message(name)
	return f, t.opened(f, err)
}

func (t guardedTx) MessageWith(partner entente.PartyID, id entente.MessageID) (entente.Filed, error) {
	f, err := t.Tx.MessageWith(partner, id)
	return f, t.opened(f, err)
}

func (t guardedTx) Messages(q entente.MessageQuery) ([]entente.Filed, error) {
	all, err := t.Tx.Messages(q)
	return all, t.listed(all, err)
}

func (t guardedTx) Threads(ids []entente.MessageID) ([]entente.Filed, error) {
	all, err := t.Tx.Threads(ids)
	return all, t.listed(all, err)
}

func (t guardedTx) listed(all []entente.Filed, err error) error {
	for _, f := range all {
		if err == nil {
			err = t.g.held.statement(t.Tx, f)
		}
	}
	return err
}

func (t guardedTx) opened(f entente.Filed, err error) error {
	if err == nil {
		err = t.g.held.statement(t.Tx, f)
	}
	if err == nil {
		err = checkFiled(t.Tx, f)
	}
	return err
}

// checkFiled holds a message to its envelope and to its record in the ledger.
func checkFiled(tx entente.LedgerStore, f entente.Filed) error {
	h := f.Message.Header
	header, err := parse.EncodeHeader(h)
	if err != nil {
		return unsound(f, err)
	}
	if seal.Record(header, f.Sealed, f.Signature) != f.Digest || len(f.Envelope) > 0 && seal.Name(f.Envelope) != f.Digest {
		return unsound(f, errors.New("its envelope is another one"))
	}
	records, err := tx.Records(h.Channel().Origin(), h.Seq, 1)
	if err != nil {
		return err
	}
	if len(records) != 1 || records[0] != f.Digest {
		return unsound(f, errors.New("its place in the ledger is not that of its envelope"))
	}
	return nil
}

func unsound(f entente.Filed, cause error) error {
	return entente.DamagedRecord("message", string(f.Name), cause)
}

// signatures remembers of which messages the words are those that were signed.
type signatures struct {
	mu   sync.Mutex
	held map[entente.Digest]bool
}

// remembered bounds how many; a full memory starts again.
const remembered = 100_000

// statement holds what a message says to the signature of its sender.
func (s *signatures) statement(tx entente.PartyStore, f entente.Filed) error {
	header, err := parse.EncodeHeader(f.Message.Header)
	if err != nil {
		return unsound(f, err)
	}
	key := keyOf(header, f.Sealed[:], f.Signature, f.Payload, f.Secret[:])
	s.mu.Lock()
	held := s.held[key]
	s.mu.Unlock()
	if held {
		return nil
	}
	if err := checkSaid(tx, header, f); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held == nil || len(s.held) >= remembered {
		s.held = map[entente.Digest]bool{}
	}
	s.held[key] = true
	return nil
}

func keyOf(parts ...[]byte) entente.Digest {
	h := sha256.New()
	for _, b := range parts {
		d := sha256.Sum256(b)
		h.Write(d[:])
	}
	return entente.Digest(h.Sum(nil))
}

// checkSaid holds the header to the signature of the edition that it names, and
// what the message says to the header.
func checkSaid(tx entente.PartyStore, header []byte, f entente.Filed) error {
	from, err := editionOf(tx, f.Message.Header.From, f.Message.Header.FromEdition)
	if err != nil {
		return err
	}
	if _, err := seal.CheckSigned(header, f.Sealed, f.Signature, from); err != nil {
		return unsound(f, errors.New("its header is not what "+string(from.Party.ID)+" signed"))
	}
	if err := seal.CheckSaid(f.Message.Header, f.Payload, f.Secret); err != nil {
		return unsound(f, errors.New("what it says is not what "+string(from.Party.ID)+" signed"))
	}
	return nil
}

// editionOf gives an edition of a party. One that is missing is damage: a message is
// filed only under descriptors that are here.
func editionOf(tx entente.PartyStore, id entente.PartyID, name entente.Digest) (entente.PartyRecord, error) {
	editions, err := tx.PartyEditions(id)
	if err != nil {
		return entente.PartyRecord{}, err
	}
	for _, e := range editions {
		if e.Edition == name {
			return e, nil
		}
	}
	return entente.PartyRecord{}, entente.DamagedRecord("party", string(id), errors.New("the edition that a message names is missing"))
}
