package spell

import "slices"

// Key is the hash of a skeleton.
type Key uint64

// MaxKeys bounds the keys of a part.
const MaxKeys = 8

// Skeleton folds a Latin reading (a–z) into what its other spellings have in
// common: vowels fall, sounds that spellings confuse become one letter.
//
//	tsarnov, zarnow          →  srnf
//	muhammad, mohamed        →  mhmd
func Skeleton(latin string) string {
	var heard [maxSounds]byte
	var room [maxSkeleton]byte
	return string(skeleton(sounds(latin, heard[:0]), room[:0]))
}

// KeyOf is the hash of Skeleton: the first key of a part of this reading.
func KeyOf(latin string) Key {
	var heard [maxSounds]byte
	var room [maxSkeleton]byte
	return hash(skeleton(sounds(latin, heard[:0]), room[:0]))
}

// maxSkeleton is the length of the longest skeleton: some sounds have two
// letters, and a vowel may follow.
const maxSkeleton = 2*maxSounds + 4

// skeleton appends the likeliest folding of what is heard to b, which is empty.
func skeleton(heard, b []byte) []byte {
	var room [maxSounds + 1]byte
	heard = withoutArticle(heard, room[:0])
	open := false
	for i := range heard {
		o, v := choices(heard, i)[0], vowel(heard[i])
		open = open || v
		if o.size == 0 {
			continue
		}
		if open || len(b) == 0 || b[len(b)-1] != o.class[0] {
			b = append(b, o.class[:o.size]...)
		}
		open = v
	}
	if len(heard) > 0 && (len(b) <= 1 || len(b) == 2 && b[0] == 'a') {
		b = append(b, lastVowel(heard))
	}
	return b
}

// folded is one skeleton of a reading, by its hash, and how unlikely it is.
// Nothing is done with a skeleton but to compare it with others.
type folded struct {
	key      Key
	size     uint8
	last     byte  // its last letter
	cost     uint8 // 0: the usual folding
	ch       uint8 // how ch was taken: one way in all of a name, from 1
	open     bool  // a vowel was heard last
	opensInA bool  // the first letter is an a
}

// add appends a class, but not one that the sound before fell into too: tz
// is one s.
func (f *folded) add(o choice, heardVowel bool) {
	f.cost += o.cost
	if heardVowel {
		f.open = true
	}
	if o.size == 0 {
		return
	}
	if f.open || f.size == 0 || f.last != o.class[0] {
		f.letter(o.class[0])
		if o.size == 2 {
			f.letter(o.class[1])
		}
	}
	f.open = heardVowel
}

// letter appends a letter: FNV-1a.
func (f *folded) letter(c byte) {
	if f.size == 0 {
		f.opensInA = c == 'a'
	}
	f.key = (f.key ^ Key(c)) * hashPrime
	f.size++
	f.last = c
}

// beam bounds the skeletons that are carried along while folding; a sound has
// at most four classes.
const beam = 8

// skeletons folds sounds in all ways that are in use and appends them to out,
// likeliest first, at most limit.
func skeletons(heard []byte, out []folded, limit int) []folded {
	var article [maxSounds + 1]byte
	heard = withoutArticle(heard, article[:0])
	width := min(beam, 2*limit-1)
	var carried [beam]folded
	var wider [4 * beam]folded
	carried[0].key = hashStart
	n := 1
	for i, sound := range heard {
		options := choices(heard, i)
		v := vowel(sound)
		if len(options) == 1 || width == 1 {
			for k := range n {
				carried[k].add(options[0], v)
			}
			continue
		}
		list := wider[:0]
		for k := range n {
			for which, o := range options {
				f := carried[k]
				if sound == soundCH {
					if f.ch != 0 {
						if int(f.ch) != which+1 {
							continue
						}
						o.cost = 0
					}
					f.ch = uint8(which + 1)
				}
				f.add(o, v)
				list = append(list, f)
			}
		}
		n = copy(carried[:], best(list, width))
	}
	for k := range n {
		carried[k].finish(heard)
	}
	return append(out, best(carried[:n], limit)...)
}

// best sorts skeletons by cost and keeps the cheapest, each once. The lists
// are short.
func best(list []folded, limit int) []folded {
	for i := 1; i < len(list); i++ {
		f := list[i]
		k := i
		for ; k > 0 && list[k-1].cost > f.cost; k-- {
			list[k] = list[k-1]
		}
		list[k] = f
	}
	n := 0
next:
	for i := range list {
		for k := range n {
			if list[k].key == list[i].key {
				continue next
			}
		}
		if n == limit {
			break
		}
		list[n] = list[i]
		n++
	}
	return list[:n]
}

// finish gives a skeleton of a single consonant its vowel back: Li and Lu are
// two names.
func (f *folded) finish(heard []byte) {
	if len(heard) > 0 && (f.size <= 1 || f.size == 2 && f.opensInA) {
		f.letter(lastVowel(heard))
	}
}

// lastVowel is the class of the vowel that begins the last syllable, or of the
// only sound.
func lastVowel(heard []byte) byte {
	class := heard[0]
	for i := range heard {
		if !vowel(heard[i]) || i > 1 && vowel(heard[i-1]) {
			continue
		}
		switch heard[i] {
		case 'a':
			class = 'a'
		case 'o', 'u':
			class = 'u'
		default:
			class = 'i'
		}
	}
	return class
}

// withoutArticle takes the article out of names with abd: Abdulrahman,
// Abdurrahman and Abd ar-Rahman are one. Where it changes anything, it writes
// to b, which is empty.
func withoutArticle(heard, b []byte) []byte {
	if len(heard) <= 5 || heard[0] != 'a' || heard[1] != 'b' || heard[2] != 'd' {
		return heard
	}
	rest := heard[3:]
	if vowel(rest[0]) {
		rest = rest[1:]
	}
	if rest[0] == 'l' && slices.ContainsFunc(rest[1:], func(c byte) bool { return !vowel(c) && c != 'h' }) {
		rest = rest[1:]
	}
	return append(append(b, "abda"...), rest...)
}

// FNV-1a, 64 bits.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// hash is the key of a skeleton.
func hash[T string | []byte](skeleton T) Key {
	h := Key(hashStart)
	for i := range len(skeleton) {
		h = (h ^ Key(skeleton[i])) * hashPrime
	}
	return h
}
