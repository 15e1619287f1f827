package web

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/casework"
	"entente/parse"
	"entente/policy"
	"entente/screen"
)

// The part of the fake office that finds people.

func one[T any](list []T, ok func(T) bool) (T, error) {
	for _, x := range list {
		if ok(x) {
			return x, nil
		}
	}
	var zero T
	return zero, &entente.Error{Kind: entente.NotFound, Detail: "there is no such thing here"}
}

func where[T any](list []T, ok func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !ok(x) })
}

func (o *office) Search(_ context.Context, by entente.Officer, asked entente.Subject, purpose string) (screen.SearchResult, error) {
	if err := o.ask(by, entente.OpSearch, purpose); err != nil || o.empty {
		return screen.SearchResult{}, err
	}
	return found(asked), nil
}

func (o *office) Holding(_ context.Context, by entente.Officer, id entente.HoldingID) (casework.HoldingView, error) {
	if err := o.ask(by, entente.OpReadHoldings, string(id)); err != nil {
		return casework.HoldingView{}, err
	}
	h, err := one(holdings(), func(h entente.Holding) bool { return h.ID == id })
	v := casework.HoldingView{Holding: h, Edition: editionsOf()[0]}
	if !o.empty {
		v.Hits, v.Looks = where(hits(), func(x entente.Hit) bool { return x.Target.ID == string(id) }), looksOf(entente.OpReadHoldings)
	}
	return v, err
}

func (o *office) Lists(_ context.Context, by entente.Officer) ([]entente.Edition, error) {
	if err := o.ask(by, entente.OpReadHoldings, "lists"); err != nil || o.empty {
		return nil, err
	}
	return editionsOf()[:1], nil
}

func (o *office) Edition(_ context.Context, by entente.Officer, source entente.SourceID, number int) (casework.EditionView, error) {
	if err := o.ask(by, entente.OpReadHoldings, string(source)); err != nil {
		return casework.EditionView{}, err
	}
	e, err := one(editionsOf(), func(e entente.Edition) bool { return e.Source == source && (number == 0 || number == e.Number) })
	v := casework.EditionView{Edition: e, Editions: editionsOf()}
	if !o.empty && e.Number == 3 {
		v.Changes, v.Aside = holdings(), asideOf()
	}
	return v, err
}

func (o *office) Feedings(_ context.Context, by entente.Officer) ([]entente.Feeding, error) {
	if err := o.ask(by, entente.OpReadTravel, "feeds"); err != nil || o.empty {
		return nil, err
	}
	return feedingsOf(), nil
}

func (o *office) FeedAside(_ context.Context, by entente.Officer, id string) ([]entente.SetAside, error) {
	if err := o.ask(by, entente.OpReadTravel, id); err != nil {
		return nil, err
	}
	return asideOf(), nil
}

func (o *office) TravelEvent(_ context.Context, by entente.Officer, id entente.EventID) (casework.TravelView, error) {
	if err := o.ask(by, entente.OpReadTravel, string(id)); err != nil {
		return casework.TravelView{}, err
	}
	e, err := one([]entente.TravelEvent{travelEvent()}, func(e entente.TravelEvent) bool { return e.ID == id })
	return casework.TravelView{Event: e, Hits: where(hits(), func(h entente.Hit) bool { return h.Sighting.Event == id })[:3]}, err
}

func (o *office) TasksWaiting(_ context.Context, by entente.Officer) (int, error) {
	if err := policy.Check(by, entente.OpReadTasks); err != nil || o.empty || o.fail != nil {
		return 0, errors.Join(err, o.fail)
	}
	return len(where(o.tasks, func(t entente.Task) bool { return t.Decided == nil && t.Owner == by.Role })), nil
}

func (o *office) Tasks(_ context.Context, by entente.Officer, q entente.TaskQuery) ([]entente.Task, error) {
	if err := o.ask(by, entente.OpReadTasks, "tasks"); err != nil || o.empty {
		return nil, err
	}
	return where(o.tasks, func(t entente.Task) bool {
		return t.Decided == nil && (q.Owner == "" || t.Owner == q.Owner) && (q.Kind == "" || t.Kind == q.Kind)
	}), nil
}

func (o *office) theTask(id entente.TaskID) (*entente.Task, error) {
	for i := range o.tasks {
		if o.tasks[i].ID == id {
			return &o.tasks[i], nil
		}
	}
	return nil, &entente.Error{Kind: entente.NotFound, Detail: "there is no such task here"}
}

func (o *office) Task(_ context.Context, by entente.Officer, id entente.TaskID, page int) (casework.TaskView, error) {
	v := casework.TaskView{Events: map[entente.EventID]entente.TravelEvent{theEvent: travelEvent()}, Messages: map[entente.MessageID]entente.Filed{}}
	if err := o.ask(by, entente.OpReadTasks, string(id)); err != nil {
		return v, err
	}
	t, err := o.theTask(id)
	if err != nil {
		return v, err
	}
	v.Task = *t
	v.Hits = where(hits(), func(h entente.Hit) bool { return h.Task == id })
	v.Waiting = len(where(v.Hits, func(h entente.Hit) bool { return h.Decided == nil && t.Decided == nil }))
	if v.Page, v.Pages = 1, 1; o.aPage > 0 && len(v.Hits) > o.aPage { // two pages, the second for what is left
		v.Page, v.Pages = min(max(page, 1), 2), 2
		v.Hits = [][]entente.Hit{v.Hits[:o.aPage], v.Hits[o.aPage:]}[v.Page-1]
	}
	for _, h := range v.Hits {
		if m := h.Sighting.Message; m != "" {
			i, _ := o.item(m)
			v.Messages[m] = i.Filed
		}
	}
	if t.Case != "" {
		c, _ := o.theCase(t.Case)
		v.Case = c
	}
	v.Watches = where(watchesOf(), func(w entente.Watch) bool {
		return t.Target.ID == string(w.ID) || slices.ContainsFunc(v.Hits, func(h entente.Hit) bool { return h.Target.ID == string(w.ID) })
	})
	return v, nil
}

func (o *office) SeeTask(_ context.Context, by entente.Officer, id entente.TaskID) error {
	if err := o.ask(by, entente.OpDecideTask, string(id)+" seen"); err != nil {
		return err
	}
	t, err := o.theTask(id)
	if err == nil {
		t.Seen = &entente.Act{By: by.ID, At: morning}
	}
	return err
}

func (o *office) DecideTask(_ context.Context, by entente.Officer, id entente.TaskID, d casework.Decision) error {
	if err := o.ask(by, entente.OpDecideTask, string(id)+" "+string(d.Answer)+" "+d.Reason); err != nil {
		return err
	}
	t, err := o.theTask(id)
	if err != nil {
		return err
	}
	if t.Decided != nil {
		return &entente.Error{Kind: entente.Conflict, Detail: "the task is decided already, by " + string(t.Decided.By), Hint: "a hit that comes later makes a new task"}
	}
	if !slices.Contains(t.Kind.Verdicts(), d.Answer) {
		return &entente.Error{Kind: entente.Invalid, Field: "answer", Detail: "this is no answer to this task", Hint: "choose one of those that the task shows"}
	}
	o.decided = d
	t.Decided = &entente.Verdict{By: by.ID, At: morning, Answer: d.Answer, Reason: d.Reason}
	return nil
}

func (o *office) RevokeClearing(_ context.Context, by entente.Officer, id entente.ClearingID, reason string) error {
	return o.ask(by, entente.OpRevokeClearing, string(id)+" "+reason)
}

func (o *office) theCase(id entente.CaseID) (*entente.Case, error) {
	for i := range o.cases {
		if o.cases[i].ID == id {
			return &o.cases[i], nil
		}
	}
	return nil, &entente.Error{Kind: entente.NotFound, Detail: "there is no such file here"}
}

func (o *office) Cases(_ context.Context, by entente.Officer, _ entente.CaseQuery) ([]entente.Case, error) {
	if err := o.ask(by, entente.OpReadCases, "cases"); err != nil || o.empty {
		return nil, err
	}
	return slices.Clone(o.cases), nil
}

func (o *office) Case(_ context.Context, by entente.Officer, id entente.CaseID) (casework.CaseView, error) {
	if err := o.ask(by, entente.OpReadCases, string(id)); err != nil {
		return casework.CaseView{}, err
	}
	c, err := o.theCase(id)
	if err != nil {
		return casework.CaseView{}, err
	}
	v := casework.CaseView{Case: *c, Entries: entriesOf(id)[:1]}
	if o.empty {
		return v, nil
	}
	v.Entries, v.Flags, v.Looks = entriesOf(id), flagsOfCase(id), looksOf(entente.OpReadCases)
	v.Watches = where(watchesOf(), func(w entente.Watch) bool { return w.Case == id })
	v.Tasks = where(o.tasks, func(t entente.Task) bool { return t.Case == id && t.Decided == nil })
	v.Hits = where(hits(), func(h entente.Hit) bool { return h.Task != "" })
	v.Near = where(hits(), func(h entente.Hit) bool { return h.Task == "" && h.Target == onWatch() })
	for _, m := range c.Messages {
		i, _ := o.item(m)
		v.Messages = append(v.Messages, i.Filed)
	}
	if id == theCase && !o.answered {
		v.Waiting = &entente.Error{Kind: entente.Conflict, Detail: "the tip of borea-sls of 2011-03-04 has no outcome yet, and its 2 questions are not answered", Hint: "decide on the tip first; when its outcome is released, the file can be closed"}
	}
	if id == theCase && o.undecided {
		v.Undecided = o.tasks[:1]
		v.Waiting = &entente.Error{Kind: entente.Conflict, Field: "tasks", Detail: "1 task waits for a decision in this file: " + string(hitTask), Hint: "decide them first"}
	}
	if id == closed {
		v.Clear = clearingsOf()
	}
	return v, nil
}

func (o *office) onFile(by entente.Officer, id entente.CaseID, what string) (*entente.Case, error) {
	if err := o.ask(by, entente.OpCase, string(id)+" "+what); err != nil {
		return nil, err
	}
	return o.theCase(id)
}

func (o *office) OpenCase(_ context.Context, by entente.Officer, n casework.NewCase) (entente.CaseID, error) {
	if err := o.ask(by, entente.OpCase, "new"); err != nil {
		return "", err
	}
	list, err := parse.Subjects("subjects", n.Subjects)
	if err != nil {
		return "", err
	}
	c := entente.Case{ID: uid[entente.CaseID](len(o.cases) + 5), Version: 1, Title: n.Title, State: entente.CaseOpen, Owner: entente.Analyst, Purpose: n.Purpose, Subjects: list, Reopen: n.Reopen, Opened: morning}
	if n.Message != "" {
		c.Messages = []entente.MessageID{n.Message}
	}
	o.cases = append(o.cases, c)
	return c.ID, nil
}

func (o *office) AssessCase(_ context.Context, by entente.Officer, id entente.CaseID, text string) error {
	_, err := o.onFile(by, id, "assess "+text)
	return err
}

func (o *office) AddFlag(_ context.Context, by entente.Officer, id entente.CaseID, f entente.Flag) error {
	_, err := o.onFile(by, id, "flag "+f.Kind+" "+f.Text)
	return err
}

func (o *office) LinkMessage(_ context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID) error {
	c, err := o.onFile(by, id, "link "+string(m))
	if err != nil {
		return err
	}
	if _, err := o.item(m); err != nil {
		return err
	}
	c.Messages = append(c.Messages, m)
	return nil
}

func (o *office) CorrectCase(_ context.Context, by entente.Officer, id entente.CaseID, s []entente.Subject, reason string) error {
	c, err := o.onFile(by, id, "correct "+reason)
	if err == nil {
		c.Subjects, err = parse.Subjects("subjects", s)
	}
	return err
}

func (o *office) AssignCase(_ context.Context, by entente.Officer, id entente.CaseID, r entente.Role, to entente.OfficerID) error {
	c, err := o.onFile(by, id, "assign "+string(r)+" "+string(to))
	if err == nil {
		c.Owner, c.Officer = r, to
	}
	return err
}

func (o *office) UnlinkMessage(_ context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID, reason string) error {
	c, err := o.onFile(by, id, "unlink "+string(m)+" "+reason)
	if err == nil {
		c.Messages = where(c.Messages, func(x entente.MessageID) bool { return x != m })
	}
	return err
}

func (o *office) CloseCase(_ context.Context, by entente.Officer, id entente.CaseID, n casework.Closing) error {
	c, err := o.onFile(by, id, strings.TrimSpace("close "+string(n.Outcome)+" "+n.Reason+" "+n.Despite))
	if err == nil {
		c.State, c.Closing = entente.CaseClosed, &entente.Closing{Outcome: n.Outcome, Reason: n.Reason, By: by.ID, At: morning}
		c.Reopen = *n.Reopen
	}
	return err
}

func (o *office) ReopenCase(_ context.Context, by entente.Officer, id entente.CaseID, reason string) error {
	c, err := o.onFile(by, id, "reopen "+reason)
	if err == nil {
		c.State, c.Closing = entente.CaseOpen, nil
	}
	return err
}

func (o *office) Watches(_ context.Context, by entente.Officer, _ bool) ([]entente.Watch, error) {
	if err := o.ask(by, entente.OpReadWatches, "watches"); err != nil || o.empty {
		return nil, err
	}
	return watchesOf(), nil
}

func (o *office) Watch(_ context.Context, by entente.Officer, id entente.WatchID) (casework.WatchView, error) {
	if err := o.ask(by, entente.OpReadWatches, string(id)); err != nil {
		return casework.WatchView{}, err
	}
	w, err := one(watchesOf(), func(w entente.Watch) bool { return w.ID == id })
	v := casework.WatchView{Watch: w}
	if o.empty || id != theWatch {
		return v, err
	}
	v.Hits = where(hits(), func(h entente.Hit) bool { return h.Target == onWatch() && h.Task != "" })
	v.Near = where(hits(), func(h entente.Hit) bool { return h.Target == onWatch() && h.Task == "" })
	v.Clear, v.Looks = clearingsOf(), looksOf(entente.OpReadWatches)
	return v, err
}

func (o *office) OpenWatch(_ context.Context, by entente.Officer, n casework.NewWatch) (entente.WatchID, error) {
	if err := o.ask(by, entente.OpWatch, "new "+n.Reason); err != nil {
		return "", err
	}
	_, err := parse.Subjects("subject", []entente.Subject{n.Subject})
	o.opened = n
	return theWatch, err
}

func (o *office) CorrectWatch(_ context.Context, by entente.Officer, id entente.WatchID, s entente.Subject, reason string) error {
	if err := o.ask(by, entente.OpWatch, string(id)+" correct "+reason); err != nil {
		return err
	}
	_, err := parse.Subjects("subject", []entente.Subject{s})
	return err
}

func (o *office) ContinueWatch(_ context.Context, by entente.Officer, id entente.WatchID, review time.Time, reason string) error {
	return o.ask(by, entente.OpWatch, string(id)+" continue "+reason)
}

func (o *office) EndWatch(_ context.Context, by entente.Officer, id entente.WatchID, on time.Time, reason string) error {
	if err := o.ask(by, entente.OpWatch, string(id)+" end "+reason); err != nil {
		return err
	}
	if !on.IsZero() && on.Before(morning.Add(entente.WatchNotice)) {
		return &entente.Error{Kind: entente.Invalid, Field: "on", Detail: "the end of a watch is announced 14 days before", Hint: "choose a later day"}
	}
	return nil
}

// Import reads the files twice, as package screen does, and waits until the test
// lets it go on.
func (o *office) Import(_ context.Context, by entente.Officer, in screen.Import, progress func(entente.Edition)) (entente.Edition, error) {
	e := entente.Edition{Source: in.Source, Number: 4, Format: in.Format, File: in.File, Digest: in.Digest, By: by.ID, At: morning}
	if err := o.ask(by, entente.OpImport, string(in.Source)); err != nil {
		return e, err
	}
	for range 2 {
		files, err := in.Open()
		if err != nil {
			return e, err
		}
		o.read = ""
		for _, f := range files {
			b, err := io.ReadAll(f.Data)
			if err != nil {
				return e, err
			}
			o.read += f.Name + "=" + string(b) + ";"
		}
	}
	e.Read, e.Added = 3, 2
	progress(e)
	if o.gate != nil {
		<-o.gate
	}
	if strings.Contains(o.read, "short") && !in.Delist {
		return e, &entente.Error{Kind: entente.Conflict, Detail: "this edition of ports lacks 40 of the 50 records that are held; nobody was taken off", Hint: "see whether the file is whole; if it is, import it again and say that the removals are meant (--delist)"}
	}
	e.Removed = 1
	return e, nil
}

func (o *office) Feed(_ context.Context, by entente.Officer, from screen.Source, r io.Reader, progress func(entente.Feeding)) (entente.Feeding, error) {
	f := entente.Feeding{ID: theFeed, Feed: from.Feed, Format: from.Format, File: from.File, By: by.ID, At: morning}
	if err := o.ask(by, entente.OpFeed, string(from.Feed)); err != nil {
		return f, err
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return f, err
	}
	o.read = string(b)
	f.Read, f.Hits = 2, 1
	progress(f)
	if o.gate != nil {
		<-o.gate
	}
	f.Done = morning
	return f, nil
}
