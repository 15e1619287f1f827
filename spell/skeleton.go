package spell

import (
	"slices"
	"strings"
)

// Key is the hash of a skeleton.
type Key uint64

// MaxKeys bounds the keys of a part.
const MaxKeys = 8

// Skeleton folds a Latin reading (a–z) into what its other spellings have in
// common: vowels fall, sounds that spellings confuse become one letter.
//
//	tsarnaev, tsarnayev, zarnajew  →  srnf
//	muhammad, mohamed              →  mhmd
func Skeleton(latin string) string {
	s := skeletons(sounds(latin), 1)
	return s[0].text
}

// folded is one skeleton of a reading and how unlikely it is.
type folded struct {
	text string
	cost uint8 // 0: the usual folding
}

// beam bounds the skeletons that are carried along while folding.
const beam = 12

// skeletons folds sounds in all ways that are in use, likeliest first.
func skeletons(heard string, limit int) []folded {
	width := beam
	if limit == 1 {
		width = 1
	}
	heard = withoutArticle(heard)
	list := []folded{{}}
	var alts [4]choice
	for i := range len(heard) {
		options := choices(heard, i, alts[:0])
		if len(options) == 1 {
			for k := range list {
				list[k].text += options[0].class
			}
			continue
		}
		next := make([]folded, 0, len(list)*len(options))
		for _, f := range list {
			for _, o := range options {
				next = append(next, folded{f.text + o.class, f.cost + o.cost})
			}
		}
		list = best(next, width)
	}
	for k := range list {
		list[k].text = finish(list[k].text, heard)
	}
	return best(list, limit)
}

// best keeps the cheapest skeletons, each once.
func best(list []folded, limit int) []folded {
	slices.SortStableFunc(list, func(a, b folded) int { return int(a.cost) - int(b.cost) })
	out := list[:0]
	for _, f := range list {
		if len(out) < limit && !slices.ContainsFunc(out, func(o folded) bool { return o.text == f.text }) {
			out = append(out, f)
		}
	}
	return out
}

// finish joins repeated letters, and gives a skeleton of a single consonant
// its vowel back: Li and Lu are two names.
func finish(text, heard string) string {
	var b strings.Builder
	consonants := 0
	for i := range len(text) {
		if i > 0 && text[i] == text[i-1] {
			continue
		}
		b.WriteByte(text[i])
		if text[i] != 'a' {
			consonants++
		}
	}
	if consonants <= 1 {
		b.WriteString(firstVowel(heard))
	}
	if b.Len() == 0 {
		return heard
	}
	return b.String()
}

// firstVowel is the class of the vowel after the first consonant, or of the
// only one there is.
func firstVowel(heard string) string {
	seen, class := false, ""
	for i := range len(heard) {
		if !vowel(heard[i]) {
			seen = true
			continue
		}
		switch heard[i] {
		case 'a':
			class = "a"
		case 'o', 'u':
			class = "u"
		default:
			class = "i"
		}
		if seen {
			break
		}
	}
	return class
}

// withoutArticle takes the article out of names with abd: Abdulrahman,
// Abd al-Rahman and Abdurrahman are one, as are Saif al-Din and Saifuddin.
func withoutArticle(heard string) string {
	if len(heard) > 5 && strings.HasPrefix(heard, "abd") {
		rest := heard[3:]
		if vowel(rest[0]) {
			rest = rest[1:]
		}
		if rest != "" && rest[0] == 'l' && strings.ContainsFunc(rest[1:], func(r rune) bool { return !vowel(byte(r)) && r != 'h' }) {
			rest = rest[1:]
		}
		return "abda" + rest
	}
	return heard
}

// hash is FNV-1a of a skeleton.
func hash(skeleton string) Key {
	h := uint64(14695981039346656037)
	for i := range len(skeleton) {
		h = (h ^ uint64(skeleton[i])) * 1099511628211
	}
	return Key(h)
}
