package policy

import (
	"slices"

	"entente"
)

// LevelOf gives how far the agreement is open: the most closed level of those
// that each party declared last, and open where nobody declared any. The order
// of changes does not matter.
func LevelOf(a entente.Agreement, changes []entente.LevelChange) entente.Level {
	level := entente.Open
	for _, c := range declared(a, changes) {
		if closed(c.Level) > closed(level) {
			level = entente.Levels[closed(c.Level)]
		}
	}
	return level
}

// declared gives the last declaration of each party, in the order of the parties.
func declared(a entente.Agreement, changes []entente.LevelChange) []entente.LevelChange {
	var last []entente.LevelChange
	for _, p := range a.Parties {
		var newest entente.LevelChange
		for _, c := range changes {
			if c.Agreement == a.ID && c.Party == p && !older(c, newest) {
				newest = c
			}
		}
		if newest.Party != "" {
			last = append(last, newest)
		}
	}
	return last
}

// older orders the declarations of one party: by the time of filing, and those
// filed in one moment by their ids, which rise with the time of writing.
func older(x, y entente.LevelChange) bool {
	if !x.At.Equal(y.At) {
		return x.At.Before(y.At)
	}
	return x.Message < y.Message
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
	l := LevelOf(t.a, f.Levels)
	values := []entente.Value{{Name: "level", Value: string(l)}}
	for _, c := range declared(t.a, f.Levels) {
		values = append(values, entente.Value{Name: "declared by " + string(c.Party), Value: string(c.Level) + " on " + day(c.At)})
	}
	if why := passes(l, f.Message); why != "" {
		return t.yes("level", t.name()+" is "+string(l)+": "+why, values...)
	}
	values = append(values, entente.Value{Name: "precedence", Value: string(f.Message.Statement.Precedence)})
	return t.no("level", entente.ReasonLevel, t.name()+" is "+string(l)+": "+f.its()+" does not pass at this level", values...)
}

// passes says why a message passes at a level, or "" when it does not.
func passes(l entente.Level, m entente.Message) string {
	k, p := m.Statement.Kind, m.Statement.Precedence
	switch {
	case l == entente.Open:
		return "all that its scope allows passes"
	case k == entente.KindTip && m.Statement.Purpose == entente.ThreatToLife:
		return "a threat to life passes at every level"
	case k == entente.KindNotice:
		return "notices pass at every level"
	case m.Statement.Class() == entente.ClassDuty:
		return "what is owed for earlier messages passes at every level"
	case l == entente.Suspended:
		return ""
	case k == entente.KindNote && m.Statement.Re() != "":
		return "a note on a thread passes"
	case l == entente.Restricted && k == entente.KindTip && p.Rank() >= entente.Priority.Rank():
		return "tips of PRIORITY and above pass"
	}
	return ""
}
