package casework_test

import (
	"strings"
	"testing"
	"time"

	"entente"
	"entente/casework"
)

func (b *bureau) watchOf(id entente.WatchID) entente.Watch {
	b.Helper()
	v, err := b.desk.Watch(b.Context(), overseer, id)
	b.ok(err)
	return v.Watch
}

func TestWatchIsHeldToItsBounds(t *testing.T) {
	b := newBureau(t)
	who := man("Arsen Kadaev", "")
	for what, n := range map[string]casework.NewWatch{
		"nobody":                       {},
		"a wild owner":                 {Subject: who, Owner: entente.Releaser},
		"a review in the past":         {Subject: who, Review: day.Add(-time.Hour)},
		"a limit before review":        {Subject: who, Limit: day.Add(days)},
		"a long title":                 {Subject: who, Title: strings.Repeat("x", 201)},
		"a file that is not here":      {Subject: who, Case: "none"},
		"a message that is not here":   {Subject: who, Message: "none"},
		"a name that cannot be a name": {Subject: man("\x00", "")},
	} {
		n.Purpose, n.Reason = "terrorism-prevention", "x"
		if _, err := b.desk.OpenWatch(t.Context(), analyst, n); err == nil {
			t.Errorf("%s is watched for", what)
		}
	}
	for _, n := range []casework.NewWatch{{Subject: who, Purpose: "p"}, {Subject: who, Reason: "r"}} {
		_, err := b.desk.OpenWatch(t.Context(), analyst, n)
		b.want(err, entente.Invalid, "without purpose or reason")
	}
	if all, err := b.desk.Watches(t.Context(), analyst, false); err != nil || len(all) != 0 {
		t.Errorf("%d watches are left of those refused: %v", len(all), err)
	}
}

// A document is watched for whatever name stands in it.
func TestWatchForDocument(t *testing.T) {
	b := newBureau(t)
	stolen := entente.Document{Type: "passport", Number: "B4410027", Country: "XB"}
	b.watch(casework.NewWatch{Subject: entente.Subject{Documents: []entente.Document{stolen}}, Title: "The stolen passport"})
	b.watch(casework.NewWatch{Subject: entente.Subject{Names: kadaev.Names, Births: kadaev.Births, Documents: []entente.Document{stolen}}})
	tip := b.tells(tipOn("A new name", entente.Subject{Names: man("Somebody Else", "").Names, Documents: []entente.Document{stolen}}))
	if tasks := b.open(); len(tasks) != 2 {
		t.Errorf("the passport of %s, under another name, made %d tasks of two watches", tip, len(tasks))
	}
	if f := b.fly("Somebody Else,1990-01-01,B4410027", "Somebody Else,1990-01-01,B4410028"); f.Hits == 0 || f.Hits > 2 {
		t.Errorf("the passport at the airport made %d hits", f.Hits)
	}
}

// A watch goes on when its file is closed, and meets the man on either spelling;
// corrected, it meets the other date.
func TestWatchSurvivesItsFile(t *testing.T) {
	b := newBureau(t)
	file := b.file("A file")
	id := b.watch(casework.NewWatch{Subject: man("Арсен Кадаев", "1961-11-02"), Case: file})
	b.close(file)
	b.want(b.desk.CorrectWatch(t.Context(), analyst, id, man("Арсен Кадаев", "1986-03-14"), ""), entente.Invalid, "without a reason")
	b.ok(b.desk.CorrectWatch(t.Context(), analyst, id, man("Арсен Кадаев", "1986-03-14"), "The true date was on file."))
	b.fly("KADAEV ARSEN,1986-03-14,B1")
	v := b.sole()
	if v.Task.Kind != entente.TaskReopen || v.Task.Case != file || len(v.Watches) != 1 || v.Case == nil {
		t.Fatalf("the task is %+v", v.Task)
	}
	b.ok(b.decide(analyst, v.Task.ID, entente.VerdictSame))
	c := b.view(file)
	if c.Case.State != entente.CaseOpen || len(c.Hits) != 1 || len(c.Flags) != 1 || c.Flags[0].Source != "ostvik-airport" {
		t.Errorf("the file is %s with %d hits, flags %+v", c.Case.State, len(c.Hits), c.Flags)
	}
}

// A watch without a file has no timeline: it keeps itself whom it was for, who
// corrected that, and why.
func TestWatchKeepsItsCorrections(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", "1961-11-02")})
	b.ok(b.desk.CorrectWatch(t.Context(), analyst, id, man("Arsen Kadaev", "1986-03-14"), "The true date was on file."))
	b.want(b.desk.CorrectWatch(t.Context(), analyst, id, entente.Subject{}, "He is nobody."), entente.Invalid, "nobody is watched for")
	b.now = b.now.Add(days)
	b.ok(b.desk.CorrectWatch(t.Context(), supervisor, id, man("Арсен Кадаев", "1986-03-14"), "As his passport has it."))
	w := b.watchOf(id)
	if len(w.Corrected) != 2 || w.Subject.Names[0].Text != "Арсен Кадаев" {
		t.Fatalf("the watch is %+v", w)
	}
	first, then := w.Corrected[0], w.Corrected[1]
	if first.By != analyst.ID || first.Reason != "The true date was on file." || first.Was.Births[0].Date.Year != 1961 {
		t.Errorf("the first correction is %+v", first)
	}
	if then.By != supervisor.ID || !then.At.Equal(b.now) || then.Was.Names[0].Text != "Arsen Kadaev" || then.Was.Births[0].Date.Year != 1986 {
		t.Errorf("the second correction is %+v", then)
	}
}

// The end of a watch is announced fourteen days before, and somebody else agrees.
func TestWatchEndsByTwo(t *testing.T) {
	b := newBureau(t)
	file := b.file("A file")
	id := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", "1986-03-14"), Case: file})
	b.want(b.desk.EndWatch(t.Context(), analyst, id, b.now.Add(13*days), "He is gone."), entente.Invalid, "announced too late")
	b.ok(b.desk.EndWatch(t.Context(), analyst, id, time.Time{}, "He is gone."))
	task := b.sole().Task
	if task.Kind != entente.TaskWatch || task.Owner != entente.Supervisor {
		t.Fatalf("the task is %+v", task)
	}
	b.want(b.decide(analyst, task.ID, entente.VerdictEnd), entente.Denied, "agreed by who announced it")
	b.want(b.decide(supervisor, task.ID, entente.VerdictSame), entente.Invalid, "a wild answer")
	b.tick(20 * days)
	if w := b.watchOf(id); w.Ended != nil || b.fly("Arsen Kadaev,1986-03-14,B1").Hits != 1 {
		t.Fatal("it ended before a second person agreed")
	}
	b.ok(b.decide(supervisor, task.ID, entente.VerdictEnd))
	b.tick(time.Minute)
	w := b.watchOf(id)
	if w.Ended == nil || w.Ended.By != analyst.ID || w.Ended.Agreed == nil || w.Ended.Agreed.By != supervisor.ID {
		t.Fatalf("it ended as %+v", w.Ended)
	}
	if b.fly("Arsen Kadaev,1986-03-14,B2").Hits != 0 {
		t.Error("an ended watch hits")
	}
	b.want(b.desk.ContinueWatch(t.Context(), analyst, id, time.Time{}, "After all."), entente.Conflict, "what has ended goes on")
	var told []string
	for _, e := range b.view(file).Entries {
		if e.Kind == "watch" {
			told = append(told, e.By)
		}
	}
	if strings.Join(told, " ") != "anna.kern anna.kern paul.stern anna.kern" {
		t.Errorf("the timeline has lines by %v", told)
	}
}

// Whoever takes back an announced end ends the question, too.
func TestAnnouncedEndIsTakenBack(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", "")})
	b.ok(b.desk.EndWatch(t.Context(), analyst, id, time.Time{}, "He is gone."))
	b.want(b.desk.ContinueWatch(t.Context(), supervisor, id, b.now.Add(7*days), "Not yet."), entente.Invalid, "until a day that would be asked for at once")
	b.ok(b.desk.ContinueWatch(t.Context(), supervisor, id, time.Time{}, "Not yet."))
	b.tick(30 * days)
	if w := b.watchOf(id); w.Ended != nil || w.Ends != nil || len(w.Renewed) != 1 || len(b.open()) != 0 {
		t.Errorf("it is %+v, and %d tasks wait", w, len(b.open()))
	}
}

// A question that somebody acknowledged is not acknowledged when it becomes
// another question.
func TestNewQuestionIsAskedAnew(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", ""), Review: b.now.Add(20 * days)})
	b.tick(7 * days)
	task := b.sole().Task
	b.ok(b.desk.SeeTask(t.Context(), analyst, task.ID))
	b.ok(b.desk.EndWatch(t.Context(), analyst, id, time.Time{}, "He is gone."))
	if now := b.sole().Task; now.ID != task.ID || now.Seen != nil || now.Owner != entente.Supervisor {
		t.Errorf("the task is %+v", now)
	}
	b.tick(15 * days)
	if now := b.sole().Task; now.Owner != entente.Overseer {
		t.Errorf("nobody looked, and it is with the %s", now.Owner)
	}
}

// A watch that nobody decides on goes on beyond its review: the question climbs.
func TestReviewIsAsked(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", ""), Owner: entente.Supervisor})
	if n := b.tick(351*days - time.Hour); n != 0 {
		t.Errorf("%d changes before the notice", n)
	}
	if n := b.tick(2 * days); n != 1 || b.sole().Task.Owner != entente.Supervisor {
		t.Fatalf("%d changes when the review is near", n)
	}
	b.tick(20 * days)
	if b.sole().Task.Owner != entente.Overseer || b.watchOf(id).Ended != nil {
		t.Error("the question did not climb, or the watch ended")
	}
	b.ok(b.decide(supervisor, b.sole().Task.ID, entente.VerdictContinue))
	if n := b.tick(time.Minute); n != 0 || len(b.open()) != 0 {
		t.Errorf("it was decided, and %d changes follow", n)
	}
}

// At the legal limit a watch ends whether anybody decided or not, and then loudly.
func TestLimitEndsLoudly(t *testing.T) {
	b := newBureau(t)
	file := b.file("A file")
	id := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", "1986-03-14"), Case: file, Review: b.now.Add(30 * days), Limit: b.now.Add(60 * days)})
	b.tick(50 * days)
	task := b.sole().Task
	if task.Owner != entente.Supervisor || !strings.Contains(task.Title, "the law") {
		t.Fatalf("the task is %+v", task)
	}
	b.ok(b.decide(supervisor, task.ID, entente.VerdictContinue))
	if n := b.tick(time.Minute); n != 0 {
		t.Error("who has said that it goes on to the last day is asked again")
	}
	b.now = day.Add(60*days + time.Second)
	if b.fly("Arsen Kadaev,1986-03-14,B1").Hits != 0 {
		t.Error("it hits beyond the limit, before a tick")
	}
	b.tick(time.Second)
	w := b.watchOf(id)
	if w.Ended == nil || w.Ended.By != "" || b.sole().Task.Owner != entente.Overseer {
		t.Fatalf("it ended as %+v", w.Ended)
	}
	last := b.view(file).Entries
	if e := last[len(last)-1]; e.By != "node" || e.Watch != id {
		t.Errorf("the timeline ends with %+v", e)
	}
	b.ok(b.decide(supervisor, b.sole().Task.ID, entente.VerdictEnd))
	if n := b.tick(days); n != 0 || len(b.open()) != 0 {
		t.Errorf("the overseers were told, and %d changes follow", n)
	}
}

// A node that stood still for years does at once what was due, one step of the
// ladder at a time.
func TestTickAfterLongStop(t *testing.T) {
	b := newBureau(t)
	limited := b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", "1986-03-14"), Limit: b.now.Add(400 * days)})
	b.watch(casework.NewWatch{Subject: man("Mira Volna", "1979-05-05")})
	b.fly("Mira Volna,1979-05-05,B2")
	if n := b.tick(1000 * days); n != 3 {
		t.Errorf("%d changes, want a climb, an end and a question", n)
	}
	if b.watchOf(limited).Ended == nil {
		t.Error("the limit passed unseen")
	}
	for _, task := range b.open() {
		if len(task.Climbs) > 1 {
			t.Errorf("a task climbed %d steps at once", len(task.Climbs))
		}
	}
}
