package match

import (
	"entente/spell"
)

// likener tells how alike two parts are. The index remembers the answers for
// the time of one question.
type likener interface {
	compare(a, b *part) likeness
}

// likeness is a part's likeness to another and what the pair is worth.
type likeness struct {
	spell.Likeness
	rarity float64 // of the commoner of the two
}

// plainly compares without remembering.
type plainly struct{}

func (plainly) compare(a, b *part) likeness { return compareParts(a, b) }

func compareParts(a, b *part) likeness {
	if !mayMeet(a, b) {
		return likeness{}
	}
	return likenessOf(a, b)
}

func likenessOf(a, b *part) likeness {
	l := spell.Compare(a.Part, b.Part)
	if l.Rule == spell.None {
		return likeness{}
	}
	return likeness{l, min(a.rarity, b.rarity)}
}

// worth orders pairs while parts are paired: what is alike and rare first.
func (l likeness) worth() float64 {
	if l.Rule == spell.None {
		return 0
	}
	return l.Score * l.Score * (2 + l.rarity)
}

// pair is one part that met another, or a run of others that it is written
// together of. A run may go on at the beginning of the name: [runOf].
type pair struct {
	i, j   int // positions in the two names
	ni, nj int // how many parts: more than 1 of a run
	likeness
}

// pairing is how the parts of two names met. It is reused: Reset empties it.
type pairing struct {
	pairs        []pair
	na, nb       int  // parts of the two names
	noRuns       bool // no word of one is several of the other: the caller knows
	usedA, usedB [maxParts]bool
	edges        [maxParts][maxParts]likeness
	most         []float64 // that the pairs of names of two people may be worth
}

// maxParts is how many parts spell.Parse gives at most.
const maxParts = 16

// pairNames finds the pairing of parts that is worth most. Order does not
// matter; each part is used once.
func (m *pairing) pairNames(a, b []*part, like likener) {
	a, b = a[:min(len(a), maxParts)], b[:min(len(b), maxParts)]
	m.na, m.nb = len(a), len(b)
	m.pairs = m.pairs[:0]
	m.usedA, m.usedB = [maxParts]bool{}, [maxParts]bool{}
	var rows, columns [maxParts]int8
	crossing := false
	for i, p := range a {
		for j, q := range b {
			m.edges[i][j] = likeness{}
			if p.light != q.light {
				continue
			}
			l := like.compare(p, q)
			if l.Rule == spell.None {
				continue
			}
			m.edges[i][j] = l
			rows[i]++
			columns[j]++
			crossing = crossing || rows[i] > 1 || columns[j] > 1
		}
	}
	if crossing {
		m.assign(len(a), len(b))
	} else {
		for i := range a {
			for j := range b {
				if rows[i] > 0 && m.edges[i][j].Rule != spell.None {
					m.take(pair{i, j, 1, 1, m.edges[i][j]})
				}
			}
		}
	}
	if !m.noRuns {
		m.joinWords(a, b)
	}
}

func (m *pairing) take(p pair) {
	m.pairs = append(m.pairs, p)
	m.mark(&p, true)
}

// assign is the Hungarian method on the worth of the edges: n and m are at
// most sixteen.
func (m *pairing) assign(n, k int) {
	swap := n > k
	if swap {
		n, k = k, n
	}
	cost := func(i, j int) float64 {
		if swap {
			i, j = j, i
		}
		return -m.edges[i][j].worth()
	}
	const far = 1e9
	var u, v [maxParts + 1]float64
	var match, way [maxParts + 1]int
	for i := 1; i <= n; i++ {
		match[0] = i
		var least [maxParts + 1]float64
		var done [maxParts + 1]bool
		for j := range k + 1 {
			least[j] = far
		}
		j0 := 0
		for {
			done[j0] = true
			i0, delta, j1 := match[j0], far, 0
			for j := 1; j <= k; j++ {
				if done[j] {
					continue
				}
				if c := cost(i0-1, j-1) - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range k + 1 {
				if done[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			if j0 = j1; match[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			j1 := way[j0]
			match[j0] = match[j1]
			j0 = j1
		}
	}
	for j := 1; j <= k; j++ {
		if match[j] == 0 {
			continue
		}
		x, y := match[j]-1, j-1
		if swap {
			x, y = y, x
		}
		if e := m.edges[x][y]; e.Rule != spell.None {
			m.take(pair{x, y, 1, 1, e})
		}
	}
}
