package match

import "slices"

// What somebody shares with a question is known before anything of him is read:
// by which words he was found. If that, with the best that his date can be,
// cannot meet the least, he is not compared.

// promise is what is known of the words of a question by the time that people
// are chosen.
type promise struct {
	unread uint32 // words whose people were not all seen
	few    uint32 // words that few have: who has one is compared, lest another be mistyped
	most   [64]promised
}

// promised is what names are worth at most to whom some words found.
type promised struct {
	parts uint32
	bare  bool // he has no initials
	known bool
	bits  float64
}

// may reports whether somebody who was found by these words may meet the least.
func (s *search) may(n, parts uint32) bool {
	if s.bar.Score <= 0 || parts&certain != 0 || len(s.q.asked.identifiers) > 0 {
		return true
	}
	b := *s.x.born.at(int(n))
	if b&hasPapers != 0 && len(s.q.asked.documents) > 0 {
		return true
	}
	bare := b&hasInitials == 0
	p := &s.promise.most[parts*0x9e3779b1>>26]
	if !p.known || p.parts != parts || p.bare != bare {
		*p = promised{parts, bare, true, max(learned.apart, learned.bitsOfName(s.mostByWords(parts, bare)))}
	}
	w := weights{name: p.bits, place: s.most - learned.mostOfName(), birth: s.bestDate}
	if s.bar.ButFor <= 0 {
		w.birth = s.reach.weight(b, s.bestDate)
	}
	return s.bar.may(w, &terms{}, p.bits)
}

// mostByWords is what the sum of names is at most of somebody who was found by
// these words.
func (s *search) mostByWords(parts uint32, bare bool) float64 {
	best := float64(nothing)
	for i := range s.q.names {
		n := &s.q.names[i]
		var h hopes
		na := 0
		for _, p := range s.q.asked.names[i].parts[:min(len(s.q.asked.names[i].parts), maxParts)] {
			if p.light {
				continue
			}
			na++
			if p.initial {
				h.initials++
			}
		}
		for j, p := range n.parts[:min(len(n.parts), maxParts)] {
			switch bit := n.bits[j]; {
			case bit == 0 || (parts|s.promise.unread)&bit != 0:
				h.add(p, mostOf.any[p.rare])
			case parts&s.promise.few != 0:
				h.add(p, mostOf.mistyped[p.rare])
			case !bare:
				h.initials++
			}
		}
		for nb := 1; nb <= max(na, 1); nb++ { // more of his only take away
			best = max(best, learned.mostOfSum(&h, max(na, 1), nb))
		}
	}
	return best
}

// weight is what the date of birth adds; best where it cannot be told.
func (r *reach) weight(b born, best float64) float64 {
	held, ok := b.date()
	if !ok || !r.dated {
		return best
	}
	return learned.birth[compareDates(r.exact, held)]
}

// mostOfDate is the most that dates of birth add.
func mostOfDate(q *Question) float64 {
	if q.first == 0 {
		return 0
	}
	return slices.Max(learned.birth[:]) // dateNone's is 0
}
