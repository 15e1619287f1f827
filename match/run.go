package match

import (
	"math/bits"

	"entente/spell"
)

// run is parts of a name that stand side by side, as somebody may have written
// them in one word: a part of the name from any place on, or all of it from any
// place on and round to it, for some put the family name in front.
type run struct {
	at, n       int
	length      int // letters
	readings    bool
	initial     bool // one of them is an initial: nobody writes it together with the others
	first, last byte
	sound       spell.Run
}

func (r *run) add(p *part) {
	if r.n == 0 {
		r.first = p.first
	}
	r.n++
	r.last = p.last
	r.length += int(p.length)
	r.readings = r.readings || p.readings > 0
	r.initial = r.initial || p.initial
	r.sound.Add(p.outline)
}

// Bounds of what anybody writes in one word.
const (
	mostInRun = 40 // letters
	mostRun   = 8  // words
)

// eachRun calls yield for all runs of two parts and more that have no more
// letters than so many, until it reports false.
func eachRun(parts []*part, letters int, yield func(r *run) bool) {
	parts = parts[:min(len(parts), maxParts)]
	n := len(parts)
	if !runsUpTo(parts, letters) {
		return
	}
	for at := range n {
		r := run{at: at}
		for r.n < min(n, mostRun) {
			r.add(parts[(at+r.n)%n])
			if r.initial || r.length > letters {
				break
			}
			if r.n > 1 && (at+r.n <= n || r.n == n) && !yield(&r) {
				return
			}
		}
	}
}

// runsUpTo tells quickly that no run has so few letters.
func runsUpTo(parts []*part, letters int) bool {
	for i := 1; i < len(parts); i++ {
		if int(parts[i-1].length)+int(parts[i].length) <= letters {
			return true
		}
	}
	return false
}

// aroundRun is by how many letters a word may differ from what it is written
// together of.
const aroundRun = 2

// mostLetters is how long a run may be that one of some words is written
// together of.
func mostLetters(parts []*part) (n int) {
	for _, p := range parts {
		if !p.light && !p.initial {
			n = max(n, 31-bits.LeadingZeros32(p.lengths))
		}
	}
	if n += aroundRun; n > 31 { // the bit of 31 is that of all beyond
		return mostInRun
	}
	return n
}

// mayBeWritten tells quickly that one part is not a run written together.
func mayBeWritten(one *part, r *run) bool {
	const around = 1<<(2*aroundRun+1) - 1
	if one.light || one.initial || one.lengths&(around<<max(0, min(r.length, 31)-aroundRun)) == 0 {
		return false
	}
	ends := one.first == r.first && one.last == r.last
	if ends && int(one.length) == r.length { // it may be the same letters, however they sound
		return true
	}
	return (ends || one.readings > 0 || r.readings) && one.outline.MayJoin(r.sound)
}

// runOf appends the parts of a run to list.
func runOf(parts []*part, at, n int, list []*part) []*part {
	for k := range n {
		list = append(list, parts[(at+k)%len(parts)])
	}
	return list
}

// joinWords pairs what one wrote in one word and the other in several:
// "Abdulrahman" and "Abdul Rahman".
func (m *pairing) joinWords(a, b []*part) {
	m.joinRuns(a, b, false)
	m.joinRuns(b, a, true)
}

// joinRuns pairs words with runs of others: turned, the words are of the second
// name. A word that has met one of the run already, but with letters that
// differ, is better written together.
func (m *pairing) joinRuns(ones, others []*part, turned bool) {
	if len(others) < 2 {
		return
	}
	for i, one := range ones {
		instead, free := m.mistyped(i, turned)
		if !free || one.light || one.initial {
			continue
		}
		var best pair
		eachRun(others, mostLetters(ones[i:i+1]), func(r *run) bool {
			if !mayBeWritten(one, r) || !m.runIsFree(r, len(others), instead, turned) {
				return true
			}
			if l := together(one, others, r); l.Rule != spell.None && l.Score > best.Score {
				best = pair{i, r.at, 1, r.n, l}
			}
			return true
		})
		if best.Rule == spell.None {
			continue
		}
		if instead >= 0 {
			m.drop(instead)
		}
		if turned {
			best.i, best.j, best.ni, best.nj = best.j, best.i, best.nj, best.ni
		}
		m.take(best)
	}
}

// mistyped reports whether a word has met nothing, or only another with letters
// that differ: then which pair that is.
func (m *pairing) mistyped(i int, turned bool) (which int, free bool) {
	used := &m.usedA
	if turned {
		used = &m.usedB
	}
	if !used[i] {
		return -1, true
	}
	for k := range m.pairs {
		p := &m.pairs[k]
		if at := p.i; p.Rule == spell.Typing && (turned && p.j == i || !turned && at == i) {
			return k, true
		}
	}
	return -1, false
}

// runIsFree reports whether the parts of a run have met nothing, but for one of
// them the word itself.
func (m *pairing) runIsFree(r *run, n, instead int, turned bool) bool {
	used, but := &m.usedB, -1
	if turned {
		used = &m.usedA
	}
	if instead >= 0 {
		if but = m.pairs[instead].j; turned {
			but = m.pairs[instead].i
		}
	}
	met := false
	for k := range r.n {
		at := (r.at + k) % n
		if at == but {
			met = true
		} else if used[at] {
			return false
		}
	}
	return instead < 0 || met
}

// drop takes a pair back.
func (m *pairing) drop(k int) {
	m.mark(&m.pairs[k], false)
	m.pairs = append(m.pairs[:k], m.pairs[k+1:]...)
}

// mark says of the parts of a pair whether they met.
func (m *pairing) mark(p *pair, used bool) {
	for k := range p.ni {
		m.usedA[(p.i+k)%m.na] = used
	}
	for k := range p.nj {
		m.usedB[(p.j+k)%m.nb] = used
	}
}

// rarerInRun is by how many bits each more word makes a run rarer.
const rarerInRun = 2

// together tells how alike one word is to a run of others written together.
func together(one *part, others []*part, r *run) likeness {
	var room [maxParts]*spell.Part
	parts := room[:0]
	rarity := 0.0
	for k := range r.n {
		p := others[(r.at+k)%len(others)]
		parts = append(parts, &p.Part)
		rarity = max(rarity, p.rarity)
	}
	l := spell.CompareJoined(&one.Part, parts...)
	if l.Rule == spell.None {
		return likeness{}
	}
	return likeness{l, min(one.rarity, rarity+rarerInRun*float64(r.n-1))}
}
