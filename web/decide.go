package web

import (
	"errors"
	"net/http"
	"strings"

	"entente"
	"entente/casework"
)

// decide is the page on which an officer says what came of a message and
// answers its questions.
func (v *visit) decide() error {
	view, err := v.Casework.Message(v.ctx(), v.officer, v.id(), "")
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Decide and answer"), decidePage(v.p, view, newForm(nil)))
}

func (v *visit) dispose() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	view, err := v.Casework.Message(v.ctx(), v.officer, v.id(), "")
	if err != nil {
		return err
	}
	f := newForm(values)
	d := f.disposition(view)
	released := false
	if f.good() {
		_, released, err = v.Casework.Dispose(v.ctx(), v.officer, v.id(), d)
		if errors.Is(err, entente.Invalid) {
			f.rejectDisposition(err)
		}
	}
	if !f.good() {
		v.show(http.StatusUnprocessableEntity, v.p.T("Decide and answer"), decidePage(v.p, view, f))
		return nil
	}
	if err != nil {
		return err
	}
	if !released {
		return v.done(v.messagePath(), "decision-waits")
	}
	return v.done(v.messagePath(), "decided")
}

// disposition reads what was decided. Each question is answered or refused.
func (f *form) disposition(view casework.View) entente.Disposition {
	d := entente.Disposition{Outcome: entente.Outcome(f.get("outcome")), Reason: f.get("reason"), Credit: f.get("credit")}
	f.mustChoose("outcome")
	f.mustWrite("reason")
	if view.Filed.Message.Statement.Tip == nil {
		return d
	}
	for _, q := range view.Filed.Message.Statement.Tip.Questions {
		a, path := entente.Answer{Question: q.ID}, "answers."+q.ID
		text := f.get(path)
		switch {
		case text == "" && f.get(path+".as") == "refuse":
			f.fault(path, "the reason is missing", "say why this question is not answered")
		case text == "":
			f.fault(path, "this question is not answered", "answer it, or refuse it with a reason: a message with an open question cannot be closed")
		case f.get(path+".as") == "refuse":
			a.Refused = text
		default:
			a.Text = text
		}
		d.Answers = append(d.Answers, a)
	}
	return d
}

// rejectDisposition puts what casework said beside the field that it means.
func (f *form) rejectDisposition(err error) {
	e, ok := errors.AsType[*entente.Error](err)
	if !ok {
		f.note("", err)
		return
	}
	path := strings.TrimPrefix(e.Field, "disposition.")
	if path != "outcome" && path != "reason" && path != "credit" && !strings.HasPrefix(path, "answers.") {
		path = ""
	}
	f.note(path, err)
}

func outcomeChoices(p *page) []choice {
	var all []choice
	for _, o := range entente.Outcomes {
		all = append(all, choice{Value: string(o.Outcome), Label: p.T(o.Words)})
	}
	return all
}
