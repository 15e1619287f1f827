package casework

import (
	"context"
	"slices"
	"strconv"

	"entente"
)

// Dispose says what came of a message. Every question must be answered or
// refused with a reason: a message with an open question cannot be closed.
// Where the agreement wants four eyes it waits for release: released is false.
func (d *Desk) Dispose(ctx context.Context, by entente.Officer, id entente.MessageID, disposition entente.Disposition) (draft entente.DraftID, released bool, err error) {
	draft = d.cfg.Out.NewID()
	err = d.do(ctx, by, entente.OpDispose, "message "+string(id), func(tx entente.Tx) error {
		f, err := d.incoming(tx, id)
		if err != nil {
			return err
		}
		if err := complete(f.Message.Statement, disposition); err != nil {
			return err
		}
		released, err = d.cfg.Out.SendIn(tx, by, draft, d.answer(f, entente.Statement{Kind: entente.KindDisposition, Disposition: &disposition}))
		return err
	})
	return d.sent(draft, released, err)
}

// complete holds a disposition against the questions of the message.
func complete(s entente.Statement, d entente.Disposition) error {
	if s.Kind != entente.KindTip {
		return &entente.Error{Kind: entente.Invalid, Detail: "only a tip is disposed of", Hint: "answer a note with a note"}
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

// Note writes a note on the thread of a message, ours or theirs.
func (d *Desk) Note(ctx context.Context, by entente.Officer, re entente.MessageID, text string) (draft entente.DraftID, released bool, err error) {
	draft = d.cfg.Out.NewID()
	err = d.do(ctx, by, entente.OpNote, "message "+string(re), func(tx entente.Tx) error {
		f, err := tx.Message(re)
		if err != nil {
			return err
		}
		released, err = d.cfg.Out.SendIn(tx, by, draft, d.answer(f, entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: text}}))
		return err
	})
	return d.sent(draft, released, err)
}

// sent tells what came of sending, and wakes whoever delivers.
func (d *Desk) sent(draft entente.DraftID, released bool, err error) (entente.DraftID, bool, error) {
	if err != nil {
		return draft, false, err // whatever was released was taken back
	}
	if released {
		d.cfg.Out.Wake()
	}
	return draft, released, nil
}
