package inbox

import (
	"errors"

	"entente"
	"entente/seal"
)

// heed does what a filed notice changes here.
func (i *Inbox) heed(tx entente.Tx, f entente.Filed) error {
	n := f.Message.Statement.Notice
	if n == nil {
		return nil
	}
	h := f.Message.Header
	switch n.What {
	case entente.NoticeLevel:
		return tx.PutLevel(entente.LevelChange{Agreement: h.Agreement, Party: h.From, Level: n.Level, Message: h.ID, At: f.At})
	case entente.NoticeKey:
		return i.newEdition(tx, h.From, []byte(n.Descriptor))
	case entente.NoticeCustody:
		return i.custody(tx, f)
	}
	return nil
}

// newEdition takes a partner's next descriptor. It must follow from the one
// that is here; one that is here already changes nothing. Who compared the
// fingerprint before stands: the old identity key vouches for the new one.
func (i *Inbox) newEdition(tx entente.Tx, from entente.PartyID, note []byte) error {
	now, err := tx.Party(from)
	if err != nil {
		return err
	}
	next, err := seal.OpenParty(note, &now.Party)
	if err != nil {
		i.cfg.Log.Warn("inbox: a key notice does not follow from the descriptor that is here", "from", from, "err", err)
		return nil // it is filed and shown; people sort it out with the fingerprint
	}
	return tx.PutParty(entente.PartyRecord{Party: next, Note: note, Added: i.now(), Checked: now.Checked})
}

// custody ends the place in the queue of a message of ours that the partner has
// given a receipt for, and whose files it now holds, all of them. It is no
// answer to the message itself: without a receipt that waits, and what was
// refused stays until an officer has looked.
func (i *Inbox) custody(tx entente.Tx, f entente.Filed) error {
	re, err := tx.Message(f.Message.Statement.Re)
	if err == nil {
		_, err = tx.Receipt(f.Message.Statement.Re)
	}
	if errors.Is(err, entente.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if re.Direction != entente.Outgoing || len(re.Message.Statement.Attachments) == 0 {
		return nil
	}
	held := map[entente.Digest]bool{}
	thread, err := tx.Threads([]entente.MessageID{re.Thread})
	if err != nil {
		return err
	}
	for _, t := range append(thread, f) {
		s := t.Message.Statement
		if t.Direction == entente.Incoming && s.Re == re.Message.Header.ID && s.Notice != nil && s.Notice.Digest != nil {
			held[*s.Notice.Digest] = true
		}
	}
	for _, a := range re.Message.Statement.Attachments {
		if !held[a.Digest] {
			return nil
		}
	}
	return tx.Dequeue(re.Message.Header.ID)
}
