package casework_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/lists"
	"entente/policy"
	"entente/screen"
)

func (b *bureau) log() (log []entente.AccessEntry) {
	b.Helper()
	b.ok(b.store.View(b.Context(), func(tx entente.Tx) (err error) {
		log, err = tx.AccessLog(0, 1000)
		return err
	}))
	return log
}

func (b *bureau) feedText(text string) entente.Feeding {
	b.Helper()
	f, err := b.screen.Feed(b.Context(), analyst, screen.Source{Feed: "ostvik-airport", Format: "csv", At: b.now}, strings.NewReader(text), nil)
	b.ok(err)
	return f
}

// Every method asks the role first. What is refused is on record, changes nothing,
// and neither the record nor any error says whom it is about.
func TestRolesAndRecord(t *testing.T) {
	b := newBureau(t)
	file := b.file("Kadaev file", kadaev)
	watch := b.watch(casework.NewWatch{Subject: kadaev, Case: file})
	m := b.tells(tipOn("Kadaev again", kadaev))
	b.fly("Arsen Kadaev,,B1029384")
	var task entente.Task
	for _, x := range b.open() {
		if x.Kind == entente.TaskHit {
			task.ID = x.ID
		}
	}
	hits := b.task(task.ID).Hits
	ctx, why := t.Context(), "Kadaev is known."
	ops := []struct {
		op entente.Operation
		do func(by entente.Officer) error
	}{
		{entente.OpCase, func(by entente.Officer) error {
			_, err := b.desk.OpenCase(ctx, by, casework.NewCase{Title: "Kadaev", Purpose: "p"})
			return err
		}},
		{entente.OpCase, func(by entente.Officer) error { return b.desk.AssessCase(ctx, by, file, why) }},
		{entente.OpCase, func(by entente.Officer) error { return b.desk.LinkMessage(ctx, by, file, m) }},
		{entente.OpCase, func(by entente.Officer) error { return b.desk.UnlinkMessage(ctx, by, file, m, why) }},
		{entente.OpCase, func(by entente.Officer) error {
			return b.desk.CorrectCase(ctx, by, file, []entente.Subject{kadaev}, why)
		}},
		{entente.OpCase, func(by entente.Officer) error { return b.desk.AssignCase(ctx, by, file, entente.Analyst, "") }},
		{entente.OpCase, func(by entente.Officer) error {
			return b.desk.AddFlag(ctx, by, file, entente.Flag{Kind: "other", Text: why})
		}},
		{entente.OpCase, func(by entente.Officer) error { return b.closing(by, file, why) }},
		{entente.OpCloseUndecided, func(by entente.Officer) error {
			return b.desk.CloseCase(ctx, by, file, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: why, Despite: why})
		}},
		{entente.OpCase, func(by entente.Officer) error { return b.desk.ReopenCase(ctx, by, file, why) }},
		{entente.OpWatch, func(by entente.Officer) error {
			_, err := b.desk.OpenWatch(ctx, by, casework.NewWatch{Subject: kadaev, Purpose: "p", Reason: why})
			return err
		}},
		{entente.OpWatch, func(by entente.Officer) error { return b.desk.CorrectWatch(ctx, by, watch, kadaev, why) }},
		{entente.OpWatch, func(by entente.Officer) error { return b.desk.ContinueWatch(ctx, by, watch, time.Time{}, why) }},
		{entente.OpWatch, func(by entente.Officer) error { return b.desk.EndWatch(ctx, by, watch, time.Time{}, why) }},
		{entente.OpDecideTask, func(by entente.Officer) error { return b.desk.SeeTask(ctx, by, task.ID) }},
		{entente.OpDecideTask, func(by entente.Officer) error {
			return b.desk.DecideTask(ctx, by, task.ID, casework.Decision{Answer: entente.VerdictOther, Reason: why, Hits: []entente.HitID{hits[0].ID}})
		}},
		{entente.OpRevokeClearing, func(by entente.Officer) error { return b.desk.RevokeClearing(ctx, by, "none", why) }},
		{entente.OpSearch, func(by entente.Officer) error {
			_, err := b.desk.Search(ctx, by, kadaev, "a purpose")
			return err
		}},
		{entente.OpReadCases, looks(func(by entente.Officer) (any, error) { return b.desk.Cases(ctx, by, entente.CaseQuery{}) })},
		{entente.OpReadCases, looks(func(by entente.Officer) (any, error) { return b.desk.Case(ctx, by, file) })},
		{entente.OpReadWatches, looks(func(by entente.Officer) (any, error) { return b.desk.Watches(ctx, by, true) })},
		{entente.OpReadWatches, looks(func(by entente.Officer) (any, error) { return b.desk.Watch(ctx, by, watch) })},
		{entente.OpReadTasks, looks(func(by entente.Officer) (any, error) { return b.desk.Tasks(ctx, by, entente.TaskQuery{}) })},
		{entente.OpReadTasks, looks(func(by entente.Officer) (any, error) { return b.desk.Task(ctx, by, task.ID, 1) })},
		{entente.OpReadHoldings, looks(func(by entente.Officer) (any, error) { return b.desk.Lists(ctx, by) })},
		{entente.OpReadHoldings, looks(func(by entente.Officer) (any, error) { return b.desk.Holding(ctx, by, "ports/1") })},
		{entente.OpReadHoldings, looks(func(by entente.Officer) (any, error) { return b.desk.Edition(ctx, by, "ports", 1) })},
		{entente.OpReadTravel, looks(func(by entente.Officer) (any, error) { return b.desk.Feedings(ctx, by) })},
		{entente.OpReadTravel, looks(func(by entente.Officer) (any, error) { return b.desk.FeedAside(ctx, by, "none") })},
		{entente.OpReadTravel, looks(func(by entente.Officer) (any, error) { return b.desk.TravelEvent(ctx, by, "none") })},
	}
	for _, role := range entente.Roles {
		by := entente.Officer{ID: "somebody", Role: role}
		for i, x := range ops {
			before := b.log()
			err := x.do(by)
			last := b.log()
			if policy.May(role, x.op) {
				if errors.Is(err, entente.Denied) && x.op != entente.OpDecideTask {
					t.Errorf("%d: %s as %s: %v", i, x.op, role, err)
				}
			} else if !errors.Is(err, entente.Denied) || len(last) != len(before)+1 || !last[0].Access.Denied || last[0].Access.Operation != x.op {
				t.Errorf("%d: %s as %s: %v, and %d entries", i, x.op, role, err, len(last)-len(before))
			}
			if err != nil && says(err.Error()) {
				t.Errorf("%d: an error names him: %v", i, err)
			}
		}
	}
	for _, e := range b.log() {
		if says(string(e.Entry)) {
			t.Errorf("the access log names him: %s", e.Entry)
		}
	}
	if _, err := b.desk.TasksWaiting(context.Background(), releaser); !errors.Is(err, entente.Denied) {
		t.Errorf("a releaser counts tasks: %v", err)
	}
}

// What was typed in the place of a number is not in the log, which is for ever.
func TestTypedNameIsNotOnRecord(t *testing.T) {
	b := newBureau(t)
	_, err := b.desk.Case(t.Context(), analyst, "arsen-kadaev")
	b.want(err, entente.NotFound, "a file by a name")
	_, err = b.desk.TravelEvent(t.Context(), analyst, "arsen kadaev born in 1986 in Tolvik")
	b.want(err, entente.NotFound, "a journey by a name")
	_, err = b.screen.Feed(t.Context(), analyst, screen.Source{Feed: "Kadaev's flight", Format: "csv"}, strings.NewReader(""), nil)
	b.want(err, entente.Invalid, "a feed by a name")
	_, err = b.screen.Import(t.Context(), analyst, screen.Import{Options: lists.Options{Source: "Kadaev 1986"}, Format: "csv"}, nil)
	b.want(err, entente.Invalid, "a list by a name")
	log := b.log()
	if len(log) != 2 {
		t.Errorf("%d entries", len(log))
	}
	for _, e := range log {
		if says(string(e.Entry)) {
			t.Errorf("the access log says %s", e.Entry)
		}
	}
}

func looks(fn func(entente.Officer) (any, error)) func(entente.Officer) error {
	return func(by entente.Officer) error {
		_, err := fn(by)
		return err
	}
}

func says(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "kada") || strings.Contains(text, "arsen") || strings.Contains(text, "b1029384") || strings.Contains(text, "1986")
}
