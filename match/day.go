package match

// People whose names could not be read are found by the day on which they were
// born, and whoever was born on it is, where the name that is asked for could not
// be read.

// maxDay is how many people of one day are compared.
const maxDay = 64

// eachDay calls yield for the days on which somebody may be born.
func (h *hasher) eachDay(p *person, yield func(uint64)) {
	for _, b := range p.births {
		day := packDate(b.date)
		if day == 0 || b.date.Month == 0 || b.date.Day == 0 {
			continue
		}
		yield(h.day(ofDay, day))
		if p.unreadable() {
			yield(h.day(ofDayUnread, day))
		}
	}
}

func (h *hasher) day(kind uint64, day born) uint64 { return mix(uint64(day) ^ h.salt ^ kind) }

// byDay looks up who was born on the same day where no name can be compared.
func (s *search) byDay() {
	kind := uint64(ofDayUnread)
	if s.q.unreadable {
		kind = ofDay
	}
	var one [1]uint32
	for _, b := range s.q.asked.births {
		day := packDate(b.date)
		if day == 0 || b.date.Month == 0 || b.date.Day == 0 {
			continue
		}
		people := s.x.people.get(s.x.day(kind, day), &one)
		for _, n := range people[:min(len(people), maxDay)] {
			s.seen.add(n, certain, 0)
		}
	}
}
