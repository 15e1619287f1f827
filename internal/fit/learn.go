package main

import (
	"fmt"
	"math"
	"os"

	"entente/internal/fit/corpus"
	"entente/match"
)

// model is what is written to match/weights.go.
type model struct {
	name        []float64
	bend        []point
	birth       []float64
	place       []float64
	nationality []float64
	sex         []float64
	document    []float64
	identifier  []float64
	prior       float64
	probability []point
}

// learn fits the parts one after the other, each on the split that is its own.
func learn(all []example, c *corpus.Corpus) *model {
	m := &model{}
	m.learnName(all)
	m.prior = priorOf(all, len(c.OFAC))
	for i := range m.bend {
		m.bend[i].y -= m.prior
	}
	m.learnFields(c)
	m.learnProbability(all)
	m.report(all)
	return m
}

// learnName weighs the terms of names by logistic regression on questions by
// name only, then bends the sum to what is seen.
func (m *model) learnName(all []example) {
	var x [][]float64
	var y []bool
	for _, e := range all {
		if e.split == corpus.Train && !e.dated && e.terms.Name != nil {
			x, y = append(x, e.terms.Name), append(y, e.right)
		}
	}
	m.name = logistic(x, y, match.NameSigns(), 1)
	for i := range m.name {
		m.name[i] /= math.Ln2
	}
	var scores []float64
	var right []bool
	for _, e := range all {
		if e.split != corpus.Dev && !e.dated && e.terms.Name != nil {
			scores, right = append(scores, m.nameSum(e)), append(right, e.right)
		}
	}
	m.bend = line(scores, right, 40)
}

func (m *model) nameSum(e example) float64 {
	sum := 0.0
	for i, v := range e.terms.Name {
		sum += m.name[i] * v
	}
	return sum
}

// priorOf is the log odds (base 2) that somebody who is asked for is a given
// one of the list, before anything is compared.
func priorOf(all []example, people int) float64 {
	asked, right := 0.0, 0.0
	for _, e := range all {
		if e.right {
			right++
		}
		asked += 1.0 / proposed
	}
	return math.Log2(right / asked / float64(people))
}

// sum is everything that is known of an example, in bits.
func (m *model) sum(e example) float64 {
	t := e.terms
	sum := m.birth[t.Birth] + m.place[t.Place] + m.place[t.Residence] + m.nationality[t.Nationality] + m.sex[t.Sex] + m.document[t.Document] + m.identifier[t.Identifier]
	if t.Name != nil {
		sum += bent(m.bend, m.nameSum(e))
	}
	return m.prior + sum
}

// learnProbability turns sums into probabilities on people whom the weights
// have not seen.
func (m *model) learnProbability(all []example) {
	var scores []float64
	var right []bool
	for _, e := range all {
		if e.split == corpus.Calibrate {
			scores, right = append(scores, m.sum(e)), append(right, e.right)
		}
	}
	m.probability = line(scores, right, 40)
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
		n[int(p*10)]++
		if e.right {
			right[int(p*10)]++
		}
	}
	for i := range n {
		if n[i] > 0 {
			fmt.Fprintf(os.Stderr, "scored %.1f: %6.0f, right %.3f\n", float64(i)/10, n[i], right[i]/n[i])
		}
	}
}
