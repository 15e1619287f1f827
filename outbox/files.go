package outbox

import (
	"context"
	"errors"
	"io"
	"slices"

	"entente"
)

// FileCarrier moves age files to a partner.
type FileCarrier interface {
	FileHeld(ctx context.Context, with entente.Party, file entente.Digest) (held, size int64, err error)
	SendFile(ctx context.Context, to entente.Party, file entente.Digest, offset, size int64, r io.Reader) (held int64, err error)
}

// handOver notes that the files of a message are now the partner's to have. The
// note ends with his custody notice. It reports whether there are any.
func handOver(tx entente.Tx, item entente.QueueItem) (bool, error) {
	files, err := tx.Attachments("", item.Message)
	if err != nil || len(files) == 0 {
		return false, err
	}
	f, err := tx.Message(item.Message)
	if err != nil {
		return false, err
	}
	some := false
	for _, file := range files {
		if !slices.ContainsFunc(f.Message.Statement.Attachments, func(a entente.Attachment) bool { return a.Digest == file.Digest }) {
			continue // left over from an upload that broke off
		}
		some = true
		file.Partner = item.Partner
		if err := tx.PutAttachment(file); err != nil {
			return false, err
		}
	}
	return some, nil
}

// sendFiles hands over what a partner lacks of the files of messages that he has
// signed for. What is all there and still without his notice is looked at again
// later.
func (o *Outbox) sendFiles(ctx context.Context, partner entente.PartyID) error {
	to, _, err := o.partner(ctx, partner)
	if err != nil {
		return err
	}
	var files []entente.AttachmentRecord
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		files, err = tx.ToHandOver(partner)
		return err
	})
	if err != nil {
		return err
	}
	var broken error
	for _, f := range files {
		err := o.sendFile(ctx, to, f)
		broken = errors.Join(broken, err)
		if errors.Is(err, entente.Unavailable) || ctx.Err() != nil {
			return broken
		}
	}
	return broken // one file that he does not take holds up none of the others
}

func (o *Outbox) sendFile(ctx context.Context, to entente.Party, f entente.AttachmentRecord) error {
	held, _, err := o.cfg.Carrier.FileHeld(ctx, to, f.Digest)
	if errors.Is(err, entente.NotFound) {
		return nil // he has lost the message, or has erased it
	}
	if err != nil || held >= f.Size {
		return err
	}
	_, err = o.cfg.Carrier.SendFile(ctx, to, f.Digest, held, f.Size, OpenFile(ctx, o.cfg.Store, f.Handle, held))
	if err == nil {
		o.cfg.Step("file sent")
	}
	return err
}

// Held tells a partner that collects how large a file is that was sent to it.
func (o *Outbox) Held(ctx context.Context, party entente.PartyID, file entente.Digest) (held, size int64, err error) {
	rec, err := o.sentFile(ctx, party, file)
	return rec.Size, rec.Size, err
}

// Open gives a file of a released message to the party that the message went
// to, from offset on: for partners that collect.
func (o *Outbox) Open(ctx context.Context, party entente.PartyID, file entente.Digest, offset int64) (io.Reader, error) {
	rec, err := o.sentFile(ctx, party, file)
	if err != nil {
		return nil, err
	}
	return OpenFile(ctx, o.cfg.Store, rec.Handle, offset), nil
}

// sentFile finds a file of a message that was released to the party.
func (o *Outbox) sentFile(ctx context.Context, party entente.PartyID, file entente.Digest) (found entente.AttachmentRecord, err error) {
	err = o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		records, err := tx.AttachmentsOf(file)
		if err != nil {
			return err
		}
		for _, r := range records {
			if r.Draft == "" || r.Complete.IsZero() {
				continue
			}
			f, err := tx.Message(r.Draft)
			if errors.Is(err, entente.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if f.Message.Header.To == party {
				found = r
				return nil
			}
		}
		return &entente.Error{Kind: entente.NotFound, Detail: "no file of that digest was sent to you"}
	})
	return found, err
}

// OpenFile reads an age file from the store, piece by piece.
func OpenFile(ctx context.Context, s entente.Store, handle string, offset int64) io.Reader {
	return &pieceReader{ctx: ctx, store: s, handle: handle, at: offset}
}

type pieceReader struct {
	ctx    context.Context
	store  entente.Store
	handle string
	at     int64
	rest   []byte
}

func (p *pieceReader) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		err := p.store.View(p.ctx, func(tx entente.Tx) (err error) {
			p.rest, err = tx.Piece(p.handle, p.at)
			return err
		})
		if errors.Is(err, entente.NotFound) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
	}
	n := copy(b, p.rest)
	p.rest, p.at = p.rest[n:], p.at+int64(n)
	return n, nil
}

// Collect gives a partner that dials out what waits for it.
func (o *Outbox) Collect(ctx context.Context, by entente.PartyID, most int) ([]entente.Delivery, error) {
	o.called(ctx, by)
	ds, err := o.batch(ctx, by)
	if err != nil {
		return nil, err
	}
	if most > 0 && len(ds) > most {
		ds = ds[:most]
	}
	return ds, nil
}
