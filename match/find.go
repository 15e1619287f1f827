package match

import (
	"cmp"
	"math"
	"slices"

	"entente"
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
	x        *Index
	q        *Question
	bar      bar
	most     float64           // that anybody may have for what is not the date of birth and not a document
	bits     [maxAsked]float64 // how much each word says that somebody is found by it, in this index
	lists    []found
	seen     counter
	memory   memory
	pairing  pairing
	eye      eye
	held     person
	ranked   []ranked
	vicinity vicinity
}

// ranked is somebody compared.
type ranked struct {
	n    uint32
	bits float64
	kept bool
}

func newSearch(x *Index) *search {
	s := &search{x: x}
	s.seen.slots = make([]seen, fewSeen)
	s.memory.slots = make([]remembered, 1<<10)
	return s
}

// Find returns who may be meant, best first, at most limit.
func (x *Index) Find(asked entente.Subject, limit int) []Hit {
	return x.Answer(Ask(asked), limit, Least{})
}

// Answer is Find for a question that several indexes are asked, and only for
// who meets the least. It spares the work for those who cannot.
func (x *Index) Answer(q *Question, limit int, least Least) []Hit {
	s := x.scratch.Get().(*search)
	defer x.scratch.Put(s)
	if s.bar.Least != least {
		s.bar = newBar(least)
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	s.q, s.most = q, s.bar.most(q)
	hits := s.find(limit)
	s.q = nil
	return hits
}

func (s *search) find(limit int) []Hit {
	s.start()
	s.byNumbers()
	pairs := s.byPairs()
	s.bySingles()
	s.scan()
	if !pairs {
		s.byNear()
	}
	s.compare(s.choose(max(limit, compared)), limit)
	var hits []Hit
	for _, r := range s.ranked {
		if !r.kept {
			continue
		}
		s.x.read(r.n, &s.held, &s.eye)
		t := s.pairing.compare(s.q.asked, &s.held, &s.memory)
		hits = append(hits, Hit{s.held.id, s.pairing.explain(s.q.asked, &s.held, &t, &s.memory)})
	}
	return hits
}

func (s *search) start() {
	s.lists = s.lists[:0]
	s.seen.reset()
	s.memory.reset()
	for i := range s.q.words {
		count := 0
		for _, k := range s.q.words[i].keys {
			count = max(count, s.x.people.count(s.x.one(k)))
		}
		s.bits[i] = math.Log2(float64(s.x.live+2) / float64(count+1))
	}
}

// compare scores the chosen and keeps the best.
func (s *search) compare(chosen []uint32, limit int) {
	s.ranked = s.ranked[:0]
	for _, n := range chosen {
		if !s.mayReach(n) {
			continue
		}
		s.x.read(n, &s.held, &s.eye)
		t := s.pairing.compareRest(s.q.asked, &s.held, &s.memory)
		if !s.bar.may(learned.weigh(&t), &t) {
			continue
		}
		s.pairing.compareNames(&t, s.q.asked, &s.held, &s.memory)
		w := learned.weigh(&t)
		s.ranked = append(s.ranked, ranked{n, w.sum(), s.bar.meets(&w, &t)})
	}
	slices.SortFunc(s.ranked, func(a, b ranked) int {
		if c := cmp.Compare(b.bits, a.bits); c != 0 {
			return c
		}
		return cmp.Compare(a.n, b.n)
	})
	s.ranked = s.ranked[:min(len(s.ranked), max(limit, 0))]
}
