package main

import (
	"slices"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// measureAliases holds out names of listed people: one at a time, and all
// aliases of a person together.
func measureAliases(c *corpus.Corpus) ([]Figure, error) {
	const group = "aliases"
	x := index(c.OFAC)
	one, each := newStudy(group, "one alias of each person held out"), newStudy(group, "every alias held out in turn")
	for _, p := range c.OFAC {
		for i, n := range p.Subject.Names {
			if n.Use != "alias" { // the primary name, and weak ones
				continue
			}
			held := corpus.Without(p.Subject, i)
			x.Put(p.ID, held)
			a := each.ask(x, question{asked: named(n), id: p.ID, held: held})
			if i == 1+corpus.Share("alias"+p.ID, corpus.Aliases(p)) {
				one.count(a)
			}
		}
		x.Put(p.ID, p.Subject)
	}
	all := newStudy(group, "all aliases of a person held out")
	askBare(c, all)
	unlisted := newStudy(group, "")
	for i, p := range c.Unlisted {
		if i%5 == 0 {
			unlisted.ask(x, question{asked: entente.Subject{Names: p.Subject.Names}})
		}
	}
	floor := lookUpAndCopy(len(c.OFAC))
	fs := summarised(one.figures(), "≥ .86", "≥ .92")
	fs = append(fs, summarised(each.figures())...)
	fs = append(fs, summarised(all.figures())...)
	return slices.Concat(fs, each.time("time a query, listed", floor, "≤ 0.1 ms"), unlisted.time("time a query, unlisted", floor, "≤ 0.1 ms")), nil
}

// askBare asks by every alias for people of whom the index has the first name
// alone: half of all, the others being held whole.
func askBare(c *corpus.Corpus, s *study) {
	x := match.New()
	half := func(p corpus.Person) bool { return corpus.Share(p.ID, 2) == 0 }
	first := func(s entente.Subject) entente.Subject {
		s.Names = s.Names[:1]
		return s
	}
	for _, p := range c.OFAC {
		if half(p) {
			x.Put(p.ID, first(p.Subject))
		} else {
			x.Put(p.ID, p.Subject)
		}
	}
	for _, p := range c.OFAC {
		if half(p) {
			for _, n := range p.Subject.Names[1 : 1+corpus.Aliases(p)] {
				s.ask(x, question{asked: named(n), id: p.ID, held: first(p.Subject)})
			}
		}
	}
}

func named(n entente.Name) entente.Subject { return entente.Subject{Names: []entente.Name{n}} }
