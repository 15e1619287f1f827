package match

import (
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
	unreadable  bool   // no name was read: the day of birth is looked up, too
}

// askedName is what a name is looked up by.
type askedName struct {
	parts []*part  // that it can be found by
	bits  []uint32 // of each: which word it is
	joins []join
}

// join is two words of a name that others write as one.
type join struct {
	keys []spell.Key // of both together
	x, y *part
	bits uint32
}

// word is a part of any name that the question has.
type word struct {
	*part
	skeleton string
	halves   []half // into which it may fall; made when first needed
}

// half is a place where a word may fall in two, with the keys of both.
type half struct {
	x, y   spell.Key
	xs, ys bool // made
}

// Ask makes a subject ready.
func Ask(s entente.Subject) *Question {
	q := &Question{asked: prepare(s)}
	q.first, q.last = years(q.asked)
	q.unreadable = q.asked.unreadable()
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
	for i := range len(n.parts) - 1 {
		x, y := n.parts[i], n.parts[i+1]
		if x.initial || y.initial || x.Role == spell.Title {
			continue
		}
		keys := spell.Join(x.Part, y.Part).Keys()
		a.joins = append(a.joins, join{keys[:min(len(keys), heldKeys)], x, y, q.bit(x) | q.bit(y)})
	}
	return a
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
		if w := &q.words[i]; w.Latin == p.Latin && w.Script == p.Script {
			return 1 << i
		}
	}
	return 0
}

// Words fall in two where both have three letters at least.
const (
	leastHalf = 3
	mostHalf  = 24
)

// places is in how many places a word may fall in two.
func (w *word) places() int {
	n := max(0, min(len(w.Latin), mostHalf)-2*leastHalf+1)
	if len(w.halves) != n {
		w.halves = make([]half, n)
	}
	return n
}

// before is the key of what stands before the i-th place.
func (w *word) before(i int) spell.Key {
	if h := &w.halves[i]; !h.xs {
		h.x, h.xs = spell.KeyOf(w.Latin[:leastHalf+i]), true
	}
	return w.halves[i].x
}

func (w *word) after(i int) spell.Key {
	if h := &w.halves[i]; !h.ys {
		h.y, h.ys = spell.KeyOf(w.Latin[leastHalf+i:]), true
	}
	return w.halves[i].y
}
