package screen

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"entente"
	"entente/match"
	"entente/parse"
)

// sight is something that is compared: a traveller, or a subject of a message.
type sight struct {
	sighting entente.Sighting
	subject  entente.Subject
	from     string                  // who says so, for the timeline: a feed or a party
	what     string                  // in words, for titles: "flight XB 117, arrives 2012-07-17"
	why      string                  // it is told of again: what is otherwise
	told     map[entente.CaseID]bool // timelines that tell of it: a file and its watches are met together
}

// tally counts what placing led to.
type tally struct {
	hits, near int
	news       bool // a task is new, or says more
}

// place records in tx what a sight met, and asks a person where one is needed.
// What fits best comes first, and is what the timeline of a file tells.
func (s *Screen) place(tx entente.Tx, met sight, found []Found, n *tally) error {
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b Found) int { return cmp.Compare(b.Match.Score, a.Match.Score) })
	met.told = map[entente.CaseID]bool{}
	for _, f := range found {
		if err := s.placeOne(tx, met, f, n); err != nil {
			return err
		}
	}
	return nil
}

func (s *Screen) placeOne(tx entente.Tx, met sight, f Found, n *tally) error {
	hit := s.hitOf(met, f)
	ask := asks(f, met)
	if ask {
		hit.Cleared = s.clearing(f, met.subject)
	} else if f.Target.Kind == entente.TargetHolding && met.sighting.Event != "" || !near(f.Match) {
		return nil
	}
	fresh, err := tx.PutHit(hit)
	if err != nil {
		return err
	}
	if !fresh {
		return s.placeAgain(tx, met, f, hit, ask, n)
	}
	return s.settle(tx, met, f, hit, ask, n)
}

func (s *Screen) hitOf(met sight, f Found) entente.Hit {
	return entente.Hit{
		ID: entente.HitID(newID()), Target: f.Target, Sighting: met.sighting,
		Asked: met.subject, Held: f.Held, Match: f.Match, At: s.now(),
	}
}

// settle counts a hit and has a person look where one is needed.
func (s *Screen) settle(tx entente.Tx, met sight, f Found, hit entente.Hit, ask bool, n *tally) error {
	if !ask || hit.Cleared != "" {
		n.near++
		return nil
	}
	n.hits++
	return s.gather(tx, met, f, hit, n)
}

// gather puts a hit into the task that asks a person about it, and on the
// timeline of the file.
func (s *Screen) gather(tx entente.Tx, met sight, f Found, hit entente.Hit, n *tally) error {
	file, err := s.file(tx, f.Target)
	if err != nil {
		return err
	}
	task, err := s.task(tx, met, f, file)
	if err != nil {
		return err
	}
	s.wake(&task, f, file)
	task.Hits++
	n.news = true
	if err := tx.PutTask(task); err != nil {
		return err
	}
	hit.Task = task.ID
	if err := tx.SetHit(hit); err != nil {
		return err
	}
	if file == nil || met.told[file.ID] {
		return nil
	}
	met.told[file.ID] = true
	text := how(f.Match) + ": " + met.what
	if met.why != "" {
		text = string(f.Match.Band) + " match: " + met.what + ": " + met.why
	}
	_, err = tx.AddEntry(entente.Entry{
		Case: file.ID, At: hit.At, By: met.from, Kind: "hit", Hit: hit.ID, Task: task.ID, Message: met.sighting.Message, Text: text,
	})
	return err
}

// wake tells a task of a hit. It is due as soon as the hit would be by itself, or
// as the decision was due already; and who had acknowledged the task knew nothing
// of it, so that it begins to climb anew.
func (s *Screen) wake(t *entente.Task, f Found, file *entente.Case) {
	due := s.now().Add(f.Match.Band.Clock())
	if !t.DecideBy.IsZero() && t.DecideBy.Before(due) {
		due = t.DecideBy
	}
	if t.Seen != nil {
		t.Seen, t.Due, t.Owner = nil, due, s.owner(f.Target)
		if t.Target.Kind == floodKind {
			t.Owner = entente.Supervisor
		} else if file != nil {
			t.Owner = file.Owner
		}
	} else if t.Due.After(due) {
		t.Due = due
	}
	t.Version++
	t.Band = higher(t.Band, f.Match.Band)
}

func how(m entente.Match) string {
	if m.Score < entente.BandProbable.Floor() {
		return "same document, other name"
	}
	return string(m.Band) + " match"
}

// asks reports whether a person must look. A list asks only about travellers: a
// message has its own reader, who sees beside it what the lists hold.
func asks(f Found, met sight) bool {
	if f.Target.Kind == entente.TargetHolding {
		return met.sighting.Event != "" && f.Match.Score >= entente.BandProbable.Floor()
	}
	return f.Match.Score >= entente.BandProbable.Floor() || papers(f, met)
}

// papers reports whether the document itself is what was watched for: whatever
// name stands in it, a person must look.
func papers(f Found, met sight) bool {
	if nameless(f.Held) {
		return slices.ContainsFunc(f.Match.Evidence, func(e entente.Evidence) bool { return e.Field == "document" && e.Weight > 0 })
	}
	return slices.ContainsFunc(met.subject.Documents, func(d entente.Document) bool {
		return d.Country != "" && slices.Contains(f.Held.Documents, d)
	})
}

// nameless reports whether only documents and the like are known of a subject.
func nameless(s entente.Subject) bool {
	return !slices.ContainsFunc(s.Names, func(n entente.Name) bool { return !parse.AbsentName(n.Text) })
}

// believed is a subject as it is compared. A name that stands for none would
// speak against everybody, and a birth that is not possible against the true one.
func (s *Screen) believed(x entente.Subject) entente.Subject { return parse.Believed(x, s.now()) }

// near reports whether a match below the line stays on record: a possible one
// does, and one that would have asked but for what spoke against it. A namesake
// is the case in point.
func near(m entente.Match) bool {
	return m.Score >= entente.BandPossible.Floor() || match.ButFor(m) >= entente.BandProbable.Floor()
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
		w, err := found(tx.Watch(entente.WatchID(t.ID)))
		if err != nil || w.Case == "" {
			return nil, err
		}
		id = w.Case
	}
	c, err := found(tx.Case(id))
	if err != nil || c.ID == "" {
		return nil, err // a hit without its file is a hit
	}
	return &c, nil
}

// task gives the task in which a hit is gathered: the one that is undecided
// about the same file or target, or a new one.
func (s *Screen) task(tx entente.Tx, met sight, f Found, file *entente.Case) (entente.Task, error) {
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
	open, err := withRoom(tx, t.Kind, t.Target)
	if err != nil || open.ID != "" {
		return open, err
	}
	may, err := s.mayAsk(tx, met.from)
	if err == nil && !may {
		t.Kind, t.Target, t.Case, t.Owner = entente.TaskHit, entente.Target{Kind: floodKind, ID: met.from}, "", entente.Supervisor
		t.Title = "More hits of " + met.from + " than people can look at one by one"
		open, err = withRoom(tx, t.Kind, t.Target)
	}
	if err != nil || open.ID != "" {
		return open, err
	}
	t.Due = t.Opened.Add(t.Band.Clock())
	return t, nil
}

// withRoom gives an undecided task that can take one more hit; none: no id. Of a
// thousand full ones the last takes it nevertheless: nothing is dropped.
func withRoom(tx entente.Tx, kind entente.TaskKind, target entente.Target) (t entente.Task, err error) {
	open, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: kind, Target: target, Limit: 1000})
	for i := range open {
		if open[i].Hits < entente.MaxGathered || i == 999 {
			return open[i], nil
		}
	}
	return t, err
}

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
