package screen

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
	"entente/match"
	"entente/parse"
)

// opened opens a watch, or corrects it, as the desk does.
func (w world) opened(id entente.WatchID, version int, subject entente.Subject) {
	w.t.Helper()
	w.update(func(tx entente.Tx) error {
		x, err := found(tx.Watch(id))
		if x.ID == "" {
			x = entente.Watch{ID: id, Title: subject.Names[0].Text, Owner: entente.Analyst, Purpose: "test", Reason: "test", By: anna.ID, Opened: morning, Review: morning.AddDate(1, 0, 0)}
		}
		x.Version, x.Subject = version, subject
		target := entente.Target{Kind: entente.TargetWatch, ID: string(id)}
		return errors.Join(err, tx.PutWatch(x), Reconsider(tx, target, morning), Mark(tx, target))
	})
}

func (w world) looksBack() {
	w.t.Helper()
	if err := w.LookBack(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// tip files a tip of Borea, as the inbox does.
func (w world) tip(id entente.MessageID, subjects ...entente.Subject) {
	w.t.Helper()
	for i := range subjects {
		subjects[i].ID = fmt.Sprintf("s%d", i+1)
	}
	said := entente.Statement{Kind: entente.KindTip, Purpose: "test", Tip: &entente.Tip{Title: "A warning", Subjects: subjects}}
	payload, err := parse.Encode(said)
	if err != nil {
		w.t.Fatal(err)
	}
	w.update(func(tx entente.Tx) error {
		return tx.PutMessage(entente.Filed{Name: id, Direction: entente.Incoming, Thread: id, At: morning, Payload: payload, Message: entente.Message{
			Header:    entente.Header{ID: id, From: "borea-sls", To: "albia-ncc", Agreement: "north-star", Precedence: entente.Routine, Created: morning},
			Statement: said,
		}})
	})
}

// A watch that opens too late, or is corrected too late, hits what came before,
// once, in the tasks of its own, which say so.
func TestWatchOpenedTooLate(t *testing.T) {
	w := newWorld(t)
	w.feed(flights("Арсен Кадаев,1986-03-14,B4410027", "Karen Lindal,1974-09-25,A1"))
	w.opened("w", 1, person("Arsen Kadaev", "1986-03-14"))
	w.looksBack()
	hits, tasks := w.hits(), w.tasks()
	if len(hits) != 1 || len(tasks) != 1 || hits[0].Match.Band != entente.BandStrong || !strings.HasSuffix(tasks[0].Title, "on record since 2012-07-17") {
		t.Fatalf("hits %+v, tasks %+v", hits, tasks)
	}
	w.opened("w", 2, person("Karen Lindal", "1974-09-25"))
	for range 2 { // with nothing left to do it does nothing
		w.process().looksBack()
	}
	if tasks := w.tasks(); len(w.hits()) != 2 || len(tasks) != 1 || tasks[0].Hits != 2 {
		t.Errorf("corrected: %d hits, tasks %+v", len(w.hits()), tasks)
	}
	w.feed(flights("Арсен Кадаев,1986-03-14,B4410027", "Karen Lindal,1974-09-25,A1"))
	if len(w.hits()) != 2 {
		t.Errorf("fed again: %d hits", len(w.hits()))
	}
}

// A person of a file is held against what came before, and a watch against tips,
// but for the tip that asked for it.
func TestTipsOfThePast(t *testing.T) {
	w := newWorld(t)
	for i := range passTips + 7 {
		w.tip(entente.MessageID(fmt.Sprintf("tip-%03d", i)), person(fmt.Sprintf("Nobody K%cnown%c", 'a'+i%26, 'a'+i/26), "1950-01-01"))
	}
	w.tip("first", person("Арсен Кадаев", "1986-03-14"))
	w.tip("asked", person("Arsen Kadaev", "1986-03-14"))
	w.feed(flights("Kadayev Arsen,1986-03-14,B1"))
	if _, err := w.Messages(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := w.file(person("Arsen Kadaev", "1986-03-14"))
	target := entente.Target{Kind: entente.TargetCase, ID: string(c.ID)}
	c.Version, c.Messages = 2, []entente.MessageID{"asked"}
	w.update(func(tx entente.Tx) error {
		return errors.Join(tx.PutCase(c), Reconsider(tx, target, morning), Mark(tx, target))
	})
	w.looksBack()
	var met []string
	for _, h := range w.hits() {
		met = append(met, h.Sighting.String()[:13])
	}
	slices.Sort(met)
	kinds := map[entente.TaskKind]int{}
	for _, task := range w.tasks() {
		kinds[task.Kind]++
	}
	if len(met) != 2 || met[1] != "message first" || kinds[entente.TaskLink] != 1 || kinds[entente.TaskHit] != 1 {
		t.Errorf("the file met %q; tasks %v", met, kinds)
	}
}

// Far more is stored than one transaction reads, the targets change in the middle,
// and the process ends after each slice: what hits is what hits at once.
func TestPassThatIsCutOff(t *testing.T) {
	w := newWorld(t)
	var all []string
	for i := range 3*passEvents + 20 {
		all = append(all, fmt.Sprintf("Traveller Number%c%c,1970-01-01,N%d", 'a'+i%26, 'a'+i/26%26, i))
	}
	for i := 5; i < len(all); i += passEvents {
		all[i] = fmt.Sprintf("Arsen Kadaev,1986-03-14,B%d", i)
		all[i+1] = fmt.Sprintf("Mira Volna,1979-05-05,C%d", i)
	}
	w.feed(flights(all...))
	w.opened("w", 1, person("Arsen Kadaev", "1986-03-14"))
	slices := 0
	for ; slices < 100; slices++ {
		ctx, kill := context.WithCancel(t.Context())
		p := w.process()
		p.cfg.Step = func(string) { kill() }
		err := p.LookBack(ctx)
		kill()
		if slices == 1 { // another watch, and the same one again
			w.opened("x", 1, person("Mira Volna", "1979-05-05"))
			w.opened("w", 2, person("Арсен Кадаев", "1986-03-14"))
		}
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	left := read(w, func(tx entente.Tx) (n int, err error) {
		waiting, err := tx.LookBacks("", 0)
		p, errP := underPass(tx)
		if p.ID != "" {
			n++
		}
		return n + len(waiting), errors.Join(err, errP)
	})
	if tasks := w.tasks(); len(w.hits()) != 8 || len(tasks) != 2 || tasks[0].Hits != 4 || left != 0 {
		t.Errorf("%d hits after %d slices, %d are left to do; tasks %+v", len(w.hits()), slices, left, tasks)
	}
}

// A target that is gone, or has ended, or an event that is too old, is nothing to do.
func TestNothingToLookBackAt(t *testing.T) {
	w := newWorld(t)
	w.feed(flights("Arsen Kadaev,1986-03-14,B1"))
	w.update(func(tx entente.Tx) error {
		for _, kind := range []entente.TargetKind{entente.TargetWatch, entente.TargetCase, entente.TargetHolding, "other"} {
			if err := Reconsider(tx, entente.Target{Kind: kind, ID: "gone"}, morning); err != nil {
				return err
			}
		}
		return Mark(tx)
	})
	w.looksBack()
	later := w.process()
	later.cfg.Now = func() time.Time { return morning.Add(KeptEvents + time.Second) }
	later.opened("w", 1, person("Arsen Kadaev", "1986-03-14"))
	later.looksBack()
	if n := len(w.hits()); n != 0 {
		t.Errorf("%d hits", n)
	}
}

// facts are what may happen, in whatever order. A watch is opened before it is
// corrected, a booking is made before it is changed, and whoever was cleared hits
// again at the end.
type facts struct {
	watches, bookings [][2]entente.Subject
}

var spellings = []string{"Arsen Kadaev", "Арсен Кадаев", "KADAYEV ARSEN", "Mira Volna", "Мира Вольна"}

func someone(t *rapid.T, label string) entente.Subject {
	return person(rapid.SampledFrom(spellings).Draw(t, label), rapid.SampledFrom([]string{"", "1986-03-14", "1961-11-02"}).Draw(t, label+" born"))
}

// Nothing slips past because of the order in which things came: in any order, with
// looking back whenever it comes, and by any process, everybody who fits a target
// as both are known in the end has hit it, once, and a person is asked.
func TestOrderDoesNotMatter(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue { // each makes a store, on disk
		flag.Set("rapid.checks", "25")
		defer flag.Set("rapid.checks", checks.DefValue)
	}
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		defer w.store.Close()
		there := w.process()
		var f facts
		var ops []string
		for i := range rapid.IntRange(1, 2).Draw(r, "watches") {
			f.watches = append(f.watches, [2]entente.Subject{someone(r, "watch"), someone(r, "corrected")})
			ops = append(ops, fmt.Sprint("watch ", i), fmt.Sprint("watch ", i), "clear", "revoke")
		}
		for i := range rapid.IntRange(1, 2).Draw(r, "bookings") {
			told := someone(r, "booking")
			again := person(told.Names[0].Text, rapid.SampledFrom([]string{"", "1986-03-14", "1961-11-02"}).Draw(r, "retold"))
			f.bookings = append(f.bookings, [2]entente.Subject{told, again})
			ops = append(ops, fmt.Sprint("book ", i), fmt.Sprint("book ", i))
		}
		done := map[string]int{}
		for _, op := range append(rapid.Permutation(ops).Draw(r, "order"), "revoke", "revoke") {
			at := w
			if rapid.Bool().Draw(r, "another process") {
				at = there
			}
			what, n := op, 0
			fmt.Sscanf(op, "%s %d", &what, &n)
			switch what {
			case "watch":
				at.opened(entente.WatchID(fmt.Sprint("w", n)), done[op]+1, f.watches[n][done[op]])
			case "book":
				at.book(n, f.bookings[n][done[op]])
			case "clear":
				at.clearSomebody()
			case "revoke":
				at.revoke()
			}
			done[op]++
			if rapid.Bool().Draw(r, "look back") {
				at.looksBack()
			}
		}
		there.looksBack()
		w.holds(r, f)
	})
}

// book tells of a booking, in which dates may come later.
func (w world) book(n int, s entente.Subject) {
	w.t.Helper()
	born := ""
	if len(s.Births) > 0 {
		born = s.Births[0].Date.String()
	}
	w.feed("kind,name,born,reference,carrier,flight,from,to,departs\n" + fmt.Sprintf("booking,%s,%s,PNR%dQX,XB,117,OST,NVG,2012-07-20T08:00\n", s.Names[0].Text, born, n))
}

// clearSomebody decides of the first hit that waits that it is somebody else.
func (w world) clearSomebody() {
	w.t.Helper()
	for _, h := range w.hits() {
		if h.Task != "" && h.Decided == nil {
			w.decide(h, entente.VerdictOther)
			return
		}
	}
}

// decide answers one hit as the desk does; its task is decided with it.
func (w world) decide(h entente.Hit, answer entente.VerdictCode) {
	w.t.Helper()
	w.update(func(tx entente.Tx) error {
		verdict := entente.Verdict{By: anna.ID, At: morning, Answer: answer, Reason: "test"}
		task, err := tx.Task(h.Task)
		if err != nil {
			return err
		}
		hits, err := tx.Hits(entente.HitQuery{Task: h.Task})
		for _, h := range hits {
			if h.Decided != nil {
				continue
			}
			h.Decided = &verdict
			if answer == entente.VerdictOther {
				h.Cleared = entente.ClearingID(newID())
				err = errors.Join(err, tx.PutClearing(entente.Clearing{ID: h.Cleared, Target: h.Target, Subject: h.Asked, Hit: h.ID, By: anna.ID, At: morning, Reason: "test"}))
			}
			err = errors.Join(err, tx.SetHit(h))
		}
		task.Decided, task.Version = &verdict, task.Version+1
		return errors.Join(err, tx.PutTask(task), Mark(tx))
	})
}

// revoke takes back every clearing.
func (w world) revoke() {
	w.t.Helper()
	w.update(func(tx entente.Tx) error {
		all, err := tx.Clearings(entente.Target{})
		for _, c := range all {
			if c.Revoked == nil {
				c.Revoked = &entente.Revoking{By: anna.ID, At: morning, Reason: "a mistake"}
				err = errors.Join(err, tx.PutClearing(c), Reconsider(tx, c.Target, morning))
			}
		}
		return errors.Join(err, Mark(tx))
	})
}

// holds compares every target with every booking as both are in the end.
func (w world) holds(r *rapid.T, f facts) {
	events := read(w, func(tx entente.Tx) ([]entente.StoredEvent, error) { return tx.Events(entente.EventQuery{}) })
	hits := w.hits()
	for i := range f.watches {
		target := entente.Target{Kind: entente.TargetWatch, ID: fmt.Sprint("w", i)}
		for _, e := range events {
			var chain []entente.Hit
			for _, h := range hits {
				if h.Target == target && h.Sighting.Event == e.Event.ID {
					chain = append(chain, h)
				}
			}
			once(r, chain)
			now := Found{Target: target, Held: f.watches[i][1], Match: match.Compare(e.Event.Traveller, f.watches[i][1])}
			if asks(now, sightOf(e.Event)) && !slices.ContainsFunc(chain, func(h entente.Hit) bool { return h.Task != "" && h.Decided == nil }) {
				r.Fatalf("%v, who is %v of %v, is not asked about: %+v", e.Event.Traveller, now.Match.Band, now.Held, chain)
			}
			ever := slices.ContainsFunc(f.watches[i][:], func(s entente.Subject) bool {
				return slices.ContainsFunc(f.bookings, func(b [2]entente.Subject) bool {
					return b[0].Names[0].Text == e.Event.Traveller.Names[0].Text && (near(match.Compare(b[0], s)) || near(match.Compare(b[1], s)))
				})
			})
			if len(chain) > 0 && !ever {
				r.Fatalf("%v has hit %v, whom he never fitted", e.Event.Traveller, target)
			}
		}
	}
}

// once holds that the hits of a pair follow one another, each after a decision.
func once(r *rapid.T, chain []entente.Hit) {
	after := map[entente.HitID]bool{}
	for _, h := range chain {
		if after[h.Was] {
			r.Fatalf("two hits of a pair after %q: %+v", h.Was, chain)
		}
		after[h.Was] = true
		was := slices.IndexFunc(chain, func(o entente.Hit) bool { return o.ID == h.Was })
		if h.Was != "" && (was < 0 || chain[was].Decided == nil || h.Changed == "") {
			r.Fatalf("a hit follows none that is decided, or does not say why: %+v", chain)
		}
	}
}
