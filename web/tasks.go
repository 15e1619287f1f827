package web

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"entente"
	"entente/casework"
)

// taskList is the queue of what people are asked to decide.
type taskList struct {
	Tasks []entente.Task
	Owner entente.Role // empty: all roles
	Kind  entente.TaskKind
}

// mostTasks is how many tasks one page lists.
const mostTasks = 200

func (v *visit) tasks() error {
	q := v.r.URL.Query()
	l := taskList{Owner: v.officer.Role}
	if q.Get("of") == "all" || !slices.Contains(entente.Ladder, l.Owner) {
		l.Owner = ""
	}
	for _, k := range entente.TaskKinds {
		if string(k.Kind) == q.Get("kind") {
			l.Kind = k.Kind
		}
	}
	var err error
	l.Tasks, err = v.Casework.Tasks(v.ctx(), v.officer, entente.TaskQuery{Open: true, Owner: l.Owner, Kind: l.Kind, Limit: mostTasks})
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Tasks"), tasksPage(v.p, l))
}

func (l taskList) of() string {
	if l.Owner == "" {
		return "all"
	}
	return ""
}

func (l taskList) owners(p *page) []link {
	if !slices.Contains(entente.Ladder, p.officer.Role) {
		return nil
	}
	return []link{
		{p.T("My role"), at("/tasks", "kind", string(l.Kind)), l.Owner != ""},
		{p.T("All roles"), at("/tasks", "of", "all", "kind", string(l.Kind)), l.Owner == ""},
	}
}

func (l taskList) kinds(p *page) []link {
	list := []link{{p.T("All"), at("/tasks", "of", l.of()), l.Kind == ""}}
	for _, k := range entente.TaskKinds {
		list = append(list, link{term(p, taskWords, k.Kind), at("/tasks", "of", l.of(), "kind", string(k.Kind)), l.Kind == k.Kind})
	}
	return list
}

// asks is the question of a task.
func (p *page) asks(k entente.TaskKind) string {
	for _, w := range entente.TaskKinds {
		if w.Kind == k {
			return p.T(w.Words)
		}
	}
	return string(k)
}

// pressing colours a task in the list: overdue until a person has it.
func (p *page) pressing(t entente.Task) string {
	switch {
	case p.now.After(t.Due):
		return "overdue"
	case t.Seen == nil:
		return "soon"
	}
	return "calm"
}

// taskView is a task as its page shows it.
type taskView struct {
	casework.TaskView
	Form *form
}

// path is the address of a page of the task.
func (t taskView) path(page int) string {
	return at("/tasks/"+string(t.Task.ID), "page", pageNumber(page))
}

// pageNumber is a page in an address; the first has none.
func pageNumber(page int) string {
	if page <= 1 {
		return ""
	}
	return strconv.Itoa(page)
}

func (v *visit) taskID() entente.TaskID { return entente.TaskID(v.r.PathValue("id")) }

func (v *visit) taskPath() string { return "/tasks/" + v.r.PathValue("id") }

func (v *visit) task() error { return v.showTask(http.StatusOK, newForm(nil)) }

func (v *visit) showTask(status int, f *form) error {
	page, err := strconv.Atoi(v.r.URL.Query().Get("page"))
	if err != nil {
		page = 1
	}
	view, err := v.Casework.Task(v.ctx(), v.officer, v.taskID(), page)
	if err != nil {
		return err
	}
	v.show(status, view.Task.Title, taskPage(v.p, taskView{view, f}))
	return nil
}

func (v *visit) seeTask() error {
	if err := v.Casework.SeeTask(v.ctx(), v.officer, v.taskID()); err != nil {
		return err
	}
	return v.done(v.taskPath(), "task-seen")
}

func (v *visit) decideTask() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	dec := casework.Decision{Answer: entente.VerdictCode(f.get("answer")), Reason: f.get("reason"), Review: f.time("review")}
	for _, h := range strings.Fields(strings.Join(values["hits"], " ")) {
		dec.Hits = append(dec.Hits, entente.HitID(h))
	}
	f.mustChoose("answer")
	f.mustWrite("reason")
	if f.get("choose") != "" && len(dec.Hits) == 0 {
		f.must("none is chosen", "tick those that you have decided", []string{"hits"})
	}
	if f.good() {
		err = v.Casework.DecideTask(v.ctx(), v.officer, v.taskID(), dec)
		f.reject("", err)
	}
	if !f.good() {
		return v.showTask(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done(v.taskPath(), "task-decided")
}

// revokeClearing takes back that somebody was cleared, and goes to the page of
// the watch or file for which he was.
func (v *visit) revokeClearing() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	if err := v.Casework.RevokeClearing(v.ctx(), v.officer, entente.ClearingID(v.r.PathValue("id")), f.get("reason")); err != nil {
		return err
	}
	return v.done(inside(f.get("back")), "clearing-revoked")
}

// traveller is one person whom hits of a task are about, with where he was seen.
type traveller struct {
	Subject entente.Subject
	Seen    []encounter
}

// encounter is what a person met when he was seen once.
type encounter struct {
	Sighting entente.Sighting
	Met      []meeting
}

// meeting is hits that say the same: a watch and its file hold the same person.
type meeting struct{ Hits []entente.Hit }

// travellers groups the hits of a task by the person who was seen, those first
// of whom something is not decided.
func (t taskView) travellers() []traveller {
	var list []traveller
	for _, h := range t.Hits {
		i := slices.IndexFunc(list, func(x traveller) bool { return sameTraveller(x.Subject, h.Asked) })
		if i < 0 {
			list, i = append(list, traveller{Subject: h.Asked}), len(list)
		}
		list[i].add(h)
	}
	slices.SortStableFunc(list, func(a, b traveller) int { return a.settled() - b.settled() })
	return list
}

func (t *traveller) add(h entente.Hit) {
	i := slices.IndexFunc(t.Seen, func(e encounter) bool { return e.Sighting == h.Sighting })
	if i < 0 {
		t.Seen, i = append(t.Seen, encounter{Sighting: h.Sighting}), len(t.Seen)
	}
	e := &t.Seen[i]
	j := slices.IndexFunc(e.Met, func(m meeting) bool {
		return m.Hits[0].Changed == h.Changed && reflect.DeepEqual(m.Hits[0].Held, h.Held)
	})
	if j < 0 {
		e.Met, j = append(e.Met, meeting{}), len(e.Met)
	}
	e.Met[j].Hits = append(e.Met[j].Hits, h)
}

func (t traveller) settled() int {
	for _, e := range t.Seen {
		if len(e.open()) > 0 {
			return 0
		}
	}
	return 1
}

// open is the hits of an encounter that wait for a decision.
func (e encounter) open() (list []entente.Hit) {
	for _, m := range e.Met {
		for _, h := range m.Hits {
			if h.Decided == nil {
				list = append(list, h)
			}
		}
	}
	return list
}

// decided is what was said of the hits of a meeting; nil: nothing yet.
func (m meeting) decided() *entente.Verdict {
	for _, h := range m.Hits {
		if h.Decided != nil {
			return h.Decided
		}
	}
	return nil
}

func (t taskView) maySee(p *page) bool {
	return t.Task.Seen == nil && t.Task.Decided == nil && p.may(entente.OpDecideTask) && !t.Task.Lapsed(p.officer.ID)
}

// mayDecide says whether something on this page is to be decided by the reader.
func (t taskView) mayDecide(p *page) bool {
	open := func(h entente.Hit) bool { return h.Decided == nil }
	return t.Task.Decided == nil && p.may(entente.OpDecideTask) && (t.Task.Hits == 0 || slices.ContainsFunc(t.Hits, open))
}

// climbed says in the list how a task came to whoever has it.
func (p *page) climbed(t entente.Task) string {
	if t.Climbs[len(t.Climbs)-1].Held != "" {
		return p.T("it climbed: nobody decided it")
	}
	return p.T("it climbed: nobody took it")
}

// watchOf is the watch that a hit met, if it met one.
func (t taskView) watchOf(h entente.Hit) *entente.Watch {
	for i, w := range t.Watches {
		if h.Target.Kind == entente.TargetWatch && h.Target.ID == string(w.ID) {
			return &t.Watches[i]
		}
	}
	return nil
}

// metLabel names what a hit met: the title of the watch or file, or the name on
// a list.
func (t taskView) metLabel(h entente.Hit) entente.Name {
	if w := t.watchOf(h); w != nil {
		return entente.Name{Text: w.Title}
	}
	if t.Case != nil && h.Target == (entente.Target{Kind: entente.TargetCase, ID: string(t.Case.ID)}) {
		return entente.Name{Text: t.Case.Title}
	}
	return firstName(h.Held)
}

// answers are what the task takes. A file of which flags alone ask has nobody who
// could be the same person: it opens again or stays closed.
func (t taskView) answers(p *page) []choice {
	if t.Task.Kind == entente.TaskReopen && len(t.Hits) == 0 {
		return []choice{
			{Value: string(entente.VerdictSame), Label: p.T("It opens again")},
			{Value: string(entente.VerdictOther), Label: p.T("It stays closed")},
		}
	}
	var list []choice
	for _, c := range t.Task.Kind.Verdicts() {
		list = append(list, choice{Value: string(c), Label: term(p, verdictWords, c), Hint: p.T(verdictMeanings[c])})
	}
	return list
}

// whichChoices offers what is to be decided by encounter, where there is more
// than one: each may be somebody else.
func (t taskView) whichChoices(p *page) []choice {
	var list []choice
	for _, x := range t.travellers() {
		for _, e := range x.Seen {
			open := e.open()
			if len(open) == 0 {
				continue
			}
			ids := make([]string, len(open))
			for i, h := range open {
				ids[i] = string(h.ID)
			}
			label := p.T("%s, %s: %s", apart(firstName(x.Subject).Text), term(p, bandWords, open[0].Match.Band), t.seenIn(p, open[0]))
			list = append(list, choice{Value: strings.Join(ids, " "), Label: label})
		}
	}
	return list
}

// seenIn says in a few words where a hit was seen.
func (t taskView) seenIn(p *page, h entente.Hit) string {
	if e, ok := t.Events[h.Sighting.Event]; ok {
		words := term(p, travelWords, e.Kind)
		if len(e.Legs) > 0 {
			l := e.Legs[0]
			words += " " + apart(l.Carrier+" "+l.Number+" "+orDash(l.From)+" → "+orDash(e.Legs[len(e.Legs)-1].To))
			if l.Departs != "" {
				words += ", " + apart(spoken(l.Departs))
			}
		}
		return words
	}
	if m, ok := t.Messages[h.Sighting.Message]; ok {
		return p.T("message of %s of %s", apart(m.Partner()), day(m.Message.Header.Created))
	}
	return p.T("erased since")
}

// allTicked is the form with every encounter chosen, unless the officer has chosen.
func (t taskView) allTicked(which []choice) *form {
	if t.Form.get("choose") == "" {
		for _, c := range which {
			t.Form.values.Add("hits", c.Value)
		}
	}
	return t.Form
}
