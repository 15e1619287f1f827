package casework_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/match"
)

var kadaev = man("Arsen Kadaev", "1986-03-14")

// probable gives a man who is only probably the same when his birth date is not
// told: how likely that is belongs to package match.
func probable(t *testing.T) entente.Subject {
	t.Helper()
	for _, name := range []string{"Arsen Kadaev", "Mira Volna", "Mohammed Ali", "John Smith", "Maria Garcia", "Ali Ali", "Wei Li"} {
		who := man(name, "1979-05-05")
		if match.Compare(man(name, ""), who).Band == entente.BandProbable {
			return who
		}
	}
	t.Fatal("nobody is only probably the same")
	return entente.Subject{}
}

// A task is decided when its hits are: the same person if one of them is, else
// unclear if one is, else somebody else.
func TestVerdictByHit(t *testing.T) {
	const same, other, unclear = entente.VerdictSame, entente.VerdictOther, entente.VerdictUnclear
	for _, x := range []struct {
		answers [3]entente.VerdictCode
		want    entente.VerdictCode
	}{
		{[3]entente.VerdictCode{same, other, other}, same},
		{[3]entente.VerdictCode{other, same, unclear}, same},
		{[3]entente.VerdictCode{unclear, other, other}, unclear},
		{[3]entente.VerdictCode{other, other, unclear}, unclear},
		{[3]entente.VerdictCode{other, other, other}, other},
	} {
		t.Run(fmt.Sprint(x.answers), func(t *testing.T) {
			b := newBureau(t)
			file := b.file("A file", kadaev)
			b.close(file)
			b.fly("Arsen Kadaev,1986-03-14,B1", "Арсен Кадаев,1986-03-14,B2", "Arsen Kadayev,1986-03-14,B3")
			v := b.sole()
			if len(v.Hits) != 3 {
				t.Fatalf("%d hits in the task", len(v.Hits))
			}
			for i, h := range v.Hits {
				b.ok(b.decide(analyst, v.Task.ID, x.answers[i], h.ID))
				if decided := b.task(v.Task.ID).Task.Decided; (decided != nil) != (i == 2) {
					t.Errorf("after %d of 3 hits it is decided: %+v", i+1, decided)
				}
			}
			done := b.task(v.Task.ID)
			if done.Task.Decided.Answer != x.want {
				t.Errorf("the task is %s, want %s", done.Task.Decided.Answer, x.want)
			}
			for _, h := range done.Hits {
				if h.Decided == nil || (h.Decided.Answer == other) != (h.Cleared != "") {
					t.Errorf("a hit is %+v, clearing %q", h.Decided, h.Cleared)
				}
			}
			if state := b.view(file).Case.State; (state == entente.CaseOpen) != (x.want == same) {
				t.Errorf("the file is %s", state)
			}
			b.want(b.decide(supervisor, v.Task.ID, same), entente.Conflict, "decided twice")
		})
	}
}

func TestDecisionIsHeldToItsTask(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	b.fly("Arsen Kadaev,1986-03-14,B1")
	id := b.sole().Task.ID
	b.want(b.decide(analyst, id, entente.VerdictContinue), entente.Invalid, "a watch's answer")
	b.want(b.decide(analyst, id, entente.VerdictSame, "none"), entente.Invalid, "a hit of another task")
	b.want(b.decide(analyst, "none", entente.VerdictSame), entente.NotFound, "no task")
	b.want(b.desk.DecideTask(t.Context(), analyst, id, casework.Decision{Answer: entente.VerdictSame}), entente.Invalid, "no reason")
	b.want(b.desk.DecideTask(t.Context(), analyst, id, casework.Decision{Answer: entente.VerdictSame, Reason: "Unseen."}), entente.Invalid, "no hit that he was shown")
	if v := b.sole(); v.Task.Decided != nil || v.Hits[0].Decided != nil {
		t.Error("what was refused decided something")
	}
}

// One flag for each sighting, however many targets of the file it met and however
// many answers it took.
func TestOneFlagForEachSighting(t *testing.T) {
	b := newBureau(t)
	file := b.file("A file", kadaev)
	b.watch(casework.NewWatch{Subject: kadaev, Case: file})
	b.fly("Arsen Kadaev,1986-03-14,B1")
	v := b.sole()
	if v.Task.Kind != entente.TaskHit || len(v.Hits) != 2 {
		t.Fatalf("%s with %d hits", v.Task.Kind, len(v.Hits))
	}
	for _, h := range v.Hits {
		b.ok(b.decide(analyst, v.Task.ID, entente.VerdictSame, h.ID))
	}
	if c := b.view(file); len(c.Flags) != 1 {
		t.Errorf("%d flags for one flight", len(c.Flags))
	}
}

// Strong hits climb after an hour, probable ones after four, from role to role to
// the overseer.
func TestClimbing(t *testing.T) {
	b := newBureau(t)
	strong := b.watch(casework.NewWatch{Subject: kadaev})
	unsure := probable(t)
	b.watch(casework.NewWatch{Subject: unsure})
	b.fly("Arsen Kadaev,1986-03-14,B1", unsure.Names[0].Text+",,B2")
	owners := func() string {
		var hot, cool entente.Role
		for _, task := range b.open() {
			if task.Target.ID == string(strong) {
				hot = task.Owner
			} else {
				cool = task.Owner
			}
		}
		return fmt.Sprint(hot, " ", cool)
	}
	for _, task := range b.open() {
		if want := task.Band.Clock(); task.Due.Sub(task.Opened) != want {
			t.Errorf("a %s task is due after %s, want %s", task.Band, task.Due.Sub(task.Opened), want)
		}
	}
	for _, x := range []struct {
		wait time.Duration
		want string
	}{
		{59 * time.Minute, "analyst analyst"},
		{time.Minute, "supervisor analyst"},
		{time.Hour, "overseer analyst"},
		{2 * time.Hour, "overseer supervisor"},
		{100 * time.Hour, "overseer overseer"},
	} {
		b.tick(x.wait)
		if got := owners(); got != x.want {
			t.Errorf("at %s: %s, want %s", b.now.Format("15:04"), got, x.want)
		}
	}
	if n, err := b.desk.TasksWaiting(t.Context(), supervisor); n != 2 || err != nil {
		t.Errorf("%d tasks wait for the supervisor, who alone may decide them: %v", n, err)
	}
}

// Who acknowledges a task stops its first clock and starts the second: a strong hit
// is decided within four hours, or goes to the next role, which has both clocks anew.
func TestUndecidedTaskClimbs(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	b.fly("Arsen Kadaev,1986-03-14,B1")
	id := b.sole().Task.ID
	b.now = b.now.Add(30 * time.Minute)
	b.ok(b.desk.SeeTask(t.Context(), analyst, id))
	b.ok(b.desk.SeeTask(t.Context(), supervisor, id))
	if task := b.sole().Task; task.Seen.By != analyst.ID || !task.Due.Equal(b.now.Add(4*time.Hour)) {
		t.Errorf("seen by %+v, want the first; due %s", task.Seen, task.Due)
	}
	if n := b.tick(4*time.Hour - time.Minute); n != 0 {
		t.Errorf("it climbed %d steps before its time", n)
	}
	if n := b.tick(time.Minute); n != 1 {
		t.Errorf("nobody decided it, and it climbed %d steps", n)
	}
	task := b.sole().Task
	if task.Owner != entente.Supervisor || task.Seen != nil || len(task.Climbs) != 1 || task.Climbs[0].Held != analyst.ID || !task.Due.Equal(b.now.Add(time.Hour)) {
		t.Errorf("the task is %+v", task)
	}
	b.want(b.desk.SeeTask(t.Context(), analyst, id), entente.Conflict, "acknowledged again by who let it lie")
	b.ok(b.desk.SeeTask(t.Context(), supervisor, id))
	b.tick(4 * time.Hour)
	if task := b.sole().Task; task.Owner != entente.Overseer || task.Climbs[1].Held != supervisor.ID {
		t.Errorf("the task is %+v", task)
	}
	if n := b.tick(1000 * time.Hour); n != 0 || !b.now.After(b.sole().Task.Due) {
		t.Error("on the last rung it does not stay, overdue")
	}
	b.ok(b.decide(analyst, id, entente.VerdictUnclear)) // but he may decide
	if n := b.tick(time.Hour); n != 0 {
		t.Error("a task that is decided climbs")
	}
}

// Each kind of task has its term. A question about a watch has until its day.
func TestTerms(t *testing.T) {
	b := newBureau(t)
	unsure := probable(t)
	file := b.file("A file", kadaev)
	b.watch(casework.NewWatch{Subject: unsure})
	b.watch(casework.NewWatch{Subject: man("Karen Lindal", ""), Review: b.now.Add(10 * days)})
	b.tick(time.Minute)
	b.fly(unsure.Names[0].Text + ",,B2")
	b.tells(tipOn("A warning", kadaev))
	b.close(b.file("Another file"))
	want := map[entente.TaskKind]time.Duration{entente.TaskHit: 24 * time.Hour, entente.TaskLink: 24 * time.Hour, entente.TaskWatch: 10*days - time.Minute}
	for _, task := range b.open() {
		b.ok(b.desk.SeeTask(t.Context(), supervisor, task.ID))
		if got := b.task(task.ID).Task.DecideBy.Sub(b.now); got != want[task.Kind] {
			t.Errorf("a %s %s task is to be decided within %s, want %s", task.Band, task.Kind, got, want[task.Kind])
		}
		delete(want, task.Kind)
	}
	if len(want) > 0 {
		t.Errorf("no task was made of %v, file %s", want, file)
	}
}

// A hit that comes later is one that nobody has seen: it asks anew. But what lay
// there before is not put off by it, however often that happens.
func TestLaterHitsPutNothingOff(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	var flights []string
	again := func() { // on one more flight of that day
		flights = append(flights, "Arsen Kadaev,1986-03-14,B1")
		b.fly(flights...)
	}
	again()
	id := b.sole().Task.ID
	b.ok(b.desk.SeeTask(t.Context(), analyst, id))
	first := b.sole().Task.DecideBy
	b.now = b.now.Add(time.Hour)
	again()
	task := b.sole().Task
	if task.ID != id || task.Seen != nil || task.Owner != entente.Analyst || task.Hits != 2 {
		t.Errorf("the task is %+v", task)
	}
	b.ok(b.desk.SeeTask(t.Context(), analyst, id))
	if task := b.sole().Task; !task.Due.Equal(first) {
		t.Errorf("the second hit put the decision off until %s", task.Due)
	}
	for i, want := range []entente.Role{entente.Supervisor, entente.Overseer, entente.Overseer} {
		b.tick(4 * time.Hour)
		if task := b.sole().Task; task.Owner != want || task.Seen != nil {
			t.Errorf("after %d terms it is with the %s", i+1, task.Owner)
		}
		b.ok(b.desk.SeeTask(t.Context(), supervisor, id))
		again()
		if b.sole().Task.Seen != nil {
			t.Error("the new hit is acknowledged already")
		}
		b.tick(30 * time.Minute)
		b.ok(b.desk.SeeTask(t.Context(), analyst, id))
	}
}

// A stronger hit makes the task due as soon as it would be by itself.
func TestStrongerHitHastens(t *testing.T) {
	b := newBureau(t)
	unsure := probable(t)
	b.watch(casework.NewWatch{Subject: unsure})
	name, born := unsure.Names[0].Text, unsure.Births[0].Date.String()
	b.fly(name + ",,B2")
	first := b.sole().Task
	if first.Band != entente.BandProbable {
		t.Fatalf("the first hit is %s", first.Band)
	}
	b.now = b.now.Add(time.Hour)
	b.fly(name + "," + born + ",B2")
	task := b.sole().Task
	if task.ID != first.ID || task.Band != entente.BandStrong || !task.Due.Equal(b.now.Add(time.Hour)) {
		t.Errorf("the task is %s, due %s", task.Band, task.Due)
	}
}

// Of two officers who decide at once one wins, and nothing is doubled.
func TestTwoDecideAtOnce(t *testing.T) {
	b := newBureau(t)
	file := b.file("A file", kadaev)
	b.close(file)
	b.fly("Arsen Kadaev,1986-03-14,B1")
	id := b.sole().Task.ID
	var errs [8]error
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			by, answer := analyst, entente.VerdictSame
			if i%2 == 1 {
				by, answer = supervisor, entente.VerdictOther
			}
			errs[i] = b.decide(by, id, answer)
		})
	}
	all.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, entente.Conflict) {
			t.Errorf("a loser is told: %v", err)
		}
	}
	v, c := b.task(id), b.view(file)
	same := v.Task.Decided.Answer == entente.VerdictSame
	if won != 1 || (c.Case.State == entente.CaseOpen) != same || (len(c.Flags) == 1) != same || (len(c.Clear) == 1) == same {
		t.Errorf("%d won: %s, the file is %s with %d flags and %d clearings", won, v.Task.Decided.Answer, c.Case.State, len(c.Flags), len(c.Clear))
	}
}

// What one source brings too much of is in one task, and the answer reaches every
// file that was met.
func TestVerdictOnFloodReachesItsFiles(t *testing.T) {
	b := newBureau(t)
	var all []string
	var files []entente.CaseID
	for i := range 103 {
		name := fmt.Sprintf("%c%co%cim %c%cadar%cov", 'B'+i%20, 'a'+i%7, 'b'+i%11, 'K'+i%9, 'a'+i/20, 'd'+i%13)
		born := time.Date(1930+i%60, time.Month(1+i%12), 1+i%28, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) // the names are alike
		files = append(files, b.file(name, man(name, born)))
		b.close(files[i])
		all = append(all, name+","+born+",P"+fmt.Sprint(i))
	}
	b.fly(all...)
	flood, err := b.desk.Tasks(t.Context(), supervisor, entente.TaskQuery{Open: true, Kind: entente.TaskHit, Owner: entente.Supervisor})
	b.ok(err)
	if len(flood) != 1 {
		t.Fatalf("%d tasks gather the flood", len(flood))
	}
	gathered := map[entente.CaseID]bool{}
	for _, h := range b.task(flood[0].ID).Hits {
		gathered[entente.CaseID(h.Target.ID)] = true
	}
	for id := range gathered {
		b.ok(b.desk.ReopenCase(t.Context(), analyst, id, "By hand."))
		b.want(b.closing(analyst, id, "Again."), entente.Conflict, "closed over the head of who waits in the flood")
	}
	b.ok(b.decide(supervisor, flood[0].ID, entente.VerdictSame))
	opened := 0
	for _, id := range files {
		if c := b.view(id); (c.Case.State == entente.CaseOpen) != gathered[id] {
			t.Errorf("a file that is in the flood: %v, is %s", gathered[id], c.Case.State)
		} else if gathered[id] && len(c.Flags) == 1 {
			opened++
		}
	}
	if opened != len(gathered) || opened == 0 {
		t.Errorf("%d of %d files opened with their flag", opened, len(gathered))
	}
}

// A task of many is looked at and decided page by page: what is decided makes room
// on the first page for what waits, and nothing is decided that nobody was shown.
func TestTaskIsDecidedByPage(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	const all = 2*casework.HitsAPage + 7
	var flights []string
	for range all {
		flights = append(flights, "Arsen Kadaev,1986-03-14,B1")
	}
	b.fly(flights...)
	id := b.sole().Task.ID
	look := func(page int) casework.TaskView {
		t.Helper()
		v, err := b.desk.Task(t.Context(), overseer, id, page)
		b.ok(err)
		return v
	}
	shown := map[entente.HitID]bool{}
	for page := range 4 { // the page before the first is the first
		v := look(page)
		if v.Page != max(page, 1) || v.Pages != 3 || v.Waiting != all || len(v.Events) != len(v.Hits) {
			t.Errorf("page %d of %d, %d wait, %d hits, %d events", v.Page, v.Pages, v.Waiting, len(v.Hits), len(v.Events))
		}
		for _, h := range v.Hits {
			shown[h.ID] = true
		}
	}
	if last := look(99); len(shown) != all || last.Page != 3 || len(last.Hits) != 7 {
		t.Errorf("the pages show %d of %d hits; the last, %d, has %d", len(shown), all, last.Page, len(last.Hits))
	}
	for _, left := range []int{casework.HitsAPage + 7, 7, 0} {
		b.ok(b.decide(analyst, id, entente.VerdictOther))
		v := look(1)
		if v.Waiting != left || (v.Task.Decided == nil) != (left > 0) || left > 0 && v.Hits[0].Decided != nil {
			t.Fatalf("%d wait, want %d; decided: %+v", v.Waiting, left, v.Task.Decided)
		}
	}
}
