package spell

// forms is what Keys and Compare work on.
type forms struct {
	keys    []Key
	heard   []heard  // Latin and Others, in order
	nicks   []uint16 // names of which the part is a form
	firsts  uint32   // first letters of the readings, for initials
	outline Outline
}

// heard is how a reading sounds.
type heard struct {
	sounds string
	weight int // as distance measures
}

// smallForms and largeForms hold all of a part's forms in one piece of memory.
type (
	smallForms struct {
		forms
		keys  [3]Key
		heard [1]heard
	}
	largeForms struct {
		forms
		keys  [MaxKeys]Key
		heard [MaxOthers + 1]heard
	}
)

// newForms makes forms with room for so many keys and readings.
func newForms(keys, readings int) *forms {
	if keys <= 3 && readings <= 1 {
		s := new(smallForms)
		s.forms.keys, s.forms.heard = s.keys[:keys:keys], s.heard[:readings:readings]
		return &s.forms
	}
	l := new(largeForms)
	l.forms.keys, l.forms.heard = l.keys[:keys:keys], l.heard[:readings:readings]
	return &l.forms
}

// Costs of keys: what each reading less likely adds.
const (
	perRank        = 2
	perReadingKeys = 4  // skeletons of one reading
	nickCost       = 20 // of the key of the name that a short form stands for
)

// formsOf makes a part's forms; what they hear is kept by k.
func formsOf(p *Part, k *ink) *forms {
	if p.opaque {
		f := newForms(1, 0)
		f.keys[0] = hash(p.Latin)
		return f
	}
	var f forms
	var room [(MaxOthers + 2) * perReadingKeys]folded
	var spoken [(MaxOthers + 1) * maxSounds]byte
	var ends [MaxOthers + 2]int
	list, b, n := room[:0], spoken[:0], 1+len(p.Others)
	f.outline.every = ^uint64(0)
	for i := range n {
		latin := p.reading(i)
		b = sounds(latin, b)
		h := b[ends[i]:]
		ends[i+1] = len(b)
		f.firsts |= first(latin)
		f.nicks = join2(f.nicks, nicknames[string(h)])
		near, own := consonants(h)
		f.outline.near |= near
		f.outline.every &= own
		from := len(list)
		list = skeletons(h, list, perReadingKeys)
		for k := from; k < len(list); k++ {
			list[k].cost += uint8(i * perRank)
		}
	}
	for _, formal := range f.nicks[:min(2, len(f.nicks))] {
		list = append(list, formals[formal])
	}
	list = best(list, MaxKeys)
	made := newForms(len(list), n)
	f.keys, f.heard = made.keys, made.heard
	*made = f
	for i := range list {
		f.keys[i] = list[i].key
	}
	for i := range n {
		h := b[ends[i]:ends[i+1]]
		made.heard[i] = heard{k.same(p.reading(i), h), weight(h)}
	}
	made.outline.weight = uint16(made.heard[0].weight)
	return made
}

// reading is the part's i-th reading, the likeliest first.
func (p *Part) reading(i int) string {
	if i == 0 {
		return p.Latin
	}
	return p.Others[i-1]
}

// join2 appends to a list that may be shared.
func join2(a, b []uint16) []uint16 {
	if len(a) == 0 {
		return b[:len(b):len(b)]
	}
	return append(a, b...)
}

// consonants tells a reading's consonants that no spelling leaves out, a bit for
// each, and which sounds one of its sounds may be taken for.
func consonants(heard []byte) (near, own uint64) {
	for _, sound := range heard {
		near |= nearTo[sound&63]
		if gaps[sound&63] >= gapConsonant {
			own |= 1 << (sound & 63)
		}
	}
	return near, own
}

// nearTo are the sounds that one may be taken for at less than what leaving one
// out costs, a bit for each.
var nearTo = func() (t [64]uint64) {
	for x := range t {
		for y, cost := range exchangeUnspoken[x] {
			if cost < gapConsonant {
				t[x] |= 1 << y
			}
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

// HasNick reports whether a part is a short form of a name, or has some.
func (p *Part) HasNick() bool { return len(p.made().nicks) > 0 }

// Keys returns the part's keys, likeliest first, at most MaxKeys. Two parts
// that may be spellings of one name share at least one; initials share none
// with the names they stand for.
func (p Part) Keys() []Key {
	if p.forms == nil {
		return formsOf(&p, new(ink)).keys
	}
	return p.forms.keys
}
