package screen

import (
	"cmp"
	"errors"
	"math"
	"time"

	"entente"
)

// sight is something that is compared: a traveller, or a subject of a message.
type sight struct {
	sighting entente.Sighting
	subject  entente.Subject
	from     string // who says so, for the timeline: a feed or a party
	what     string // in words, for titles: "flight XB 117, arrives 2012-07-17"
}

// tally counts what placing led to.
type tally struct {
	hits, near int
	tasks      int
}

// maxTasks is how many new tasks one feeding makes. What hits beyond it is
// gathered in a single task, with nothing lost: a desk that gets a thousand
// tasks at once looks at none.
const maxTasks = 100

// place records in tx what a sight met, and asks a person where one is needed.
func (s *Screen) place(tx entente.Tx, met sight, found []Found, n *tally) error {
	for _, f := range found {
		if err := s.placeOne(tx, met, f, n); err != nil {
			return err
		}
	}
	return nil
}

func (s *Screen) placeOne(tx entente.Tx, met sight, f Found, n *tally) error {
	hit := entente.Hit{
		ID: entente.HitID(newID()), Target: f.Target, Sighting: met.sighting,
		Asked: met.subject, Held: f.Held, Match: f.Match, At: s.now(),
	}
	if !asks(f, met) {
		if f.Target.Kind == entente.TargetHolding && met.sighting.Event != "" || !near(f.Match) {
			return nil
		}
		fresh, err := tx.PutHit(hit)
		if fresh {
			n.near++
		}
		return err
	}
	hit.Cleared = s.clearing(f, met.subject)
	if hit.Cleared != "" {
		fresh, err := tx.PutHit(hit)
		if fresh {
			n.near++
		}
		return err
	}
	file, err := s.file(tx, f.Target)
	if err != nil {
		return err
	}
	task, err := s.task(tx, met, f, file, n)
	if err != nil {
		return err
	}
	hit.Task = task.ID
	fresh, err := tx.PutHit(hit)
	if err != nil || !fresh {
		return err
	}
	n.hits++
	task.Version++
	task.Hits++
	task.Band = higher(task.Band, f.Match.Band)
	if err := tx.PutTask(task); err != nil {
		return err
	}
	if file == nil {
		return nil
	}
	_, err = tx.AddEntry(entente.Entry{
		Case: file.ID, At: hit.At, By: met.from, Kind: "hit", Hit: hit.ID, Task: task.ID, Message: met.sighting.Message,
		Text: string(f.Match.Band) + " match: " + met.what,
	})
	return err
}

// asks reports whether a person must look. A list asks only about travellers: a
// message has its own reader, who sees beside it what the lists hold.
func asks(f Found, met sight) bool {
	if f.Target.Kind == entente.TargetHolding && met.sighting.Event == "" {
		return false
	}
	return f.Match.Score >= entente.BandProbable.Floor()
}

// near reports whether a match below the line stays on record: a possible one
// does, and one that would have asked but for what spoke against it. A namesake
// is the case in point.
func near(m entente.Match) bool {
	if m.Score >= entente.BandPossible.Floor() {
		return true
	}
	odds := math.Log2(m.Score / (1 - m.Score))
	for _, e := range m.Evidence {
		if e.Weight < 0 {
			odds -= e.Weight
		}
	}
	floor := entente.BandProbable.Floor()
	return odds >= math.Log2(floor/(1-floor))
}

func higher(a, b entente.Band) entente.Band {
	if a == "" || b.Floor() > a.Floor() {
		return b
	}
	return a
}

// file is the case that a target belongs to; nil: none.
func (s *Screen) file(tx entente.Tx, t entente.Target) (*entente.Case, error) {
	id := entente.CaseID(t.ID)
	switch t.Kind {
	case entente.TargetHolding:
		return nil, nil
	case entente.TargetWatch:
		w, err := tx.Watch(entente.WatchID(t.ID))
		if err != nil || w.Case == "" {
			return nil, err
		}
		id = w.Case
	}
	c, err := tx.Case(id)
	if err != nil {
		return nil, err
	}
	return &c, nil
}

// task gives the task in which a hit is gathered: the one that is undecided
// about the same file or target, or a new one.
func (s *Screen) task(tx entente.Tx, met sight, f Found, file *entente.Case, n *tally) (entente.Task, error) {
	t := entente.Task{
		ID: entente.TaskID(newID()), Kind: entente.TaskHit, Target: f.Target, Message: met.sighting.Message,
		Owner: s.owner(f.Target), Band: f.Match.Band, Opened: s.now(), Title: f.Title + ": " + met.what,
	}
	if file != nil {
		t.Target = entente.Target{Kind: entente.TargetCase, ID: string(file.ID)}
		t.Case, t.Owner = file.ID, file.Owner
	}
	if met.sighting.Message != "" {
		t.Kind = entente.TaskLink
	}
	if file != nil && file.State == entente.CaseClosed && reopens(file.Reopen, f.Match, met) {
		t.Kind = entente.TaskReopen
	}
	open, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: t.Kind, Target: t.Target, Limit: 1})
	if err != nil {
		return t, err
	}
	if len(open) == 0 && n.tasks >= maxTasks {
		t.Kind, t.Target, t.Case, t.Owner = entente.TaskHit, entente.Target{}, "", entente.Supervisor
		t.Title = "More hits of " + met.from + " than people can look at one by one"
		open, err = tx.Tasks(entente.TaskQuery{Open: true, Kind: t.Kind, Target: flood(met), Limit: 1})
		t.Target = flood(met)
		if err != nil {
			return t, err
		}
	}
	if len(open) > 0 {
		return open[0], nil
	}
	n.tasks++
	t.Due = t.Opened.Add(t.Band.Clock())
	return t, nil
}

// flood is the target under which what is too much of one source is gathered.
func flood(met sight) entente.Target { return entente.Target{Kind: "feed", ID: met.from} }

func reopens(r entente.ReopenRule, m entente.Match, met sight) bool {
	return met.sighting.Message != "" || m.Score >= cmp.Or(r.From, entente.BandProbable).Floor()
}

func (s *Screen) owner(t entente.Target) entente.Role {
	if t.Kind == entente.TargetWatch {
		s.mu.RLock()
		defer s.mu.RUnlock()
		return cmp.Or(s.watches[entente.WatchID(t.ID)].Owner, entente.Analyst)
	}
	return entente.Analyst
}

// found turns NotFound into the zero value.
func found[T any](v T, err error) (T, error) {
	if errors.Is(err, entente.NotFound) {
		var zero T
		return zero, nil
	}
	return v, err
}

// day is a date for a title.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
