package spell

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// read finds a word's script and its readings.
func read(w word) Part {
	p := Part{Text: w.text, Script: scriptOfWord(w.text), Tied: w.tied}
	lower := strings.ToLower(w.text)
	p.Latin, p.Others = pick(readScript(p.Script, lower))
	if p.Latin == "" {
		p.Latin = spellOut(lower)
	}
	if n := len([]rune(strings.Trim(w.text, "'"))); n == 1 && p.Script != Han && p.Script != Hangul && p.Script != Kana || (n == 2 && w.pointed && initials[lower]) {
		p.Role = Initial
	}
	return p
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
var initials = map[string]bool{"yu": true, "ya": true, "ye": true, "kh": true, "zh": true, "sh": true, "ch": true, "ts": true, "iu": true, "ia": true, "je": true, "ju": true, "ja": true, "th": true}

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

// scriptOfWord is the script of most of a word's letters.
func scriptOfWord(s string) Script {
	var count [Kana + 1]int
	for _, r := range s {
		if unicode.IsLetter(r) {
			count[scriptOf(r)]++
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
		case r >= '0' && r <= '9':
			b.WriteString(digits[r-'0'])
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
