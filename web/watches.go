package web

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"entente"
	"entente/casework"
)

func (v *visit) watches() error {
	all := v.r.URL.Query().Get("show") == "all"
	list, err := v.Casework.Watches(v.ctx(), v.officer, !all)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Watches"), watchesPage(v.p, list, all))
}

// newWatch is the form of a new watch. The address may name the file or message
// that asks for it, and which of its subjects; it never names a person.
func (v *visit) newWatch() error {
	q := v.r.URL.Query()
	f := newForm(url.Values{})
	f.set("owner", string(entente.Analyst))
	var subjects []entente.Subject
	switch {
	case q.Get("case") != "":
		c, err := v.Casework.Case(v.ctx(), v.officer, entente.CaseID(q.Get("case")))
		if err != nil {
			return err
		}
		f.set("case", q.Get("case"))
		f.set("purpose", c.Case.Purpose)
		subjects = c.Case.Subjects
	case q.Get("message") != "":
		m, err := v.Casework.Message(v.ctx(), v.officer, entente.MessageID(q.Get("message")), "")
		if err != nil {
			return err
		}
		f.set("message", q.Get("message"))
		f.set("purpose", string(m.Filed.Message.Statement.Purpose))
		if tip := m.Filed.Message.Statement.Tip; tip != nil {
			subjects = tip.Subjects
		}
	}
	for _, s := range subjects {
		if s.ID == q.Get("subject") || q.Get("subject") == "" {
			f.putSubject("tip.subjects[0]", s)
			f.set("title", firstName(s).Text)
			break
		}
	}
	return v.showNewWatch(http.StatusOK, f)
}

func (v *visit) showNewWatch(status int, f *form) error {
	v.show(status, v.p.T("Open a watch"), newWatchPage(v.p, f))
	return nil
}

func (v *visit) openWatch() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	if shown, err := v.formOnly(f, entente.OpWatch, v.showNewWatch); shown {
		return err
	}
	n := casework.NewWatch{
		Title: f.get("title"), Owner: entente.Role(f.get("owner")), Purpose: f.get("purpose"), Reason: f.get("reason"), Asked: f.get("asked"),
		Case: entente.CaseID(f.get("case")), Message: entente.MessageID(f.get("message")), Review: f.time("review"), Limit: f.time("limit"),
	}
	n.Subject = f.one()
	f.mustWrite("purpose", "reason")
	var id entente.WatchID
	if f.good() {
		id, err = v.Casework.OpenWatch(v.ctx(), v.officer, n)
		f.rejectPeople(err)
	}
	if !f.good() {
		return v.showNewWatch(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done("/watches/"+string(id), "watch-opened")
}

// one is the one person of a watch's form.
func (f *form) one() entente.Subject {
	list := f.people()
	if len(list) == 0 {
		f.must("nobody is watched for", "give a name or a document", []string{"tip.subjects[0].names[0].text"})
		return entente.Subject{}
	}
	return list[0]
}

// watchView is a watch as its page shows it, with the form on it that was typed.
type watchView struct {
	casework.WatchView
	Forms map[string]*form
}

func (w watchView) form(name string) *form {
	if f := w.Forms[name]; f != nil {
		return f
	}
	return newForm(nil)
}

func (v *visit) watchID() entente.WatchID { return entente.WatchID(v.r.PathValue("id")) }

func (v *visit) watchPath() string { return "/watches/" + v.r.PathValue("id") }

func (v *visit) watch() error { return v.showWatch(http.StatusOK, "", nil) }

func (v *visit) showWatch(status int, name string, f *form) error {
	view, err := v.Casework.Watch(v.ctx(), v.officer, v.watchID())
	if err != nil {
		return err
	}
	v.show(status, view.Watch.Title, watchPage(v.p, watchView{view, map[string]*form{name: f}}))
	return nil
}

// watchAction is one of the forms on the page of a watch.
func (v *visit) watchAction(name, done, day string, do func(on time.Time, reason string) error) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	reason := name + ".reason"
	f.mustWrite(reason)
	on := f.time(day)
	if f.good() {
		err = do(on, f.get(reason))
		if e, ok := errors.AsType[*entente.Error](err); ok && (errors.Is(err, entente.Invalid) || errors.Is(err, entente.Conflict)) {
			f.fault(map[string]string{"reason": reason, "review": day, "on": day}[e.Field], e.Detail, e.Hint)
		}
	}
	if !f.good() {
		return v.showWatch(http.StatusUnprocessableEntity, name, f)
	}
	if err != nil {
		return err
	}
	return v.done(v.watchPath(), done)
}

func (v *visit) continueWatch() error {
	return v.watchAction("continue", "watch-goes-on", "continue.review", func(on time.Time, reason string) error {
		return v.Casework.ContinueWatch(v.ctx(), v.officer, v.watchID(), on, reason)
	})
}

func (v *visit) endWatch() error {
	return v.watchAction("end", "watch-end-announced", "end.on", func(on time.Time, reason string) error {
		return v.Casework.EndWatch(v.ctx(), v.officer, v.watchID(), on, reason)
	})
}

// correctWatch is the form of whom a watch is for.
func (v *visit) correctWatch() error {
	view, err := v.Casework.Watch(v.ctx(), v.officer, v.watchID())
	if err != nil {
		return err
	}
	f := newForm(url.Values{})
	f.putSubject("tip.subjects[0]", view.Watch.Subject)
	return v.showCorrectWatch(http.StatusOK, f)
}

func (v *visit) showCorrectWatch(status int, f *form) error {
	v.show(status, v.p.T("Correct whom the watch is for"), correctPage(v.p, v.watchPath(), f, false))
	return nil
}

func (v *visit) recordWatch() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	if shown, err := v.formOnly(f, entente.OpWatch, v.showCorrectWatch); shown {
		return err
	}
	s := f.one()
	f.mustWrite("reason")
	if f.good() {
		err = v.Casework.CorrectWatch(v.ctx(), v.officer, v.watchID(), s, f.get("reason"))
		f.rejectPeople(err)
	}
	if !f.good() {
		return v.showCorrectWatch(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done(v.watchPath(), "corrected")
}

// watchStand is where a watch stands, as a word and as a class.
func (p *page) watchStand(w entente.Watch) stand {
	switch {
	case w.Ended != nil:
		return stand{"ended", p.T("ended")}
	case !w.Active(p.now):
		return stand{"ended", p.T("at its legal limit")}
	case w.Ends != nil && w.Ends.Agreed != nil:
		return stand{"ending", p.T("ends %s", day(w.Ends.On))}
	case w.Ends != nil:
		return stand{"ending", p.T("end announced")}
	case p.now.After(w.Review):
		return stand{"review", p.T("review overdue")}
	}
	return stand{"active", p.T("active")}
}
