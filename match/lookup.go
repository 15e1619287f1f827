package match

import (
	"cmp"
	"slices"

	"entente"
	"entente/spell"
)

// found is people who share some parts with the question.
type found struct {
	people []uint32
	by     marks
	one    [1]uint32
	pair   bool
}

// byNumbers looks documents and identifiers up: everybody who has one, or a document
// that one character sets apart, is compared.
func (s *search) byNumbers() {
	var one [1]uint32
	all := func(hash uint64) {
		for _, n := range s.x.people.get(hash, &one) {
			s.seen.add(n, marks{parts: certain})
		}
	}
	for _, d := range s.q.asked.documents {
		all(s.x.text(ofDocument, d.number))
		if len(d.number) < leastNear || len(s.q.asked.names) == 0 {
			continue
		}
		all(s.x.text(ofDocument, middleSwapped(d.number)))
		s.x.eachHalf(d.number, func(hash uint64) {
			if s.x.people.count(hash) <= maxHalves { // of one series: half of a number says nothing
				all(hash)
			}
		})
	}
	for _, i := range s.q.asked.identifiers {
		all(s.x.text(ofIdentifier, i.value))
	}
}

// maxHalves is how many people may share half of a document's number for them to
// be looked at.
const maxHalves = 256

// byDates looks up who was born on the very day, or on that with day and month
// swapped: so much speaks for them that a name may say little.
func (s *search) byDates() {
	for _, b := range s.q.asked.births {
		if !whole(b.date) {
			continue
		}
		s.born(b.date)
		if d := b.date; d.Day <= 12 && d.Day != d.Month {
			d.Day, d.Month = d.Month, d.Day
			s.born(d)
		}
	}
}

func (s *search) born(d entente.PartialDate) {
	var one [1]uint32
	s.note(s.x.people.get(s.x.date(packDate(d)), &one), marks{near: certain})
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
	}
	return paired
}

// pair looks a pair up, and gives its words if it is there.
func (s *search) pair(a, b []spell.Key, bits uint32) (paired uint32) {
	for i, k := range a {
		for j, l := range b {
			by := marks{parts: bits}
			if i+j == 0 {
				by.likely = bits
			}
			if k != l && s.list(s.x.pair(k, l), by, true) {
				paired = bits
			}
		}
	}
	return paired
}

// byRuns looks up who writes words of the question as one, and who writes one of
// its words as several, where that can bring anybody to the least.
func (s *search) byRuns() {
	all := s.allWords()
	for i := range s.q.names {
		for k := range s.q.names[i].runs {
			r := &s.q.names[i].runs[k]
			by := marks{runs: r.bits}
			if rest := all &^ r.bits; !s.mayBe(marks{parts: rest, near: rest, joined: rest, runs: r.bits}) {
				s.promise.skipped.add(by)
				continue
			}
			for _, key := range r.joinedKeys() {
				s.list(s.x.one(key), by, true)
			}
		}
	}
	var room [128]spell.Seam
	for i := range s.q.words {
		by := marks{joined: 1 << i}
		if rest := all &^ by.joined; !s.mayBe(marks{parts: rest, near: rest, joined: all}) {
			s.promise.skipped.add(by)
			continue
		}
		for _, seam := range s.q.words[i].Seams(room[:0]) {
			if seam.Alone {
				s.list(s.x.one(seam.First), by, true)
			} else {
				s.list(s.x.pair(seam.First, seam.Last), by, true)
			}
		}
	}
}

// allWords are the bits of all words; of those that have none, too, where there
// are too many.
func (s *search) allWords() uint32 {
	if len(s.q.words) == maxAsked-1 {
		return certain - 1
	}
	return 1<<len(s.q.words) - 1
}

func (s *search) bySingles() {
	for i := range s.q.words {
		for j, k := range s.q.words[i].keys {
			by := marks{parts: 1 << i}
			if j == 0 {
				by.likely = 1 << i
			}
			s.list(s.x.one(k), by, false)
		}
	}
}

func (s *search) list(hash uint64, by marks, pair bool) bool {
	if len(s.lists) == maxLists {
		s.promise.unread.add(by)
		return false
	}
	s.lists = append(s.lists, found{by: by, pair: pair})
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
			s.note(l.people, l.by)
			continue
		case s.q.first != 0 && dated+n <= maxDatedScan:
			dated += n
			for _, id := range l.people {
				if s.fits(id) > 0 {
					s.seen.add(id, l.by)
				}
			}
		case l.pair:
			s.note(l.people[:bound-*left], l.by)
			*left = bound
		}
		s.promise.unread.add(l.by)
	}
}
