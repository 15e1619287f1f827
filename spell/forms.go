package spell

// forms is what Keys and Compare work on.
type forms struct {
	keys   []Key
	heard  []heard  // Latin and Others, in order
	nicks  []uint16 // names of which the part is a form
	firsts uint32   // first letters of the readings, for initials
	some   uint32   // kin of consonants in some reading
	every  uint32   // kin of consonants in every reading
}

// heard is how a reading sounds.
type heard struct {
	sounds string
	weight int // as distance measures
}

// Costs of keys: what each reading less likely adds.
const (
	perRank        = 2
	perReadingKeys = 4  // skeletons of one reading
	nickCost       = 20 // of the key of the name that a short form stands for
)

func formsOf(p *Part) *forms {
	if p.opaque {
		return &forms{keys: []Key{hash([]byte(p.Latin))}}
	}
	f := &forms{every: ^uint32(0)}
	var room [(MaxOthers + 2) * perReadingKeys]folded
	list := room[:0]
	f.heard = make([]heard, 1+len(p.Others))
	for i := range 1 + len(p.Others) {
		latin := p.Latin
		if i > 0 {
			latin = p.Others[i-1]
		}
		h := sounds(latin)
		f.firsts |= first(latin)
		f.nicks = append(f.nicks, nicknames[h]...)
		f.heard[i] = heard{h, weight(h)}
		some, every := consonants(h)
		f.some |= some
		f.every &= every
		n := len(list)
		list = skeletons(h, list, perReadingKeys)
		for k := n; k < len(list); k++ {
			list[k].cost += uint8(i * perRank)
		}
	}
	for _, formal := range f.nicks[:min(2, len(f.nicks))] {
		n := len(list)
		list = skeletons(formals[formal], list, 1)
		list[n].cost += nickCost
	}
	list = best(list, MaxKeys)
	f.keys = make([]Key, len(list))
	for i := range list {
		f.keys[i] = hash(list[i].text[:list[i].size])
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
