package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"entente"
)

func TestTasks(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	page := c.get("/tasks")
	if !page.says("strong Арсен Кадаев: arrival, flight XB 117, NVG to OST, leaves 2011-03-08 13:05 Does the closed file open again? 2 matches supervisor it climbed: nobody took it overdue by 35 minutes") {
		t.Errorf("the row: %s", text(parseHTML(page.body)))
	}
	if page.says("More hits of ostvik-airport") {
		t.Error("another role's tasks are listed as mine")
	}
	if got := c.get("/tasks?of=all&kind=link"); !got.says("with anna.kern") || got.says("More hits") {
		t.Error("the tasks of all roles of one kind are not listed")
	}
	// The menu of every page says how many wait for the reader's role.
	for role, want := range map[entente.Role]string{entente.Analyst: "Tasks waiting: 4", entente.Supervisor: "Tasks waiting: 1", entente.Releaser: ""} {
		got := b.as(t, role).get("/account")
		if want != "" && !got.says(want) || want == "" && got.says("waiting:") {
			t.Errorf("%s: the menu does not say %q", role, want)
		}
	}
	b.office.empty = true
	if got := c.get("/tasks"); !got.says("Nothing waits for a decision.") {
		t.Error("an empty queue does not say what that means")
	}
}

// A person sees why on one page: both sides field by field, the journey, what the
// watch and the file say. What met the same is shown once.
func TestTaskPage(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	at := "/tasks/" + string(hitTask)
	page := c.get(at)
	for _, want := range []string{
		"Does the closed file open again?", "The watch asks Tell Borea at once, under North Star", "File Арсен Кадаев closed Closed 2010-08-30", "He left Albia before the letter came.",
		"It met Арсен Кадаев watch Арсен Кадаев case", "Names KADAYEV ARSEN as in a passport’s machine-readable zone KADAEV<<ARSEN as in a passport’s machine-readable zone",
		"speaks for year off by one", "Documents XB0000417 passport XB XB 0000417 passport XB speaks strongly for same number", "phone only one side has it",
		"Nobody took it: it went to the supervisor", "It goes into the file as a reason for concern. A closed file opens.",
	} {
		if !page.says(want) {
			t.Errorf("the page does not say %q: %s", want, text(parseHTML(page.body)))
		}
	}
	if n := len(all(parseHTML(page.body), tag("table"))); n != 1 {
		t.Errorf("one traveller who met a watch and its file is compared %d times", n)
	}
	if got := c.submit(page, at, "I have it", nil); got.to != at+"?done=task-seen" || b.office.tasks[0].Seen == nil {
		t.Errorf("seen: to %q", got.to)
	}
	got := c.submit(page, at, "Decide", url.Values{"answer": {"same"}})
	if got.status != 422 || !got.says("Reason: It is empty.") || !strings.Contains(got.body, `value="same" checked`) {
		t.Errorf("without a reason: status %d", got.status)
	}
	got = c.submit(got, at, "Decide", url.Values{"reason": {"The same passport."}})
	if got.to != at+"?done=task-decided" || b.office.decided.Answer != entente.VerdictSame || len(b.office.decided.Hits) != 2 { // those that were shown: another may have come meanwhile
		t.Errorf("decided: to %q: %+v", got.to, b.office.decided)
	}
	if got = c.get(at); !got.says("The same person, clara.voss just now") || got.says("What decided it") {
		t.Errorf("afterwards: %s", text(parseHTML(got.body)))
	}
	got = c.post(at+"/decide", url.Values{"answer": {"other"}, "reason": {"Too old."}})
	if got.status != 409 || !got.says("Somebody was faster The task is decided already, by clara.voss. A hit that comes later makes a new task.") {
		t.Errorf("a second decision: status %d", got.status)
	}
}

// Of a flood, each traveller can be decided by himself; all are ticked to begin with.
func TestTaskOfMany(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := "/tasks/" + string(floodTask)
	page := c.get(at)
	f := all(parseHTML(page.body), hasID("decide"))
	ticked := fields(f[0])["hits"]
	if len(ticked) != 4 {
		t.Errorf("%d of 4 are ticked", len(ticked))
	}
	if !page.says("جواز السفر لشخص آخر") {
		t.Error("what was decided already is not shown")
	}
	got := c.submit(page, at, "Decide", url.Values{"answer": {"other"}, "reason": {"x"}, "hits": {}})
	if got.status != 422 || !got.says("Which of the matches: None is chosen.") {
		t.Errorf("none chosen: status %d", got.status)
	}
	got = c.submit(page, at, "Decide", url.Values{"answer": {"other"}, "reason": {"x"}, "hits": ticked[:1]})
	if want := []entente.HitID{entente.HitID(ticked[0])}; got.status != 303 || !slices.Equal(b.office.decided.Hits, want) {
		t.Errorf("status %d, decided %v, want %v", got.status, b.office.decided.Hits, want)
	}
}

// A task of many is decided page by page, and only what a page shows.
func TestTaskPages(t *testing.T) {
	b := serve(t, words())
	b.office.aPage = 3
	c := b.as(t, entente.Analyst)
	at := "/tasks/" + string(floodTask)
	page := c.get(at + "?page=2")
	for _, want := range []string{"Page 2 of 2 5 matches in all; what waits for a decision comes first", "4 matches wait for a decision", "Page before"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q: %s", want, text(parseHTML(page.body)))
		}
	}
	if page.says("Next page") {
		t.Error("there is a page after the last")
	}
	got := c.submit(page, at+"/decide?page=2", "Decide", url.Values{"answer": {"other"}})
	if got.status != 422 || !got.says("Page 2 of 2") {
		t.Errorf("a mistake: status %d, and the page is another", got.status)
	}
	got = c.submit(got, at+"/decide?page=2", "Decide", url.Values{"reason": {"x"}})
	if got.to != at+"?done=task-decided" || len(b.office.decided.Hits) != 2 {
		t.Errorf("to %q: decided %v", got.to, b.office.decided.Hits)
	}
}

// Whoever let his time for a decision run out may decide, and not take it again.
func TestTaskThatClimbedUndecided(t *testing.T) {
	b := serve(t, words())
	climb := entente.Climb{To: entente.Supervisor, At: ago(hour), Held: officerOf(entente.Analyst).ID}
	b.office.tasks[0].Climbs = append(b.office.tasks[0].Climbs, climb)
	at := "/tasks/" + string(hitTask)
	page := b.as(t, entente.Analyst).get(at)
	if !page.says("anna.kern did not decide it in time: it went to the supervisor") || page.says("I have it") || !strings.Contains(page.body, `name="answer"`) {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
	c := b.as(t, entente.Supervisor)
	if page = c.get(at); !page.says("I have it Then it is to be decided within 4 hours, or it climbs.") {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
	if list := c.get("/tasks"); !list.says("it climbed: nobody decided it") {
		t.Error("the queue does not say why it climbed")
	}
	b.office.tasks[0].Seen = &entente.Act{By: "clara.voss", At: ago(hour)}
	if page = c.get(at); !page.says("It is with clara.voss an hour ago") && !page.says("It is with clara.voss 1 hour ago") || !page.says("It is to be decided by") {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
}

// Flags alone ask whether a file opens; an overseer sees it and decides nothing.
func TestTaskOfFlags(t *testing.T) {
	b := serve(t, words())
	at := "/tasks/" + string(flagTask)
	if page := b.as(t, entente.Analyst).get(at); !page.says("It opens again") || !page.says("It stays closed") || page.says("Somebody else") {
		t.Error("the answers do not fit the question")
	}
	page := b.as(t, entente.Overseer).get(at)
	if !page.says("Analysts and supervisors decide it.") || strings.Contains(page.body, `name="answer"`) {
		t.Error("the overseer is offered to decide")
	}
}

func TestTaskOfAWatch(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := "/tasks/" + string(watchTask)
	page := c.get(at)
	if !page.says("A second person has not agreed yet. Until then it goes on.") || !page.says("Its end is announced for in 14 days") {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
	got := c.submit(page, at, "Decide", url.Values{"answer": {"continue"}, "reason": {"Still in danger."}, "review": {"2011-09-01"}})
	if got.status != 303 || b.office.decided.Review.Format("2006-01-02") != "2011-09-01" {
		t.Errorf("status %d, review %v", got.status, b.office.decided.Review)
	}
}
