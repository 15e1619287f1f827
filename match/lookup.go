package match

import (
	"cmp"
	"slices"

	"entente/spell"
)

// found is people who share some parts with the question.
type found struct {
	people []uint32
	parts  uint32 // bits: which parts
	likely uint32 // bits: by the likeliest skeleton
	one    [1]uint32
	pair   bool
}

// byNumbers looks documents and identifiers up: whoever has one is compared.
func (s *search) byNumbers() {
	var one [1]uint32
	for _, d := range s.q.asked.documents {
		for _, n := range s.x.people.get(s.x.text(ofDocument, d.number), &one) {
			s.seen.add(n, certain, 0)
		}
	}
	for _, i := range s.q.asked.identifiers {
		for _, n := range s.x.people.get(s.x.text(ofIdentifier, i.value), &one) {
			s.seen.add(n, certain, 0)
		}
	}
}

// certain marks who was found by a number.
const certain = 1 << 31

// byPairs looks up all pairs of parts of each name, and tells the words that were
// in one.
func (s *search) byPairs() (paired uint32) {
	for i := range s.q.names {
		n := &s.q.names[i]
		for i, p := range n.parts {
			for j, q := range n.parts[:i] {
				paired |= s.pair(p.keys, q.keys, n.bits[i]|n.bits[j])
			}
		}
		for _, joined := range n.joins {
			paired |= s.joined(n, joined)
		}
	}
	return paired
}

// joined looks up two words that others write as one.
func (s *search) joined(n *askedName, two join) (paired uint32) {
	for j, q := range n.parts {
		if q != two.x && q != two.y {
			paired |= s.pair(two.keys, q.keys, two.bits|n.bits[j])
		}
	}
	for _, k := range two.keys {
		s.list(s.x.one(k), two.bits, false, false)
	}
	return paired
}

// pair looks a pair up, and gives its words if it is there.
func (s *search) pair(a, b []spell.Key, bits uint32) (paired uint32) {
	for i, k := range a {
		for j, l := range b {
			if k != l && s.list(s.x.pair(k, l), bits, true, i+j == 0) {
				paired = bits
			}
		}
	}
	return paired
}

func (s *search) bySingles() {
	for i := range s.q.words {
		for j, k := range s.q.words[i].keys {
			s.list(s.x.one(k), 1<<i, false, j == 0)
		}
	}
}

func (s *search) list(hash uint64, bits uint32, pair, likely bool) bool {
	if len(s.lists) == maxLists {
		s.promise.unread = ^uint32(0)
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
	pairs, ones, dated, mostPairs := 0, 0, 0, maxPairScan
	if s.q.first == 0 {
		mostPairs = maxBareScan
	}
	for i := range s.lists {
		l := &s.lists[i]
		if len(l.people) == 1 {
			l.people = l.one[:]
		}
		left := &ones
		bound := maxOneScan
		if l.pair {
			left, bound = &pairs, mostPairs
		}
		switch n := len(l.people); {
		case *left+n <= bound:
			*left += n
			s.note(l.people, l.parts, l.likely)
			continue
		case s.q.first != 0 && dated+n <= maxDatedScan:
			dated += n
			for _, id := range l.people {
				if s.fits(id) > 0 {
					s.seen.add(id, l.parts, l.likely)
				}
			}
		case l.pair:
			s.note(l.people[:bound-*left], l.parts, l.likely)
			*left = bound
		}
		s.promise.unread |= l.parts
	}
}
