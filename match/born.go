package match

import (
	"slices"

	"entente"
)

// born is when somebody was born, and whether there are documents, initials and names, so
// that those of a long list are told apart from near memory: the date where there
// is one, 0 where there is none.
type born uint32

const (
	hasPapers   born = 1 << 31
	hasInitials born = 1 << 29 // in a name
	severalOf   born = 1 << 28 // dates
	nameless    born = 1 << 27
	flags            = hasPapers | hasInitials | nameless
	bitsOfDate       = 9 // of day and month; the year stands above
)

func bornOf(p *person) (b born) {
	for _, claim := range p.births {
		switch date := packDate(claim.date); {
		case b == 0:
			b = date
		case date != 0 && date != b:
			b = severalOf
		}
	}
	if len(p.documents) > 0 {
		b |= hasPapers
	}
	if len(p.names) == 0 {
		b |= nameless
	}
	for _, n := range p.names {
		if slices.ContainsFunc(n.parts, func(p *part) bool { return p.initial }) {
			b |= hasInitials
		}
	}
	return b
}

func packDate(d entente.PartialDate) born {
	if d.Year <= 0 || d.Year >= 1<<12 {
		return 0
	}
	return born(d.Year<<bitsOfDate | d.Month<<5 | d.Day)
}

// date is the only one; ok is false where there is none, or several.
func (b born) date() (d entente.PartialDate, ok bool) {
	if b &^= flags; b == 0 || b == severalOf {
		return d, false
	}
	return entente.PartialDate{Year: int(b >> bitsOfDate), Month: int(b >> 5 & 15), Day: int(b & 31)}, true
}

// years are the first and the last year in which somebody may be born.
func years(p *person) (first, last uint16) {
	for _, b := range p.births {
		if y := uint16(b.date.Year); y != 0 {
			if first == 0 || y < first {
				first = y
			}
			last = max(last, y)
		}
	}
	return first, last
}

// years are those in which an entry may be born.
func (x *Index) years(n uint32) (first, last uint16) {
	switch b := *x.born.at(int(n)) &^ flags; b {
	case 0:
		return 0, 0
	case severalOf:
		e := x.entries.at(int(n))
		return e.first, e.last
	default:
		y := uint16(b >> bitsOfDate)
		return y, y
	}
}

// fits compares years of birth: 1 near, -1 not, 0 not known.
func (s *search) fits(n uint32) int {
	if s.q.first == 0 {
		return 0
	}
	first, last := s.x.years(n)
	switch {
	case first == 0:
		return 0
	case first <= s.q.last+1 && s.q.first <= last+1:
		return 1
	}
	return -1
}

// reach tells who may meet the least, by the dates of birth alone.
type reach struct {
	all   bool // nobody is judged
	dated bool // with one date
	year  int  // of the date asked for
	day   born // and month
	exact entente.PartialDate
	by    [dateKinds]bool
}

// reachOf is for a question and a bar. Whoever has several dates, or a number
// that may be shared, is not judged.
func (s *search) reachOf() (r reach) {
	r.all, r.dated = true, len(s.q.asked.births) == 1 && !s.q.asked.births[0].date.IsZero()
	if r.dated {
		r.exact = s.q.asked.births[0].date
	}
	if s.bar.Score <= 0 || s.bar.ButFor > 0 || len(s.q.asked.births) != 1 || len(s.q.asked.identifiers) > 0 {
		return r
	}
	for k := range r.by {
		r.by[k] = s.most+learned.birth[k] >= s.bar.bits
		r.all = r.all && r.by[k]
	}
	r.year, r.day = r.exact.Year, packDate(r.exact)&(1<<bitsOfDate-1)
	return r
}

// may judges one.
func (r *reach) may(b born, papers bool) bool {
	date := b &^ flags
	if date == 0 || date == severalOf || papers && b&hasPapers != 0 {
		return true
	}
	years := max(r.year-int(date>>bitsOfDate), int(date>>bitsOfDate)-r.year)
	if years == 0 || date&(1<<bitsOfDate-1) == r.day {
		held, _ := b.date()
		return r.by[compareDates(r.exact, held)]
	}
	return r.by[yearsApart(years)]
}

// atOnce is how many people are looked up before the first is judged: so the
// processor waits for their memory at once, and not for one after the other.
const atOnce = 64

// note counts those of a list who may meet the least.
func (s *search) note(people []uint32, by marks) {
	if s.reach.all {
		for _, n := range people {
			s.seen.add(n, by)
		}
		return
	}
	papers := len(s.q.asked.documents) > 0
	var born [atOnce]born
	for len(people) > 0 {
		some := people[:min(len(people), len(born))]
		people = people[len(some):]
		for i, n := range some {
			born[i] = *s.x.born.at(int(n))
		}
		for i, n := range some {
			if s.reach.may(born[i], papers) {
				s.seen.add(n, by)
			}
		}
	}
}
