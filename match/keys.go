package match

import (
	"hash/maphash"

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
	ofDay        = 0x1d8e4e27c47d124f
	ofDayUnread  = 0xeb44accab455d165
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
	heldKeys = 4  // skeletons of one part, of those that are held
	maxPairs = 64 // pairs of skeletons of one name that are held
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
	}
	for _, i := range p.identifiers {
		yield(h.text(ofIdentifier, i.value))
	}
	h.eachDay(p, yield)
}

func (h *hasher) eachNameKey(n name, yield func(uint64)) {
	var bearing [maxParts]*part
	parts := bearingParts(n.parts, bearing[:0])
	pairs := 0
	for i, p := range parts {
		for _, k := range p.keys {
			yield(h.one(k))
		}
		for _, q := range parts[:i] {
			for _, k := range p.keys[:min(len(p.keys), heldKeys)] {
				for _, l := range q.keys[:min(len(q.keys), heldKeys)] {
					if pairs++; pairs <= maxPairs {
						yield(h.pair(k, l))
					}
				}
			}
		}
	}
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
	if len(skeleton) < 3 || len(skeleton) > 24 {
		return
	}
	yield(h.text(ofNear, skeleton))
	var b [24]byte
	for i := range len(skeleton) {
		if i > 0 && skeleton[i] == skeleton[i-1] {
			continue
		}
		n := copy(b[:], skeleton[:i])
		n += copy(b[n:], skeleton[i+1:])
		yield(mix(maphash.Bytes(h.seed, b[:n]) ^ ofNear))
	}
}
