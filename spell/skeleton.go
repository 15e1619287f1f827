package spell

import "strings"

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
	var list [1]folded
	skeletons(sounds(latin), list[:0], 1)
	return list[0].String()
}

// folded is one skeleton of a reading and how unlikely it is.
type folded struct {
	text [maxSkeleton]byte
	size uint8
	cost uint8 // 0: the usual folding
	open bool  // a vowel was heard last
	ch   uint8 // how ch was taken: one way in all of a name, from 1
}

// maxSkeleton is the length of the longest skeleton: some sounds have two
// letters, and a vowel may follow.
const maxSkeleton = 2*maxSounds + 4

func (f *folded) String() string { return string(f.text[:f.size]) }

// add appends a class, but not one that the sound before fell into too: tz
// is one s.
func (f *folded) add(o choice, heardVowel bool) {
	f.cost += o.cost
	if heardVowel {
		f.open = true
	}
	if o.class == "" {
		return
	}
	if f.open || f.size == 0 || f.text[f.size-1] != o.class[0] {
		f.size += uint8(copy(f.text[f.size:], o.class))
	}
	f.open = heardVowel
}

// beam bounds the skeletons that are carried along while folding; a sound has
// at most four classes.
const beam = 8

// skeletons folds sounds in all ways that are in use and appends them to out,
// likeliest first, at most limit.
func skeletons(heard string, out []folded, limit int) []folded {
	heard = withoutArticle(heard)
	width := min(beam, 2*limit-1)
	var carried [beam]folded
	var wider [4 * beam]folded
	n := 1
	for i := range len(heard) {
		var room [4]choice
		options := choices(heard, i, room[:0])
		v := vowel(heard[i])
		if len(options) == 1 || width == 1 {
			for k := range n {
				carried[k].add(options[0], v)
			}
			continue
		}
		list := wider[:0]
		for k := range n {
			for which, o := range options {
				if heard[i] == soundCH && carried[k].ch != 0 && int(carried[k].ch) != which+1 {
					continue
				}
				f := carried[k]
				if heard[i] == soundCH {
					if f.ch != 0 {
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
		for k := i; k > 0 && list[k-1].cost > list[k].cost; k-- {
			list[k-1], list[k] = list[k], list[k-1]
		}
	}
	n := 0
next:
	for i := range list {
		for k := range n {
			if list[k].text == list[i].text {
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
func (f *folded) finish(heard string) {
	consonants := f.size
	if consonants > 0 && f.text[0] == 'a' {
		consonants--
	}
	if consonants <= 1 && heard != "" {
		f.text[f.size] = lastVowel(heard)
		f.size++
	}
}

// lastVowel is the class of the vowel that begins the last syllable, or of the
// only sound.
func lastVowel(heard string) byte {
	class := heard[0]
	for i := range len(heard) {
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
// Abdurrahman and Abd ar-Rahman are one.
func withoutArticle(heard string) string {
	if len(heard) <= 5 || heard[:3] != "abd" {
		return heard
	}
	rest := heard[3:]
	if vowel(rest[0]) {
		rest = rest[1:]
	}
	if rest[0] == 'l' && strings.ContainsFunc(rest[1:], func(r rune) bool { return !vowel(byte(r)) && r != 'h' }) {
		rest = rest[1:]
	}
	return "abda" + rest
}

// hash is FNV-1a of a skeleton.
func hash(skeleton []byte) Key {
	h := uint64(14695981039346656037)
	for _, c := range skeleton {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return Key(h)
}
