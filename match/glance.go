package match

import "entente/spell"

// glance is what tells of most parts that they are not alike. It lies together
// at the front of a part: to compare two parts takes many looks into distant
// memory, and most never need the second.
type glance struct {
	mask        uint64 // a bit for each key
	length      uint16 // of the likeliest reading
	first, last byte   // letters of it
	readings    uint8  // besides it
	initial     bool
	lightly     bool // a particle, title or generation
}

func glanceOf(p *part) glance {
	g := glance{
		length: uint16(min(len(p.Latin), 1<<16-1)), readings: uint8(len(p.Others)), initial: p.Role == spell.Initial,
		lightly: p.Role == spell.Particle || p.Role == spell.Title || p.Role == spell.Generation,
	}
	if n := len(p.Latin); n > 0 {
		g.first, g.last = p.Latin[0], p.Latin[n-1]
	}
	for _, k := range p.keys {
		g.mask |= 1 << (mix(uint64(k)) & 63)
	}
	return g
}

// mayMeet tells quickly that two parts are not alike: they share no skeleton,
// neither is an initial, and they are not one word with a letter mistyped.
func mayMeet(a, b *part) bool {
	if a.initial || b.initial || a.mask&b.mask != 0 && shareKey(a, b) {
		return true
	}
	if a.readings+b.readings > 2 { // readings are many
		return true
	}
	if min(a.length, b.length) < 4 || max(a.length, b.length)-min(a.length, b.length) > 2 {
		return false
	}
	return a.first == b.first || a.last == b.last
}

func shareKey(a, b *part) bool {
	for _, k := range a.keys {
		for _, l := range b.keys {
			if k == l {
				return true
			}
		}
	}
	return false
}
