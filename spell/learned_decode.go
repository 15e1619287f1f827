package spell

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

const (
	beamWidth  = 32
	beamAlike  = 4       // of them with the same folded letters: variants of the vowels
	beamMargin = 14 << 3 // bits behind the best at which a path is dropped
	// Of the readings, those are left out that are this many bits behind the
	// first: they would find only people with another name.
	readingMargin = 14 << 3
	knownBonus    = 4 << 3 // for a reading that somebody bears as a name
	shortReading  = 4      // letters up to which the first vowel tells names apart
	costMax       = math.MaxInt32 / 4
)

// A path is the beginning of a reading.
type path struct {
	cost  int32 // of all merged paths together
	own   int32 // of the best of them, which units and before tell
	state uint32
	unit  uint16
	tail  byte // last folded letter
	back  int32
	fold  uint64 // hash of the folded letters
}

// A reading is a way to read a whole token.
type reading struct {
	latin string
	cost  int32
}

// search holds the memory of one decoding, kept for the next one.
type search struct {
	paths []path   // all steps
	step  []path   // candidates of the step under way
	best  int32    // the least cost among them
	slots []uint32 // hash table over step: index+1, above it the round
	round uint32   // of the slots in use
	done  []bool
	ends  []ending
	syms  []symbol
}

// An ending is a path that has read the whole token.
type ending struct {
	path      int32
	fold      uint64
	cost, own int32
}

const (
	slotBits  = 11
	slotCount = 1 << slotBits
	slotIndex = slotCount - 1
)

var searches = sync.Pool{New: func() any { return newSearch() }}

func newSearch() *search { return &search{slots: make([]uint32, slotCount)} }

// next empties the slots: those of another round are empty.
func (sc *search) next() {
	if sc.round++; sc.round == 1<<(32-slotBits) {
		clear(sc.slots)
		sc.round = 1
	}
}

// read gives at most n readings of the symbols, cheapest first, no two with the
// same folded letters. It is a beam search, so its work is bounded by
// len(syms) × beamWidth × the ways to read a symbol.
func (m *model) read(syms []symbol, n int, known knownNames, sc *search) []reading {
	sc.paths = append(sc.paths[:0], path{state: m.start, back: -1})
	from := 0
	for _, s := range syms {
		i, ok := m.place(s)
		if !ok || m.first[i] == m.first[i+1] {
			continue
		}
		to := len(sc.paths)
		sc.step, sc.best = sc.step[:0], costMax
		sc.next()
		for p := from; p < to; p++ {
			m.extend(sc, int32(p), m.first[i], m.first[i+1])
		}
		sc.choose()
		from = to
	}
	return m.finish(sc, from, n, known)
}

// extend adds what path p becomes with each unit lo to hi−1.
func (m *model) extend(sc *search, p int32, lo, hi uint32) {
	n := int(hi - lo)
	sc.done = slices.Grow(sc.done[:0], n)[:n]
	clear(sc.done)
	before := &sc.paths[p]
	for s, paid, left := before.state, before.cost, n; left > 0 && paid <= sc.best+beamMargin; {
		from, to := m.bounds(s)
		arcs := m.arcs[from:to]
		at := int(lo) // the empty context knows every unit
		if s != 0 {
			at = placeOf(arcs, lo)
		}
		for ; at < len(arcs) && uint32(arcs[at].unit) < hi; at++ {
			a := arcs[at]
			if k := uint32(a.unit) - lo; !sc.done[k] {
				sc.done[k] = true
				left--
				if cost := paid + int32(a.cost); cost <= sc.best+beamMargin {
					sc.add(before, p, a, cost, m.folds[a.unit])
				}
			}
		}
		if s == 0 {
			return
		}
		paid += int32(m.states[s].price)
		s = m.states[s].back
	}
}

// placeOf is where a unit stands among arcs, or would stand.
func placeOf(arcs []arc, unit uint32) int {
	low, high := 0, len(arcs)
	for low < high {
		if mid := int(uint(low+high) >> 1); uint32(arcs[mid].unit) < unit {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// add puts a candidate into the step, merged with one that has the same
// context and the same folded letters: what follows treats them alike.
func (sc *search) add(before *path, back int32, a arc, cost int32, f fold) {
	c := path{cost: cost, own: before.own + cost - before.cost, state: a.next, unit: a.unit, back: back}
	c.fold, c.tail = f.after(before.fold, before.tail)
	h := (c.fold ^ uint64(c.state)*0x9E3779B97F4A7C15) >> 7
	for {
		slot := &sc.slots[h%slotCount]
		if *slot>>slotBits != sc.round {
			if len(sc.step) < slotCount/2 {
				sc.step = append(sc.step, c)
				*slot = sc.round<<slotBits | uint32(len(sc.step))
				sc.best = min(sc.best, c.cost)
			}
			return
		}
		if same := &sc.step[*slot&slotIndex-1]; same.fold == c.fold && same.state == c.state {
			same.merge(c)
			sc.best = min(sc.best, same.cost)
			return
		}
		h++
	}
}

func (p *path) merge(c path) {
	sum := addCosts(p.cost, c.cost)
	if c.own < p.own {
		*p = c
	}
	p.cost = sum
}

// choose moves the best candidates of the step to the paths. Costs are small
// whole numbers behind the best, so counting sorts them.
func (sc *search) choose() {
	var place [beamMargin + 2]int
	for i := range sc.step {
		if d := sc.step[i].cost - sc.best; d <= beamMargin {
			place[d+1]++
		}
	}
	margin := int32(0)
	for ; margin <= beamMargin && place[margin] < 2*beamWidth; margin++ {
		place[margin+1] += place[margin]
	}
	from, n := len(sc.paths), place[margin]
	sc.paths = slices.Grow(sc.paths, n)[:from+n]
	for i := range sc.step {
		if d := sc.step[i].cost - sc.best; d < margin {
			sc.paths[from+place[d]] = sc.step[i]
			place[d]++
		}
	}
	sc.paths = sc.paths[:from+keepUnlike(sc.paths[from:], beamWidth, beamAlike)]
}

// keepUnlike moves the first n paths to the front, but of those with the same
// folded letters only the first few, and returns how many it kept.
func keepUnlike(paths []path, n, alike int) int {
	var folds [beamWidth]uint64
	var count [beamWidth]uint8 // of kept paths with each
	kept, distinct := 0, 0
next:
	for i := 0; i < len(paths) && kept < n; i++ {
		for j := range distinct {
			if folds[j] != paths[i].fold {
				continue
			}
			if int(count[j]) < alike {
				count[j]++
				paths[kept] = paths[i]
				kept++
			}
			continue next
		}
		folds[distinct], count[distinct] = paths[i].fold, 1
		distinct++
		paths[kept] = paths[i]
		kept++
	}
	return kept
}

// finish closes the paths and gives the readings: of those with the same
// folded letters the likeliest, at the cost of all of them together.
func (m *model) finish(sc *search, from, n int, known knownNames) []reading {
	sc.ends = sc.ends[:0]
	var letters [maxSymbols * 8]byte
	for p := from; p < len(sc.paths); p++ {
		price := m.endPrice(sc.paths[p].state)
		latin := m.spellOut(sc, int32(p), letters[:0])
		if len(latin) == 0 {
			continue
		}
		e := ending{path: int32(p), fold: sc.paths[p].fold, cost: sc.paths[p].cost + price, own: sc.paths[p].own + price}
		if known.has(latin) {
			e.cost, e.own = e.cost-knownBonus, e.own-knownBonus
		}
		if len(latin) <= shortReading {
			e.fold = e.fold*31 + firstVowelOf(latin)
		}
		sc.addEnding(e)
	}
	slices.SortStableFunc(sc.ends, func(a, b ending) int { return cmp.Compare(a.cost, b.cost) })
	out := make([]reading, 0, min(n, len(sc.ends)))
	for _, e := range sc.ends[:min(n, len(sc.ends))] {
		if e.cost > sc.ends[0].cost+readingMargin {
			break
		}
		out = append(out, reading{string(m.spellOut(sc, e.path, letters[:0])), e.cost})
	}
	return out
}

func (sc *search) addEnding(e ending) {
	i := slices.IndexFunc(sc.ends, func(o ending) bool { return o.fold == e.fold })
	if i < 0 {
		sc.ends = append(sc.ends, e)
		return
	}
	o := &sc.ends[i]
	sum := addCosts(o.cost, e.cost)
	if e.own < o.own {
		*o = e
	}
	o.cost = sum
}

// firstVowelOf tells Li from Lu, which have the same consonants.
func firstVowelOf(latin []byte) uint64 {
	for _, c := range latin {
		switch c {
		case 'a':
			return 1
		case 'e', 'i', 'y':
			return 2
		case 'o', 'u':
			return 3
		}
	}
	return 0
}

// endPrice is the cost of ending a token in a context. The end is the first
// unit, so its arc is the first or there is none.
func (m *model) endPrice(s uint32) int32 {
	for paid := int32(0); ; s = m.states[s].back {
		if from, to := m.bounds(s); from < to && m.arcs[from].unit == unitEnd {
			return paid + int32(m.arcs[from].cost)
		}
		if s == 0 {
			return costMax
		}
		paid += int32(m.states[s].price)
	}
}

// spellOut appends the letters of path p to b.
func (m *model) spellOut(sc *search, p int32, b []byte) []byte {
	var units [maxSymbols]uint16
	n := len(units)
	for ; p > 0; p = sc.paths[p].back {
		n--
		units[n] = sc.paths[p].unit
	}
	for _, u := range units[n:] {
		b = append(b, m.letters[u]...)
	}
	return b
}

// addCosts is the cost of a and b together: −log2(2^−a + 2^−b), in eighths of a bit.
func addCosts(a, b int32) int32 {
	if a > b {
		a, b = b, a
	}
	if d := b - a; int(d) < len(costSums) {
		return a - int32(costSums[d])
	}
	return a
}

// costSums[d] = round(8 × log2(1 + 2^(−d/8))).
var costSums = [...]int8{8, 8, 7, 7, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
