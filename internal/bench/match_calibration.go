package main

import (
	"slices"
	"strconv"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// How often the same person is asked for: with other dates and by other names.
const (
	noisyDates = 4
	namesAsked = 3
)

// unlistedEach is how many questions for people on no list there are for each
// about somebody who is listed: the mix that probabilities are fitted to.
const unlistedEach = 5

// measureCalibration counts of the hits of each tenth of the score how many are
// right, with a noisy date and by name alone, on people from whom the fit
// learns neither a term nor a probability: its own part that is kept back, and
// of those who are on no list all the others that it passes over.
func measureCalibration(c *corpus.Corpus) ([]Figure, error) {
	with, alone := newScored("with a noisy date"), newScored("by name alone")
	s := &scoring{person: onePerson(c), held: map[string]entente.Subject{}, dated: with, named: alone}
	for _, p := range slices.Concat(c.OFAC, c.UN, c.Canada) {
		s.held[p.ID] = p.Subject
	}
	x, back := index(c.OFAC), index(c.UN, c.Canada)
	s.lists(c, x, back)
	s.aliases(c, x)
	s.unlisted(c, x)
	const group = "calibration, people the fit has not seen"
	return append(with.figures(group), alone.figures(group)...), nil
}

// scoring asks and lets the hits be counted.
type scoring struct {
	person       func(id string) string
	held         map[string]entente.Subject
	dated, named *scored
}

// ask asks for somebody who is listed by one name, with several dates and with
// none.
func (s *scoring) ask(x *match.Index, p corpus.Person, name, right string) {
	for i := range noisyDates {
		s.with(x, p, name, right, i)
	}
	s.count(s.named, x, corpus.Asked(p, name, false, nil), p.ID, right)
}

// with asks with a date, unless nothing is left of it.
func (s *scoring) with(x *match.Index, p corpus.Person, name, right string, draw int) {
	asked := corpus.Asked(p, name, true, corpus.Random("calibration", p.ID, name, strconv.Itoa(draw)))
	if len(asked.Births) > 0 {
		s.count(s.dated, x, asked, p.ID, right)
	}
}

func (s *scoring) count(to *scored, x *match.Index, asked entente.Subject, who, right string) {
	to.questions++
	to.people[who] = true
	script := scriptOf(asked)
	for _, h := range x.Find(asked, 10) {
		to.count(h.Match.Score, right != "" && s.person(h.ID) == right, who, script)
		if h.Match.Score >= probable && (right == "" || s.person(h.ID) != right) {
			to.blame(h.Match.Band, who, right != "", ruleOf(asked, s.held[h.ID]), h.Match.Score)
		}
	}
}

// lists asks for people who stand on two lists: by the names of each in the
// other.
func (s *scoring) lists(c *corpus.Corpus, x, back *match.Index) {
	for _, l := range c.Links() {
		if corpus.SplitOf(l.A.ID) != corpus.Dev {
			continue
		}
		for _, n := range l.B.Subject.Names[:min(namesAsked, len(l.B.Subject.Names))] {
			s.ask(x, l.B, n.Text, l.A.ID)
		}
		for _, n := range l.B.Native[:min(1, len(l.B.Native))] {
			s.ask(x, l.B, n, l.A.ID)
		}
		for _, n := range l.A.Subject.Names[:min(namesAsked, len(l.A.Subject.Names))] {
			s.ask(back, l.A, n.Text, l.A.ID)
		}
	}
}

// aliases asks for people by names that the index lacks.
func (s *scoring) aliases(c *corpus.Corpus, x *match.Index) {
	for _, p := range c.OFAC {
		if corpus.SplitOf(p.ID) != corpus.Dev {
			continue
		}
		for i := 1; i <= min(namesAsked, aliases(p)); i++ {
			x.Put(p.ID, without(p.Subject, i))
			s.ask(x, p, p.Subject.Names[i].Text, p.ID)
		}
		x.Put(p.ID, p.Subject)
	}
}

// unlisted asks for people on no list, as often as the mix wants.
func (s *scoring) unlisted(c *corpus.Corpus, x *match.Index) {
	dated, named := (1+unlistedEach)*s.dated.questions, (1+unlistedEach)*s.named.questions
	for i, p := range c.Unlisted {
		if i%5 == 0 && corpus.SplitOf(p.ID) != corpus.Dev {
			continue // the fit asks for him
		}
		name := p.Subject.Names[0].Text
		if s.dated.questions < dated {
			s.with(x, p, name, "", 0)
		}
		if s.named.questions < named {
			s.count(s.named, x, corpus.Asked(p, name, false, nil), p.ID, "")
		}
	}
}
