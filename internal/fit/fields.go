package main

import (
	"math"
	"slices"
	"strings"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// tally counts how often each kind of agreement is seen.
type tally []float64

// ratio weighs each kind by how much likelier it is of one person than of two
// people, in bits. Half an observation is added to each kind on both sides, so
// that what was never seen is not held to be impossible; a kind that neither
// shows weighs nothing.
func ratio(same, other tally) []float64 {
	w := make([]float64, len(same))
	sum := func(t tally) (n float64) {
		for _, v := range t[1:] { // 0: not known, no evidence
			n += v + 0.5
		}
		return n
	}
	for k := 1; k < len(same); k++ {
		if same[k] > 0 || other[k] > 0 {
			w[k] = math.Log2((same[k] + 0.5) / sum(same) / ((other[k] + 0.5) / sum(other)))
		}
	}
	return w
}

// learnFields weighs the other fields by how they agree for one person on two
// lists, and for two people of whom the index proposed one for the other.
func (m *model) learnFields(c *corpus.Corpus) {
	same, other := newTallies(), newTallies()
	links := c.Links()
	linked := map[string]string{}
	for _, l := range links {
		linked[l.B.ID] = l.A.ID
		if corpus.SplitOf(l.A.ID) != corpus.Dev {
			same.count(l.A.Subject, l.B.Subject, l.Strong)
		}
	}
	proposals(c, linked, &other)
	m.birth = ratio(mean(noisyDates(c), same.birth), randomDates(c))
	m.place = ratio(same.place, other.place)
	m.nationality = ratio(same.nationality, other.nationality)
	m.sex = ratio(same.sex, other.sex)
	for _, w := range [][]float64{m.place, m.nationality, m.sex} {
		w[match.Agrees] = max(0, w[match.Agrees]) // what agrees never speaks against
		w[match.Differs] = min(0, w[match.Differs])
	}
	m.document = documents(c, links)
	m.identifier = slices.Clone(m.document) // no list here has identifiers
	m.identifier[match.Partly] = 0
}

// tallies count the fields.
type tallies struct{ birth, place, nationality, sex tally }

func newTallies() tallies {
	dates, others := match.Kinds()
	return tallies{make(tally, dates), make(tally, others), make(tally, others), make(tally, others)}
}

// count compares two people. Dates count only where the two were not found to
// be one by their dates.
func (t *tallies) count(a, b entente.Subject, dates bool) {
	a.Names, b.Names = nil, nil
	o := match.Observe(a, b)
	if dates {
		t.birth[o.Birth]++
	}
	t.place[o.Place]++
	t.nationality[o.Nationality]++
	t.sex[o.Sex]++
}

// proposals count people of one list against those whom the index proposes
// from the other and who are not they.
func proposals(c *corpus.Corpus, linked map[string]string, other *tallies) {
	x := newCollector(c.OFAC)
	for _, p := range c.UN {
		if linked[p.ID] == "" {
			continue
		}
		for _, h := range x.index.Find(entente.Subject{Names: p.Subject.Names}, proposed) {
			if h.ID != linked[p.ID] {
				other.count(x.held[h.ID], p.Subject, false)
			}
		}
	}
}

// noisyDates counts what becomes of a date that is written as people do.
func noisyDates(c *corpus.Corpus) tally {
	t := newTallies().birth
	for _, p := range c.OFAC {
		r := corpus.Random("noise", p.ID)
		t[match.Observe(corpus.Asked(p, "", true, r), entente.Subject{Births: p.Subject.Births}).Birth]++
	}
	return t
}

// randomDates counts how the dates of two people compare, of whom one is asked
// for with a noisy date.
func randomDates(c *corpus.Corpus) tally {
	t := newTallies().birth
	r := corpus.Random("dates")
	for range 500_000 {
		a, b := c.OFAC[r.IntN(len(c.OFAC))], c.OFAC[r.IntN(len(c.OFAC))]
		if a.ID != b.ID {
			t[match.Observe(corpus.Asked(a, "", true, r), entente.Subject{Births: b.Subject.Births}).Birth]++
		}
	}
	return t
}

// mean is half of one tally's shares and half of the other's, as if of as many
// people as the smaller counts.
func mean(a, b tally) tally {
	t := make(tally, len(a))
	na, nb := 0.0, 0.0
	for k := 1; k < len(a); k++ {
		na, nb = na+a[k], nb+b[k]
	}
	for k := 1; k < len(a); k++ {
		t[k] = min(na, nb) * (a[k]/na + b[k]/nb) / 2
	}
	return t
}

// documents weighs numbers: how often one person's are the same on two lists,
// and how often two people's are, by counting all pairs of people. A pair that
// shares a number and has names alike, too, is left out: it is one person whom
// nothing else had linked, and says nothing of two.
func documents(c *corpus.Corpus, links []corpus.Link) []float64 {
	_, kinds := match.Kinds()
	same, other := make(tally, kinds), make(tally, kinds)
	for _, l := range links {
		if !l.Strong && len(l.A.Subject.Documents) > 0 && len(l.B.Subject.Documents) > 0 {
			same[match.Observe(onlyDocuments(l.A), onlyDocuments(l.B)).Document]++
		}
	}
	right := map[string]string{}
	for _, l := range links {
		right[l.B.ID] = l.A.ID
	}
	held := slices.DeleteFunc(slices.Concat(c.UN, c.OFAC), func(p corpus.Person) bool { return !numbered(p) })
	for i, a := range held {
		for _, b := range held[i+1:] {
			if right[a.ID] == b.ID {
				continue
			}
			kind := match.Observe(onlyDocuments(a), onlyDocuments(b)).Document
			if kind == 0 || !named(a, b) {
				other[kind]++
			}
		}
	}
	w := make([]float64, kinds)
	pairs := func(t tally) (n float64) {
		for _, v := range t {
			n += v
		}
		return n
	}
	for _, k := range []int{match.Agrees, match.Partly} {
		w[k] = max(0, math.Log2((same[k]+0.5)/(pairs(same)+1)/((other[k]+1)/pairs(other))))
	}
	return w
}

// numbered reports whether each document of a person has a number that could be
// his alone; some have a letter there.
func numbered(p corpus.Person) bool {
	return len(p.Subject.Documents) > 0 && !slices.ContainsFunc(p.Subject.Documents, func(d entente.Document) bool {
		return len(d.Number) < 6 || !strings.ContainsAny(d.Number, "0123456789")
	})
}

// named reports whether two people have names that may be one person's.
func named(a, b corpus.Person) bool {
	m := match.Compare(entente.Subject{Names: a.Subject.Names}, entente.Subject{Names: b.Subject.Names})
	return m.Band != entente.BandBelow
}

func onlyDocuments(p corpus.Person) entente.Subject {
	return entente.Subject{Documents: p.Subject.Documents}
}
