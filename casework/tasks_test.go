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
// the overseer; not once somebody has seen them.
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

func TestSeenStopsClimbing(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	b.fly("Arsen Kadaev,1986-03-14,B1")
	id := b.sole().Task.ID
	b.ok(b.desk.SeeTask(t.Context(), analyst, id))
	b.ok(b.desk.SeeTask(t.Context(), supervisor, id))
	if n := b.tick(100 * time.Hour); n != 0 {
		t.Errorf("it climbed %d steps", n)
	}
	if task := b.sole().Task; task.Seen.By != analyst.ID {
		t.Errorf("seen by %+v, want the first", task.Seen)
	}
	// A hit that comes later is one that nobody has seen.
	b.fly("Arsen Kadaev,1986-03-14,B1")
	task := b.sole().Task
	if task.ID != id || task.Seen != nil || task.Owner != entente.Analyst || task.Hits != 2 {
		t.Errorf("the task is %+v", task)
	}
	if n := b.tick(time.Hour); n != 1 {
		t.Error("the second hit does not climb")
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
		files = append(files, b.file(name, man(name, "1980-02-03")))
		b.close(files[i])
		all = append(all, name+",1980-02-03,P"+fmt.Sprint(i))
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
