package main

import (
	"maps"
	"math"
	"slices"
)

// node is a context in the trie of unit sequences, newest unit last.
type node struct {
	kids  map[uint16]*node
	count float64 // of the sequence itself
	prob  float64 // of the last unit after those before it
	price float64 // what the probability in the shorter context is worth here
	keep  bool
}

// discount is what Kneser-Ney takes from each count.
const discount = 0.7

// never is the probability of a unit that nothing was counted for.
const never = 1e-7

// grams counts sequences of up to order units.
type grams struct {
	root  *node
	order int
	units int // how many there are, end and begin among them
}

func (g *grams) add(seq []uint16, w float64) {
	for end := range seq {
		if end == 0 {
			continue // nothing asks how likely a beginning is
		}
		for n := 1; n <= g.order && n <= end+1; n++ {
			g.at(seq[end+1-n : end+1]).count += w
		}
	}
}

func (g *grams) at(seq []uint16) *node {
	n := g.root
	for _, u := range seq {
		k := n.kids[u]
		if k == nil {
			k = &node{}
			if n.kids == nil {
				n.kids = map[uint16]*node{}
			}
			n.kids[u] = k
		}
		n = k
	}
	return n
}

func (g *grams) find(seq []uint16) *node {
	n := g.root
	for _, u := range seq {
		if n = n.kids[u]; n == nil {
			return nil
		}
	}
	return n
}

// each visits contexts with exactly n units, in order.
func (g *grams) each(n int, do func(seq []uint16, at *node)) {
	var walk func(seq []uint16, at *node)
	walk = func(seq []uint16, at *node) {
		if len(seq) == n {
			do(seq, at)
			return
		}
		for _, u := range at.sorted() {
			walk(append(seq, u), at.kids[u])
		}
	}
	walk(make([]uint16, 0, n), g.root)
}

// smooth sets the probabilities by interpolated Kneser-Ney: a context that has
// seen a unit gives it its share less a discount; what the discounts leave goes
// to the shorter context, where a unit counts by how many contexts it followed.
func (g *grams) smooth() {
	g.continuations()
	all := g.root.total()
	for _, k := range g.root.kids {
		k.prob = k.count / all
	}
	for n := 1; n < g.order; n++ {
		g.each(n, func(seq []uint16, at *node) {
			if len(at.kids) == 0 {
				return
			}
			total := at.total()
			at.price = discount * float64(len(at.kids)) / total
			for _, u := range at.sorted() {
				k := at.kids[u]
				k.prob = max(k.count-discount, 0)/total + at.price*g.prob(seq[1:], u)
			}
		})
	}
}

// continuations replaces the counts below the highest order by the sum over
// units before, each counted at most once (its weight, up to 1).
func (g *grams) continuations() {
	for n := 1; n < g.order; n++ {
		next := map[*node]float64{}
		g.each(n+1, func(seq []uint16, at *node) {
			if k := g.find(seq[1:]); k != nil {
				next[k] += math.Min(at.count, 1)
			}
		})
		g.each(n, func(seq []uint16, at *node) {
			if v, ok := next[at]; ok && seq[0] != begin {
				at.count = v
			}
		})
	}
}

// prob is the probability of u after the context.
func (g *grams) prob(context []uint16, u uint16) float64 {
	paid := 1.0
	for {
		if at := g.find(context); at != nil {
			if k := at.kids[u]; k != nil && k.prob > 0 {
				return paid * k.prob
			}
			if len(at.kids) > 0 && len(context) > 0 {
				paid *= at.price
			}
		}
		if len(context) == 0 {
			return paid * never
		}
		context = context[1:]
	}
}

// prune drops the sequences that the shorter context tells nearly as well:
// count × log of the ratio below limit. What is left of a context's
// probability then goes to the shorter one.
func (g *grams) prune(limit float64) {
	for n := g.order; n >= 2; n-- {
		g.each(n, func(seq []uint16, at *node) {
			if at.keep {
				g.keep(seq)
				return
			}
			last := seq[n-1]
			parent := g.find(seq[:n-1])
			gain := at.count * math.Log2(at.prob/(parent.price*g.prob(seq[1:n-1], last)))
			if gain > limit {
				g.keep(seq)
			}
		})
	}
	for n := 1; n < g.order; n++ {
		g.each(n, func(seq []uint16, at *node) {
			maps.DeleteFunc(at.kids, func(_ uint16, k *node) bool { return !k.keep })
		})
	}
	for n := 1; n < g.order; n++ {
		g.each(n, func(seq []uint16, at *node) {
			mine, theirs := 0.0, 0.0
			for _, u := range at.sorted() {
				mine += at.kids[u].prob
				theirs += g.prob(seq[1:], u)
			}
			at.price = max(1-mine, 1e-6) / max(1-theirs, 1e-6)
		})
	}
}

// keep marks a sequence, all that begin it, and all that end it.
func (g *grams) keep(seq []uint16) {
	for from := range seq {
		n := g.root
		for _, u := range seq[from:] {
			if n = n.kids[u]; n == nil {
				break
			}
			n.keep = true
		}
	}
}

// sorted gives the units that follow, in order: sums over them must not depend
// on the order of a map.
func (n *node) sorted() []uint16 { return slices.Sorted(maps.Keys(n.kids)) }

func (n *node) total() (sum float64) {
	for _, u := range n.sorted() {
		sum += n.kids[u].count
	}
	return sum
}
