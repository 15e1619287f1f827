package corpus

import (
	"slices"
	"strconv"

	"entente"
)

// How often the same person is asked for: with other dates and by other names.
const (
	NoisyDates = 4
	namesAsked = 3
)

// Question is one about somebody who is listed.
type Question struct {
	Asked entente.Subject // by one name, with a date or without
	Dated bool            // though none may be left of it
	Who   string          // is asked for
	Right string          // whose entry on the list of the US is the right one
	Back  bool            // it is put to the other lists
	Lacks int             // name that the right entry lacks meanwhile; 0: none
}

// Questions asks for the listed people of a split as others would: by the names
// of each of two lists in the other, and by aliases that the list lacks; each
// with several noisy dates and with none. With as many about people on no list
// as the lists have it, this is the mix in which a probability is right as often
// as it says.
func (c *Corpus) Questions(in Split) (all []Question) {
	add := func(p Person, name string, q Question) {
		q.Who = p.ID
		for i := range NoisyDates {
			q.Asked, q.Dated = Asked(p, name, true, Random("calibration", p.ID, name, strconv.Itoa(i))), true
			all = append(all, q)
		}
		q.Asked, q.Dated = Asked(p, name, false, nil), false
		all = append(all, q)
	}
	for _, l := range c.Links() {
		if SplitOf(l.A.ID) != in {
			continue
		}
		for _, n := range l.B.Subject.Names[:min(namesAsked, len(l.B.Subject.Names))] {
			add(l.B, n.Text, Question{Right: l.A.ID})
		}
		for _, n := range l.B.Native[:min(1, len(l.B.Native))] {
			add(l.B, n, Question{Right: l.A.ID})
		}
		for _, n := range l.A.Subject.Names[:min(namesAsked, len(l.A.Subject.Names))] {
			add(l.A, n.Text, Question{Right: l.A.ID, Back: true})
		}
	}
	for _, p := range c.OFAC {
		if SplitOf(p.ID) != in {
			continue
		}
		for i := 1; i <= min(namesAsked, Aliases(p)); i++ {
			add(p, p.Subject.Names[i].Text, Question{Right: p.ID, Lacks: i})
		}
	}
	return all
}

// UnlistedEach is how many questions about people on no list there are for each
// about somebody who is listed.
const UnlistedEach = 5

// Aliases counts the names that the list of aliases has.
func Aliases(p Person) (n int) {
	for _, name := range p.Subject.Names {
		if name.Use == "alias" {
			n++
		}
	}
	return n
}

// Without is a subject that lacks its i-th name.
func Without(s entente.Subject, i int) entente.Subject {
	s.Names = slices.Delete(slices.Clone(s.Names), i, i+1)
	return s
}

// OnePerson gives the entries of one person on several lists one id.
func (c *Corpus) OnePerson() func(id string) string {
	first := map[string]string{}
	for _, l := range c.Links() {
		first[l.B.ID] = l.A.ID
	}
	return func(id string) string {
		if a, ok := first[id]; ok {
			return a
		}
		return id
	}
}
