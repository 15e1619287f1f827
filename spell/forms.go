package spell

import "slices"

// forms is what Keys and Compare work on.
type forms struct {
	keys   []Key
	heard  []string // sounds of Latin and Others, in order
	nicks  []uint16 // names of which the part is a form
	firsts uint32   // first letters of the readings, for initials
	any    uint32   // kin of consonants in some reading
	all    uint32   // kin of consonants in every reading
	weight int      // of the likeliest reading
}

// perRank is what each reading less likely adds to the cost of its keys.
const perRank = 2

func formsOf(p *Part) *forms {
	if p.opaque {
		return &forms{keys: []Key{hash(p.Latin)}}
	}
	f := &forms{all: ^uint32(0)}
	var list []folded
	for i := range 1 + len(p.Others) {
		latin := p.Latin
		if i > 0 {
			latin = p.Others[i-1]
		}
		heard := sounds(latin)
		some, every := consonants(heard)
		f.any |= some
		f.all &= every
		f.firsts |= first(latin)
		f.nicks = append(f.nicks, nicknames[heard]...)
		f.heard = append(f.heard, heard)
		for _, s := range skeletons(heard, 4) {
			s.cost += uint8(i * perRank)
			list = append(list, s)
		}
	}
	f.weight = weight(f.heard[0])
	for _, formal := range f.nicks {
		if heard := formals[formal]; !slices.Contains(f.heard, heard) {
			list = append(list, folded{skeletons(heard, 1)[0].text, 20})
		}
	}
	for _, s := range best(list, MaxKeys) {
		f.keys = append(f.keys, hash(s.text))
	}
	return f
}

// consonants tells the kin of a reading's consonants: those that it has in
// any case, and those that it may have. Folded so far, no spelling confuses
// them.
func consonants(heard string) (some, every uint32) {
	for i := range len(heard) {
		k := kinOf[heard[i]&63]
		some |= k
		if k&(k-1) == 0 {
			every |= k
		}
	}
	return some, every
}

// kinOf groups sounds by bits. A sound of two groups may be either, or fall.
var kinOf = func() (t [64]uint32) {
	for i, group := range []string{"bpfvwuoQ", "dtTDEJ", "gkqcXGChxHQjJ", "szcEPSCHZJjTDxgG", "lr", "mn", "hwj"} {
		for k := range len(group) {
			t[group[k]&63] |= 1 << i
		}
	}
	return t
}()

// first is the bit of a reading's first letter. J, y and i begin the same
// names.
func first(latin string) uint32 {
	c := latin[0]
	if c == 'j' || c == 'i' {
		c = 'y'
	}
	bit := uint32(1) << (c - 'a')
	if c == 'y' && len(latin) > 1 && latin[1] == 'e' {
		bit |= 1 << ('e' - 'a')
	}
	return bit
}

// Keys returns the part's keys, likeliest first, at most MaxKeys. Two parts
// that may be spellings of one name share at least one; initials share none
// with the names they stand for.
func (p Part) Keys() []Key {
	if p.forms == nil {
		return formsOf(&p).keys
	}
	return p.forms.keys
}
