package casework

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/prove"
)

// Evidence writes evidence.zip for a message: what anyone can check offline,
// with entente verify and without a node. It opens what the message says to some
// extent – empty: all but the keys of attached files – and who gets the file can
// read that.
func (d *Desk) Evidence(ctx context.Context, by entente.Officer, id entente.MessageID, show prove.Extent, w io.Writer) error {
	var e prove.Evidence
	var head entente.LedgerHead
	err := d.look(ctx, by, entente.OpExportEvidence, "message "+string(id), func(tx entente.Tx) (err error) {
		if e, err = d.gather(tx, id, show); err != nil {
			return err
		}
		f, err := tx.Message(id)
		if err == nil {
			head, err = tx.Head(f.Message.Header.Channel().Origin())
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := d.cfg.Out.Cover(ctx, []entente.LedgerHead{head}); err != nil {
		return err
	}
	return prove.Write(w, e)
}

func (d *Desk) gather(tx entente.Tx, id entente.MessageID, show prove.Extent) (prove.Evidence, error) {
	var e prove.Evidence
	f, err := tx.Message(id)
	if err != nil {
		return e, err
	}
	h := f.Message.Header
	if e.Header, err = parse.EncodeHeader(h); err != nil {
		return e, err
	}
	e.Sealed, e.Signature = f.Sealed, f.Signature
	if e.Parts, err = parts(f, show); err != nil {
		return e, err
	}
	if e.Sender, err = notes(tx, h.From); err != nil {
		return e, err
	}
	if e.Recipient, err = notes(tx, h.To); err != nil {
		return e, err
	}
	rec, err := tx.Agreement(h.Agreement, h.Epoch)
	if err != nil {
		return e, err
	}
	e.Agreement = rec.Note
	for _, p := range rec.Agreement.Parties {
		if p == h.From || p == h.To {
			continue
		}
		others, err := notes(tx, p)
		if err != nil {
			return e, err
		}
		e.Others = append(e.Others, others...)
	}
	if err := answer(tx, f, &e); err != nil {
		return e, err
	}
	return e, later(tx, h, &e)
}

// parts opens what the message says.
func parts(f entente.Filed, show prove.Extent) ([]byte, error) {
	s, err := prove.Open(f, cmp.Or(show, prove.WithoutKeys))
	if err != nil || s.Count == 0 {
		return nil, err
	}
	return parse.EncodeShowing(s)
}

// answer adds the receipt, or else the refusal, if there is one, and the place in the
// sender's ledger.
func answer(tx entente.Tx, f entente.Filed, e *prove.Evidence) error {
	h := f.Message.Header
	receipt, err := tx.Receipt(f.Name)
	if err == nil {
		e.Receipt = receipt.Text
		return nil
	}
	if !errors.Is(err, entente.NotFound) {
		return err
	}
	refusal, err := tx.Refusal(f.Digest)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return err
	}
	if bytes.Contains(refusal.Text, []byte(f.Digest.String())) { // else it names bytes that evidence does not have
		e.Refusal = refusal.Text
	}
	e.Place, err = ledger.ProvePlace(tx, h.Channel().Origin(), h.Seq, f.Checkpoint)
	return err
}

// later adds the newest checkpoint of the channel, linked to that of the message.
func later(tx entente.Tx, h entente.Header, e *prove.Evidence) error {
	origin := h.Channel().Origin()
	head, err := tx.Head(origin)
	if err != nil || head.Size <= h.Seq+1 {
		return err
	}
	link, err := ledger.MakeLink(tx, origin, h.Seq+1, head.Checkpoint)
	if err == nil {
		e.Later = append(e.Later, link)
	}
	return err
}

// notes gives the descriptors of a party, oldest first.
func notes(tx entente.Tx, id entente.PartyID) ([][]byte, error) {
	editions, err := tx.PartyEditions(id)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, e := range editions {
		out = append(out, e.Note)
	}
	return out, nil
}
