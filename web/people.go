package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"entente"
	"entente/record"
	"entente/screen"
)

// looking is a question who somebody is, with what was found.
type looking struct {
	Form   *form
	Asked  entente.Subject
	Result screen.SearchResult
	Done   bool // the question was put
}

// people is the page on which somebody is looked up. The question is sent with
// POST and stands in no address: addresses land in logs and histories.
func (v *visit) people() error {
	f := newForm(nil)
	f.set("purpose", v.p.why)
	return v.ok(v.p.T("Search people"), peoplePage(v.p, looking{Form: f}))
}

func (v *visit) lookUp() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	l := looking{Form: newForm(values)}
	l.Asked = l.Form.question()
	l.Form.mustWrite("purpose")
	if err := record.CheckPurpose(v.officer, l.Form.get("purpose")); err != nil {
		l.Form.note("purpose", err)
	}
	if l.Form.good() {
		l.Result, err = v.Casework.Search(v.ctx(), v.officer, l.Asked, l.Form.get("purpose"))
		if !l.Form.rejectQuestion(err) && err != nil {
			return err
		}
	}
	status := http.StatusOK
	if !l.Form.good() {
		status = http.StatusUnprocessableEntity
	} else {
		l.Done = true
	}
	v.show(status, v.p.T("Search people"), peoplePage(v.p, l))
	return nil
}

// Bounds of a question.
const (
	mostNamesAsked  = 20
	longestAsked    = 500 // bytes of one value
	mostBirthsAsked = 10
)

// question reads whom the officer asks for.
func (f *form) question() entente.Subject {
	s := entente.Subject{Sex: entente.Sex(f.get("sex")), Nationalities: f.countries("nationalities")}
	for _, line := range strings.Split(f.get("name"), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if len(line) > longestAsked || len(s.Names) == mostNamesAsked {
			f.fault("name", "this is too much to ask for at once", "write at most 20 names, each of at most 500 bytes")
			break
		}
		s.Names = append(s.Names, entente.Name{Text: line})
	}
	for i, w := range strings.FieldsFunc(f.get("born"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' }) {
		d, err := entente.ParsePartialDate(w)
		if i == mostBirthsAsked || f.reject("born", err) {
			break
		}
		s.Births = append(s.Births, entente.Birth{Date: d})
	}
	if n := f.get("document"); n != "" {
		s.Documents = append(s.Documents, entente.Document{Type: "other", Number: f.bound("document", n)})
	}
	if n := f.get("identifier"); n != "" {
		f.mustChoose("identifier.kind")
		s.Identifiers = append(s.Identifiers, entente.Identifier{Kind: f.get("identifier.kind"), Value: f.bound("identifier", n)})
	}
	if !slices.Contains([]entente.Sex{"", "F", "M", "X"}, s.Sex) {
		f.fault("sex", "this is no choice", "choose one of the list")
	}
	if len(s.Names)+len(s.Documents)+len(s.Identifiers) == 0 {
		f.must("nobody is asked for", "give a name, a document number, or a phone number or address", []string{"name"})
	}
	return s
}

// rejectQuestion puts what casework said of the person who is asked for beside
// the field that the page has for it.
func (f *form) rejectQuestion(err error) bool {
	path := ""
	if e, ok := errors.AsType[*entente.Error](err); ok {
		for part, field := range map[string]string{
			"names": "name", "births": "born", "documents": "document", "identifiers": "identifier", "nationalities": "nationalities",
		} {
			if strings.HasPrefix(e.Field, "subject[0]."+part) {
				path = field
			}
		}
	}
	return f.reject(path, err)
}

func (f *form) bound(path, v string) string {
	if len(v) > longestAsked {
		f.fault(path, "this is too long", "write at most 500 bytes")
	}
	return v
}

// carried are the fields with which a form for this person opens filled in.
func carried(s entente.Subject) url.Values {
	f := newForm(url.Values{})
	f.putSubject("tip.subjects[0]", s)
	return f.values
}

// targetPath is the page of a watch, file or listed person; empty: it has none.
func targetPath(t entente.Target) string {
	switch t.Kind {
	case entente.TargetWatch:
		return "/watches/" + t.ID
	case entente.TargetCase:
		return "/cases/" + t.ID
	case entente.TargetHolding:
		return holdingPath(entente.HoldingID(t.ID))
	}
	return ""
}

// holdingPath is the page of a holding. Numbers of lists contain anything, also
// what has a meaning in an address.
func holdingPath(id entente.HoldingID) string {
	source, number, _ := strings.Cut(string(id), "/")
	return "/holdings/" + url.PathEscape(source) + "/" + url.PathEscape(number)
}

// holding is the page of a person or thing on a list.
func (v *visit) holding() error {
	id := entente.HoldingID(v.r.PathValue("source") + "/" + v.r.PathValue("number"))
	h, err := v.Casework.Holding(v.ctx(), v.officer, id)
	if err != nil {
		return err
	}
	return v.ok(firstName(h.Holding.Subject).Text, holdingPage(v.p, h))
}

// scriptGroup is the names of a subject in one script.
type scriptGroup struct {
	Script string
	Names  []entente.Name
}

// byScript groups names by script, in the order in which scripts come.
func byScript(names []entente.Name) []scriptGroup {
	var list []scriptGroup
	for _, n := range names {
		i := slices.IndexFunc(list, func(g scriptGroup) bool { return g.Script == n.Script })
		if i < 0 {
			list, i = append(list, scriptGroup{Script: n.Script}), len(list)
		}
		list[i].Names = append(list[i].Names, n)
	}
	return list
}

// travel is the page of a journey or border crossing.
func (v *visit) travel() error {
	t, err := v.Casework.TravelEvent(v.ctx(), v.officer, entente.EventID(v.r.PathValue("event")))
	if err != nil {
		return err
	}
	return v.ok(v.p.T("A journey"), travelPage(v.p, t))
}
