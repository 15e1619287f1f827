package web

import (
	"errors"
	"net/http"
	"strconv"

	"entente"
	"entente/casework"
)

// answering is a note or a disposition that its author mends before it leaves.
type answering struct {
	proposal
	Form *form
	To   casework.View // of the message that it answers
}

func (v *visit) showAnswer(status int, s proposal, f *form) error {
	a := answering{proposal: s, Form: f}
	if err := v.answered(&a); err != nil {
		return err
	}
	if f == nil {
		a.Form = formOfAnswer(s.Draft)
	}
	v.show(status, v.p.T("Change it"), answerPage(v.p, a))
	return nil
}

// answered reads the message that the draft answers: its questions are answered again.
func (v *visit) answered(a *answering) (err error) {
	if a.Answers == "" {
		return &entente.Error{Kind: entente.NotFound, Detail: "the message that this draft answers is not here", Hint: "withdraw the draft"}
	}
	a.To, err = v.Casework.Message(v.ctx(), v.officer, a.Answers, "")
	return err
}

// formOfAnswer writes a note or a disposition into a form.
func formOfAnswer(d entente.Draft) *form {
	f := newForm(nil)
	f.set("version", strconv.Itoa(d.Version))
	if n := d.Statement.Note; n != nil {
		f.set("note", n.Text)
		return f
	}
	x := d.Statement.Disposition
	f.set("outcome", string(x.Outcome))
	f.set("reason", x.Reason)
	f.set("credit", x.Credit)
	for _, q := range x.Answers {
		path := "answers." + q.Question
		f.set(path, q.Text)
		if q.Refused != "" {
			f.set(path, q.Refused)
			f.set(path+".as", "refuse")
		}
	}
	return f
}

// rewriteAnswer keeps what the author wrote anew. He submits it on the draft's page.
func (v *visit) rewriteAnswer(s proposal) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	d := s.Draft
	if d.Version, err = strconv.Atoi(f.get("version")); err != nil {
		return &entente.Error{Kind: entente.Invalid, Detail: "the form is not whole", Hint: "open the draft again"}
	}
	a := answering{proposal: s}
	if err := v.answered(&a); err != nil {
		return err
	}
	if d.Statement.Note != nil {
		f.mustWrite("note")
		d.Statement.Note = &entente.Note{Text: f.get("note")}
	} else {
		x := f.disposition(a.To)
		d.Statement.Disposition = &x
	}
	if f.good() {
		_, err = v.Outbox.Write(v.ctx(), v.officer, d)
		if errors.Is(err, entente.Invalid) || errors.Is(err, entente.Conflict) {
			f.rejectDisposition(err)
		}
	}
	if !f.good() {
		return v.showAnswer(http.StatusUnprocessableEntity, s, f)
	}
	if err != nil {
		return err
	}
	return v.done(v.draftPath(), "saved")
}
