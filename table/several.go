package table

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxValues is how many values one cell may hold.
const maxValues = 50

// Values parts a cell that holds several numbers, addresses or places: by line
// ends, semicolons and bars, by the marks of an enumeration, and where every
// piece passes whole, by commas, strokes and the words for "and" and "or".
func Values(cell string, whole func(string) bool) []string {
	var out []string
	for _, item := range enumerated(cell, false) {
		for _, part := range strings.FieldsFunc(item, func(c rune) bool { return c == ';' || c == '；' || c == '\n' || c == '|' || c == '•' }) {
			out = append(out, parted(part, whole)...)
		}
	}
	return out[:min(len(out), maxValues)]
}

var betweenValues = []*regexp.Regexp{
	regexp.MustCompile(`\s*[,،、]\s*`),
	regexp.MustCompile(`\s+[/+&]\s+`),
	regexp.MustCompile(`\s*/\s*`),
	regexp.MustCompile(`\s+` + anyOf(orWords+" and und et и e") + `\s+`),
}

func parted(s string, whole func(string) bool) []string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	for _, by := range betweenValues {
		pieces := by.Split(s, -1)
		good := len(pieces) > 1
		for _, p := range pieces {
			good = good && whole(strings.TrimSpace(p))
		}
		if good {
			var out []string
			for _, p := range pieces {
				out = append(out, parted(p, whole)...)
			}
			return out
		}
	}
	return []string{s}
}

// NumberOf reports whether s looks like a whole number of a document: at least
// five letters and digits, of which at least three are digits.
func NumberOf(s string) bool {
	digits, all := 0, 0
	for _, c := range s {
		switch {
		case unicode.IsDigit(c):
			digits++
			all++
		case unicode.IsLetter(c):
			all++
		case !strings.ContainsRune(" -./", c):
			return false
		}
	}
	return all >= 5 && digits >= 3
}

// PhoneOf reports whether s looks like a whole phone number.
func PhoneOf(s string) bool {
	digits := 0
	for _, c := range s {
		switch {
		case unicode.IsDigit(c):
			digits++
		case !strings.ContainsRune(" -./()+", c):
			return false
		}
	}
	return digits >= 7
}

// WordOf reports whether s is one word: an e-mail address, a handle, a code.
func WordOf(s string) bool { return s != "" && !strings.ContainsFunc(s, unicode.IsSpace) }

// tidied trims what stands around a value: spaces, quotation marks, commas.
func tidied(s string) string {
	s = strings.TrimFunc(s, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",;:،", c) })
	for _, q := range [][2]string{{`"`, `"`}, {"'", "'"}, {"“", "”"}, {"«", "»"}, {"„", "“"}, {"‘", "’"}} {
		if inner, ok := strings.CutPrefix(s, q[0]); ok {
			if inner, ok = strings.CutSuffix(inner, q[1]); ok && !strings.Contains(inner, q[0]) {
				s = strings.TrimSpace(inner)
			}
		}
	}
	return s
}

// wordsOf counts the words of a name.
func wordsOf(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n
}

// titled reports whether a word has a capital and then small letters.
func titled(w string) bool {
	c, size := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(c) && strings.ToLower(w[size:]) == w[size:] && len(w) > size
}
