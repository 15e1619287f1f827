package spell

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// read finds a word's script and its readings.
func read(w word) Part {
	p := Part{Text: w.text, Script: scriptOfWord(w.text), Tied: w.tied}
	lower := oneScript(strings.ToLower(w.text), p.Script)
	p.Latin, p.Others = pick(readScript(p.Script, lower))
	if p.Latin == "" {
		p.Latin, p.opaque = spellOut(lower), true
	}
	if initial(w, lower, p.Script) {
		p.Role = Initial
	}
	return p
}

// initial tells a letter that stands for a name: one letter of an alphabet, or
// the two with which Latin writes one of another's, and a point.
func initial(w word, lower string, script Script) bool {
	switch script {
	case Other, Hangul, Han, Kana:
		return false
	}
	n := utf8.RuneCountInString(strings.Trim(lower, "'"))
	return n == 1 || n == 2 && w.pointed && initials[lower]
}

// readScript reads a word of small letters, likeliest reading first.
func readScript(script Script, s string) []string {
	if word, ok := otherWords[s]; ok {
		return []string{word}
	}
	switch script {
	case Latin:
		return readLatin(s)
	case Cyrillic:
		return readCyrillic(s)
	case Arabic:
		if word, ok := arabicWords[s]; ok {
			return []string{word}
		}
		return readArabic(s)
	case Hebrew:
		return readHebrew(s)
	case Greek:
		return readGreek(s)
	case Armenian:
		return readArmenian(s)
	case Georgian:
		return readGeorgian(s)
	case Hangul:
		return readHangul(s)
	}
	return readings(script, s, MaxOthers+1)
}

// initials are those of letters that Latin writes with two.
var initials = set("yu ya ye yo iu ia ie ju ja je jo kh zh sh ch ts th")

// pick drops empty and repeated readings and bounds their number.
func pick(list []string) (first string, others []string) {
	var out []string
	for _, s := range list {
		s = lettersOnly(s)
		if s != "" && !slices.Contains(out, s) && len(out) <= MaxOthers {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return "", nil
	}
	return out[0], slices.Clip(out[1:])
}

func lettersOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, s)
}

// scriptOfWord is the script of most of a word's letters. Letters that look
// alike in two scripts count only when there are no others.
func scriptOfWord(s string) Script {
	if plainLatin(s) {
		return Latin
	}
	var count [Kana + 1]int
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) {
			script := scriptOf(r)
			count[script]++
			if script > Cyrillic || script != Other && !strings.ContainsRune(lookalikes[script-Latin], r) {
				count[script] += 100
			}
		}
	}
	best := Other
	for s, n := range count {
		if n > count[best] {
			best = Script(s)
		}
	}
	return best
}

// plainLatin is the common case, told quickly.
func plainLatin(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// digits are said in English, so that "27" stays apart from "28".
var digits = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// spellOut writes what no table can read, so that two unknown words are alike
// only where they are the same.
func spellOut(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case unicode.IsDigit(r):
			b.WriteString(digits[digit(r)])
		case unicode.IsMark(r) || apostrophe(r):
		default:
			for _, h := range fmt.Sprintf("%x", r) {
				if h <= '9' {
					h += 'g' - '0'
				}
				b.WriteRune(h)
			}
		}
		if b.Len() > 200 {
			break
		}
	}
	if b.Len() == 0 {
		return "x"
	}
	return b.String()
}

// digit is the value of a decimal digit. All scripts have theirs in a row of
// ten (Unicode, section 4.6).
func digit(r rune) int {
	n := 0
	for unicode.IsDigit(r - 1) {
		r--
		n++
	}
	return n % 10
}
