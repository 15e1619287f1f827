package match

import (
	"slices"
	"strings"

	"entente/spell"
)

// byNear looks for words that some letters set apart from those of the question,
// where that can bring anybody to the least.
func (s *search) byNear() {
	left := maxNearScan
	all := s.allWords()
	for i := range s.q.words {
		bit := uint32(1) << i
		if rest := all &^ bit; !s.mayBe(marks{parts: rest, near: all, joined: rest}) {
			s.promise.skipped.near |= bit
			continue
		}
		near := s.nearWords(&s.q.words[i])
		if near.cut {
			s.promise.unread.near |= bit
		}
		for _, hash := range near.hashes {
			var one [1]uint32
			people := s.x.people.get(hash, &one)
			if len(people) > left {
				s.promise.unread.near |= bit
				continue
			}
			left -= len(people)
			s.note(people, marks{near: bit})
		}
	}
}

// vicinity remembers from one question to the next which words of the index are
// near to a word: some words are asked for again and again.
type vicinity struct {
	of    map[vicinityKey]nearWords
	parts int // of the index, when it was last asked
}

type vicinityKey struct {
	text, latin string
	role        spell.Role
}

// nearWords are what people are found by who have a word that is near to another.
type nearWords struct {
	hashes []uint64
	cut    bool // there are more
}

// Bounds of what is near to a word.
const (
	maxVicinity = 16_384 // words that are remembered
	maxNearby   = 8_192  // words that are compared with one
)

// nearWords gives what people are found by who have a word that some letters set
// apart from one.
func (s *search) nearWords(w *word) nearWords {
	if v := &s.vicinity; v.parts != s.x.parts.n || len(v.of) == maxVicinity {
		v.parts, v.of = s.x.parts.n, map[vicinityKey]nearWords{}
	}
	key := vicinityKey{w.Text, w.Latin, w.Role}
	if near, ok := s.vicinity.of[key]; ok {
		return near
	}
	near := s.x.near(w)
	key.text, key.latin = strings.Clone(key.text), strings.Clone(key.latin) // they may be cut out of a long text
	s.vicinity.of[key] = near
	return near
}

func (x *Index) near(w *word) (near nearWords) {
	if w.length < leastMistyped || w.initial {
		return near
	}
	left := maxNearby
	var skeletons []packed
	var one, other [1]uint32
	x.eachNear(w.skeleton, func(hash uint64) {
		for _, id := range x.words.get(hash, &one) {
			rep := x.parts.at(int(id))
			if !w.glance.skeleton.near(rep.glance.skeleton) || slices.Contains(skeletons, rep.glance.skeleton) {
				continue
			}
			skeletons = append(skeletons, rep.glance.skeleton)
			ids := x.words.get(x.skeleton(rep), &other)
			if left -= len(ids); left < 0 {
				near.cut = true
				return
			}
			for _, id := range ids {
				q := x.parts.at(int(id))
				if !mayBeMistyped(w.part, q) || w.mask&q.mask != 0 && shareKey(w.part, q) {
					continue
				}
				if hash := x.one(q.keys[0]); !slices.Contains(near.hashes, hash) && likenessOf(w.part, q).Rule != spell.None {
					near.hashes = append(near.hashes, hash)
				}
			}
		}
	})
	return near
}
