package main

import (
	"fmt"
	"math"
	"os"
	"slices"

	"entente/internal/fit/corpus"
	"entente/match"
)

// model is what is written to match/weights.go.
type model struct {
	name        []float64
	bend        []point
	apart       float64
	birth       []float64
	place       []float64
	nationality []float64
	sex         []float64
	document    []float64
	identifier  []float64
	people      int
	prior       float64
	probability []point
}

// learn fits the parts one after the other, each on the split that is its own.
func learn(all, missed []example, c *corpus.Corpus) *model {
	m := &model{people: len(c.OFAC)}
	m.learnName(all)
	m.prior = priorOf(all, missed, len(c.OFAC))
	m.bendNames(all, missed, c)
	m.learnFields(c)
	m.learnProbability(mixed(c))
	m.report(all)
	return m
}

// learnName weighs the terms of names by logistic regression on questions by
// name only.
func (m *model) learnName(all []example) {
	var x [][]float64
	var y []bool
	var w []float64
	for _, e := range all {
		if e.split == corpus.Train && !e.dated && e.terms.Met() {
			x, y, w = append(x, e.terms.Name), append(y, e.right), append(w, e.weight)
		}
	}
	m.name = logistic(x, y, w, match.NameSigns(), make([]float64, len(match.NameSigns())), 1)
	for i := range m.name {
		m.name[i] /= math.Ln2
	}
}

func (m *model) nameSum(t match.Terms) float64 {
	sum := 0.0
	for i, v := range t.Name {
		sum += m.name[i] * v
	}
	return sum
}

// priorOf is the log odds (base 2) that somebody who is asked for is a given
// one of the list, before anything is compared.
func priorOf(all, missed []example, people int) float64 {
	asked, right := 0.0, 0.0
	for _, e := range slices.Concat(all, missed) {
		if e.right {
			right += e.weight
		}
		asked += e.weight / proposed
	}
	return math.Log2(right / asked / float64(people))
}

// sum is everything that is known of an example, in bits.
func (m *model) sum(e example) float64 {
	t := e.terms
	sum := m.birth[t.Birth] + m.place[t.Place] + m.place[t.Residence] + m.nationality[t.Nationality] + m.sex[t.Sex] + m.document[t.Document] + m.identifier[t.Identifier]
	switch {
	case t.Met():
		sum += bent(m.bend, m.nameSum(t))
	case t.Name != nil:
		sum += m.apart
	}
	return m.prior + sum
}

// knots are where the line from sums to probabilities may bend, in bits.
var knots = []float64{-20, -10, -6, -3, -1, 1, 3, 5, 8, 15}

// learnProbability turns sums into probabilities by logistic regression on the
// people that nothing else is learned from: a line that rises from knot to knot.
func (m *model) learnProbability(all []example) {
	var x [][]float64
	var y []bool
	var w []float64
	for _, e := range all {
		x, y, w = append(x, hinges(m.sum(e))), append(y, e.right), append(w, e.weight)
	}
	sign := make([]int, len(knots))
	for i := 1; i < len(sign); i++ {
		sign[i] = 1
	}
	start := make([]float64, len(knots)) // the sum as it is
	start[0] = knots[0] * math.Ln2
	for i := 1; i < len(start); i++ {
		start[i] = math.Ln2
	}
	slopes := logistic(x, y, w, sign, start, 0.05)
	for _, k := range knots {
		odds := 0.0
		for i, v := range hinges(k) {
			odds += v * slopes[i]
		}
		m.probability = append(m.probability, point{k, odds / math.Ln2})
	}
}

// hinges are 1 and how far a sum goes into each stretch between two knots.
func hinges(sum float64) []float64 {
	h := make([]float64, len(knots))
	h[0] = 1
	for i := 1; i < len(knots); i++ {
		h[i] = min(max(sum, knots[i-1]), knots[i]) - knots[i-1]
	}
	return h
}

// report says on the people that nothing has seen how well scores are
// calibrated.
func (m *model) report(all []example) {
	var n, right [11]float64
	for _, e := range all {
		if e.split != corpus.Dev {
			continue
		}
		p := 1 / (1 + math.Exp2(-bent(m.probability, m.sum(e))))
		n[int(p*10)] += e.weight
		if e.right {
			right[int(p*10)] += e.weight
		}
	}
	for i := range n {
		if n[i] > 0 {
			fmt.Fprintf(os.Stderr, "scored %.1f: %6.0f, right %.3f\n", float64(i)/10, n[i], right[i]/n[i])
		}
	}
}
