package inbox

import (
	"errors"

	"entente"
	"entente/succession"
)

// heedNotice does what a filed notice changes here.
func (i *Inbox) heedNotice(tx entente.Tx, f entente.Filed) error {
	n := f.Message.Statement.Notice
	if n == nil {
		return nil
	}
	h := f.Message.Header
	switch n.What {
	case entente.NoticeLevel:
		err := tx.PutLevel(entente.LevelChange{
			Agreement: h.Agreement, Party: h.From, Partner: h.To, Level: n.Level, Towards: n.Towards, Number: n.Number, Seq: h.Seq, Message: f.Name, At: f.At,
		})
		if err != nil || i.cfg.Levelled == nil {
			return err
		}
		return i.cfg.Levelled(tx, h.Agreement, h.From)
	case entente.NoticeKey:
		return i.learn(tx, h.From, succession.Bundle{Editions: [][]byte{[]byte(n.Descriptor)}})
	case entente.NoticeCustody:
		return i.custody(tx, f)
	case entente.NoticeOutage:
		return tx.PutOutage(entente.Outage{Notice: f.Name, Agreement: h.Agreement, Party: h.From, Partner: h.To, From: n.From, Until: n.Until})
	case entente.NoticeWithdrawn:
		return i.withdrawn(tx, f)
	}
	return nil
}

// custody notes that the partner holds a file of a message of ours: it is not
// handed over any more. It is no answer to the message itself.
func (i *Inbox) custody(tx entente.Tx, f entente.Filed) error {
	s := f.Message.Statement
	re, err := tx.MessageWith(f.Partner(), s.Re())
	if errors.Is(err, entente.NotFound) || s.Notice.Digest == nil {
		return nil
	}
	if err != nil || re.Direction != entente.Outgoing {
		return err
	}
	files, err := tx.Attachments("", re.Name)
	if err != nil {
		return err
	}
	for _, file := range files {
		if file.Digest != *s.Notice.Digest || file.Partner == "" {
			continue
		}
		file.Partner = ""
		if err := tx.PutAttachment(file); err != nil {
			return err
		}
	}
	return nil
}
