package match

import (
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
	keys []spell.Key // of all together
	bits uint32
}

// word is a part of any name that the question has.
type word struct {
	*part
	skeleton string
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
	var room [spell.MaxJoinedKeys]spell.Key
	eachRun(parts, mostInRun, func(r *run) bool {
		var words [maxParts]*spell.Part
		run, bits := words[:0], uint32(0)
		for k := range r.n {
			p := parts[(r.at+k)%len(parts)]
			run = append(run, &p.Part)
			bits |= q.bit(p)
		}
		list = append(list, askedRun{slices.Clone(spell.JoinedKeys(run, room[:0])), bits})
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

// bit is the bit of a part that has one.
func (q *Question) bit(p *part) uint32 {
	for i := range q.words {
		if w := &q.words[i]; w.Latin == p.Latin && w.Script == p.Script && slices.Equal(w.Others, p.Others) {
			return 1 << i
		}
	}
	return 0
}
