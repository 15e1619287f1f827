package main

import (
	"slices"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// measureCalibration counts of the hits of each tenth of the score how many are
// right, with a noisy date and by name alone, on people from whom the fit
// learns neither a term nor a probability: its own part that is kept back, and
// of those who are on no list all the others that it passes over.
func measureCalibration(c *corpus.Corpus) ([]Figure, error) {
	with, alone := newScored("with a noisy date"), newScored("by name alone")
	s := &scoring{person: c.OnePerson(), held: map[string]entente.Subject{}, dated: with, named: alone}
	for _, p := range slices.Concat(c.OFAC, c.UN, c.Canada) {
		s.held[p.ID] = p.Subject
	}
	x := index(c.OFAC)
	s.listed(c, x, index(c.UN, c.Canada))
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

// listed asks for people who are listed.
func (s *scoring) listed(c *corpus.Corpus, x, back *match.Index) {
	for _, q := range c.Questions(corpus.Dev) {
		of := x
		if q.Back {
			of = back
		}
		if q.Lacks > 0 {
			x.Put(q.Right, corpus.Without(s.held[q.Right], q.Lacks))
		}
		if !q.Dated {
			s.count(s.named, of, q.Asked, q.Who, q.Right)
		} else if len(q.Asked.Births) > 0 {
			s.count(s.dated, of, q.Asked, q.Who, q.Right)
		}
		if q.Lacks > 0 {
			x.Put(q.Right, s.held[q.Right])
		}
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

// unlisted asks for people on no list, as often as the mix wants.
func (s *scoring) unlisted(c *corpus.Corpus, x *match.Index) {
	dated, named := (1+corpus.UnlistedEach)*s.dated.questions, (1+corpus.UnlistedEach)*s.named.questions
	for i, p := range c.Unlisted {
		if i%5 == 0 && corpus.SplitOf(p.ID) != corpus.Dev {
			continue // the fit asks for him
		}
		name := p.Subject.Names[0].Text
		if s.dated.questions < dated {
			if asked := corpus.Asked(p, name, true, corpus.Random("calibration", p.ID, name, "0")); len(asked.Births) > 0 {
				s.count(s.dated, x, asked, p.ID, "")
			}
		}
		if s.named.questions < named {
			s.count(s.named, x, corpus.Asked(p, name, false, nil), p.ID, "")
		}
	}
}
