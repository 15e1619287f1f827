package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"entente"
)

// crowd invents people. A few name parts are borne by very many and most by few,
// as in life.
type crowd struct {
	r               *rand.Rand
	given, surnames []string
	often           *rand.Zipf // which given name
	borne           *rand.Zipf // which surname
}

func newCrowd(seed uint64) *crowd {
	r := rand.New(rand.NewPCG(seed, 1))
	c := &crowd{r: r, given: invent(r, 4_000, 2), surnames: invent(r, 120_000, 3)}
	c.often = rand.NewZipf(r, 1.1, 8, uint64(len(c.given)-1))
	c.borne = rand.NewZipf(r, 1.05, 20, uint64(len(c.surnames)-1))
	return c
}

// invent makes n words of so many syllables, and one more for some.
func invent(r *rand.Rand, n, syllables int) []string {
	first := strings.Fields("a ba be bo da de di do e fa fe ga go ha he i ja ka ke ki ko la le lu ma me mi mo na ne ni no o pa pe ra re ri ro sa se so ta te ti to u va ve vi vo ya za ze sha che kha tso gri kra")
	last := strings.Fields("n r s l m t k d v rov nov dze li ra na ta ko ki sh ov ev in yan ian ez as is os us im am ad ud id an en on")
	words := make([]string, 0, n)
	seen := map[string]bool{}
	for len(words) < n {
		var b strings.Builder
		for range syllables - 1 + r.IntN(2) {
			b.WriteString(first[r.IntN(len(first))])
		}
		b.WriteString(first[r.IntN(len(first))] + last[r.IntN(len(last))])
		if w := b.String(); !seen[w] {
			seen[w] = true
			words = append(words, strings.ToUpper(w[:1])+w[1:])
		}
	}
	return words
}

// person is the next one.
func (c *crowd) person() entente.Subject {
	name := c.given[c.often.Uint64()] + " " + c.surnames[c.borne.Uint64()]
	if c.r.IntN(4) == 0 {
		name = c.given[c.often.Uint64()] + " " + name
	}
	return entente.Subject{
		ID: "s1", Names: []entente.Name{{Text: name}}, Nationalities: []entente.Country{entente.Country([]string{"XA", "XB", "XC"}[c.r.IntN(3)])},
		Births: []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1940 + c.r.IntN(70), Month: 1 + c.r.IntN(12), Day: 1 + c.r.IntN(28)}, Grade: "F6", Nature: entente.NatureFact}},
	}
}

// row is a person's arrival as a line of a feed.
func (c *crowd) row(s entente.Subject, n int) string {
	return fmt.Sprintf("arrival,%s,%s,%s,P%08d,XB,%d,NVG,OST,2012-07-%02dT15:20\n", s.Names[0].Text, s.Births[0].Date, s.Nationalities[0], n, 100+n%800, 1+n%28)
}
