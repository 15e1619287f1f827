package match

import (
	"slices"
	"strings"

	"entente/spell"
)

// byNear looks for skeletons that differ in a letter, and for one word that
// others write as two. A word that somebody has together with another word of
// the question is taken to be spelt well.
func (s *search) byNear(paired uint32) {
	left := maxOneScan
	for i := range s.q.words {
		w := &s.q.words[i]
		bearers := s.x.people.count(s.x.one(w.keys[0]))
		if paired&(1<<i) != 0 || bearers > fewBear+s.x.live>>fewOf {
			continue
		}
		for _, id := range s.nearParts(w) {
			var one [1]uint32
			people := s.x.people.get(s.x.one(s.x.parts.at(int(id)).keys[0]), &one)
			if len(people) > left {
				continue
			}
			left -= len(people)
			s.note(people, 1<<i, 0)
		}
		if bearers == 0 {
			s.split(w, 1<<i)
		}
	}
}

// A word that more bear than these, and than one in 1<<fewOf of all, is taken to
// be spelt well, too.
const (
	fewBear = 32
	fewOf   = 14
)

// vicinity remembers from one question to the next which parts of the index
// are near to a word: some words are asked for again and again.
type vicinity struct {
	of    map[vicinityKey][]uint32
	parts int // of the index, when it was last asked
}

type vicinityKey struct {
	text, latin string
	role        spell.Role
}

// maxVicinity bounds the words that are remembered.
const maxVicinity = 16_384

// nearParts gives the parts that are near to a word and like it.
func (s *search) nearParts(w *word) []uint32 {
	if v := &s.vicinity; v.parts != s.x.parts.n || len(v.of) == maxVicinity {
		v.parts, v.of = s.x.parts.n, map[vicinityKey][]uint32{}
	}
	key := vicinityKey{w.Text, w.Latin, w.Role}
	if near, ok := s.vicinity.of[key]; ok {
		return near
	}
	var near []uint32
	nearby := 0
	s.x.eachNear(w.skeleton, func(hash uint64) {
		var one [1]uint32
		ids := s.x.words.get(hash, &one)
		for _, id := range ids[:min(len(ids), maxNearby-nearby)] {
			if q := s.x.parts.at(int(id)); !slices.Contains(near, id) && compareParts(w.part, q).Rule != spell.None {
				near = append(near, id)
			}
		}
		nearby = min(maxNearby, nearby+len(ids))
	})
	key.text, key.latin = strings.Clone(key.text), strings.Clone(key.latin) // they may be cut out of a long text
	s.vicinity.of[key] = near
	return near
}

// split looks for the two words of which one may be made.
func (s *search) split(w *word, bits uint32) {
	var one [1]uint32
	for i := range w.places() {
		if s.x.people.count(s.x.one(w.before(i))) == 0 {
			continue
		}
		people := s.x.people.get(s.x.pair(w.before(i), w.after(i)), &one)
		for _, n := range people[:min(len(people), 64)] {
			s.seen.add(n, bits, 0)
		}
	}
}
