package outbox

import (
	"context"
	"errors"
	"io"
	"slices"

	"entente"
	"entente/parse"
	"entente/record"
	"entente/seal"
)

// OpenDraftFile decrypts a file of a draft and gives its bytes in order: those
// that the recipient will have. Whoever may read the draft may open its files,
// so that a releaser sees all that leaves. Save the bytes, never render them.
func (o *Outbox) OpenDraftFile(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	var found entente.Attachment
	var handle string
	act, err := o.actOn(ctx, by, entente.OpFetchAttachment, id)
	if err != nil {
		return found, nil, err
	}
	act.Object += " file " + file.Short()
	// One transaction with the entry: what may not be read is on record as refused.
	err = record.Do(ctx, o.cfg.Store, o.accessLog(), act, func(tx entente.Tx) (err error) {
		d, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		found, handle, err = fileOf(tx, d, file)
		return err
	})
	if err != nil {
		return found, nil, err
	}
	plain, err := seal.DecryptFile(OpenFile(ctx, o.cfg.Store, handle, 0), found.Key)
	return found, plain, err
}

// actOn is an act on a draft, for the purpose for which it is written.
func (o *Outbox) actOn(ctx context.Context, by entente.Officer, op entente.Operation, id entente.DraftID) (record.Act, error) {
	act := record.Act{By: by, Operation: op, Object: "draft " + string(id), At: o.now()}
	err := o.cfg.Store.View(ctx, func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		act.Purpose = record.Purpose(ctx, by, d.Statement.Purpose)
		if errors.Is(err, entente.NotFound) {
			return nil // the look itself will say so
		}
		return err
	})
	return act, err
}

// readable gives a draft that the officer may read.
func readable(tx entente.DraftStore, by entente.Officer, id entente.DraftID) (entente.Draft, error) {
	d, err := tx.Draft(id)
	if err == nil && !mayRead(d, by) {
		err = &entente.Error{Kind: entente.Denied, Detail: "this draft is its author's alone: it is still being written, or was given up", Hint: "it can be read once its author submits it"}
	}
	return d, err
}

// fileOf finds a file that a draft names and where it lies. Once the bytes of
// the draft are fixed, they say what belongs to it.
func fileOf(tx entente.AttachmentStore, d entente.Draft, file entente.Digest) (found entente.Attachment, handle string, err error) {
	s := d.Statement
	if len(d.Payload) > 0 {
		if s, err = parse.Statement(d.Payload); err != nil {
			return found, "", err
		}
	}
	i := slices.IndexFunc(s.Attachments, func(a entente.Attachment) bool { return a.Digest == file })
	if i < 0 {
		return found, "", &entente.Error{Kind: entente.NotFound, Detail: "this draft has no such file"}
	}
	records, err := tx.Attachments("", d.ID)
	if err != nil {
		return found, "", err
	}
	for _, r := range records {
		if r.Digest == file && !r.Complete.IsZero() {
			return s.Attachments[i], r.Handle, nil
		}
	}
	return found, "", &entente.Error{Kind: entente.NotFound, Detail: "this file is not here any more"}
}
