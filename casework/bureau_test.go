package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/record"
	"entente/screen"
)

// bureau is Albia's desk with what compares for it.
type bureau struct {
	*office
	screen *screen.Screen
	work   *casework.Desk // of this process
}

func newBureau(t *testing.T) *bureau { return (&bureau{office: newOffice(t)}).process() }

// process is another process over the same store, with the same clock.
func (b *bureau) process() *bureau {
	b = &bureau{office: b.office}
	now := func() time.Time { return b.now }
	keys := b.keys["albia-ncc"]
	b.screen = screen.New(screen.Config{Self: "albia-ncc", Store: b.store, Log: record.Log{Party: "albia-ncc", Key: keys.Ledger.Signer()}, Now: now})
	b.work = casework.New(casework.Config{Self: "albia-ncc", Keys: keys, Store: b.store, Out: b.out, Screen: b.screen, Now: now})
	b.desk = b.work
	return b
}

// man is a subject by name and, if known, birth date.
func man(name, born string) entente.Subject {
	s := entente.Subject{Names: []entente.Name{{Text: name}}}
	if born != "" {
		d, err := entente.ParsePartialDate(born)
		if err != nil {
			panic(err)
		}
		s.Births = []entente.Birth{{Date: d}}
	}
	return s
}

// tipOn is a tip about some people.
func tipOn(title string, subjects ...entente.Subject) entente.Statement {
	s := tip(title)
	for i, who := range subjects {
		who.ID = fmt.Sprintf("s%d", i+1)
		who.Births = slices.Clone(who.Births)
		for j := range who.Births {
			who.Births[j].ID, who.Births[j].Grade, who.Births[j].Nature = fmt.Sprintf("b%d%d", i+1, j+1), "F6", entente.NatureFact
		}
		s.Tip.Subjects = append(s.Tip.Subjects, who)
	}
	return s
}

// tells files a tip of Borea and has it compared.
func (b *bureau) tells(s entente.Statement) entente.MessageID {
	b.Helper()
	id := b.one(entente.Incoming, entente.Routine, false, s)
	_, err := b.screen.Messages(b.Context())
	b.ok(err)
	return id
}

// fly feeds arrivals, each "name,born,passport", on a day of the bureau's clock.
func (b *bureau) fly(travellers ...string) entente.Feeding {
	b.Helper()
	var text strings.Builder
	text.WriteString("kind,name,born,passport,carrier,flight,from,to,arrives\n")
	for i, t := range travellers {
		fmt.Fprintf(&text, "arrival,%s,XB,%d,NVG,OST,%sT15:20\n", t, 100+i, b.now.Format(time.DateOnly))
	}
	f, err := b.screen.Feed(b.Context(), analyst, screen.Source{Feed: "ostvik-airport", Format: "csv", At: b.now}, strings.NewReader(text.String()), nil)
	b.ok(err)
	return f
}

func (b *bureau) watch(n casework.NewWatch) entente.WatchID {
	b.Helper()
	n.Purpose, n.Reason = "terrorism-prevention", "He is asked about."
	id, err := b.desk.OpenWatch(b.Context(), analyst, n)
	b.ok(err)
	return id
}

func (b *bureau) file(title string, subjects ...entente.Subject) entente.CaseID {
	b.Helper()
	id, err := b.desk.OpenCase(b.Context(), analyst, casework.NewCase{Title: title, Purpose: "terrorism-prevention", Subjects: subjects})
	b.ok(err)
	return id
}

func (b *bureau) close(id entente.CaseID) {
	b.Helper()
	b.ok(b.closing(analyst, id, "No links."))
}

func (b *bureau) closing(by entente.Officer, id entente.CaseID, reason string) error {
	return b.desk.CloseCase(b.Context(), by, id, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: reason})
}

func (b *bureau) view(id entente.CaseID) casework.CaseView {
	b.Helper()
	v, err := b.desk.Case(b.Context(), overseer, id)
	b.ok(err)
	for i, e := range v.Entries {
		if e.Seq != int64(i) {
			b.Errorf("line %d of the timeline has number %d", i, e.Seq)
		}
	}
	return v
}

// open gives the tasks that nobody has decided.
func (b *bureau) open() []entente.Task {
	b.Helper()
	all, err := b.desk.Tasks(b.Context(), overseer, entente.TaskQuery{Open: true})
	b.ok(err)
	return all
}

// sole gives the only undecided task.
func (b *bureau) sole() casework.TaskView {
	b.Helper()
	all := b.open()
	if len(all) != 1 {
		b.Fatalf("%d tasks wait, want one: %+v", len(all), all)
	}
	return b.task(all[0].ID)
}

func (b *bureau) task(id entente.TaskID) casework.TaskView {
	b.Helper()
	v, err := b.desk.Task(b.Context(), overseer, id, 1)
	b.ok(err)
	if v.Pages == 1 && v.Task.Hits != len(v.Hits) {
		b.Errorf("the task says %d hits and has %d", v.Task.Hits, len(v.Hits))
	}
	return v
}

// decide answers a task: for the hits named, or else for all of its first page.
func (b *bureau) decide(by entente.Officer, id entente.TaskID, answer entente.VerdictCode, hits ...entente.HitID) error {
	if v, err := b.desk.Task(b.Context(), overseer, id, 1); err == nil && len(hits) == 0 {
		for _, h := range v.Hits {
			hits = append(hits, h.ID)
		}
	}
	return b.desk.DecideTask(b.Context(), by, id, casework.Decision{Answer: answer, Reason: "As the papers show.", Hits: hits})
}

// tick lets time pass, and gives how much it changed.
func (b *bureau) tick(d time.Duration) int {
	b.Helper()
	b.now = b.now.Add(d)
	n, err := b.desk.Tick(b.Context())
	b.ok(err)
	if again, err := b.desk.Tick(b.Context()); again != 0 || err != nil {
		b.Errorf("a second tick at %s changed %d more: %v", b.now, again, err)
	}
	return n
}

const days = 24 * time.Hour
