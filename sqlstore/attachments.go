package sqlstore

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"entente"
)

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
		if _, err := t.erase(pieceTable, `delete from piece where handle = $1`, a.Handle); err != nil {
			return err
		}
	}
	return t.put(fileTable, a.Handle, a.Digest, a.Size, a.Held, a.Message, a.Partner, a.Draft, a.Complete)
}

func (t *tx) Attachment(handle string) (entente.AttachmentRecord, error) {
	return oneOf(t, fileTable, "attachment", scanAttachment, ` where handle = $1`, handle)
}

func (t *tx) AttachmentsOf(file entente.Digest) ([]entente.AttachmentRecord, error) {
	return rows(t, fileTable, scanAttachment, ` where digest = $1 order by handle`, file)
}

func (t *tx) Attachments(m entente.MessageID, d entente.DraftID) ([]entente.AttachmentRecord, error) {
	var w where
	equals(&w, "message", m)
	equals(&w, "draft", d)
	if m == "" && d == "" {
		w.and("message <> ''")
		w.and("complete = ?", time.Time{})
	}
	return rows(t, fileTable, scanAttachment, w.text.String()+` order by handle`, w.args...)
}

func (t *tx) ToHandOver(p entente.PartyID) ([]entente.AttachmentRecord, error) {
	if p == "" {
		return rows(t, fileTable, scanAttachment, ` where partner <> '' and draft <> '' order by handle`)
	}
	return rows(t, fileTable, scanAttachment, ` where partner = $1 and draft <> '' order by handle`, p)
}

func (t *tx) DropAttachment(handle string) error {
	if _, err := t.erase(pieceTable, `delete from piece where handle = $1`, handle); err != nil {
		return err
	}
	return t.do(`delete from attachment where handle = $1`, handle)
}

func (t *tx) AppendPiece(handle string, offset int64, piece []byte) error {
	a, err := t.Attachment(handle)
	if err != nil {
		return err
	}
	if a.Held != offset {
		return changed("attachment")
	}
	if len(piece) == 0 {
		return nil
	}
	a.Held += int64(len(piece))
	if err := t.put(fileTable, a.Handle, a.Digest, a.Size, a.Held, a.Message, a.Partner, a.Draft, a.Complete); err != nil {
		return err
	}
	return t.add(taken("piece of the attachment"), pieceTable, handle, offset, piece)
}

func (t *tx) Piece(handle string, offset int64) ([]byte, error) {
	var start int64
	missing := func(otherwise error) error {
		a, err := t.Attachment(handle)
		if err == nil && offset < a.Held {
			return entente.DamagedRecord(pieceTable.name, fmt.Sprint(handle, " ", offset), errors.New("the piece is missing"))
		}
		return cmp.Or(otherwise, notFound("piece of the attachment"))
	}
	body, err := oneOf(t, pieceTable, "piece of the attachment", func(r row) (b []byte, err error) {
		return b, r.scan(nil, &start, &b)
	}, ` where handle = $1 and start <= $2 order by start desc limit 1`, handle, offset)
	if errors.Is(err, entente.NotFound) || err == nil && offset-start >= int64(len(body)) {
		return nil, missing(err)
	}
	if err != nil {
		return nil, err
	}
	return body[offset-start:], nil
}
