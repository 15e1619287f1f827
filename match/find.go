package match

import (
	"math"
	"slices"

	"entente"
)

// Bounds of one question. They hold what it costs, whoever is asked for and
// however many are held.
const (
	maxAsked     = 32     // different parts of all names together
	maxLists     = 512    // lists of people that are looked into
	maxPairScan  = 16_384 // people read from lists of pairs, who are told apart by a year of birth
	maxBareScan  = 4_096  // and where there is none
	maxOneScan   = 4_096  // people read from lists of single parts
	maxDatedScan = 12_288 // and where a year of birth bars most of them
	maxNearScan  = 8_192  // people read from lists of words that letters set apart
	compared     = 96     // people that are compared in full, unless more are wanted
	atLeast      = 10     // people that are compared though they share much less than the best
	behind       = 8      // bits by which somebody may share less than the best
)

// search is what one question works with. It is used again, so that a question
// allocates little but its answer.
type search struct {
	x         *Index
	q         *Question
	bar       bar
	reach     reach
	promise   promise
	bestDate  float64           // the most that dates of birth add
	otherDate float64           // and of those by which nobody is looked up
	most      float64           // that anybody may have for what is not the date of birth and not a document
	bits      [maxAsked]float64 // how much each word says that somebody is found by it, in this index
	likely    [maxAsked]float64 // the same, by its likeliest skeleton
	lists     []found
	seen      counter
	memory    memory
	pairing   pairing
	eye       eye
	held      person
	ranked    []ranked
	vicinity  vicinity
}

// ranked is somebody compared.
type ranked struct {
	n     uint32
	bits  float64
	terms terms
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
	x.mu.RLock()
	defer x.mu.RUnlock()
	return s.find(q, limit, least)
}

func (s *search) find(q *Question, limit int, least Least) []Hit {
	s.start(q, least)
	defer func() { s.q = nil }()
	s.byNumbers()
	s.byDates()
	s.byPairs()
	s.byRuns()
	s.bySingles()
	s.scan()
	s.byNear()
	most := max(limit, compared)
	if s.bar.Score > 0 {
		most = len(s.seen.list) // everybody who may reach the least
	}
	s.compare(s.choose(most), max(limit, 0))
	return s.explain()
}

// explain makes hits of the best.
func (s *search) explain() (hits []Hit) {
	for i := range s.ranked {
		r := &s.ranked[i]
		s.x.read(r.n, &s.held, &s.eye)
		hits = append(hits, Hit{s.held.id, s.pairing.explain(s.q.asked, &s.held, &r.terms, &s.memory, s.bar.crowd)})
	}
	return hits
}

func (s *search) start(q *Question, least Least) {
	if crowd := learned.crowd(s.x.live); s.bar.Least != least || s.bar.crowd != crowd {
		s.bar = newBar(least, crowd)
	}
	s.q, s.most = q, s.bar.most(q)
	s.reach = s.reachOf()
	s.bestDate, s.otherDate = mostOfDate(q)
	s.lists = s.lists[:0]
	s.seen.reset()
	s.promise = promise{}
	s.memory.reset()
	for i := range s.q.words {
		count, likely := 0, 0
		for j, k := range s.q.words[i].keys {
			n := s.x.people.count(s.x.one(k))
			if j == 0 {
				likely = n
			}
			count = max(count, n)
		}
		s.bits[i], s.likely[i] = s.x.rarity(count), s.x.rarity(likely)
	}
}

// rarity is what it says that somebody is one of so many, in bits.
func (x *Index) rarity(count int) float64 {
	return math.Log2(float64(x.live+2) / float64(count+1))
}

// compare scores the chosen and keeps the best, best first.
func (s *search) compare(list []chosen, limit int) {
	s.ranked = s.ranked[:0]
	defer func() { s.pairing.noRuns = false }()
	for _, c := range list {
		s.x.read(c.n, &s.held, &s.eye)
		s.pairing.noRuns = !c.runs
		t := s.pairing.compareRest(s.q.asked, &s.held, &s.memory)
		w := learned.weigh(&t)
		if !s.bar.may(w, &t, learned.mostOfName()) {
			continue
		}
		most := max(leastApart, learned.bitsOfName(s.pairing.glance(s.q.asked, &s.held)))
		if !s.mayRank(w, most, limit) || !s.bar.may(w, &t, most) {
			continue
		}
		s.pairing.compareGlanced(&t, s.q.asked, &s.held, &s.memory)
		if w = learned.weigh(&t); s.bar.meets(&w, &t) {
			s.rank(&ranked{c.n, w.sum(), t}, limit)
		}
	}
}

// mayRank reports whether somebody whose names are worth so much at most may
// come among the best.
func (s *search) mayRank(w weights, most float64, limit int) bool {
	if len(s.ranked) < limit {
		return true
	}
	w.name = most
	return limit > 0 && w.sum() >= s.ranked[limit-1].bits-1e-9
}

// rank puts somebody in his place among the best.
func (s *search) rank(r *ranked, limit int) {
	at := len(s.ranked)
	for at > 0 && r.before(&s.ranked[at-1]) {
		at--
	}
	if at < limit {
		s.ranked = slices.Insert(s.ranked[:min(len(s.ranked), limit-1)], at, *r)
	}
}

func (r *ranked) before(o *ranked) bool { return r.bits > o.bits || r.bits == o.bits && r.n < o.n }
