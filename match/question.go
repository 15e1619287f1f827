package match

import (
	"math/bits"
	"slices"

	"entente"
	"entente/spell"
)

// Question is a subject made ready to be asked for: once, for as many indexes
// as are asked. It is for one goroutine at a time.
type Question struct {
	asked       *person
	names       []askedName
	words       []word
	first, last uint16 // years of birth; 0: not known
}

// askedName is what a name is looked up by.
type askedName struct {
	parts []*part  // that it can be found by
	bits  []uint32 // of each: which word it is
	runs  []askedRun
}

// askedRun is words of a name that others may write as one.
type askedRun struct {
	words []*part
	keys  []spell.Key // of all together; made when first needed
	bits  uint32
}

// joinedKeys are the keys of all words together.
func (r *askedRun) joinedKeys() []spell.Key {
	if r.keys == nil {
		var words [maxParts]*spell.Part
		for i, p := range r.words {
			words[i] = &p.Part
		}
		r.keys = spell.JoinedKeys(words[:len(r.words)], nil)
	}
	return r.keys
}

// word is a part of any name that the question has.
type word struct {
	*part
	skeleton string
	runRare  int // how rare a word may be at most that is this one and others side by side
}

// Ask makes a subject ready.
func Ask(s entente.Subject) *Question {
	q := &Question{asked: prepare(s)}
	q.first, q.last = years(q.asked)
	number := uint32(0)
	for _, n := range q.asked.names {
		for _, p := range n.parts {
			number++
			p.id = number
		}
		q.names = append(q.names, q.name(n))
	}
	return q
}

func (q *Question) name(n name) askedName {
	parts := bearingParts(n.parts, nil)
	a := askedName{parts: parts, bits: make([]uint32, len(parts))}
	for i, p := range parts {
		a.bits[i] = q.number(p)
	}
	a.runs = q.runs(n.parts)
	return a
}

// runs are all runs of a name.
func (q *Question) runs(parts []*part) (list []askedRun) {
	eachRun(parts, mostInRun, func(r *run) bool {
		a := askedRun{words: runOf(parts, r.at, r.n, nil)}
		rare := 0
		for _, p := range a.words {
			a.bits |= q.bit(p)
			rare = max(rare, int(p.rare))
		}
		for i := range q.words {
			if w := &q.words[i]; a.bits>>i&1 != 0 {
				w.runRare = max(w.runRare, min(rarest, rare+rarerInRun*(r.n-1)))
			}
		}
		if a.bits == 0 { // there are too many words
			a.bits = certain - 1
		}
		list = append(list, a)
		return true
	})
	return list
}

// number gives a part its bit; 0 when there are too many.
func (q *Question) number(p *part) uint32 {
	if bit := q.bit(p); bit != 0 || len(q.words) == maxAsked-1 {
		return bit
	}
	q.words = append(q.words, word{part: p, skeleton: spell.Skeleton(p.Latin)})
	return 1 << (len(q.words) - 1)
}

// rareInRun is how rare a word may be at most that is one and others side by side.
func (q *Question) rareInRun(bit uint32) int { return q.words[bits.TrailingZeros32(bit)].runRare }

// bit is the bit of a part that has one.
func (q *Question) bit(p *part) uint32 {
	for i := range q.words {
		if w := &q.words[i]; w.Latin == p.Latin && w.Script == p.Script && slices.Equal(w.Others, p.Others) {
			return 1 << i
		}
	}
	return 0
}
