package inbox

import (
	"errors"
	"strconv"

	"entente"
)

// refers checks that what a message refers to is what it says: a message between
// the same two parties, with this digest. What it answers was exchanged under the
// same agreement, and only the recipient of a message acknowledges it and says
// what came of it.
//
// It gives the name of the thread's first message; empty: this is the first.
func (i *Inbox) refers(tx entente.Tx, m entente.Message) (thread entente.MessageID, err error) {
	if n := m.Statement.Notice; n != nil && n.What == entente.NoticeWithdrawn {
		return threadAt(tx, m.Header.Channel(), *n.Place)
	}
	room, _ := i.cfg.Knows.Rooms.Room(m.Statement.Kind)
	for n, r := range m.Statement.Refs {
		field := "refs[" + strconv.Itoa(n) + "]"
		f, err := tx.MessageWith(m.Header.From, r.ID)
		if errors.Is(err, entente.NotFound) {
			name, ok, err := i.lost(tx, m, r)
			if err != nil {
				return "", err
			}
			if ok {
				thread = name
				continue
			}
			if r.Rel.Held() {
				return "", refusal(entente.ReasonThread, field, "it refers to a message that is not here")
			}
			continue
		}
		if err != nil {
			return "", err
		}
		if f.Digest != r.Digest {
			return "", refusal(entente.ReasonStatement, field+".digest", "the message with this id has another digest")
		}
		if r.Rel != entente.Answers {
			continue
		}
		h := f.Message.Header
		if h.Agreement != m.Header.Agreement || (m.Statement.Class() == entente.ClassDuty && f.Direction != entente.Outgoing) {
			return "", refusal(entente.ReasonThread, field, "it answers a message that is not the sender's to answer")
		}
		if m.Statement.Class() == entente.ClassDuty && h.Terms != m.Header.Terms {
			return "", refusal(entente.ReasonStatement, "terms", "what is owed for a message is said under the terms of that message")
		}
		if err := room.MayAnswer(f.Message.Statement.Kind, field); err != nil {
			return "", err
		}
		thread = f.Thread
	}
	return thread, nil
}
