package inbox_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"entente"
	"entente/inbox"
	"entente/ledger"
	"entente/seal"
)

// dry is a store that forgets: it keeps nothing of what an Update does, and
// tells how many messages that would have filed.
type dry struct {
	entente.Store
	filed int
}

var errForget = errors.New("it was only a rehearsal")

func (d *dry) Update(ctx context.Context, fn func(entente.Tx) error) error {
	var inner error
	d.filed = 0
	err := d.Store.Update(ctx, func(tx entente.Tx) error {
		if inner = fn(tx); inner != nil {
			return inner
		}
		all, err := tx.Messages(entente.MessageQuery{Limit: 1000})
		d.filed = len(all)
		return errors.Join(err, errForget)
	})
	if inner == nil && errors.Is(err, errForget) {
		return nil
	}
	return err
}

// shown is what comes of showing Albia a delivery.
func (w *world) shown(in *inbox.Inbox, d entente.Delivery) (receipt, refusal bool) {
	w.t.Helper()
	answers, err := in.Accept(w.ctx, "borea-sls", []entente.Delivery{d})
	if err != nil {
		return false, false
	}
	if len(answers) != 1 || answers[0].Envelope != seal.Name(d.Envelope) || (len(answers[0].Receipt) > 0) == (len(answers[0].Refusal) > 0) {
		w.t.Fatalf("not one answer to this delivery: %+v", answers)
	}
	if len(answers[0].Receipt) > 0 {
		return true, false
	}
	r, err := seal.OpenRefusal(answers[0].Refusal, w.albia.party)
	if err != nil || r.Envelope != answers[0].Envelope {
		w.t.Fatalf("a refusal that does not hold: %v\n%s", err, answers[0].Refusal)
	}
	return false, true
}

func TestAccept(t *testing.T) {
	w := newWorld(t)
	id := w.tip("A warning")
	d := w.deliveries()[0]
	answers, err := w.in.Accept(w.ctx, "borea-sls", []entente.Delivery{d})
	w.ok(err)
	f := look(w, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(id) })
	if !bytes.Equal(f.Envelope, d.Envelope) || !bytes.Equal(f.Checkpoint, d.Checkpoint) {
		t.Error("what is filed is not what came")
	}
	if _, err := ledger.CheckReceipt(answers[0].Receipt, f.Message.Header.Channel(), 0, f.Digest, w.borea.party, w.albia.party); err != nil {
		t.Error(err)
	}
}

// Whatever one byte of a delivery is changed to, wherever it is cut: a signed
// refusal, and nothing filed. Every place of the checkpoint is tried, and a
// sample of the envelope's, whose bytes package seal has tried already.
func TestEveryByteRefused(t *testing.T) {
	w := newWorld(t)
	w.tip("A warning")
	good := w.deliveries()[0]
	store := &dry{Store: w.albia.store}
	in := w.inbox(store)
	if receipt, _ := w.shown(in, good); !receipt || store.filed != 1 {
		t.Fatal("the delivery as it is was not filed")
	}
	refused := func(d entente.Delivery, what string, at int) {
		t.Helper()
		if _, refusal := w.shown(in, d); !refusal || store.filed != 0 {
			t.Errorf("%s at %d: refused %v, filed %d", what, at, refusal, store.filed)
		}
	}
	flip := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[at] ^= byte(1 + at%255)
		return b
	}
	for at := 0; at < len(good.Envelope); at += 23 {
		refused(entente.Delivery{Envelope: flip(good.Envelope, at), Checkpoint: good.Checkpoint}, "changed", at)
		refused(entente.Delivery{Envelope: good.Envelope[:at], Checkpoint: good.Checkpoint}, "cut", at)
	}
	for at := range good.Checkpoint {
		refused(entente.Delivery{Envelope: good.Envelope, Checkpoint: flip(good.Checkpoint, at)}, "checkpoint changed", at)
		refused(entente.Delivery{Envelope: good.Envelope, Checkpoint: good.Checkpoint[:at]}, "checkpoint cut", at)
	}
	if n := len(w.filed()); n != 0 {
		t.Fatalf("the rehearsals have filed %d", n)
	}
	// And the delivery as it is still passes.
	if receipt, _ := w.shown(w.in, good); !receipt {
		t.Error("the good delivery was refused in the end")
	}
}

// An error that is not the partner's fault takes back all of an exchange.
func TestOurOwnFault(t *testing.T) {
	w := newWorld(t)
	w.tip("One")
	w.tip("Two")
	ds := w.deliveries()
	in := w.inbox(&failing{Store: w.albia.store, at: 2})
	if answers, err := in.Accept(w.ctx, "borea-sls", ds); !errors.Is(err, entente.Unavailable) || answers != nil {
		t.Errorf("answered %v, %v", answers, err)
	}
	head := look(w, func(tx entente.Tx) (entente.LedgerHead, error) {
		return tx.Head("entente/north-star/borea-sls/albia-ncc")
	})
	if n := len(w.filed()); n != 0 || head.Size != 0 {
		t.Errorf("%d are filed and %d in the ledger", n, head.Size)
	}
	if answers, err := w.in.Accept(w.ctx, "borea-sls", ds); err != nil || len(answers) != 2 || len(w.filed()) != 2 {
		t.Errorf("then %d answers, %v", len(answers), err)
	}
}

// failing is a store whose disk is full from the nth message on.
type failing struct {
	entente.Store
	at int
}

func (f *failing) Update(ctx context.Context, fn func(entente.Tx) error) error {
	n := 0
	return f.Store.Update(ctx, func(tx entente.Tx) error { return fn(failingTx{tx, f.at, &n}) })
}

type failingTx struct {
	entente.Tx
	at int
	n  *int
}

func (f failingTx) PutMessage(m entente.Filed) error {
	if *f.n++; *f.n >= f.at {
		return &entente.Error{Kind: entente.Unavailable, Detail: "the disk is full"}
	}
	return f.Tx.PutMessage(m)
}
