package outbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"entente"
	"entente/courier"
)

// What one file carries at the most: it is gathered in memory, and the partner
// reads its post whole. The rest waits for the next one.
const courierMost = 10_000

var courierBytes = courier.MaxManifest / 4 // a variable for tests

// Pack writes what waits for a partner, and our answers to his last file, into
// one file that a courier carries. Nothing leaves the queue: that is what the
// receipts in the partner's file do when it comes back.
func (o *Outbox) Pack(ctx context.Context, by entente.Officer, partner entente.PartyID, w io.Writer) (envelopes int, err error) {
	err = o.do(ctx, by, entente.OpCourierExport, "courier file for "+string(partner), func(tx entente.Tx) error {
		_, err := tx.Party(partner)
		if err != nil {
			return noPartner(partner, err)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	pouch := courier.Pouch{From: o.cfg.Self, To: partner, Made: o.now()}
	files, err := o.pack(ctx, partner, &pouch)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		pouch.Files = append(pouch.Files, courier.File{Digest: f.Digest, Size: f.Size, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(OpenFile(ctx, o.cfg.Store, f.Handle, 0)), nil
		}})
	}
	return len(pouch.Deliveries), courier.Write(w, pouch, o.cfg.Keys.Message)
}

// pack gathers waiting envelopes, files and our answers.
func (o *Outbox) pack(ctx context.Context, partner entente.PartyID, pouch *courier.Pouch) (files []entente.AttachmentRecord, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		pouch.Deliveries, files = nil, nil
		if pouch.Descriptors, err = laterEditions(tx, o.cfg.Self); err != nil {
			return err
		}
		if pouch.Heads, err = headsWithTails(tx, o.cfg.Self, partner); err != nil {
			return err
		}
		kept, err := tx.Setting(courier.AnswersKey(partner))
		if err != nil && !errors.Is(err, entente.NotFound) {
			return err
		}
		if pouch.Settlements, err = courier.DecodeAnswers(kept); err != nil {
			return err
		}
		items, err := tx.Queue(partner, courierMost)
		if err != nil {
			return err
		}
		if pouch.Deliveries, err = o.deliveries(tx, partner, items, courierBytes); err != nil {
			return err
		}
		files, err = toPack(tx, partner, items[:len(pouch.Deliveries)])
		return err
	})
	return files, err
}

// editionsInPouch is how many editions of our descriptor a partner may have
// missed who meets only couriers.
const editionsInPouch = 16

// laterEditions gives our descriptors but the first: the file is signed with the
// newest key, and its recipient may know only older ones.
func laterEditions(tx entente.PartyStore, self entente.PartyID) (notes [][]byte, err error) {
	editions, err := tx.PartyEditions(self)
	for n := max(1, len(editions)-editionsInPouch); n < len(editions); n++ {
		notes = append(notes, editions[n].Note)
	}
	return notes, err
}

// tailInPouch is how many records of his own ledger a partner gets back with the
// post, in case he has lost them.
const tailInPouch = 1024

// headsWithTails shows a partner where the ledgers between us stand here.
func headsWithTails(tx entente.Tx, self, partner entente.PartyID) ([]entente.LedgerHead, error) {
	heads, err := Heads(tx, self, partner)
	if err != nil {
		return nil, err
	}
	for i, h := range heads {
		ch, ok := channelOf(h.Origin)
		if !ok || ch.From != partner || h.Size == 0 {
			continue
		}
		first := max(0, h.Size-tailInPouch)
		if heads[i].Tail, err = tx.Records(h.Origin, first, int(h.Size-first)); err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// toPack lists, each once, the files of what is packed and those of earlier
// messages that the partner has not said he holds.
func toPack(tx entente.Tx, partner entente.PartyID, items []entente.QueueItem) ([]entente.AttachmentRecord, error) {
	files, err := tx.ToHandOver(partner)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		more, err := tx.Attachments("", item.Message)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	files = slices.DeleteFunc(files, func(f entente.AttachmentRecord) bool { return f.Complete.IsZero() })
	slices.SortFunc(files, func(a, b entente.AttachmentRecord) int { return bytes.Compare(a.Digest[:], b.Digest[:]) })
	return slices.CompactFunc(files, func(a, b entente.AttachmentRecord) bool { return a.Digest == b.Digest }), nil
}
