package inbox

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"

	"entente"
)

// pieceSize is how much of an age file is kept in one row and one transaction.
const pieceSize = 256 << 10

// expectFiles opens a record for each file that a filed message names: only
// what is expected is taken.
func (i *Inbox) expectFiles(tx entente.Tx, f entente.Filed) error {
	for _, a := range f.Message.Statement.Attachments {
		err := tx.PutAttachment(entente.AttachmentRecord{
			Handle: uuid.NewString(), Digest: a.Digest, Size: a.Size,
			Message: f.Name, Partner: f.Message.Header.From,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Held tells a partner how much of a file is here, so that a broken transfer
// goes on where it stopped.
func (i *Inbox) Held(ctx context.Context, party entente.PartyID, file entente.Digest) (held, size int64, err error) {
	err = i.cfg.Store.View(ctx, func(tx entente.Tx) error {
		r, err := expected(tx, party, file)
		held, size = r.Held, r.Size
		return err
	})
	return held, size, err
}

// expected gives the record of a file that the party announced: the one that is
// not whole yet, if there is one.
func expected(tx entente.Tx, party entente.PartyID, file entente.Digest) (entente.AttachmentRecord, error) {
	records, err := tx.AttachmentsOf(file)
	if err != nil {
		return entente.AttachmentRecord{}, err
	}
	var found entente.AttachmentRecord
	for _, r := range records {
		if r.Message == "" || r.Partner != party {
			continue
		}
		found = r
		if r.Complete.IsZero() {
			break
		}
	}
	if found.Handle == "" {
		return found, &entente.Error{Kind: entente.NotFound, Detail: "no filed message of yours names this file"}
	}
	return found, nil
}

// Add takes bytes of a file from offset on, piece by piece: what arrived before
// a break is kept. When the last byte is here the whole is checked against its
// digest, and the custody notice goes out.
func (i *Inbox) Add(ctx context.Context, party entente.PartyID, file entente.Digest, offset int64, r io.Reader) (held int64, err error) {
	var rec entente.AttachmentRecord
	err = i.cfg.Store.View(ctx, func(tx entente.Tx) error {
		rec, err = expected(tx, party, file)
		return err
	})
	if err != nil {
		return 0, err
	}
	if !rec.Complete.IsZero() {
		return rec.Held, nil
	}
	if offset != rec.Held {
		return rec.Held, &entente.Error{Kind: entente.Conflict, Field: "offset", Detail: "the file goes on at another place", Hint: "ask how much is held, and send from there"}
	}
	buf := make([]byte, pieceSize)
	for rec.Held < rec.Size {
		n, readErr := io.ReadFull(r, buf[:min(pieceSize, rec.Size-rec.Held)])
		if n > 0 {
			err := i.cfg.Store.Update(ctx, func(tx entente.Tx) error { return tx.AppendPiece(rec.Handle, rec.Held, buf[:n]) })
			if err != nil {
				return rec.Held, err
			}
			rec.Held += int64(n)
			i.cfg.Step("piece kept")
		}
		if rec.Held < rec.Size && (readErr == io.EOF || readErr == io.ErrUnexpectedEOF) {
			return rec.Held, nil // a part: the rest comes later
		}
		if readErr != nil && rec.Held < rec.Size {
			return rec.Held, &entente.Error{Kind: entente.Unavailable, Detail: "the transfer broke off", Hint: "send the rest", Cause: readErr}
		}
	}
	return rec.Held, i.finish(ctx, rec)
}

// finish checks a file that is all here.
func (i *Inbox) finish(ctx context.Context, rec entente.AttachmentRecord) error {
	sum := sha256.New()
	for at := int64(0); at < rec.Size; {
		var piece []byte
		err := i.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
			piece, err = tx.Piece(rec.Handle, at)
			return err
		})
		if err != nil {
			return err
		}
		sum.Write(piece)
		at += int64(len(piece))
	}
	if entente.Digest(sum.Sum(nil)) != rec.Digest {
		return i.again(ctx, rec)
	}
	err := i.whole(ctx, rec)
	if err == nil {
		i.cfg.Step("file whole")
		i.cfg.Filed()
	}
	return err
}

// again drops bytes that are not the file and expects it anew.
func (i *Inbox) again(ctx context.Context, rec entente.AttachmentRecord) error {
	anew := rec
	anew.Handle, anew.Held = uuid.NewString(), 0
	err := i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := tx.DropAttachment(rec.Handle); err != nil {
			return err
		}
		return tx.PutAttachment(anew)
	})
	return errors.Join(&entente.Error{Kind: entente.Unverified, Field: "file", Detail: "the bytes are not those that the message names", Hint: "send the file again from the start"}, err)
}

// Resume finishes files whose last byte came just before the node stopped, and
// sends custody notices that could not leave then. What cannot be done now is
// tried again by RunResume: it never stops a node from starting.
func (i *Inbox) Resume(ctx context.Context) error {
	var open []entente.AttachmentRecord
	err := i.cfg.Store.View(ctx, func(tx entente.Tx) (err error) {
		open, err = tx.Attachments("", "")
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.Held < r.Size {
			continue
		}
		if err := i.finish(ctx, r); err != nil && ctx.Err() == nil {
			i.cfg.Log.Warn("inbox: a file that is here cannot be finished yet", "file", r.Digest.Short(), "err", err)
		}
	}
	return i.payCustody(ctx)
}

// RunResume calls Resume again and again until ctx ends.
func (i *Inbox) RunResume(ctx context.Context, every time.Duration) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		if err := i.Resume(ctx); err != nil && ctx.Err() == nil {
			i.cfg.Log.Error("inbox: cannot read which files are open", "err", err)
		}
	}
}
