package casework_test

import (
	"strings"
	"testing"
	"time"

	"entente"
	"entente/casework"
)

func TestCaseOpensOnTip(t *testing.T) {
	b := newBureau(t)
	m := b.tells(tipOn("A warning", man("Арсен Кадаев", "1987-03-14")))
	id, err := b.desk.OpenCase(t.Context(), analyst, casework.NewCase{Message: m})
	b.ok(err)
	b.ok(b.desk.AssessCase(t.Context(), analyst, id, "  Interviewed at home.  "))
	v := b.view(id)
	c := v.Case
	if c.Title != "A warning" || c.Purpose != "terrorism-prevention" || len(c.Subjects) != 1 || c.Reopen != entente.DefaultReopen || c.Owner != entente.Analyst {
		t.Errorf("the file is %+v", c)
	}
	if len(v.Entries) != 2 || v.Entries[0].Message != m || v.Entries[1].Text != "Interviewed at home." || len(v.Messages) != 1 {
		t.Errorf("the timeline is %+v", v.Entries)
	}
	b.want(b.desk.AssessCase(t.Context(), analyst, id, " "), entente.Invalid, "an empty assessment")
	b.want(b.desk.AssessCase(t.Context(), analyst, "none", "A word."), entente.NotFound, "no file")
}

func TestCaseIsHeldToItsBounds(t *testing.T) {
	b := newBureau(t)
	for what, n := range map[string]casework.NewCase{
		"no title":        {Purpose: "p"},
		"a long title":    {Purpose: "p", Title: strings.Repeat("x", 201)},
		"no purpose":      {Title: "t"},
		"too many people": {Title: "t", Purpose: "p", Subjects: make([]entente.Subject, 51)},
		"nobody's name":   {Title: "t", Purpose: "p", Subjects: make([]entente.Subject, 1)},
		"a wild rule":     {Title: "t", Purpose: "p", Reopen: entente.ReopenRule{From: "below", Flags: 2}},
		"a negative rule": {Title: "t", Purpose: "p", Reopen: entente.ReopenRule{Flags: -1}},
	} {
		_, err := b.desk.OpenCase(t.Context(), analyst, n)
		b.want(err, entente.Invalid, what)
	}
	_, err := b.desk.OpenCase(t.Context(), analyst, casework.NewCase{Message: "none"})
	b.want(err, entente.NotFound, "no message")
	id := b.file("A file")
	if all, err := b.desk.Cases(t.Context(), analyst, entente.CaseQuery{}); err != nil || len(all) != 1 {
		t.Errorf("%d files are left of those refused: %v", len(all)-1, err)
	}
	b.want(b.desk.AddFlag(t.Context(), analyst, id, entente.Flag{Kind: "gossip", Text: "x"}), entente.Invalid, "a wild kind of flag")
	b.want(b.desk.AddFlag(t.Context(), analyst, id, entente.Flag{Kind: "other", Text: "x", Source: strings.Repeat("x", 101)}), entente.Invalid, "a long source")
}

// A file stays open while a tip in it has no outcome, whatever came of another
// tip of the same thread.
func TestCaseWaitsForOutcome(t *testing.T) {
	b := newBureau(t)
	ask := tipOn("A warning", man("Арсен Кадаев", "1987-03-14"))
	ask.Tip.Questions = []entente.Question{{ID: "q1", Text: "Does he travel?"}}
	first := b.tells(ask)
	more := tipOn("More of it")
	more.Refs = entente.Answering(first)
	second := b.tells(more)
	id, err := b.desk.OpenCase(t.Context(), analyst, casework.NewCase{Message: first})
	b.ok(err)
	b.ok(b.desk.LinkMessage(t.Context(), analyst, id, second))
	b.want(b.desk.LinkMessage(t.Context(), analyst, id, second), entente.Conflict, "linked twice")
	if w := b.view(id).Waiting; w == nil || !strings.Contains(w.Error(), "question") {
		t.Errorf("what it waits for: %v", w)
	}
	for _, m := range []entente.MessageID{first, second} {
		b.want(b.closing(analyst, id, "No links."), entente.Conflict, "closed before its outcome")
		b.one(entente.Outgoing, entente.Routine, false, entente.Statement{Kind: entente.KindDisposition, Refs: entente.Answering(m), Disposition: &entente.Disposition{Outcome: entente.OutcomeNoLink, Reason: "No."}})
	}
	b.want(b.desk.CloseCase(t.Context(), analyst, id, casework.Closing{Outcome: "gone", Reason: "x"}), entente.Invalid, "a wild outcome")
	b.close(id)
	b.want(b.closing(analyst, id, "Again."), entente.Conflict, "closed twice")
	b.want(b.desk.AssessCase(t.Context(), analyst, id, "More."), entente.Conflict, "assessed while closed")
	v := b.view(id)
	if v.Waiting != nil || v.Case.Closing == nil || v.Case.Closing.By != analyst.ID {
		t.Errorf("closed: %+v, waiting %v", v.Case.Closing, v.Waiting)
	}
	b.ok(b.desk.ReopenCase(t.Context(), supervisor, id, "Something new."))
	b.want(b.desk.ReopenCase(t.Context(), supervisor, id, "Again."), entente.Conflict, "opened twice")
	if c := b.view(id).Case; c.State != entente.CaseOpen || c.Closing != nil {
		t.Errorf("opened again: %+v", c)
	}
}

// A file is not closed over the head of somebody who may be its person and waits to
// be looked at, unless a supervisor says why he can wait. Then his task stays.
func TestCaseWaitsForItsHits(t *testing.T) {
	b := newBureau(t)
	id := b.file("A file", kadaev)
	b.watch(casework.NewWatch{Subject: kadaev, Case: id, Review: b.now.Add(10 * days)})
	b.tick(time.Minute) // which asks whether the watch goes on: that is no matter of the file
	b.fly("Arsen Kadaev,1986-03-14,B1")
	v := b.view(id)
	if len(v.Undecided) != 1 || v.Undecided[0].Kind != entente.TaskHit || v.Waiting == nil {
		t.Fatalf("undecided: %+v, waiting: %v", v.Undecided, v.Waiting)
	}
	task := v.Undecided[0].ID
	err := b.closing(supervisor, id, "No links.")
	b.want(err, entente.Conflict, "closed while a hit waits")
	if said := err.Error(); !strings.Contains(said, string(task)) || strings.Contains(said, "Kadaev") {
		t.Errorf("the refusal says: %s", said)
	}
	nevertheless := casework.Closing{Outcome: entente.OutcomeNoLink, Reason: "No links.", Despite: "The flight was cancelled."}
	b.want(b.desk.CloseCase(t.Context(), analyst, id, nevertheless), entente.Denied, "closed nevertheless by an analyst")
	b.ok(b.desk.CloseCase(t.Context(), supervisor, id, nevertheless))
	v = b.view(id)
	last := v.Entries[len(v.Entries)-1]
	if last.Task != task || !strings.Contains(last.Text, "1 task waits for a decision in it: The flight was cancelled.") || last.By != string(supervisor.ID) {
		t.Errorf("the timeline says %+v", last)
	}
	if len(v.Undecided) != 1 || v.Case.State != entente.CaseClosed {
		t.Errorf("the file is %s, with %d tasks", v.Case.State, len(v.Undecided))
	}
	b.ok(b.decide(analyst, task, entente.VerdictSame))
	if c := b.view(id); c.Case.State != entente.CaseOpen || c.Waiting != nil {
		t.Errorf("he is the same, and the file is %s; waiting: %v", c.Case.State, c.Waiting)
	}
	b.close(id)
}

// Whoever closes a file may say what opens it again, and is held to what can be.
func TestReopeningRuleIsChosen(t *testing.T) {
	b := newBureau(t)
	unsure := probable(t)
	id := b.file("A file", unsure)
	with := func(r entente.ReopenRule) error {
		return b.desk.CloseCase(t.Context(), analyst, id, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: "No links.", Reopen: &r})
	}
	for what, r := range map[string]entente.ReopenRule{
		"a possible match": {From: entente.BandPossible, Flags: 2}, "many flags": {Flags: 101}, "fewer than none": {Flags: -1}, "eleven years": {Flags: 2, Window: 11 * 365 * days},
	} {
		b.want(with(r), entente.Invalid, what)
	}
	b.ok(with(entente.ReopenRule{From: entente.BandStrong, Flags: 1, Window: days}))
	b.fly(unsure.Names[0].Text + ",,B2")
	if task := b.sole().Task; task.Kind != entente.TaskHit {
		t.Errorf("a %s match asks: %s", task.Band, task.Kind)
	}
	b.ok(b.decide(analyst, b.sole().Task.ID, entente.VerdictUnclear))
	b.ok(b.desk.AddFlag(t.Context(), analyst, id, entente.Flag{Kind: "contact", Text: "Seen with others."}))
	if task := b.sole().Task; task.Kind != entente.TaskReopen {
		t.Errorf("one flag asks: %s", task.Kind)
	}
}

// A message that was put into the wrong file can be taken out, and then the file
// no longer waits for its outcome.
func TestMessageIsTakenOut(t *testing.T) {
	b := newBureau(t)
	m := b.tells(tipOn("Of somebody else", man("Mira Volna", "")))
	id := b.file("A file", man("Arsen Kadaev", "1986-03-14"))
	b.want(b.desk.UnlinkMessage(t.Context(), analyst, id, m, "x"), entente.NotFound, "what is not in it")
	b.ok(b.desk.LinkMessage(t.Context(), analyst, id, m))
	b.want(b.desk.UnlinkMessage(t.Context(), analyst, id, m, " "), entente.Invalid, "no reason")
	b.ok(b.desk.UnlinkMessage(t.Context(), analyst, id, m, "It is about another person."))
	b.ok(b.desk.CorrectCase(t.Context(), analyst, id, []entente.Subject{man("Arsen Kadaev", "1986-03-14")}, "She was never meant."))
	b.close(id)
	if f := b.fly("Mira Volna,1979-05-05,B7"); f.Hits != 0 {
		t.Error("who was taken out of the file hits it")
	}
	if f := b.fly("Arsen Kadaev,1986-03-14,B1"); f.Hits != 1 {
		t.Error("whom the file is about does not hit it")
	}
}

func TestFlagsAddUpOnce(t *testing.T) {
	b := newBureau(t)
	id := b.file("A file", man("Arsen Kadaev", "1986-03-14"))
	b.close(id)
	flag := func() {
		t.Helper()
		b.ok(b.desk.AddFlag(t.Context(), analyst, id, entente.Flag{Kind: "contact", Text: "Seen with others."}))
	}
	flag()
	b.now = b.now.Add(100 * days)
	flag()
	if n := len(b.open()); n != 0 {
		t.Fatalf("two flags in 100 days made %d tasks", n)
	}
	b.now = b.now.Add(10 * days)
	flag()
	flag()
	task := b.sole().Task
	if task.Kind != entente.TaskReopen || task.Case != id || task.Owner != entente.Analyst {
		t.Errorf("the task is %+v", task)
	}
	b.ok(b.decide(analyst, task.ID, entente.VerdictOther))
	if c := b.view(id); c.Case.State != entente.CaseClosed || len(b.open()) != 0 || c.Entries[len(c.Entries)-1].Kind != "decision" {
		t.Errorf("the answer was no, and the file is %s", c.Case.State)
	}
	flag()
	b.ok(b.decide(supervisor, b.sole().Task.ID, entente.VerdictSame))
	if c := b.view(id); c.Case.State != entente.CaseOpen || len(c.Flags) != 5 {
		t.Errorf("the answer was yes, and the file is %s, with %d flags", c.Case.State, len(c.Flags))
	}
	b.close(id)
	flag()
	b.ok(b.desk.ReopenCase(t.Context(), analyst, id, "By hand."))
	if n := len(b.open()); n != 0 {
		t.Errorf("the file is open, and %d tasks ask whether it opens", n)
	}
}

// A second tip meets the closed file across scripts; both spellings stay. Only the
// man comes into the file, not who was named beside him.
func TestSecondTipReinforces(t *testing.T) {
	b := newBureau(t)
	id := b.file("A file", man("Арсен Кадаев", "1987-03-14"))
	b.close(id)
	m := b.tells(tipOn("The same again", man("Kadayev, Arsen", "1987-03-14"), man("Mira Volna", "1979-05-05")))
	v := b.sole()
	if v.Task.Kind != entente.TaskReopen || v.Task.Message != m || len(v.Messages) != 1 {
		t.Fatalf("the task is %+v", v.Task)
	}
	b.ok(b.decide(analyst, v.Task.ID, entente.VerdictSame))
	c := b.view(id)
	var spelt []string
	for _, s := range c.Case.Subjects {
		spelt = append(spelt, s.Names[0].Text)
	}
	if got := strings.Join(spelt, "; "); got != "Арсен Кадаев; Kadayev, Arsen" || c.Case.State != entente.CaseOpen {
		t.Errorf("the %s file is about %s", c.Case.State, got)
	}
	if len(c.Flags) != 1 || c.Flags[0].Source != "borea-sls" || len(c.Case.Messages) != 1 {
		t.Errorf("flags %+v, messages %v", c.Flags, c.Case.Messages)
	}
	b.want(b.closing(analyst, id, "No."), entente.Conflict, "closed over the head of the second tip")
}

// A tip that an officer puts into a closed file by hand asks, too.
func TestLinkingToClosedFileAsks(t *testing.T) {
	b := newBureau(t)
	id := b.file("A file")
	b.close(id)
	b.ok(b.desk.LinkMessage(t.Context(), analyst, id, b.tells(tipOn("A warning", man("Mira Volna", "")))))
	if task := b.sole().Task; task.Kind != entente.TaskReopen || task.Case != id {
		t.Errorf("the task is %+v", task)
	}
}

func TestCaseIsAssigned(t *testing.T) {
	b := newBureau(t)
	id := b.file("A file")
	b.ok(b.desk.AssignCase(t.Context(), supervisor, id, entente.Supervisor, supervisor.ID))
	if c := b.view(id).Case; c.Owner != entente.Supervisor || c.Officer != supervisor.ID {
		t.Errorf("it belongs to %s, %s", c.Owner, c.Officer)
	}
	b.want(b.desk.AssignCase(t.Context(), supervisor, id, entente.Overseer, ""), entente.Invalid, "to an overseer")
	b.want(b.desk.AssignCase(t.Context(), supervisor, id, entente.Analyst, supervisor.ID), entente.Invalid, "to an officer of another role")
	b.want(b.desk.AssignCase(t.Context(), supervisor, id, entente.Analyst, "nobody"), entente.NotFound, "to nobody")
	gone := entente.Officer{ID: "gone.long", Role: entente.Analyst, Disabled: day.Add(-time.Hour)}
	b.put(func(tx entente.Tx) error { return tx.PutOfficer(gone) })
	b.want(b.desk.AssignCase(t.Context(), supervisor, id, entente.Analyst, gone.ID), entente.Invalid, "to one who has left")
}
