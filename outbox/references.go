package outbox

import (
	"errors"
	"slices"
	"strconv"

	"entente"
)

// refer gives the references of a draft the ids and digests by which the
// recipient knows the messages. An officer names a message by what it is called
// here, which is nearly always the same. What is not found stays as it is: that
// it may not be submitted is asked then.
func refer(tx entente.MessageStore, to entente.PartyID, refs []entente.Ref) ([]entente.Ref, error) {
	out := slices.Clone(refs)
	for i, r := range out {
		if !r.Digest.IsZero() {
			continue // found when it was written before
		}
		f, err := tx.Message(r.ID)
		if errors.Is(err, entente.NotFound) || (err == nil && r.Rel.Held() && f.Partner() != to) {
			if f, err = tx.MessageWith(to, r.ID); errors.Is(err, entente.NotFound) {
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		out[i].ID, out[i].Digest = f.Message.Header.ID, f.Digest
	}
	return out, nil
}

// nameOf is the way back: what a message that we and a party know by an id is
// called here. Empty: there is none.
func nameOf(tx entente.MessageStore, with entente.PartyID, id entente.MessageID) (entente.MessageID, error) {
	if id == "" {
		return "", nil
	}
	f, err := tx.MessageWith(with, id)
	if errors.Is(err, entente.NotFound) {
		return "", nil
	}
	return f.Name, err
}

// refers checks that every message which a statement refers to is here, and is
// ours to refer to before that recipient: the recipient's inbox asks the same.
func refers(tx entente.MessageStore, d entente.Draft, s entente.Statement) error {
	room, _ := entente.Rooms.Room(s.Kind)
	for i, r := range s.Refs {
		field := "refs[" + strconv.Itoa(i) + "]"
		f, err := referred(tx, d.To, r)
		switch {
		case errors.Is(err, entente.NotFound):
			return &entente.Error{Kind: entente.Invalid, Field: field, Detail: "no message that was exchanged with this party has the id that it names", Hint: "answer from the page of the message", Cause: err}
		case err != nil:
			return err
		case r.Rel != entente.Answers:
			continue
		case f.Message.Header.Agreement != d.Agreement:
			return &entente.Error{Kind: entente.Invalid, Field: field, Detail: "the message that it answers was exchanged under another agreement", Hint: "answer from the page of the message"}
		case s.Class() == entente.ClassDuty && f.Direction != entente.Incoming:
			return &entente.Error{Kind: entente.Invalid, Field: field, Detail: "this message is ours: its recipient answers it", Hint: "the page of the message shows how far it has come"}
		}
		if err := room.MayAnswer(f.Message.Statement.Kind, field); err != nil {
			return err
		}
		if complete := rooms[s.Kind].complete; complete != nil {
			if err := complete(f.Message.Statement, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// referred gives the message that a reference means: one exchanged with the
// recipient or, where that party need not have it, with any.
func referred(tx entente.MessageStore, to entente.PartyID, r entente.Ref) (entente.Filed, error) {
	f, err := tx.MessageWith(to, r.ID)
	if errors.Is(err, entente.NotFound) && !r.Rel.Held() {
		f, err = tx.Message(r.ID)
	}
	if err == nil && f.Digest != r.Digest {
		return f, &entente.Error{Kind: entente.NotFound, Detail: "the message has another digest"}
	}
	return f, err
}
