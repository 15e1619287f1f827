package main

import (
	"math"
	"slices"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// How two different people's names compare is counted on pairs at random,
// which show what is common, and on what the index proposes of everybody it
// holds, which shows what is too rare for chance to meet.
const (
	randomPairs  = 250_000
	deepQuestion = 4_000 // unlisted people of whom more proposals are counted
	deep         = 30
)

// bendNames finds what a sum of name terms is worth: how much likelier it is
// of one person's two names than of two people's, in bits.
func (m *model) bendNames(all, missed []example, c *corpus.Corpus) {
	var same []float64
	apart, names := 0.0, 0.0
	for _, e := range slices.Concat(all, missed) {
		if !e.right || e.dated || e.split == corpus.Dev {
			continue
		}
		names++
		if e.terms.Met() {
			same = append(same, m.nameSum(e.terms))
		} else {
			apart++
		}
	}
	chance, others := m.chance(c)
	m.apart = min(0, math.Log2((apart+0.5)/names/others))
	proposals := m.proposals(c)
	slices.Sort(same)
	slices.Sort(chance)
	slices.Sort(proposals)
	const bins = 32
	var points []point
	for i := range bins {
		low, high := edge(same, i, bins), edge(same, i+1, bins)
		if i == 0 {
			low = math.Inf(-1)
		}
		if i == bins-1 {
			high = math.Inf(1)
		}
		p := (between(same, low, high) + 0.5) / (names + 1)
		q := max(between(chance, low, high)/randomPairs, (between(proposals, low, high)+0.1)/deepQuestion/float64(len(c.OFAC)))
		points = append(points, point{(edge(same, i, bins) + edge(same, i+1, bins)) / 2, math.Log2(p / q)})
	}
	m.bend = rising(points)
}

// edge is where the i-th of n parts of equal size begins.
func edge(sorted []float64, i, n int) float64 { return sorted[min(i*len(sorted)/n, len(sorted)-1)] }

func between(sorted []float64, low, high float64) float64 {
	i, _ := slices.BinarySearch(sorted, low)
	j, _ := slices.BinarySearch(sorted, high)
	return float64(j - i)
}

// rising makes a line rise by putting neighbours that fall at their mean.
func rising(points []point) []point {
	var out []point
	var size []float64
	for _, p := range points {
		out, size = append(out, p), append(size, 1)
		for k := len(out) - 1; k > 0 && out[k-1].y >= out[k].y; k-- {
			n := size[k-1] + size[k]
			out[k-1] = point{(out[k-1].x*size[k-1] + out[k].x*size[k]) / n, (out[k-1].y*size[k-1] + out[k].y*size[k]) / n}
			size[k-1] = n
			out, size = out[:k], size[:k]
		}
	}
	return slices.CompactFunc(out, func(a, b point) bool { return math.Abs(a.x-b.x) < 1e-6 })
}

// chance compares people at random: unlisted with listed. It returns the sums
// of those of whom a part met, and the share of those of whom none did.
func (m *model) chance(c *corpus.Corpus) (sums []float64, apart float64) {
	r := corpus.Random("chance")
	for range randomPairs {
		a, b := c.Unlisted[r.IntN(len(c.Unlisted))], c.OFAC[r.IntN(len(c.OFAC))]
		t := match.Observe(onlyNames(a), onlyNames(b))
		if t.Met() {
			sums = append(sums, m.nameSum(t))
		} else {
			apart++
		}
	}
	return sums, apart / randomPairs
}

// proposals sums what the index proposes of people who are not listed.
func (m *model) proposals(c *corpus.Corpus) (sums []float64) {
	x := newCollector(c.OFAC)
	for i := range deepQuestion {
		p := onlyNames(c.Unlisted[i*len(c.Unlisted)/deepQuestion])
		for _, h := range x.index.Find(p, deep) {
			if t := match.Observe(p, entente.Subject{Names: x.held[h.ID].Names}); t.Met() {
				sums = append(sums, m.nameSum(t))
			}
		}
	}
	return sums
}

func onlyNames(p corpus.Person) entente.Subject { return entente.Subject{Names: p.Subject.Names} }
