package match

import "slices"

// What somebody shares with a question is known before anything of them is read:
// by which words they were found, and how. Two words meet in no other way than
// those by which people are looked up: a key in common, letters that differ, or
// written together. So a word that did not find somebody is worth nothing, unless
// not all of its people were read. Who cannot meet the least with what is left is
// not compared.

// promise is what is known of the words of a question by the time that people
// are chosen.
type promise struct {
	unread  marks // words whose people were not all seen
	skipped marks // words that can lead only people born on the very day to the least
	most    [64]promised
}

// promised is what names are worth at most to people who were found by some words.
type promised struct {
	marks
	bare  bool // they have no initials
	known bool
	bits  float64
}

// may reports whether somebody who was found by these words may meet the least.
func (s *search) may(n uint32, by *marks) bool {
	if s.bar.Score <= 0 || by.parts&certain != 0 {
		return true
	}
	b := *s.x.born.at(int(n))
	if b&hasPapers != 0 && len(s.q.asked.documents) > 0 {
		return true
	}
	w := weights{place: s.most - learned.mostOfName(), birth: s.reach.weight(b, s.bestDate)}
	if b&nameless == 0 && len(s.q.names) > 0 {
		w.name = s.promised(*by, b&hasInitials == 0)
	}
	return s.bar.may(w, &terms{}, w.name)
}

// promised is what names are worth at most.
func (s *search) promised(by marks, bare bool) float64 {
	by.likely = 0
	p := &s.promise.most[(by.parts^by.near*3^by.joined*5^by.runs*7)*0x9e3779b1>>26]
	if !p.known || p.marks != by || p.bare != bare {
		*p = promised{by, bare, true, max(leastApart, learned.bitsOfName(s.mostByWords(by, bare)))}
	}
	return p.bits
}

// doubt adds the words by which somebody would perhaps have been found if all had
// been read.
func (p *promise) doubt(by marks) marks {
	by.add(p.unread)
	if by.near&certain != 0 {
		by.add(p.skipped)
	}
	return by
}

// mayBe reports whether anybody may meet the least who was found by these words
// at most, and not by the date of birth.
func (s *search) mayBe(by marks) bool {
	if s.bar.Score <= 0 {
		return true
	}
	w := weights{place: s.most - learned.mostOfName(), birth: s.otherDate}
	return s.bar.may(w, &terms{}, max(leastApart, learned.bitsOfName(s.mostByWords(by, false))))
}

// mostByWords is what the sum of names is at most of somebody who was found by
// these words.
func (s *search) mostByWords(by marks, bare bool) float64 {
	by = s.promise.doubt(by)
	best := float64(nothing)
	for i := range s.q.names {
		var h hopes
		na := s.hopes(&h, i, bare)
		inRuns := s.hopesByWords(&h, &s.q.names[i], &by, bare)
		for k := 0; k <= inRuns; k++ { // words of a run are one
			for nb := 1; nb <= max(na-k, 1); nb++ { // more of theirs only take away
				best = max(best, learned.mostOfSum(&h, max(na-k, 1), nb))
			}
		}
	}
	return best
}

// hopes takes the initials of a name, which find nobody, and counts its parts.
func (s *search) hopes(h *hopes, i int, bare bool) (parts int) {
	all := s.q.asked.names[i].parts
	for _, p := range all[:min(len(all), maxParts)] {
		if p.light {
			continue
		}
		parts++
		if p.initial {
			h.initials++
			if !bare { // the same initial is the same word
				h.add(float64(p.rare), mostOf.of(p))
			}
		}
	}
	return parts
}

// hopesByWords takes the other parts by how they found somebody, and tells by how
// many fewer they are where runs of them are one word.
func (s *search) hopesByWords(h *hopes, n *askedName, by *marks, bare bool) (inRuns int) {
	alone := 0 // words that meet in a run or not at all
	rare := 0
	for j, p := range n.parts[:min(len(n.parts), maxParts)] {
		bit := n.bits[j]
		if by.runs&bit != 0 {
			inRuns++
			rare = max(rare, s.q.rareInRun(bit))
		}
		switch {
		case bit == 0:
			h.add(rarest, max(mostOf.joined[rarest], mostOf.of(p)))
		case by.parts&bit != 0:
			most := mostOf.of(p)
			if by.joined&bit != 0 {
				most = max(most, mostOf.joined[p.rare])
			}
			h.add(float64(p.rare), most)
		case by.joined&bit != 0:
			h.add(float64(p.rare), max(mostOf.joined[p.rare], mostOf.ofMistyped(p)))
		case by.near&bit != 0:
			h.add(float64(p.rare), mostOf.ofMistyped(p))
		case by.runs&bit != 0:
			alone++
		case !bare && !p.initial:
			h.initials++
		}
	}
	for range min(alone, (inRuns+1)/2) {
		h.add(float64(rare), mostOf.joined[rare])
	}
	return inRuns
}

// weight is what the date of birth adds; best where it cannot be told.
func (r *reach) weight(b born, best float64) float64 {
	held, ok := b.date()
	if !ok {
		if b&^flags == 0 { // none is known
			return 0
		}
		return best
	}
	if !r.dated {
		return best
	}
	return learned.birth[compareDates(r.exact, held)]
}

// mostOfDate is the most that dates of birth add: any, and all but those by which
// people are looked up.
func mostOfDate(q *Question) (best, other float64) {
	for _, b := range q.asked.births {
		switch d := b.date; {
		case d.IsZero():
		case !whole(d) && d.Month == 0:
			best = max(best, learned.birth[dateYear])
			other = best
		case !whole(d):
			best = max(best, learned.birth[dateYear], learned.birth[dateMonth])
			other = best
		default:
			best = max(best, slices.Max(learned.birth[:]))
			for k, w := range learned.birth {
				if k := dateKind(k); k != dateSame && k != dateSwapped {
					other = max(other, w)
				}
			}
		}
	}
	return best, other
}
