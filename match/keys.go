package match

import (
	"hash/maphash"

	"entente"
	"entente/spell"
)

// hasher turns what people are found by into hashes. Its seed is the process's
// own, so that nobody can prepare names that collide.
type hasher struct {
	seed maphash.Seed
	salt uint64
}

func newHasher() hasher {
	seed := maphash.MakeSeed()
	return hasher{seed, maphash.String(seed, "salt")}
}

// Kinds of keys, mixed into the hash.
const (
	ofID         = 0x9e3779b97f4a7c15
	ofOne        = 0xbf58476d1ce4e5b9
	ofPair       = 0x94d049bb133111eb
	ofDocument   = 0xd6e8feb86659fd93
	ofIdentifier = 0xa0761d6478bd642f
	ofWord       = 0xe7037ed1a0b428db
	ofNear       = 0x8ebc6af09c88c6e3
	ofSkeleton   = 0x589965cc75374cc3
	ofDate       = 0x1d8e4e27c47d124f
	ofHalf       = 0xeb44accab455d165
)

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (h *hasher) one(k spell.Key) uint64 { return mix(uint64(k) ^ h.salt ^ ofOne) }

// pair hashes two skeletons in either order.
func (h *hasher) pair(a, b spell.Key) uint64 {
	if a > b {
		a, b = b, a
	}
	return mix(mix(uint64(a)^h.salt^ofPair) + uint64(b))
}

func (h *hasher) text(kind uint64, s string) uint64 {
	return mix(maphash.String(h.seed, s) ^ kind)
}

// Bounds of the keys that one name is found by.
const (
	heldKeys = spell.HeldKeys // skeletons of one part that are paired with those of others
	maxPairs = 256            // pairs of skeletons of one name that are held
)

// eachKey calls yield for all hashes that a person is found by. A hash may
// come twice.
func (h *hasher) eachKey(p *person, yield func(uint64)) {
	yield(h.text(ofID, p.id))
	for _, n := range p.names {
		h.eachNameKey(n, yield)
	}
	for _, d := range p.documents {
		yield(h.text(ofDocument, d.number))
		h.eachHalf(d.number, yield)
	}
	for _, b := range p.births {
		if date := packDate(b.date); whole(b.date) {
			yield(h.date(date))
		}
	}
	for _, i := range p.identifiers {
		yield(h.text(ofIdentifier, i.value))
	}
}

func (h *hasher) eachNameKey(n name, yield func(uint64)) {
	var bearing [maxParts]*part
	parts := bearingParts(n.parts, bearing[:0])
	for _, p := range parts {
		for _, k := range p.keys {
			yield(h.one(k))
		}
	}
	pairs := 0
	for rank := range 2*heldKeys - 1 { // the likeliest of each pair of parts first
		for i, p := range parts {
			for _, q := range parts[:i] {
				for k := max(0, rank-heldKeys+1); k <= min(rank, len(p.keys)-1, heldKeys-1); k++ {
					if l := rank - k; l < len(q.keys) && pairs < maxPairs {
						pairs++
						yield(h.pair(p.keys[k], q.keys[l]))
					}
				}
			}
		}
	}
}

func (h *hasher) date(b born) uint64 { return mix(uint64(b) ^ h.salt ^ ofDate) }

// whole reports whether a date has a day.
func whole(d entente.PartialDate) bool { return d.Year != 0 && d.Month != 0 && d.Day != 0 }

// eachHalf calls yield for both halves of a document's number. Two numbers that
// one character sets apart share one; so do those in which two neighbours
// changed places, but for the two in the middle.
func (h *hasher) eachHalf(number string, yield func(uint64)) {
	n := len(number)
	if n < leastNear {
		return
	}
	kind := uint64(ofHalf) ^ mix(uint64(n))
	yield(h.text(kind, number[:n/2]))
	yield(h.text(kind+1, number[n/2:]))
}

// middleSwapped is a number with the two characters in its middle in each other's
// place.
func middleSwapped(number string) string {
	b := []byte(number)
	m := len(b) / 2
	b[m-1], b[m] = b[m], b[m-1]
	return string(b)
}

// bearingParts are the parts of a name that it can be found by: not its
// particles, titles and initials, unless it has nothing else.
func bearingParts(parts, buf []*part) []*part {
	for _, p := range parts[:min(len(parts), maxParts)] {
		if !p.light && p.Role != spell.Initial {
			buf = append(buf, p)
		}
	}
	if len(buf) == 0 {
		buf = append(buf, parts[:min(len(parts), maxParts)]...)
	}
	return buf
}

// eachNear calls yield for a skeleton and for it with each one letter left
// out. Two skeletons that one letter sets apart share at least one.
func (h *hasher) eachNear(skeleton string, yield func(uint64)) {
	skeleton = skeleton[:min(len(skeleton), maxPacked)] // more of it is not compared
	yield(h.text(ofNear, skeleton))
	var b [maxPacked]byte
	for i := range len(skeleton) {
		if i > 0 && skeleton[i] == skeleton[i-1] {
			continue
		}
		n := copy(b[:], skeleton[:i])
		n += copy(b[n:], skeleton[i+1:])
		yield(mix(maphash.Bytes(h.seed, b[:n]) ^ ofNear))
	}
}
