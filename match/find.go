package match

import (
	"cmp"
	"math"
	"slices"

	"entente"
	"entente/spell"
)

// Bounds of one question. They hold what it costs, whoever is asked for and
// however many are held.
const (
	maxAsked     = 32     // different parts of all names together
	maxLists     = 512    // lists of people that are looked into
	maxPairScan  = 16_384 // people read from lists of pairs
	maxOneScan   = 4_096  // people read from lists of single parts
	maxDatedScan = 12_288 // and where a year of birth bars most of them
	maxNearby    = 256    // skeletons that differ in a letter
	compared     = 48     // people that are compared in full, unless more are wanted
	atLeast      = 10     // people that are compared though they share much less than the best
	behind       = 8      // bits by which somebody may share less than the best
)

// search is what one question works with. It is used again, so that a question
// allocates little but its answer.
type search struct {
	x       *Index
	asked   *person
	parts   []askedPart
	lists   []found
	seen    counter
	first   uint16
	last    uint16
	memory  memory
	pairing pairing
	eye     eye
	held    person
	ranked  []ranked
	lookups []spell.Key
}

// askedPart is one part of the question.
type askedPart struct {
	*part
	bits float64 // how much it says that somebody is found by it, in this index
}

// found is people who share some parts with the question.
type found struct {
	people []uint32
	parts  uint32 // bits: which parts
	likely uint32 // bits: by the likeliest skeleton
	one    [1]uint32
	pair   bool
}

// ranked is somebody compared.
type ranked struct {
	n    uint32
	bits float64
}

func newSearch(x *Index) *search {
	s := &search{x: x}
	s.seen.slots = make([]seen, 1<<12)
	s.memory.slots = make([]remembered, 1<<10)
	return s
}

// Find returns who may be meant, best first, at most limit.
func (x *Index) Find(asked entente.Subject, limit int) []Hit {
	p := prepare(asked)
	s := x.scratch.Get().(*search)
	defer x.scratch.Put(s)
	x.mu.RLock()
	defer x.mu.RUnlock()
	return s.find(p, limit)
}

func (s *search) find(p *person, limit int) []Hit {
	s.start(p)
	s.byNumbers()
	pairs := s.byPairs()
	s.bySingles()
	s.scan()
	if !pairs {
		s.byNear()
	}
	s.compare(s.choose(max(limit, compared)), limit)
	hits := make([]Hit, len(s.ranked))
	for i, r := range s.ranked {
		s.x.read(r.n, &s.held, &s.eye)
		t := s.pairing.compare(s.asked, &s.held, &s.memory)
		hits[i] = Hit{s.held.id, s.pairing.explain(s.asked, &s.held, &t, &s.memory)}
	}
	return hits
}

func (s *search) start(p *person) {
	s.asked = p
	s.parts, s.lists = s.parts[:0], s.lists[:0]
	s.seen.reset()
	s.memory.reset()
	s.first, s.last = years(p)
	for i := range p.names {
		for _, q := range p.names[i].parts {
			s.memory.number(q)
		}
	}
}

// byNumbers looks documents and identifiers up: whoever has one is compared.
func (s *search) byNumbers() {
	var one [1]uint32
	for _, d := range s.asked.documents {
		for _, n := range s.x.people.get(s.x.text(ofDocument, d.number), &one) {
			s.seen.add(n, certain, 0)
		}
	}
	for _, i := range s.asked.identifiers {
		for _, n := range s.x.people.get(s.x.text(ofIdentifier, i.value), &one) {
			s.seen.add(n, certain, 0)
		}
	}
}

// certain marks who was found by a number.
const certain = 1 << 31

// byPairs looks up all pairs of parts of each name, and tells whether any was
// there.
func (s *search) byPairs() (any bool) {
	for _, n := range s.asked.names {
		var bearing [maxParts]*part
		parts := bearingParts(n.parts, bearing[:0])
		var bits [maxParts]uint32
		for i, p := range parts {
			bits[i] = s.bit(p)
		}
		for i, p := range parts {
			for j, q := range parts[:i] {
				any = s.pair(p.keys, q.keys, bits[i]|bits[j]) || any
			}
		}
		any = s.joined(n, parts, bits[:]) || any
	}
	return any
}

// bit numbers a part of the question; 0 when there are too many.
func (s *search) bit(p *part) uint32 {
	for i, q := range s.parts {
		if q.Latin == p.Latin && q.Script == p.Script {
			return 1 << i
		}
	}
	if len(s.parts) == maxAsked-1 {
		return 0
	}
	count := 0
	for _, k := range p.keys {
		count = max(count, s.x.people.count(s.x.one(k)))
	}
	bits := math.Log2(float64(s.x.live+2) / float64(count+1))
	s.parts = append(s.parts, askedPart{p, bits})
	return 1 << (len(s.parts) - 1)
}

func (s *search) pair(a, b []spell.Key, bits uint32) (any bool) {
	for i, k := range a {
		for j, l := range b {
			if k != l {
				any = s.list(s.x.pair(k, l), bits, true, i+j == 0) || any
			}
		}
	}
	return any
}

func (s *search) list(hash uint64, bits uint32, pair, likely bool) bool {
	if len(s.lists) == maxLists {
		return false
	}
	s.lists = append(s.lists, found{parts: bits, pair: pair})
	if likely {
		s.lists[len(s.lists)-1].likely = bits
	}
	l := &s.lists[len(s.lists)-1]
	if l.people = s.x.people.get(hash, &l.one); len(l.people) == 0 {
		s.lists = s.lists[:len(s.lists)-1]
		return false
	}
	l.one[0] = l.people[0]
	return true
}

// joined looks up two words that others write as one.
func (s *search) joined(n name, parts []*part, bits []uint32) (any bool) {
	for i := range len(n.parts) - 1 {
		x, y := n.parts[i], n.parts[i+1]
		if x.Role == spell.Initial || y.Role == spell.Initial || x.Role == spell.Title {
			continue
		}
		one := spell.Parse(x.Latin + y.Latin).Parts[0]
		both := s.bitOf(x) | s.bitOf(y)
		for j, q := range parts {
			if q != x && q != y {
				any = s.pair(one.Keys(), q.keys, both|bits[j]) || any
			}
		}
		for _, k := range one.Keys() {
			s.list(s.x.one(k), both, false, false)
		}
	}
	return any
}

// bitOf is the bit of a part that has one.
func (s *search) bitOf(p *part) uint32 {
	for i, q := range s.parts {
		if q.Latin == p.Latin && q.Script == p.Script {
			return 1 << i
		}
	}
	return 0
}

func (s *search) bySingles() {
	for i := range s.parts {
		for j, k := range s.parts[i].keys {
			s.list(s.x.one(k), 1<<i, false, j == 0)
		}
	}
}

// scan reads the lists, pairs first, short ones first, within bounds.
func (s *search) scan() {
	slices.SortFunc(s.lists, func(a, b found) int {
		if a.pair != b.pair {
			if a.pair {
				return -1
			}
			return 1
		}
		return cmp.Compare(len(a.people), len(b.people))
	})
	pairs, ones, dated := 0, 0, 0
	for i := range s.lists {
		l := &s.lists[i]
		if len(l.people) == 1 {
			l.people = l.one[:]
		}
		left := &ones
		bound := maxOneScan
		if l.pair {
			left, bound = &pairs, maxPairScan
		}
		switch n := len(l.people); {
		case *left+n <= bound:
			*left += n
			for _, id := range l.people {
				s.seen.add(id, l.parts, l.likely)
			}
		case s.first != 0 && dated+n <= maxDatedScan:
			dated += n
			for _, id := range l.people {
				if s.fits(id) > 0 {
					s.seen.add(id, l.parts, l.likely)
				}
			}
		case l.pair:
			for _, id := range l.people[:bound-*left] {
				s.seen.add(id, l.parts, l.likely)
			}
			*left = bound
		}
	}
}

// fits compares years of birth: 1 near, -1 not, 0 not known.
func (s *search) fits(n uint32) int {
	e := s.x.entries.at(int(n))
	switch {
	case s.first == 0 || e.first == 0:
		return 0
	case e.first <= s.last+1 && s.first <= e.last+1:
		return 1
	}
	return -1
}

// byNear looks for skeletons that differ in a letter, and for one word that
// others write as two.
func (s *search) byNear() {
	var one, two [1]uint32
	left := maxOneScan
	for i := range s.parts {
		p := s.parts[i].part
		nearby := 0
		s.x.eachNear(spell.Skeleton(p.Latin), func(hash uint64) {
			for _, id := range s.x.words.get(hash, &one) {
				if nearby++; nearby > maxNearby {
					return
				}
				q := s.x.parts.at(int(id))
				if s.memory.compare(p, q).Rule == spell.None {
					continue
				}
				people := s.x.people.get(s.x.one(q.keys[0]), &two)
				if len(people) > left {
					continue
				}
				left -= len(people)
				for _, n := range people {
					s.seen.add(n, 1<<i, 0)
				}
			}
		})
		if s.x.people.count(s.x.one(p.keys[0])) == 0 {
			s.split(p, 1<<i)
		}
	}
}

// split looks for the two words of which one may be made.
func (s *search) split(p *part, bits uint32) {
	var one [1]uint32
	for i := 3; i <= min(len(p.Latin), 24)-3; i++ {
		x, y := spell.Parse(p.Latin[:i]).Parts[0], spell.Parse(p.Latin[i:]).Parts[0]
		people := s.x.people.get(s.x.pair(x.Keys()[0], y.Keys()[0]), &one)
		for _, n := range people[:min(len(people), 64)] {
			s.seen.add(n, bits, 0)
		}
	}
}

// choose picks whom to compare in full: those who share most, by rarity in
// this index and by year of birth.
func (s *search) choose(most int) []uint32 {
	var histogram [256]int
	for i := range s.seen.list {
		e := &s.seen.slots[s.seen.list[i]]
		sum := 0.0
		for j := range s.parts {
			if e.parts&(1<<j) != 0 {
				sum += s.parts[j].bits
			}
			if e.likely&(1<<j) != 0 {
				sum++
			}
		}
		sum += 4 * float64(s.fits(e.n))
		if e.parts&certain != 0 {
			sum += 100
		}
		e.rank = uint8(min(255, max(0, 16+2*sum)))
		histogram[e.rank]++
	}
	floor, above, best := 255, 0, 255
	for best > 0 && histogram[best] == 0 {
		best--
	}
	for floor > 0 && above+histogram[floor] <= most && (floor >= best-2*behind || above < atLeast) {
		above += histogram[floor]
		floor--
	}
	room := most - above // for those at the floor itself
	if floor < best-2*behind {
		room = max(0, atLeast-above)
	}
	chosen := s.seen.chosen[:0]
	for _, i := range s.seen.list {
		e := &s.seen.slots[i]
		switch {
		case int(e.rank) > floor:
			chosen = append(chosen, e.n)
		case int(e.rank) == floor && room > 0:
			room--
			chosen = append(chosen, e.n)
		}
	}
	s.seen.chosen = chosen
	return chosen
}

// compare scores the chosen and keeps the best.
func (s *search) compare(chosen []uint32, limit int) {
	s.ranked = s.ranked[:0]
	for _, n := range chosen {
		s.x.read(n, &s.held, &s.eye)
		t := s.pairing.compare(s.asked, &s.held, &s.memory)
		w := learned.weigh(&t)
		s.ranked = append(s.ranked, ranked{n, w.sum()})
	}
	slices.SortFunc(s.ranked, func(a, b ranked) int {
		if c := cmp.Compare(b.bits, a.bits); c != 0 {
			return c
		}
		return cmp.Compare(a.n, b.n)
	})
	s.ranked = s.ranked[:min(len(s.ranked), max(limit, 0))]
}
