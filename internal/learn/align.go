package main

import (
	"cmp"
	"math"
	"slices"
)

// unit is a symbol with the letters that it stands for.
type unit struct {
	symbol  uint64
	letters string
}

// aligner splits the Latin form of each pair among the symbols of its native
// form. Which splits are likely is found by expectation and maximisation:
// begin with all splits alike, count each unit by how likely the splits are
// that contain it, repeat with these counts.
type aligner struct {
	most  int
	ids   map[unit]int32
	units []unit
	prob  []float64
	count []float64
}

// lattice holds a pair's units by place: cell (i, j, n) is symbol i standing
// for n letters from j on.
type lattice struct {
	pair
	ids []int32
}

const (
	emRounds = 12
	noUnit   = -1
	// sureWeight is the weight from which a pair is not trimmed: what nine
	// people are called is no mistake.
	sureWeight = 3
)

// lengthPrior is how likely a symbol stands for so many letters, before
// anything is known.
var lengthPrior = [...]float64{.15, 1, .8, .25, .1, .05, .03}

func align(c corpus, pairs []pair) (*aligner, []lattice) {
	a := &aligner{most: c.most, ids: map[unit]int32{}}
	var lattices []lattice
	for _, p := range pairs {
		if l, ok := a.lattice(p); ok {
			lattices = append(lattices, l)
		}
	}
	a.prob = make([]float64, len(a.units))
	for i, u := range a.units {
		a.prob[i] = lengthPrior[len(u.letters)]
	}
	for round := range emRounds {
		a.round(lattices)
		if round == emRounds/3 || round == emRounds*2/3 {
			lattices = a.trim(lattices, c.trim/2)
		}
	}
	return a, lattices
}

func (a *aligner) lattice(p pair) (lattice, bool) {
	n, m := len(p.symbols), len(p.latin)
	if m > n*a.most {
		return lattice{}, false
	}
	l := lattice{pair: p, ids: make([]int32, n*(m+1)*(a.most+1))}
	for k := range l.ids {
		l.ids[k] = noUnit
	}
	for i := range n {
		for j := range m + 1 {
			for k := 0; k <= a.most && j+k <= m; k++ {
				if j > i*a.most || m-j-k > (n-i-1)*a.most {
					continue // no split passes here
				}
				l.ids[a.cell(m, i, j, k)] = a.id(unit{p.symbols[i], p.latin[j : j+k]})
			}
		}
	}
	return l, true
}

func (a *aligner) cell(m, i, j, k int) int { return (i*(m+1)+j)*(a.most+1) + k }

func (a *aligner) id(u unit) int32 {
	id, ok := a.ids[u]
	if !ok {
		id = int32(len(a.units))
		a.ids[u] = id
		a.units = append(a.units, u)
	}
	return id
}

func (a *aligner) round(lattices []lattice) {
	a.count = make([]float64, len(a.units))
	for i := range lattices {
		a.collect(&lattices[i], true)
	}
	total := 0.0
	for _, c := range a.count {
		total += c
	}
	for i, c := range a.count {
		a.prob[i] = c / total
	}
}

// collect returns a pair's probability, and adds its expected units to the
// counts if asked to.
func (a *aligner) collect(l *lattice, count bool) float64 {
	n, m := len(l.symbols), len(l.latin)
	w := m + 1
	size := (n + 1) * w
	fwd, bwd := make([]float64, size), make([]float64, size)
	fwd[0], bwd[n*w+m] = 1, 1
	for i := range n {
		for j := range w {
			if fwd[i*w+j] == 0 {
				continue
			}
			for k := 0; k <= a.most && j+k <= m; k++ {
				if id := l.ids[a.cell(m, i, j, k)]; id != noUnit {
					fwd[(i+1)*w+j+k] += fwd[i*w+j] * a.prob[id]
				}
			}
		}
	}
	all := fwd[n*w+m]
	if all == 0 || !count {
		return all
	}
	for i := n - 1; i >= 0; i-- {
		for j := range w {
			for k := 0; k <= a.most && j+k <= m; k++ {
				id := l.ids[a.cell(m, i, j, k)]
				if id == noUnit {
					continue
				}
				p := a.prob[id] * bwd[(i+1)*w+j+k]
				bwd[i*w+j] += p
				a.count[id] += l.weight * fwd[i*w+j] * p / all
			}
		}
	}
	return all
}

// trim drops the share of pairs that fit worst for their length: two names of
// one person that are not the same name.
func (a *aligner) trim(lattices []lattice, share float64) []lattice {
	fit := a.fits(lattices)
	sorted := slices.Sorted(slices.Values(fit))
	limit := sorted[int(float64(len(sorted)-1)*(1-share))]
	var kept []lattice
	for i, l := range lattices {
		if fit[i] <= limit || l.weight >= sureWeight {
			kept = append(kept, l)
		}
	}
	return kept
}

func (a *aligner) fits(lattices []lattice) []float64 {
	out := make([]float64, len(lattices))
	for i := range lattices {
		out[i] = a.fitOf(&lattices[i])
	}
	return out
}

// fitOf is how badly a pair fits: bits for each symbol and letter.
func (a *aligner) fitOf(l *lattice) float64 {
	p := a.collect(l, false)
	return -math.Log2(p) / float64(len(l.symbols)+len(l.latin))
}

// fit is the same for a pair that was not learned from; what was never seen is
// impossible.
func (a *aligner) fit(p pair) float64 {
	known := len(a.units)
	l, ok := a.lattice(p)
	if !ok {
		return 1000
	}
	for i, id := range l.ids {
		if int(id) >= known {
			l.ids[i] = noUnit
		}
	}
	for _, u := range a.units[known:] {
		delete(a.ids, u)
	}
	a.units = a.units[:known]
	return min(a.fitOf(&l), 1000)
}

// worst is how badly the worst of these fit.
func (a *aligner) worst(lattices []lattice) float64 { return slices.Max(a.fits(lattices)) }

// best is the likeliest split, as units.
func (a *aligner) best(l *lattice) []int32 {
	n, m := len(l.symbols), len(l.latin)
	w := m + 1
	score, from := make([]float64, (n+1)*w), make([]int, (n+1)*w)
	score[0] = 1
	for i := range n {
		for j := range w {
			for k := 0; k <= a.most && j+k <= m; k++ {
				id := l.ids[a.cell(m, i, j, k)]
				if id == noUnit {
					continue
				}
				if p, at := score[i*w+j]*a.prob[id], (i+1)*w+j+k; p > score[at] {
					score[at], from[at] = p, k
				}
			}
		}
	}
	if score[n*w+m] == 0 {
		return nil
	}
	out := make([]int32, n)
	for i, j := n, m; i > 0; i-- {
		k := from[i*w+j]
		j -= k
		out[i-1] = l.ids[a.cell(m, i-1, j, k)]
	}
	return out
}

// prune keeps the units that are met often enough, sorted by symbol and then
// by count; the rest get probability zero.
func (a *aligner) prune(minCount, minShare float64, most int) []unit {
	of := map[uint64]float64{}
	for i, u := range a.units {
		of[u.symbol] += a.count[i]
	}
	order := make([]int32, len(a.units))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(a.units[x].symbol, a.units[y].symbol), cmp.Compare(a.count[y], a.count[x]), cmp.Compare(a.units[x].letters, a.units[y].letters))
	})
	var kept []unit
	rank := 0
	for k, id := range order {
		u := a.units[id]
		if k > 0 && a.units[order[k-1]].symbol != u.symbol {
			rank = 0
		}
		rank++
		if rank > 1 && (rank > most || a.count[id] < minCount || a.count[id] < minShare*of[u.symbol]) {
			a.prob[id] = 0
			continue
		}
		kept = append(kept, u)
	}
	return kept
}
