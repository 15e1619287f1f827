package main

import (
	"slices"

	"entente/spell"
)

// train learns one script from pairs and returns its part of the table; s holds
// the sounds of Han characters, and nothing for other scripts.
func train(c corpus, pairs []pair, s sounds) []byte {
	if s.of != nil {
		pairs = s.share(pairs)
	}
	a, lattices := align(c, pairs)
	units := a.prune(2, 0.0008, 48)
	a.restrict(units)
	units = withSeeds(units, s.seeds())
	if c.script == spell.Arabic {
		units = withSeeds(units, kinSeeds(units))
	}
	ids := map[unit]uint16{}
	for i, u := range units {
		ids[u] = uint16(first + i)
	}
	g := &grams{root: &node{kids: map[uint16]*node{}}, order: c.order, units: len(units) + first}
	for u := range g.units {
		g.root.kids[uint16(u)] = &node{count: 0.2, keep: true}
	}
	for i := range lattices {
		best := a.best(&lattices[i])
		if best == nil {
			continue
		}
		seq := []uint16{begin}
		for _, id := range best {
			seq = append(seq, ids[a.units[id]])
		}
		g.add(append(seq, end), lattices[i].weight)
	}
	g.smooth()
	g.prune(c.prune)
	b := writeUnits(nil, units)
	b = writeStates(b, g)
	return s.write(b)
}

// withSeeds adds units that are not there yet.
func withSeeds(units, seeds []unit) []unit {
	have := map[unit]bool{}
	for _, u := range units {
		have[u] = true
	}
	for _, u := range seeds {
		if !have[u] {
			have[u] = true
			units = append(units, u)
		}
	}
	slices.SortStableFunc(units, bySymbol)
	return units
}

// restrict leaves the aligner only these units.
func (a *aligner) restrict(units []unit) {
	keep := map[unit]bool{}
	for _, u := range units {
		keep[u] = true
	}
	for i, u := range a.units {
		if !keep[u] {
			a.prob[i] = 0
		}
	}
}
