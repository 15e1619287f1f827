package outbox

import (
	"errors"
	"slices"
	"strconv"

	"entente"
	"entente/policy"
)

// mayWrite holds that an officer writes by hand only what his role sends: a
// releaser who may release alone what he wrote is not thereby one who decides.
// Notices state facts of the node and are never written by hand.
func mayWrite(by entente.Officer, k entente.Kind) error {
	if k == entente.KindNotice {
		return &entente.Error{Kind: entente.Denied, Field: "kind", Detail: "a notice is not written by hand", Hint: "declare a level or an outage, or rotate a key: the notice goes out with it"}
	}
	return policy.Check(by, policy.Sends(k))
}

// answers holds that what a statement answers is here and is ours to answer to
// that recipient: the recipient's inbox asks the same. Only the recipient of a
// message acknowledges it and says what came of it.
func answers(tx entente.MessageStore, d entente.Draft, s entente.Statement) error {
	if s.Re == "" {
		return nil
	}
	re, err := tx.MessageWith(d.To, s.Re)
	if errors.Is(err, entente.NotFound) {
		return &entente.Error{Kind: entente.Invalid, Field: "re", Detail: "no message that was exchanged with this party has the id that it answers", Hint: "answer from the page of the message", Cause: err}
	}
	if err != nil {
		return err
	}
	duty := entente.ClassOf(s.Kind) == entente.ClassDuty
	switch {
	case re.Message.Header.Agreement != d.Agreement:
		return &entente.Error{Kind: entente.Invalid, Field: "re", Detail: "the message that it answers was exchanged under another agreement", Hint: "answer from the page of the message"}
	case duty && re.Direction != entente.Incoming:
		return &entente.Error{Kind: entente.Invalid, Field: "re", Detail: "this message is ours: its recipient answers it", Hint: "the page of the message shows how far it has come"}
	case s.Disposition != nil:
		return complete(re.Message.Statement, *s.Disposition)
	}
	return nil
}

// idOf gives the id by which a message that an officer names is known between us
// and the party that he writes to: nearly always the same.
func idOf(tx entente.MessageStore, to entente.PartyID, name entente.MessageID) (entente.MessageID, error) {
	f, err := tx.Message(name)
	if errors.Is(err, entente.NotFound) || (err == nil && f.Partner() != to) {
		return name, nil // whether it may be answered is asked when the draft is submitted
	}
	return f.Message.Header.ID, err
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

// complete holds a disposition against the questions of the message: one with an
// open question cannot be closed.
func complete(s entente.Statement, d entente.Disposition) error {
	if s.Tip == nil {
		return &entente.Error{Kind: entente.Invalid, Field: "re", Detail: "only a tip is disposed of", Hint: "answer a note with a note"}
	}
	for _, q := range s.Tip.Questions {
		i := slices.IndexFunc(d.Answers, func(a entente.Answer) bool { return a.Question == q.ID })
		if i < 0 || (d.Answers[i].Text == "" && d.Answers[i].Refused == "") {
			return &entente.Error{Kind: entente.Invalid, Field: "answers." + q.ID, Detail: "question " + q.ID + " is not answered", Hint: "answer it, or refuse it with a reason: \"" + shorten(q.Text, 80) + "\""}
		}
		if d.Answers[i].Text != "" && d.Answers[i].Refused != "" {
			return &entente.Error{Kind: entente.Invalid, Field: "answers." + q.ID, Detail: "question " + q.ID + " is both answered and refused", Hint: "do one of the two"}
		}
	}
	for n, a := range d.Answers {
		if !slices.ContainsFunc(s.Tip.Questions, func(q entente.Question) bool { return q.ID == a.Question }) {
			return &entente.Error{Kind: entente.Invalid, Field: "answers[" + strconv.Itoa(n) + "].question", Detail: "the message has no question " + strconv.Quote(a.Question)}
		}
	}
	return nil
}

// shorten cuts s to at most n characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
