package match

import "math/bits"

// choose picks whom to compare in full: those who share most, by rarity in
// this index and by year of birth.
func (s *search) choose(most int) []chosen {
	var histogram [256]int
	sum, before := 0.0, marks{} // of the one before, which is often as the next
	for i := range s.seen.list {
		e := &s.seen.slots[s.seen.list[i]]
		if !s.may(e.n, &e.marks) {
			e.rank = ruledOut
			continue
		}
		if e.marks != before {
			before = e.marks
			sum = s.shared(&before)
		}
		e.rank = uint8(min(255, max(ruledOut+1, 16+2*(sum+4*float64(s.fits(e.n))))))
		histogram[e.rank]++
	}
	floor, above, best := 255, 0, 255
	for best > 0 && histogram[best] == 0 {
		best--
	}
	for floor > 0 && above+histogram[floor] <= most && (floor >= best-2*behind || s.bar.Score > 0 || above < atLeast) {
		above += histogram[floor]
		floor--
	}
	room := most - above // for those at the floor itself
	if floor < best-2*behind {
		room = max(0, atLeast-above)
	}
	if floor == ruledOut {
		room = 0
	}
	list := s.seen.chosen[:0]
	for _, i := range s.seen.list {
		e := &s.seen.slots[i]
		switch {
		case int(e.rank) > floor:
			list = append(list, s.chosen(e))
		case int(e.rank) == floor && room > 0:
			room--
			list = append(list, s.chosen(e))
		}
	}
	s.seen.chosen = list
	return list
}

// chosen is somebody to compare in full.
type chosen struct {
	n    uint32
	runs bool // a word of theirs may be several of the question, or the other way round
}

func (s *search) chosen(e *seen) chosen {
	by := s.promise.doubt(e.marks)
	return chosen{e.n, by.parts&certain != 0 || by.joined|by.runs != 0}
}

// ruledOut is the rank of who cannot meet the least.
const ruledOut = 0

// shared is what the parts say by which somebody was found.
func (s *search) shared(by *marks) (sum float64) {
	if by.parts&certain != 0 {
		sum = 100
	}
	for rest := by.all() &^ certain; rest != 0; rest &= rest - 1 {
		if i := bits.TrailingZeros32(rest); by.likely>>i&1 != 0 {
			sum += s.likely[i]
		} else {
			sum += s.bits[i]
		}
	}
	return sum + float64(bits.OnesCount32(by.likely))
}
