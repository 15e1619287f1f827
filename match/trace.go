package match

import (
	"slices"
	"strconv"
	"strings"

	"entente"
	"entente/spell"
)

// What stands here tells the command that measures where a search loses
// somebody, and by which rules two people were compared. None of it names
// anybody, so that a report can be shown.

// Step is how far somebody came in a search.
type Step uint8

const (
	Unshared   Step = iota // nothing that people are found by is shared
	Unread                 // something is, but with too many others to read them all
	Uncompared             // was read, but others share more
	Outranked              // was compared in full, but others fit better
	Answered               // is among the answers
)

func (s Step) String() string {
	return [...]string{"no key shared", "key shared with too many to read", "read, not compared", "compared, behind the answers", "answered"}[s]
}

// Trace is what a search did.
type Trace struct {
	Step     Step // of whom it was traced for
	Lists    int  // of people, that were looked into
	Read     int  // people in them, as far as they were read
	Compared int  // people, in full
}

// Trace asks as Find does, and tells what became of the one with an id.
func (x *Index) Trace(asked entente.Subject, id string, limit int) Trace {
	s := x.scratch.Get().(*search)
	defer x.scratch.Put(s)
	x.mu.RLock()
	defer x.mu.RUnlock()
	hits := s.find(Ask(asked), limit, Least{})
	t := Trace{Lists: len(s.lists), Read: len(s.seen.list), Compared: len(s.seen.chosen)}
	n, held := x.find(id)
	switch {
	case slices.ContainsFunc(hits, func(h Hit) bool { return h.ID == id }):
		t.Step = Answered
	case !held:
	case slices.ContainsFunc(s.seen.chosen, func(c chosen) bool { return c.n == n }):
		t.Step = Outranked
	case slices.ContainsFunc(s.seen.list, func(i uint32) bool { return s.seen.slots[i].n == n }):
		t.Step = Uncompared
	case slices.ContainsFunc(s.lists, func(l found) bool { return slices.Contains(l.people, n) }):
		t.Step = Unread
	}
	return t
}

// Rules says how two people were compared, field by field, as evidence does but
// without a word of what they hold: "1 same (common), 1 only asked", "birth year
// off by one".
func Rules(asked, held entente.Subject) (rules []string) {
	var m pairing
	a, b := prepare(asked), prepare(held)
	t := m.compare(a, b, plainly{})
	if t.named {
		x, y := a.names[t.i].parts, b.names[t.j].parts
		m.pairNames(x, y, plainly{})
		rules = append(rules, m.shape(x, y))
	}
	if t.birth != dateNone {
		rules = append(rules, "birth "+t.birth.String())
	}
	if t.place != unknown {
		rules = append(rules, "place of birth "+placeRule[t.place])
	}
	if t.residence != unknown {
		rules = append(rules, "residence "+placeRule[t.residence])
	}
	if t.nationality != unknown {
		rules = append(rules, "nationality "+agreementRule[t.nationality])
	}
	if t.document != unknown {
		rules = append(rules, "document "+documentRule[t.document])
	}
	if t.identifier != unknown {
		rules = append(rules, "identifier same")
	}
	if t.sex == differs {
		rules = append(rules, "sex differs")
	}
	return rules
}

// commonPart is the rarity, in bits, below which a part is called common: one
// bearer in a thousand.
const commonPart = 10

// shape counts the parts that met by each rule, and those that met nothing.
func (m *pairing) shape(a, b []*part) string {
	var by [spell.Joined + 1]int
	met, rarity := 0, 0.0
	for _, p := range m.pairs {
		if a[p.i].light && b[p.j].light {
			continue
		}
		by[p.Rule]++
		met++
		rarity = p.rarity
	}
	var said []string
	for rule, n := range by {
		if n > 0 {
			said = append(said, strconv.Itoa(n)+" "+spell.Rule(rule).String())
		}
	}
	switch {
	case met == 0:
		return "no part in common"
	case met == 1 && rarity < commonPart:
		said[0] += " (common)"
	case met == 1:
		said[0] += " (rare)"
	}
	for _, side := range []struct {
		parts []*part
		used  *[maxParts]bool
		words string
	}{{a, &m.usedA, " only asked"}, {b, &m.usedB, " only held"}} {
		open := 0
		for i, p := range side.parts[:min(len(side.parts), maxParts)] {
			if !side.used[i] && !p.light {
				open++
			}
		}
		if open > 0 {
			said = append(said, strconv.Itoa(open)+side.words)
		}
	}
	return strings.Join(said, ", ")
}
