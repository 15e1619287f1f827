package outbox

import (
	"context"
	"crypto/sha256"
	"hash"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"entente"
	"entente/parse"
	"entente/record"
	"entente/seal"
)

// pieceSize is how much of an age file is kept in one row and one transaction.
const pieceSize = 256 << 10

// Attach encrypts a file and adds it to an open draft of the officer's, as it
// streams: neither the file nor its encryption is ever whole in memory. name is
// reduced to its last element. Over the limit: Invalid, and nothing is kept.
func (o *Outbox) Attach(ctx context.Context, by entente.Officer, id entente.DraftID, name, media string, r io.Reader) (entente.Attachment, error) {
	act := o.act(by, entente.OpAddAttachment, "draft "+string(id))
	a, kept, repeat := entente.Attachment{}, entente.Digest{}, false
	handle := uuid.NewString()
	err := record.Try(ctx, o.cfg.Store, o.accessLog(), act, func(tx entente.Tx) (err error) {
		if repeat, err = record.WasDone(ctx, tx); err != nil || repeat {
			return err
		}
		return beginFile(tx, by, id, handle)
	})
	if err != nil {
		return a, err
	}
	if repeat { // what it is, is compared with the first time
		_, err = io.Copy(io.Discard, io.LimitReader(r, o.cfg.MaxAttachment+1))
	} else {
		a, err = o.encrypt(ctx, handle, r)
	}
	a.Name, a.Media = baseName(name), mediaType(media)
	added := false
	act.Result = &kept
	act.Again = func(tx entente.Tx) (err error) { a, err = fileOn(tx, id, kept); return err }
	if err == nil {
		err = o.doAct(ctx, act, func(tx entente.Tx) error {
			added, kept = true, a.Digest
			return o.addFile(tx, by, id, handle, a)
		})
	}
	if err != nil || !added {
		o.dropFile(ctx, handle)
	}
	if err != nil {
		return entente.Attachment{}, err
	}
	return a, nil
}

func beginFile(tx entente.Tx, by entente.Officer, id entente.DraftID, handle string) error {
	d, err := tx.Draft(id)
	if err != nil {
		return err
	}
	if err := mayChange(d, by, d.Version); err != nil {
		return err
	}
	return tx.PutAttachment(entente.AttachmentRecord{Handle: handle, Draft: id})
}

// dropFile drops what an upload left that did not end.
func (o *Outbox) dropFile(ctx context.Context, handle string) {
	drop := func(tx entente.Tx) error { return tx.DropAttachment(handle) }
	if err := o.cfg.Store.Update(context.WithoutCancel(ctx), drop); err != nil {
		o.cfg.Log.Warn("outbox: a broken upload stays behind", "handle", handle, "err", err)
	}
}

// fileOn gives a file of a draft. One that was removed since has its digest alone.
func fileOn(tx entente.Tx, id entente.DraftID, file entente.Digest) (entente.Attachment, error) {
	d, err := tx.Draft(id)
	if err != nil {
		return entente.Attachment{}, err
	}
	for _, a := range d.Statement.Attachments {
		if a.Digest == file {
			return a, nil
		}
	}
	return entente.Attachment{Digest: file}, nil
}

// encrypt streams r through age into pieces.
func (o *Outbox) encrypt(ctx context.Context, handle string, r io.Reader) (entente.Attachment, error) {
	pieces := &pieceWriter{ctx: ctx, store: o.cfg.Store, handle: handle, sum: sha256.New()}
	w, key, err := seal.EncryptFile(pieces)
	if err != nil {
		return entente.Attachment{}, err
	}
	n, err := io.Copy(w, io.LimitReader(r, o.cfg.MaxAttachment+1))
	if err != nil {
		return entente.Attachment{}, &entente.Error{Kind: entente.Unavailable, Detail: "the upload broke off", Hint: "send the file again", Cause: err}
	}
	if n > o.cfg.MaxAttachment {
		return entente.Attachment{}, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "the file is larger than this node takes (" + strconv.FormatInt(o.cfg.MaxAttachment>>20, 10) + " MiB)", Hint: "split it, or ask the operator to raise max-attachment"}
	}
	if err := w.Close(); err != nil {
		return entente.Attachment{}, err
	}
	if err := pieces.flush(); err != nil {
		return entente.Attachment{}, err
	}
	return entente.Attachment{Digest: entente.Digest(pieces.sum.Sum(nil)), Size: pieces.held, Key: key}, nil
}

// addFile puts a whole file on the draft, which may have changed meanwhile but
// must still be the author's to change.
func (o *Outbox) addFile(tx entente.Tx, by entente.Officer, id entente.DraftID, handle string, a entente.Attachment) error {
	d, err := tx.Draft(id)
	if err != nil {
		return err
	}
	if err := mayChange(d, by, d.Version); err != nil {
		return err
	}
	d.Statement.Attachments = append(slices.Clone(d.Statement.Attachments), a)
	d.Changed = o.now()
	d.Version++
	if err := tx.PutDraft(d); err != nil {
		return err
	}
	rec, err := tx.Attachment(handle)
	if err != nil {
		return err
	}
	rec.Digest, rec.Size, rec.Complete = a.Digest, a.Size, o.now()
	return tx.PutAttachment(rec)
}

// Detach takes a file off an open draft.
func (o *Outbox) Detach(ctx context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) error {
	return o.do(ctx, by, entente.OpAddAttachment, "draft "+string(id), func(tx entente.Tx) error {
		d, err := tx.Draft(id)
		if err != nil {
			return err
		}
		if err := mayChange(d, by, d.Version); err != nil {
			return err
		}
		files, err := tx.Attachments("", id)
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.Digest == file {
				if err := tx.DropAttachment(f.Handle); err != nil {
					return err
				}
			}
		}
		d.Statement.Attachments = slices.DeleteFunc(slices.Clone(d.Statement.Attachments), func(a entente.Attachment) bool { return a.Digest == file })
		d.Changed = o.now()
		d.Version++
		return tx.PutDraft(d)
	})
}

// filesWhole holds that a draft names only files that are here in full.
func (o *Outbox) filesWhole(tx entente.Tx, d entente.Draft) error {
	if len(d.Statement.Attachments) == 0 {
		return nil
	}
	files, err := tx.Attachments("", d.ID)
	if err != nil {
		return err
	}
	for i, a := range d.Statement.Attachments {
		whole := slices.ContainsFunc(files, func(f entente.AttachmentRecord) bool { return f.Digest == a.Digest && !f.Complete.IsZero() })
		if !whole {
			return &entente.Error{Kind: entente.Conflict, Field: "attachments[" + strconv.Itoa(i) + "]", Detail: "this file is not here in full", Hint: "take it off the draft and add it again"}
		}
	}
	return nil
}

// dropBroken throws away what uploads left behind that broke off, and ends those
// that are still under way: a draft that is submitted gets no more files.
func dropBroken(tx entente.AttachmentStore, id entente.DraftID) error {
	files, err := tx.Attachments("", id)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !f.Complete.IsZero() {
			continue
		}
		if err := tx.DropAttachment(f.Handle); err != nil {
			return err
		}
	}
	return nil
}

// pieceWriter keeps what is written to it in pieces of one transaction each.
type pieceWriter struct {
	ctx    context.Context
	store  entente.Store
	handle string
	sum    hash.Hash
	held   int64
	buf    []byte
}

func (p *pieceWriter) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 {
		take := min(len(b), pieceSize-len(p.buf))
		p.buf = append(p.buf, b[:take]...)
		b = b[take:]
		if len(p.buf) == pieceSize {
			if err := p.flush(); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

func (p *pieceWriter) flush() error {
	if len(p.buf) == 0 {
		return nil
	}
	err := p.store.Update(p.ctx, func(tx entente.Tx) error { return tx.AppendPiece(p.handle, p.held, p.buf) })
	if err != nil {
		return err
	}
	p.sum.Write(p.buf)
	p.held += int64(len(p.buf))
	p.buf = p.buf[:0]
	return nil
}

// baseName is the last element of a file's name, without characters that are not
// seen.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name, _ = parse.Visible(name)
	for len(name) > 200 {
		name = strings.ToValidUTF8(name[:200], "")
	}
	if name == "" || name == "." || name == "/" || name == ".." {
		return "file"
	}
	return name
}

// mediaType is what the sender claims; anything odd is plain bytes.
func mediaType(media string) string {
	media, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(media)), ";")
	main, sub, ok := strings.Cut(media, "/")
	token := func(s string) bool {
		return s != "" && len(s) <= 60 && !strings.ContainsFunc(s, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(".+-", r))
		})
	}
	if !ok || !token(main) || !token(sub) {
		return "application/octet-stream"
	}
	return media
}
