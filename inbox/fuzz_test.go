package inbox_test

import (
	"bytes"
	"context"
	"testing"

	"entente"
	"entente/parse"
)

// blank is a store that holds the parties and the agreement and forgets the
// rest at once: a database would be most of what the fuzzer looks at.
type blank struct {
	entente.Tx // what is not below is not asked for
	parties    map[entente.PartyID]entente.PartyRecord
	agreement  entente.AgreementRecord

	head    entente.LedgerHead
	records []entente.Digest
	hashes  []entente.Digest
	filed   int
}

func (b *blank) View(_ context.Context, fn func(entente.Tx) error) error { return fn(b) }

func (b *blank) Update(_ context.Context, fn func(entente.Tx) error) error {
	b.head, b.records, b.hashes, b.filed = entente.LedgerHead{}, nil, nil, 0
	return fn(b)
}

func none() error { return &entente.Error{Kind: entente.NotFound} }

func (b *blank) PartyEditions(id entente.PartyID) ([]entente.PartyRecord, error) {
	if p, ok := b.parties[id]; ok {
		return []entente.PartyRecord{p}, nil
	}
	return nil, nil
}

func (b *blank) Agreement(id entente.AgreementID, _ int) (entente.AgreementRecord, error) {
	if id != b.agreement.Agreement.ID {
		return entente.AgreementRecord{}, none()
	}
	return b.agreement, nil
}

func (b *blank) Head(origin string) (entente.LedgerHead, error) {
	if origin != b.head.Origin {
		return entente.LedgerHead{Origin: origin}, nil
	}
	return b.head, nil
}

func (b *blank) Append(_ string, _ int64, records []entente.Digest, _ int64, hashes []entente.Digest) error {
	b.records, b.hashes = append(b.records, records...), append(b.hashes, hashes...)
	return nil
}

func (b *blank) Hashes(_ string, indexes []int64) (out []entente.Digest, err error) {
	for _, i := range indexes {
		out = append(out, b.hashes[i])
	}
	return out, nil
}

func (b *blank) Records(_ string, first int64, n int) ([]entente.Digest, error) {
	return b.records[first:min(int(first)+n, len(b.records))], nil
}

func (b *blank) PutHead(h entente.LedgerHead) error { b.head = h; return nil }

func (b *blank) PutMessage(entente.Filed) error                                  { b.filed++; return nil }
func (b *blank) PutReceipt(entente.MessageID, entente.Receipt) error             { return nil }
func (b *blank) PutRefusal(entente.Direction, entente.Refusal) error             { return nil }
func (b *blank) PutSetting(string, []byte) error                                 { return nil }
func (b *blank) LevelChanges(entente.AgreementID) ([]entente.LevelChange, error) { return nil, nil }

func (b *blank) Message(entente.MessageID) (entente.Filed, error) { return entente.Filed{}, none() }

func (b *blank) MessageWith(entente.PartyID, entente.MessageID) (entente.Filed, error) {
	return entente.Filed{}, none()
}

func (b *blank) Setting(string) ([]byte, error)          { return nil, none() }
func (b *blank) DropRefusals(entente.PartyID, int) error { return nil }

func (b *blank) Refusal(entente.Digest) (entente.Refusal, error) { return entente.Refusal{}, none() }
func (b *blank) Gap(string, int64) (entente.Gap, error)          { return entente.Gap{}, none() }
func (b *blank) PutGaps([]entente.Gap) error                     { return nil }
func (b *blank) DropGap(string, int64) error                     { return nil }

// Nothing that anybody makes up is ever filed, and nothing panics.
func FuzzAccept(f *testing.F) {
	w := newWorld(f)
	w.tip("A warning")
	good := w.deliveries()[0]
	f.Add(good.Envelope, good.Checkpoint, uint8(0))
	f.Add(good.Envelope, []byte("entente/north-star/borea-sls/albia-ncc\n1\n\n"), uint8(3))
	f.Add([]byte("entente/1 envelope\n"), good.Checkpoint, uint8(1))
	f.Add([]byte("a letter"), []byte("none\n"), uint8(0))
	store := &blank{
		parties: map[entente.PartyID]entente.PartyRecord{
			"borea-sls": {Party: w.borea.party, Edition: parse.EditionOf(w.borea.party)}, "albia-ncc": {Party: w.albia.party, Edition: parse.EditionOf(w.albia.party)},
		},
		agreement: look(w, func(tx entente.Tx) (entente.AgreementRecord, error) { return tx.Agreement("north-star", 0) }),
	}
	in := w.inbox(store)
	f.Fuzz(func(t *testing.T, envelope, checkpoint []byte, before uint8) {
		w.t = t
		receipt, _ := w.shown(in, entente.Delivery{Envelope: envelope, Checkpoint: checkpoint, Before: make([]entente.Digest, before)})
		same := bytes.Equal(envelope, good.Envelope) && bytes.Equal(checkpoint, good.Checkpoint)
		if receipt != (store.filed > 0) || store.filed > 0 && !same {
			t.Errorf("receipt %v, filed %d, for what Borea sent: %v", receipt, store.filed, same)
		}
	})
}

func (b *blank) Line(p entente.PartyID) (entente.Line, error) { return entente.Line{Partner: p}, nil }
func (b *blank) Ends(string) ([]entente.EndRecord, error)     { return nil, nil }
func (b *blank) CutLedger(string, int64, int64) error         { return none() }
