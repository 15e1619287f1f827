package outbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"entente"
	"entente/courier"
)

// What one file carries at the most: it is gathered in memory, and the partner
// reads its post whole. The rest is for the next part.
const courierMost = 10_000

var courierBytes = courier.MaxManifest / 4 // a variable for tests

// Pack writes what waits for a partner, and our answers to what he sent, into
// one file that a courier carries: the first part, if it is too much for one.
// Nothing leaves the queue: that is what the receipts in the partner's file do
// when it comes back.
func (o *Outbox) Pack(ctx context.Context, by entente.Officer, partner entente.PartyID, w io.Writer) (envelopes int, err error) {
	return o.PackPart(ctx, by, partner, "", func(string) io.Writer { return w })
}

// PackPart writes one part of what waits. after is where the part before ended;
// empty: this is the first. begin is told where this one ends before anything is
// written; empty: it is the last. The partner unpacks the parts in their order;
// what he gets too early he asks for again.
func (o *Outbox) PackPart(ctx context.Context, by entente.Officer, partner entente.PartyID, after string, begin func(end string) io.Writer) (envelopes int, err error) {
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
	var p part
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		p = part{pouch: courier.Pouch{From: o.cfg.Self, To: partner, Made: o.now()}}
		return o.gather(tx, partner, after, &p)
	})
	if err != nil {
		return 0, err
	}
	if err := errors.Join(o.Cover(ctx, p.pouch.Heads), o.coverDeliveries(ctx, p.pouch.Deliveries)); err != nil {
		return 0, err
	}
	for _, f := range p.files {
		p.pouch.Files = append(p.pouch.Files, courier.File{Digest: f.Digest, Size: f.Size, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(OpenFile(ctx, o.cfg.Store, f.Handle, 0)), nil
		}})
	}
	return len(p.pouch.Deliveries), courier.Write(begin(p.end), p.pouch, o.cfg.Keys.Message)
}

// part is one part of the post.
type part struct {
	pouch courier.Pouch
	files []entente.AttachmentRecord // each once
	end   string                     // empty: it is the last
}

// gather puts together a part: first envelopes with their files, then the files
// of earlier messages that the partner has not said he holds. A part ends with
// the name of a message, or with the digest of a file.
func (o *Outbox) gather(tx entente.Tx, partner entente.PartyID, after string, p *part) (err error) {
	if p.pouch.Descriptors, err = laterEditions(tx, o.cfg.Self); err != nil {
		return err
	}
	if after == "" {
		if err := o.open(tx, partner, &p.pouch); err != nil {
			return err
		}
	}
	if line, err := tx.Line(partner); err != nil || line.Blocked != "" {
		return err // after a restore: the partner learns where we stand, and no more
	}
	file, err := entente.ParseDigest(after)
	if err != nil {
		more, err := o.envelopes(tx, partner, entente.MessageID(after), p)
		if err != nil || more {
			return err
		}
	}
	return p.handOvers(tx, partner, file)
}

// open begins the first part: with where the ledgers stand, and our answers.
func (o *Outbox) open(tx entente.Tx, partner entente.PartyID, pouch *courier.Pouch) (err error) {
	if pouch.Heads, err = headsWithTails(tx, o.cfg.Self, partner); err != nil {
		return err
	}
	kept, err := tx.Setting(courier.AnswersKey(partner))
	if err != nil && !errors.Is(err, entente.NotFound) {
		return err
	}
	pouch.Settlements, err = courier.DecodeAnswers(kept)
	return err
}

// envelopes adds what waits after a message, and its files, as far as there is
// room. It reports whether more envelopes wait.
func (o *Outbox) envelopes(tx entente.Tx, partner entente.PartyID, after entente.MessageID, p *part) (more bool, err error) {
	items, err := tx.Due(partner, o.now(), 0)
	if err != nil {
		return false, err
	}
	carried := map[entente.Channel]int64{}
	if after != "" {
		last, err := tx.Message(after)
		if err != nil {
			return false, &entente.Error{Kind: entente.Invalid, Field: "after", Detail: "no part of the post ended here", Hint: "pack from the beginning", Cause: err}
		}
		h := last.Message.Header
		carried[h.Channel()] = h.Seq + 1
		items = slices.DeleteFunc(items, func(q entente.QueueItem) bool { return !follows(q, h) })
	}
	some := items[:min(len(items), courierMost)]
	if p.pouch.Deliveries, err = o.deliveries(tx, partner, some, courierBytes, carried); err != nil {
		return false, err
	}
	for n, item := range some[:len(p.pouch.Deliveries)] {
		files, err := tx.Attachments("", item.Message)
		if err != nil {
			return false, err
		}
		if !p.add(files) {
			p.pouch.Deliveries = p.pouch.Deliveries[:n]
			break
		}
	}
	n := len(p.pouch.Deliveries)
	if n == len(items) {
		return false, nil
	}
	p.end = string(items[n-1].Message)
	return true, nil
}

// follows reports whether an item stands in the queue after a message.
func follows(q entente.QueueItem, h entente.Header) bool {
	c := q.Channel
	return cmp.Or(cmp.Compare(c.Agreement, h.Agreement), cmp.Compare(c.From, h.From), cmp.Compare(c.To, h.To), cmp.Compare(q.Seq, h.Seq)) > 0
}

// add puts in files that are whole, each once; or none, where there is no room
// for all.
func (p *part) add(files []entente.AttachmentRecord) bool {
	had := len(p.files)
	for _, f := range files {
		if f.Complete.IsZero() || slices.ContainsFunc(p.files, func(g entente.AttachmentRecord) bool { return g.Digest == f.Digest }) {
			continue
		}
		if len(p.files) == courier.MaxFiles {
			p.files = p.files[:had]
			return false
		}
		p.files = append(p.files, f)
	}
	return true
}

// handOvers adds files that the partner is still to have, after one.
func (p *part) handOvers(tx entente.AttachmentStore, partner entente.PartyID, after entente.Digest) error {
	files, err := tx.ToHandOver(partner)
	if err != nil {
		return err
	}
	slices.SortFunc(files, byDigest)
	for _, f := range files {
		if bytes.Compare(f.Digest[:], after[:]) <= 0 {
			continue
		}
		if !p.add([]entente.AttachmentRecord{f}) {
			p.end = after.String()
			return nil
		}
		after = f.Digest
	}
	return nil
}

func byDigest(a, b entente.AttachmentRecord) int { return bytes.Compare(a.Digest[:], b.Digest[:]) }

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

// tailInPouch is how many records of each of his own ledgers a partner gets back
// with the post, in case he has lost them; fewer where there are very many.
const (
	tailInPouch  = 1024
	tailsInPouch = 256 << 10 // of all his ledgers
)

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
		first := max(0, h.Size-min(tailInPouch, int64(tailsInPouch/len(heads))))
		if heads[i].Tail, err = tx.Records(h.Origin, first, int(h.Size-first)); err != nil {
			return nil, err
		}
	}
	return heads, nil
}
