package main

// train learns one script from pairs and returns its part of the table.
func train(c corpus, pairs []pair) []byte {
	a, lattices := align(c, pairs)
	units := a.prune(2, 0.002, 40)
	a.restrict(units)
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
	return append(b, 0) // no sounds
}

// restrict runs further rounds with the units that are left.
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
