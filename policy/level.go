package policy

import (
	"slices"

	"entente"
)

// LevelOf gives how far the agreement is open between two parties: the most
// closed of what each of them declared last to the other, and open where neither
// declared anything. What a third party declares does not matter, nor does the
// order of changes.
func LevelOf(a entente.AgreementID, x, y entente.PartyID, changes []entente.LevelChange) entente.Level {
	level := entente.Open
	for _, c := range declaredBetween(a, x, y, changes) {
		if closed(c.Level) > closed(level) {
			level = entente.Levels[closed(c.Level)]
		}
	}
	return level
}

// Declared gives what a party declared last to a partner; false: nothing.
func Declared(a entente.AgreementID, by, to entente.PartyID, changes []entente.LevelChange) (last entente.LevelChange, ok bool) {
	for _, c := range changes {
		if c.Agreement == a && c.Party == by && c.Partner == to && (!ok || c.Newer(last)) {
			last, ok = c, true
		}
	}
	return last, ok
}

// declaredBetween gives the last declaration of each of two parties to the other.
func declaredBetween(a entente.AgreementID, x, y entente.PartyID, changes []entente.LevelChange) (last []entente.LevelChange) {
	for _, pair := range [][2]entente.PartyID{{x, y}, {y, x}} {
		if c, ok := Declared(a, pair[0], pair[1], changes); ok {
			last = append(last, c)
		}
	}
	return last
}

// closed ranks a level, 0 for open. A level that this version does not know is
// taken for the most closed.
func closed(l entente.Level) int {
	if i := slices.Index(entente.Levels, l); i >= 0 {
		return i
	}
	return len(entente.Levels) - 1
}

func (t *Terms) level(f Facts) entente.Finding {
	h := f.Message.Header
	l := LevelOf(t.a.ID, h.From, h.To, f.Levels)
	values := []entente.Value{{Name: "level", Value: string(l)}}
	for _, c := range declaredBetween(t.a.ID, h.From, h.To, f.Levels) {
		values = append(values, entente.Value{Name: "declared by " + string(c.Party), Value: string(c.Level) + " on " + day(c.At)})
	}
	stands := t.name() + " is " + string(l) + " between " + string(h.From) + " and " + string(h.To) + ": "
	if why := passes(l, f.Message.Statement); why != "" {
		return t.yes("level", stands+why, values...)
	}
	values = append(values, entente.Value{Name: "precedence", Value: string(f.Message.Statement.Precedence)})
	return t.no("level", entente.ReasonLevel, stands+f.its()+" does not pass at this level", values...)
}

// Passes reports whether a statement passes at a level. All other clauses are
// asked elsewhere.
func Passes(l entente.Level, s entente.Statement) bool { return passes(l, s) != "" }

// passes says why a statement passes at a level, or "" when it does not.
func passes(l entente.Level, s entente.Statement) string {
	switch {
	case l == entente.Open:
		return "all that its scope allows passes"
	case s.Kind == entente.KindTip && s.Purpose == entente.ThreatToLife:
		return "a threat to life passes at every level"
	case s.Kind == entente.KindNotice:
		return "notices pass at every level"
	case s.Class() == entente.ClassDuty:
		return "what is owed for earlier messages passes at every level"
	case l == entente.Suspended:
		return ""
	case s.Kind == entente.KindNote && s.Re() != "":
		return "a note on a thread passes"
	case l == entente.Restricted && s.Kind == entente.KindTip && s.Precedence.Rank() >= entente.Priority.Rank():
		return "tips of PRIORITY and above pass"
	}
	return ""
}
