package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// example is one proposal of the index: right or wrong.
type example struct {
	terms  match.Terms
	dated  bool // asked with a noisy date
	right  bool
	weight float64 // how many such examples it stands for
	split  corpus.Split
}

// proposed bounds the proposals that are learned from, a question.
const proposed = 10

// unlistedEvery is of how many unlisted people one is asked for, and how much
// each counts: most travellers are on no list.
const unlistedEvery = 5

// collector asks questions and keeps what the index proposes.
type collector struct {
	index    *match.Index
	held     map[string]entente.Subject
	examples []example
	missed   []example // right, but not proposed
}

func newCollector(people []corpus.Person) *collector {
	c := &collector{match.New(), map[string]entente.Subject{}, nil, nil}
	for _, p := range people {
		c.put(p.ID, p.Subject)
	}
	return c
}

func (c *collector) put(id string, s entente.Subject) {
	c.index.Put(id, s)
	c.held[id] = s
}

func (c *collector) ask(s entente.Subject, right string, weight float64, in corpus.Split) {
	met := false
	for _, h := range c.index.Find(s, proposed) {
		met = met || h.ID == right
		c.examples = append(c.examples, example{match.Observe(s, c.held[h.ID]), len(s.Births) > 0, h.ID == right, weight, in})
	}
	if !met && right != "" {
		c.missed = append(c.missed, example{match.Observe(s, c.held[right]), len(s.Births) > 0, true, weight, in})
	}
}

// both asks by name only and with a noisy date.
func (c *collector) both(p corpus.Person, name, right string, weight float64, in corpus.Split) {
	r := corpus.Random("date", p.ID, name)
	c.ask(corpus.Asked(p, name, false, r), right, weight, in)
	c.ask(corpus.Asked(p, name, true, r), right, weight, in)
}

// collect asks for people who are listed, by names that were held out of the
// index, and for people who are not.
func collect(data *corpus.Corpus) (examples, missed []example) {
	c := newCollector(data.OFAC)
	c.heldOut(data.OFAC)
	c.bare(data.OFAC)
	for _, l := range data.Links() {
		for _, n := range l.B.Subject.Names[:min(2, len(l.B.Subject.Names))] {
			c.both(l.B, n.Text, l.A.ID, 1, corpus.SplitOf(l.A.ID))
		}
		for _, n := range l.B.Native {
			c.both(l.B, n, l.A.ID, 1, corpus.SplitOf(l.A.ID))
		}
	}
	for i, p := range data.Unlisted {
		if i%unlistedEvery == 0 {
			c.both(p, p.Subject.Names[0].Text, "", unlistedEvery, corpus.SplitOf(p.ID))
		}
	}
	return slices.Concat(c.examples, scripts()), c.missed
}

// heldOut asks for people by one name while the index has their others.
func (c *collector) heldOut(people []corpus.Person) {
	for _, p := range people {
		for i := 1; i < min(len(p.Subject.Names), 4) && p.Subject.Names[i].Use == "alias"; i++ {
			c.put(p.ID, corpus.Without(p.Subject, i))
			c.both(p, p.Subject.Names[i].Text, p.ID, 1, corpus.SplitOf(p.ID))
		}
		c.put(p.ID, p.Subject)
	}
}

// bare asks for people by one name while the index has the first alone.
func (c *collector) bare(people []corpus.Person) {
	for _, p := range people {
		s := p.Subject
		s.Names = s.Names[:1]
		c.put(p.ID, s)
	}
	for _, p := range people {
		for i := 1; i < min(len(p.Subject.Names), 3); i++ {
			c.both(p, p.Subject.Names[i].Text, p.ID, 1, corpus.SplitOf(p.ID))
		}
	}
	for _, p := range people {
		c.put(p.ID, p.Subject)
	}
}

// scripts asks in other scripts for people held in Latin: full names where the
// data has them, else names of two words that are each spelt in both.
func scripts() []example {
	var all []example
	for _, f := range []string{"russian.tokens.tsv", "arabic.tokens.tsv", "hebrew.fullnames.tsv", "korean.fullnames.tsv"} {
		people, asked := corpus.InScript(filepath.Join(os.Getenv("ENTENTE_DATA"), "spelling", f), 4_000)
		c := newCollector(people)
		for i := 0; i < len(people); i += 8 {
			c.ask(entente.Subject{Names: []entente.Name{{Text: asked[i]}}}, people[i].ID, 1, corpus.SplitOf(people[i].ID))
		}
		all = append(all, c.examples...)
	}
	return all
}

// mixed asks as corpus.Questions does for the people that probabilities are
// learned from, and for people on no list as often as the mix wants.
func mixed(data *corpus.Corpus) []example {
	x, back := newCollector(data.OFAC), newCollector(slices.Concat(data.UN, data.Canada))
	person := data.OnePerson()
	dated, named := 0, 0
	for _, q := range data.Questions(corpus.Calibrate) {
		of := x
		if q.Back {
			of = back
		}
		whole := x.held[q.Right]
		if q.Lacks > 0 {
			x.put(q.Right, corpus.Without(whole, q.Lacks))
		}
		if !q.Dated {
			named++
		} else if len(q.Asked.Births) > 0 {
			dated++
		}
		if !q.Dated || len(q.Asked.Births) > 0 {
			of.askFor(q.Asked, func(id string) bool { return person(id) == q.Right })
		}
		x.put(q.Right, whole)
	}
	all := slices.Concat(x.examples, back.examples)
	u, asked := newCollector(data.OFAC), 0
	for i, p := range data.Unlisted {
		if i%unlistedEvery != 0 || corpus.SplitOf(p.ID) == corpus.Dev {
			continue
		}
		asked++
		name := p.Subject.Names[0].Text
		for k := range corpus.NoisyDates {
			if s := corpus.Asked(p, name, true, corpus.Random("calibration", p.ID, name, strconv.Itoa(k))); len(s.Births) > 0 {
				u.askFor(s, nobody)
			}
		}
		u.askFor(corpus.Asked(p, name, false, nil), nobody)
	}
	for _, e := range u.examples {
		e.weight = corpus.UnlistedEach * float64(named) / float64(asked)
		if e.dated {
			e.weight = corpus.UnlistedEach * float64(dated) / float64(asked*corpus.NoisyDates)
		}
		all = append(all, e)
	}
	return all
}

func nobody(string) bool { return false }

// askFor keeps what the index proposes, and who of them is right.
func (c *collector) askFor(s entente.Subject, right func(id string) bool) {
	for _, h := range c.index.Find(s, proposed) {
		c.examples = append(c.examples, example{match.Observe(s, c.held[h.ID]), len(s.Births) > 0, right(h.ID), 1, corpus.Calibrate})
	}
}
