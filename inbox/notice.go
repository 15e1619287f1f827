package inbox

import (
	"errors"

	"entente"
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
		before, err := tx.LevelChanges(h.Agreement)
		if err != nil {
			return err
		}
		return tx.PutLevel(entente.LevelChange{Agreement: h.Agreement, Party: h.From, Level: n.Level, Message: f.Name, At: f.At}.Following(before))
	case entente.NoticeKey:
		return i.newEdition(tx, h.From, []byte(n.Descriptor))
	case entente.NoticeCustody:
		return i.custody(tx, f)
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
