package spell

import "slices"

// forms is what Keys and Compare work on.
type forms struct {
	keys   []Key
	heard  []string // sounds of Latin and Others
	firsts uint32   // classes of first sounds, for initials
}

func formsOf(p *Part) *forms {
	f := &forms{}
	var all []folded
	for i := range 1 + len(p.Others) {
		latin := p.Latin
		if i > 0 {
			latin = p.Others[i-1]
		}
		h := sounds(latin)
		f.heard = append(f.heard, h)
		for _, s := range skeletons(h, 4) {
			s.cost += uint8(min(i, 1) * 2)
			all = append(all, s)
		}
	}
	for _, s := range best(all, MaxKeys) {
		if k := hash(s.text); !slices.Contains(f.keys, k) {
			f.keys = append(f.keys, k)
		}
	}
	return f
}

// Keys returns the part's keys, likeliest first, at most MaxKeys. Two parts
// that may be one name share at least one, but for nicknames and initials.
func (p Part) Keys() []Key {
	if p.forms == nil {
		return formsOf(&p).keys
	}
	return p.forms.keys
}
