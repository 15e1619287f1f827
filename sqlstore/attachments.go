package sqlstore

import (
	"time"

	"entente"
)

const attachmentColumns = `select handle, digest, size, held, message, partner, draft, complete from attachment`

func scanAttachment(r row) (a entente.AttachmentRecord, err error) {
	return a, r.scan(&a.Handle, &a.Digest, &a.Size, &a.Held, &a.Message, &a.Partner, &a.Draft, &a.Complete)
}

// PutAttachment leaves the pieces alone: Held is theirs. Held 0 for a record
// that holds some throws them away, to start again.
func (t *tx) PutAttachment(a entente.AttachmentRecord) error {
	old, err := t.Attachment(a.Handle)
	if old, err = found(old, err, entente.AttachmentRecord{}); err != nil {
		return err
	}
	if a.Held != 0 && a.Held != old.Held {
		return changed("attachment")
	}
	if a.Held == 0 && old.Held != 0 {
		if err := t.do(`delete from piece where handle = $1`, a.Handle); err != nil {
			return err
		}
	}
	return t.do(`insert into attachment (handle, digest, size, held, message, partner, draft, complete) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (handle) do update set digest = excluded.digest, size = excluded.size, held = excluded.held, message = excluded.message, partner = excluded.partner, draft = excluded.draft, complete = excluded.complete`,
		a.Handle, a.Digest, a.Size, a.Held, a.Message, a.Partner, a.Draft, a.Complete)
}

func (t *tx) Attachment(handle string) (entente.AttachmentRecord, error) {
	return one(t, "attachment", scanAttachment, attachmentColumns+` where handle = $1`, handle)
}

func (t *tx) AttachmentsOf(file entente.Digest) ([]entente.AttachmentRecord, error) {
	return list(t, scanAttachment, attachmentColumns+` where digest = $1 order by handle`, file)
}

func (t *tx) Attachments(m entente.MessageID, d entente.DraftID) ([]entente.AttachmentRecord, error) {
	var w where
	equals(&w, "message", m)
	equals(&w, "draft", d)
	if m == "" && d == "" {
		w.and("message <> ''")
		w.and("complete = ?", time.Time{})
	}
	return list(t, scanAttachment, attachmentColumns+w.text.String()+` order by handle`, w.args...)
}

func (t *tx) ToHandOver(p entente.PartyID) ([]entente.AttachmentRecord, error) {
	if p == "" {
		return list(t, scanAttachment, attachmentColumns+` where partner <> '' and draft <> '' order by handle`)
	}
	return list(t, scanAttachment, attachmentColumns+` where partner = $1 and draft <> '' order by handle`, p)
}

func (t *tx) DropAttachment(handle string) error {
	if err := t.do(`delete from piece where handle = $1`, handle); err != nil {
		return err
	}
	return t.do(`delete from attachment where handle = $1`, handle)
}

func (t *tx) AppendPiece(handle string, offset int64, piece []byte) error {
	n, err := t.exec(`update attachment set held = held + $3 where handle = $1 and held = $2`, handle, offset, len(piece))
	if err != nil {
		return err
	}
	if n == 0 {
		if _, err := t.Attachment(handle); err != nil {
			return err
		}
		return changed("attachment")
	}
	if len(piece) == 0 {
		return nil
	}
	return t.do(`insert into piece (handle, start, body) values ($1, $2, $3)`, handle, offset, piece)
}

func (t *tx) Piece(handle string, offset int64) ([]byte, error) {
	var start int64
	body, err := one(t, "piece of the attachment", func(r row) (b []byte, err error) {
		return b, r.scan(&start, &b)
	}, `select start, body from piece where handle = $1 and start <= $2 order by start desc limit 1`, handle, offset)
	if err != nil {
		return nil, err
	}
	if offset-start >= int64(len(body)) {
		return nil, notFound("piece of the attachment")
	}
	return body[offset-start:], nil
}
