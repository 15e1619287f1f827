package screen

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"entente"
	"entente/match"
)

// placeAgain places what is on record for the same pair already.
func (s *Screen) placeAgain(tx entente.Tx, met sight, f Found, hit entente.Hit, ask bool, n *tally) error {
	last, err := latest(tx, hit)
	switch {
	case err != nil || last.ID == "":
		return err
	case last.Decided != nil:
		return s.follow(tx, met, f, last, hit, ask, n)
	case last.Task != "":
		return s.tellMore(tx, f, last, hit, n)
	}
	asked := ask && hit.Cleared == ""
	if !asked && hit.Match.Score <= last.Match.Score && (hit.Cleared != "" || last.Cleared == "") {
		return nil
	}
	hit.ID, hit.Was, hit.Changed = last.ID, last.Was, last.Changed
	if err := tx.SetHit(hit); err != nil {
		return err
	}
	return s.settle(tx, met, f, hit, ask, n)
}

// latest gives the hit of the same pair that no other follows.
func latest(tx entente.Tx, hit entente.Hit) (last entente.Hit, err error) {
	all, err := tx.Hits(entente.HitQuery{Target: hit.Target, Event: hit.Sighting.Event, Message: hit.Sighting.Message, Limit: maxPairs})
	if err != nil {
		return last, err
	}
	all = slices.DeleteFunc(all, func(h entente.Hit) bool { return h.Sighting != hit.Sighting })
	for _, h := range all {
		if !slices.ContainsFunc(all, func(o entente.Hit) bool { return o.Was == h.ID }) {
			return h, nil
		}
	}
	return last, nil
}

// maxPairs is more than a message has subjects.
const maxPairs = 1000

// tellMore puts what speaks better for the target into a hit that waits for a
// person: a booking first told without the birth date. If it says more than a
// better score, the task begins to climb anew.
func (s *Screen) tellMore(tx entente.Tx, f Found, last, hit entente.Hit, n *tally) error {
	news := more(last.Match, hit.Match)
	if !news && hit.Match.Score <= last.Match.Score {
		return nil
	}
	hit.ID, hit.Was, hit.Task, hit.Changed = last.ID, last.Was, last.Task, last.Changed
	if news {
		hit.Changed = changed(last, hit)
	}
	if err := tx.SetHit(hit); err != nil || !news {
		return err
	}
	file, err := s.file(tx, f.Target)
	if err != nil {
		return err
	}
	task, err := tx.Task(last.Task)
	if err != nil {
		return err
	}
	s.wake(&task, f, file)
	n.news = true
	return tx.PutTask(task)
}

// follow makes a hit that follows one on which a person decided, if the decision
// did not know what is told now.
func (s *Screen) follow(tx entente.Tx, met sight, f Found, last, hit entente.Hit, ask bool, n *tally) error {
	why, err := unknown(tx, last, hit, ask && hit.Cleared == "")
	if err != nil || why == "" {
		return err
	}
	hit.Was, hit.Changed, hit.Cleared = last.ID, why, ""
	if fresh, err := tx.PutHit(hit); err != nil || !fresh {
		return err
	}
	met.what += ", decided before and told otherwise since"
	met.why = why
	n.hits++
	return s.gather(tx, met, f, hit, n)
}

// unknown says in words what speaks against a decision and was not known then;
// empty: nothing does.
func unknown(tx entente.Tx, last, hit entente.Hit, asks bool) (string, error) {
	if last.Decided.Answer == entente.VerdictSame { // that the target was corrected, its desk knows
		if newlyAgainst(last.Match, hit.Match) && !alike(last.Asked, hit.Asked) {
			return changed(last, hit), nil
		}
		return "", nil
	}
	if !asks {
		return "", nil
	}
	if last.Decided.Answer == entente.VerdictOther && last.Cleared != "" {
		c, err := found(tx.Clearing(last.Cleared))
		if err != nil {
			return "", err
		}
		if c.Revoked != nil {
			return "it was taken back that this is somebody else: " + c.Revoked.Reason, nil
		}
	}
	if more(last.Match, hit.Match) {
		return changed(last, hit), nil
	}
	return "", nil
}

// more reports whether b says more than a for two being one person.
func more(a, b entente.Match) bool {
	return b.Band.Floor() > a.Band.Floor() || newlyFor(a, b)
}

// newlyFor reports whether a date, a document or an identifier speaks for two being
// one person in b, and did not in a.
func newlyFor(a, b entente.Match) bool {
	return slices.ContainsFunc([]string{"birth", "document", "identifier"}, func(field string) bool {
		return speaks(b, field) > 0 && speaks(a, field) <= 0
	})
}

// newlyAgainst reports whether anything speaks against it in b that did not in a.
func newlyAgainst(a, b entente.Match) bool {
	return slices.ContainsFunc(entente.EvidenceFields, func(field string) bool {
		return speaks(b, field) < 0 && speaks(a, field) >= 0
	})
}

// speaks adds the weights of a field up.
func speaks(m entente.Match, field string) (bits float64) {
	for _, e := range m.Evidence {
		if e.Field == field {
			bits += e.Weight
		}
	}
	return bits
}

// changed says in words what differs between two comparisons of one pair: "birth
// 1986-03-14, before 1961-11-02; held document B1, before none".
func changed(old, now entente.Hit) string {
	var all []string
	for _, field := range entente.EvidenceFields {
		was, is := evidence(old.Match, field), evidence(now.Match, field)
		if is.Asked != was.Asked {
			all = append(all, field+" "+orNone(is.Asked)+", before "+orNone(was.Asked))
		}
		if is.Held != was.Held {
			all = append(all, "held "+field+" "+orNone(is.Held)+", before "+orNone(was.Held))
		}
	}
	if len(all) == 0 { // another name of him is met, or another person of the file
		return "what is told, or what is held, says more now"
	}
	return strings.Join(all, "; ")
}

func evidence(m entente.Match, field string) entente.Evidence {
	i := slices.IndexFunc(m.Evidence, func(e entente.Evidence) bool { return e.Field == field })
	if i < 0 {
		return entente.Evidence{}
	}
	return m.Evidence[i]
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// alike reports whether two subjects say the same, however they were read.
func alike(a, b entente.Subject) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// confirmed gives the hits of some events on which a person decided that it is the
// same man. If such an event is told otherwise, the index may not find that target
// any more, which is just what a person must hear.
func confirmed(tx entente.Tx, events []entente.EventID) (map[entente.EventID][]entente.Hit, error) {
	if len(events) == 0 {
		return nil, nil
	}
	hits, err := tx.Hits(entente.HitQuery{Events: events, Tasks: true, Limit: maxPairs * len(events)})
	if err != nil {
		return nil, err
	}
	of := map[entente.EventID][]entente.Hit{}
	for _, h := range hits {
		if h.Decided != nil && h.Decided.Answer == entente.VerdictSame {
			of[h.Sighting.Event] = append(of[h.Sighting.Event], h)
		}
	}
	return of, nil
}

// placeParted places what a sight was confirmed to be and does not seem to be any
// more: of targets that are not among found.
func (s *Screen) placeParted(tx entente.Tx, met sight, same []entente.Hit, found []Found, n *tally) error {
	met.told = map[entente.CaseID]bool{}
	for _, h := range same {
		if slices.ContainsFunc(found, func(f Found) bool { return f.Target == h.Target }) {
			continue
		}
		title, err := s.title(tx, h.Target)
		if err != nil {
			return err
		}
		f := Found{Target: h.Target, Title: title, Held: h.Held, Match: match.Compare(s.believed(met.subject), s.believed(h.Held))}
		if err := s.placeAgain(tx, met, f, s.hitOf(met, f), asks(f, met), n); err != nil {
			return err
		}
	}
	return nil
}

func (s *Screen) title(tx entente.Tx, t entente.Target) (string, error) {
	switch t.Kind {
	case entente.TargetWatch:
		w, err := found(tx.Watch(entente.WatchID(t.ID)))
		return w.Title, err
	case entente.TargetCase:
		c, err := found(tx.Case(entente.CaseID(t.ID)))
		return c.Title, err
	}
	h, err := found(tx.Holding(entente.HoldingID(t.ID)))
	if len(h.Subject.Names) == 0 {
		return t.String(), err
	}
	return h.Subject.Names[0].Text, err
}
