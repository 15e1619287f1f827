package lists

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/parse"
)

// tidy makes one line of a text: white space becomes single spaces. Characters
// that are not seen are left out, because by them one name can be made to look like
// another ([parse.Visible]); odd says that some were.
func tidy(s string) (line string, odd bool) {
	if plain(s) {
		return s, false
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
		case r == utf8.RuneError:
			odd = true
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	line, unseen := parse.Visible(b.String())
	return line, odd || unseen
}

// plain reports whether tidy has nothing to do.
func plain(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == ' ' && s[i+1] == ' ' {
			return false
		}
	}
	return true
}

// cut shortens s to at most max bytes, between two runes.
func cut(s string, max int) string {
	if len(s) > max {
		for max > 0 && !utf8.RuneStart(s[max]) {
			max--
		}
		s = s[:max]
	}
	return strings.ToValidUTF8(s, "?") // no longer than what it replaces
}

// scripts are those that lists are written in, with their ISO 15924 codes.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin},
	{"Cyrl", unicode.Cyrillic},
	{"Arab", unicode.Arabic},
	{"Hebr", unicode.Hebrew},
	{"Grek", unicode.Greek},
	{"Armn", unicode.Armenian},
	{"Geor", unicode.Georgian},
	{"Hang", unicode.Hangul},
	{"Hani", unicode.Han},
	{"Hira", unicode.Hiragana},
	{"Kana", unicode.Katakana},
	{"Thai", unicode.Thai},
	{"Deva", unicode.Devanagari},
	{"Beng", unicode.Bengali},
	{"Guru", unicode.Gurmukhi},
	{"Taml", unicode.Tamil},
	{"Sinh", unicode.Sinhala},
	{"Ethi", unicode.Ethiopic},
	{"Khmr", unicode.Khmer},
	{"Laoo", unicode.Lao},
	{"Mymr", unicode.Myanmar},
	{"Mong", unicode.Mongolian},
	{"Tibt", unicode.Tibetan},
	{"Thaa", unicode.Thaana},
	{"Syrc", unicode.Syriac},
	{"Tfng", unicode.Tifinagh},
}

// scriptOf gives the script that most letters of s are written in, or "" when
// there is none that we know.
func scriptOf(s string) string {
	var count [32]int
	for _, r := range s {
		if r < utf8.RuneSelf {
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				count[0]++
			}
			continue
		}
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				count[i]++
				break
			}
		}
	}
	best := 0
	for i := range count {
		if count[i] > count[best] {
			best = i
		}
	}
	if count[best] == 0 {
		return ""
	}
	han, hiragana, katakana := min(count[8], 1), min(count[9], 1), min(count[10], 1)
	if best >= 8 && best <= 10 && han+hiragana+katakana > 1 {
		return "Jpan"
	}
	return scripts[best].code
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
