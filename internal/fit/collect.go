package main

import (
	"os"
	"path/filepath"
	"slices"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// example is one proposal of the index: right or wrong.
type example struct {
	terms match.Terms
	dated bool // asked with a noisy date
	right bool
	split corpus.Split
}

// proposed bounds the proposals that are learned from, a question.
const proposed = 10

// collector asks questions and keeps what the index proposes.
type collector struct {
	index    *match.Index
	held     map[string]entente.Subject
	examples []example
}

func newCollector(people []corpus.Person) *collector {
	c := &collector{match.New(), map[string]entente.Subject{}, nil}
	for _, p := range people {
		c.put(p.ID, p.Subject)
	}
	return c
}

func (c *collector) put(id string, s entente.Subject) {
	c.index.Put(id, s)
	c.held[id] = s
}

func (c *collector) ask(s entente.Subject, right string, in corpus.Split) {
	for _, h := range c.index.Find(s, proposed) {
		c.examples = append(c.examples, example{match.Observe(s, c.held[h.ID]), len(s.Births) > 0, h.ID == right, in})
	}
}

// both asks by name only and with a noisy date.
func (c *collector) both(p corpus.Person, name, right string, in corpus.Split) {
	r := corpus.Random("date", p.ID, name)
	c.ask(corpus.Asked(p, name, false, r), right, in)
	c.ask(corpus.Asked(p, name, true, r), right, in)
}

// collect asks for people who are listed, by names that were held out of the
// index, and for people who are not.
func collect(data *corpus.Corpus) []example {
	c := newCollector(data.OFAC)
	c.heldOut(data.OFAC)
	c.bare(data.OFAC)
	for _, l := range data.Links() {
		for _, n := range l.B.Subject.Names[:min(2, len(l.B.Subject.Names))] {
			c.both(l.B, n.Text, l.A.ID, corpus.SplitOf(l.A.ID))
		}
		for _, n := range l.B.Native {
			c.both(l.B, n, l.A.ID, corpus.SplitOf(l.A.ID))
		}
	}
	for i, p := range data.Unlisted {
		if i%5 == 0 {
			c.both(p, p.Subject.Names[0].Text, "", corpus.SplitOf(p.ID))
		}
	}
	return slices.Concat(c.examples, scripts())
}

// heldOut asks for people by one name while the index has their others.
func (c *collector) heldOut(people []corpus.Person) {
	for _, p := range people {
		for i := 1; i < min(len(p.Subject.Names), 4); i++ {
			s := p.Subject
			s.Names = slices.Delete(slices.Clone(s.Names), i, i+1)
			c.put(p.ID, s)
			c.both(p, p.Subject.Names[i].Text, p.ID, corpus.SplitOf(p.ID))
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
		for i := 1; i < min(len(p.Subject.Names), 4); i++ {
			c.both(p, p.Subject.Names[i].Text, p.ID, corpus.SplitOf(p.ID))
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
		people, asked := corpus.InScript(filepath.Join(os.Getenv("ENTENTE_DATA"), "spelling", f), 20_000)
		c := newCollector(people)
		for i := 0; i < len(people); i += 20 {
			c.ask(entente.Subject{Names: []entente.Name{{Text: asked[i]}}}, people[i].ID, corpus.SplitOf(people[i].ID))
		}
		all = append(all, c.examples...)
	}
	return all
}
