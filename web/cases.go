package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"entente"
	"entente/casework"
	"entente/policy"
)

func (v *visit) cases() error {
	list, err := v.Casework.Cases(v.ctx(), v.officer, entente.CaseQuery{})
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b entente.Case) int { return closedLast(a) - closedLast(b) })
	return v.ok(v.p.T("Files"), casesPage(v.p, list))
}

func closedLast(c entente.Case) int {
	if c.State == entente.CaseClosed {
		return 1
	}
	return 0
}

// newCase is the form of a new file, with what a message says filled in when
// the address names one.
func (v *visit) newCase() error {
	f := newForm(url.Values{})
	f.putRule(entente.DefaultReopen)
	if id := entente.MessageID(v.r.URL.Query().Get("message")); id != "" {
		view, err := v.Casework.Message(v.ctx(), v.officer, id, "")
		if err != nil {
			return err
		}
		s := view.Filed.Message.Statement
		f.set("message", string(id))
		f.set("title", v.p.titleOf(s))
		f.set("purpose", string(s.Purpose))
		if s.Tip != nil {
			f.putSubjects(s.Tip.Subjects)
		}
	}
	return v.showNewCase(http.StatusOK, f)
}

func (v *visit) showNewCase(status int, f *form) error {
	v.show(status, v.p.T("Open a file"), newCasePage(v.p, f))
	return nil
}

func (v *visit) openCase() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	if shown, err := v.formOnly(f, entente.OpCase, v.showNewCase); shown {
		return err
	}
	n := casework.NewCase{Title: f.get("title"), Purpose: f.get("purpose"), Message: entente.MessageID(f.get("message")), Subjects: f.people(), Reopen: f.rule()}
	f.mustWrite("title", "purpose")
	var id entente.CaseID
	if f.good() {
		id, err = v.Casework.OpenCase(v.ctx(), v.officer, n)
		f.rejectPeople(err)
	}
	if !f.good() {
		return v.showNewCase(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done("/cases/"+string(id), "case-opened")
}

// formOnly draws a form with people again when a button asks for no more than
// that: a row more or less, or to be filled in from elsewhere.
func (v *visit) formOnly(f *form, op entente.Operation, draw func(int, *form) error) (shown bool, err error) {
	button := f.get("do")
	if button != "show" && !f.press(button) {
		f.tidy()
		return false, nil
	}
	if err := v.need(op); err != nil {
		return true, err
	}
	return true, draw(http.StatusOK, f)
}

// putSubjects writes people into a form.
func (f *form) putSubjects(list []entente.Subject) {
	for i, s := range list {
		f.putSubject(each("tip.subjects", i), s)
	}
}

// people reads the people of a form. A birth date that nobody graded here is an
// ungraded fact, as it is with package parse.
func (f *form) people() []entente.Subject {
	var list []entente.Subject
	for i := range f.count("tip.subjects") {
		row := each("tip.subjects", i)
		for n := range f.count(row + ".births") {
			b := each(row+".births", n)
			if f.get(b+".grade") == "" && f.get(b+".grade.information") == "" {
				f.set(b+".grade", "F")
				f.set(b+".grade.information", "6")
			}
			if f.get(b+".nature") == "" {
				f.set(b+".nature", string(entente.NatureFact))
			}
		}
		list = append(list, f.subject(row))
	}
	return list
}

// rejectPeople puts what casework said of people beside their fields.
func (f *form) rejectPeople(err error) {
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || !errors.Is(err, entente.Invalid) {
		return
	}
	path := e.Field
	if strings.HasPrefix(path, "subject[") || strings.HasPrefix(path, "subjects[") || path == "subject" || path == "subjects" {
		path = "tip.subjects" + strings.TrimPrefix(strings.TrimPrefix(path, "subject"), "s")
	}
	f.fault(f.nearest(path), e.Detail, e.Hint)
}

// caseView is a file as its page shows it, with the form on it that was typed.
type caseView struct {
	casework.CaseView
	Forms      map[string]*form // by what they do: "assess", "flag" …
	Colleagues []entente.Officer
}

// form is the form of an action.
func (c caseView) form(name string) *form {
	if f := c.Forms[name]; f != nil {
		return f
	}
	return newForm(nil)
}

func (v *visit) caseID() entente.CaseID { return entente.CaseID(v.r.PathValue("id")) }

func (v *visit) casePath() string { return "/cases/" + v.r.PathValue("id") }

func (v *visit) caseFile() error { return v.showCase(http.StatusOK, "", nil) }

func (v *visit) showCase(status int, name string, f *form) error {
	view, err := v.Casework.Case(v.ctx(), v.officer, v.caseID())
	if err != nil {
		return err
	}
	c := caseView{CaseView: view, Forms: map[string]*form{name: f}}
	if v.p.may(entente.OpCase) && v.p.may(entente.OpReadOfficers) {
		all, err := v.Casework.Officers(v.ctx(), v.officer)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Disabled.IsZero() && policy.May(o.Role, entente.OpCase) {
				c.Colleagues = append(c.Colleagues, o)
			}
		}
	}
	v.show(status, view.Case.Title, casePage(v.p, c))
	return nil
}

// caseAction is one of the forms on the page of a file: it reads what was typed,
// and goes back to the page, which says what was done or what is wrong.
func (v *visit) caseAction(name, done string, must []string, do func(*form) error) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustWrite(must...)
	if f.good() {
		err = do(f)
		if errors.Is(err, entente.Invalid) || errors.Is(err, entente.Conflict) {
			if !f.reject("", err) {
				f.note("", err)
			}
		}
	}
	if !f.good() {
		return v.showCase(http.StatusUnprocessableEntity, name, f)
	}
	if err != nil {
		return err
	}
	return v.done(v.casePath(), done)
}

func (v *visit) assessCase() error {
	return v.caseAction("assess", "case-assessed", []string{"assessment"}, func(f *form) error {
		return v.Casework.AssessCase(v.ctx(), v.officer, v.caseID(), f.get("assessment"))
	})
}

func (v *visit) addFlag() error {
	return v.caseAction("flag", "flagged", []string{"kind", "text"}, func(f *form) error {
		return v.Casework.AddFlag(v.ctx(), v.officer, v.caseID(), entente.Flag{Kind: f.get("kind"), Text: f.get("text")})
	})
}

// linkMessage puts a message into a file. It may be named by its id or by the
// address of its page, whichever the officer has at hand.
func (v *visit) linkMessage() error {
	return v.caseAction("link", "linked", []string{"message"}, func(f *form) error {
		id := f.get("message")
		if u, err := url.Parse(id); err == nil {
			id = u.Path[strings.LastIndexByte(u.Path, '/')+1:]
		}
		err := v.Casework.LinkMessage(v.ctx(), v.officer, v.caseID(), entente.MessageID(id))
		if errors.Is(err, entente.NotFound) {
			return &entente.Error{Kind: entente.Invalid, Field: "message", Detail: "there is no such message here", Hint: "copy the address of its page"}
		}
		return err
	})
}

// unlinkMessage takes a message out of a file.
func (v *visit) unlinkMessage() error {
	return v.caseAction("unlink", "unlinked", []string{"unlink.message", "unlink.reason"}, func(f *form) error {
		err := v.Casework.UnlinkMessage(v.ctx(), v.officer, v.caseID(), entente.MessageID(f.get("unlink.message")), f.get("unlink.reason"))
		if e, ok := errors.AsType[*entente.Error](err); ok && e.Field == "reason" {
			return &entente.Error{Kind: e.Kind, Field: "unlink.reason", Detail: e.Detail, Hint: e.Hint}
		}
		return err
	})
}

func (v *visit) assignCase() error {
	return v.caseAction("assign", "assigned", []string{"owner"}, func(f *form) error {
		return v.Casework.AssignCase(v.ctx(), v.officer, v.caseID(), entente.Role(f.get("owner")), entente.OfficerID(f.get("officer")))
	})
}

// closeCase closes a file. Whoever was shown that matches wait in it says why they
// can wait; if one has come meanwhile, the file is shown again with it.
func (v *visit) closeCase() error {
	return v.caseAction("close", "case-closed", []string{"outcome", "reason"}, func(f *form) error {
		rule := f.rule()
		if f.get("undecided") != "" {
			f.mustWrite("despite")
		}
		if !f.good() {
			return nil
		}
		return v.Casework.CloseCase(v.ctx(), v.officer, v.caseID(), casework.Closing{
			Outcome: entente.Outcome(f.get("outcome")), Reason: f.get("reason"), Despite: f.get("despite"), Reopen: &rule,
		})
	})
}

func (v *visit) reopenCase() error {
	return v.caseAction("reopen", "case-reopened", []string{"reason"}, func(f *form) error {
		return v.Casework.ReopenCase(v.ctx(), v.officer, v.caseID(), f.get("reason"))
	})
}

// correctCase is the form of whom a file is about.
func (v *visit) correctCase() error {
	view, err := v.Casework.Case(v.ctx(), v.officer, v.caseID())
	if err != nil {
		return err
	}
	f := newForm(url.Values{})
	f.putSubjects(view.Case.Subjects)
	return v.showCorrectCase(http.StatusOK, f)
}

func (v *visit) showCorrectCase(status int, f *form) error {
	v.show(status, v.p.T("Correct whom the file is about"), correctPage(v.p, v.casePath(), f, true))
	return nil
}

func (v *visit) recordCase() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	if shown, err := v.formOnly(f, entente.OpCase, v.showCorrectCase); shown {
		return err
	}
	subjects := f.people()
	f.mustWrite("reason")
	if f.good() {
		err = v.Casework.CorrectCase(v.ctx(), v.officer, v.caseID(), subjects, f.get("reason"))
		f.rejectPeople(err)
	}
	if !f.good() {
		return v.showCorrectCase(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done(v.casePath(), "corrected")
}
