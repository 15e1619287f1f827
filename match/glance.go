package match

import (
	"math"
	"math/bits"

	"entente/spell"
)

// glance is what tells of most parts that they are not alike. It lies together
// at the front of a part: to compare two parts takes many looks into distant
// memory, and most never need the second.
type glance struct {
	mask        uint64 // a bit for each key
	outline     spell.Outline
	skeleton    packed // of the likeliest reading
	lengths     uint32 // a bit for the length of each reading
	length      uint16 // of the likeliest reading
	first, last byte   // letters of it
	readings    uint8  // besides it
	rare        uint8  // rarity, rounded up, at most rarest
	initial     bool
	nick        bool // a short form of a name, or a name that has some
	light       bool // a particle, title or generation: that one is missing says nothing
}

func glanceOf(p *part) glance {
	g := glance{
		outline: p.Outline(), skeleton: pack(spell.Skeleton(p.Latin)), length: uint16(min(len(p.Latin), 1<<16-1)), readings: uint8(len(p.Others)), initial: p.Role == spell.Initial, nick: p.HasNick(),
		light: p.Role == spell.Particle || p.Role == spell.Title || p.Role == spell.Generation,
		rare:  uint8(math.Ceil(min(p.rarity, rarest))),
	}
	if n := len(p.Latin); n > 0 {
		g.first, g.last = p.Latin[0], p.Latin[n-1]
	}
	g.lengths = lengthBit(len(p.Latin))
	for _, o := range p.Others {
		g.lengths |= lengthBit(len(o))
	}
	for _, k := range p.keys {
		g.mask |= 1 << (mix(uint64(k)) & 63)
	}
	return g
}

// lengthBit is the bit of a length; all from 31 on share one.
func lengthBit(n int) uint32 { return 1 << min(n, 31) }

// mayMeet tells quickly that two parts are not alike: they share no skeleton,
// neither is an initial, and they are not one word with a letter mistyped.
func mayMeet(a, b *part) bool {
	return a.initial || b.initial || a.mask&b.mask != 0 && shareKey(a, b) || mayBeMistyped(a, b)
}

// mayBeMistyped is for two parts that share no skeleton.
func mayBeMistyped(a, b *part) bool {
	return a.skeleton.near(b.skeleton) && min(a.length, b.length) >= leastMistyped && !a.outline.Apart(b.outline)
}

// leastMistyped is how many letters words have at least that letters may set apart.
const leastMistyped = 4

// packed is a skeleton, five bits a letter, of which the first stands lowest.
type packed uint64

const (
	letterBits = 5
	maxPacked  = 64 / letterBits // letters; what stands beyond is not compared
)

func pack(skeleton string) (p packed) {
	for i := range min(len(skeleton), maxPacked) {
		p |= packed(skeleton[i]&(1<<letterBits-1)) << (i * letterBits)
	}
	return p
}

// near reports whether two skeletons are one letter apart at most, or two
// neighbours that changed places.
func (p packed) near(q packed) bool {
	same := bits.TrailingZeros64(uint64(p^q)) / letterBits * letterBits
	x, y := p>>same, q>>same
	restX, restY := x>>letterBits, y>>letterBits
	if restX == restY || x == restY || restX == y {
		return true
	}
	const one, two = 1<<letterBits - 1, 1<<(2*letterBits) - 1
	return restX>>letterBits == restY>>letterBits && x&one<<letterBits|restX&one == y&two
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
