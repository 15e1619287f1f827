package spell

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// read finds a word's script and its readings.
func (r *reader) read(p *Part, w *word) {
	script, pure := w.script()
	*p = Part{Text: w.text, Script: script, Tied: w.tied}
	r.lower(w.text)
	if !pure {
		r.small = append(r.small[:0], oneScript(string(r.small), script)...)
	}
	r.collected.reset()
	r.readScript(script, w.text)
	if r.count == 0 {
		p.Latin, p.opaque = spellOut(string(r.small)), true
	} else {
		p.Latin = r.list[0]
	}
	if r.count > 1 {
		p.Others = slices.Clone(r.list[1:r.count])
	}
	p.unread = p.opaque && hasLetter(w.text) || !pure && strays(r.small, script) || losesLetters(w, script)
	if initial(w, r.small, script) {
		p.Role = Initial
	}
}

// lower writes a word in small letters.
func (r *reader) lower(s string) {
	r.small = r.small[:0]
	for _, c := range s {
		if c < 0x80 {
			r.small = append(r.small, byte(lowLetters[c]))
		} else {
			r.small = utf8.AppendRune(r.small, lower(c))
		}
	}
}

// initial tells a letter that stands for a name: one letter of an alphabet, or
// the two with which Latin writes one of another's, and a point.
func initial(w *word, small []byte, script Script) bool {
	switch script {
	case Other, Hangul, Han, Kana:
		return false
	}
	letters := bytes.Trim(small, "'")
	if len(letters) > 2*utf8.UTFMax {
		return false
	}
	n := utf8.RuneCount(letters)
	return n == 1 || n == 2 && w.pointed && initials[string(small)]
}

// readScript reads the small letters, likeliest reading first. Text is the
// word as written.
func (r *reader) readScript(script Script, text string) {
	switch script {
	case Latin:
		r.readLatin(text)
		return
	case Cyrillic, Arabic:
		if word, ok := wordBeside(script, string(r.small)); ok {
			r.offerText(word)
		} else if script == Cyrillic {
			r.readCyrillic()
		} else {
			r.readArabic()
		}
		return
	}
	for _, s := range readScript(script, string(r.small)) {
		r.offerText(s)
	}
}

// readScript reads a word of small letters, likeliest reading first.
func readScript(script Script, s string) []string {
	if word, ok := wordBeside(script, s); ok {
		return []string{word}
	}
	switch script {
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

// wordBeside reads words that stand beside names.
func wordBeside(script Script, s string) (word string, ok bool) {
	if len(s) > longestBeside {
		return "", false
	}
	if word, ok = otherWords[s]; !ok && script == Arabic {
		word, ok = arabicWords[s]
	}
	return word, ok
}

// longestBeside is the length of the longest of those words.
var longestBeside = func() (n int) {
	for _, m := range []map[string]string{otherWords, arabicWords} {
		for w := range m {
			n = max(n, len(w))
		}
	}
	return n
}()

// initials are those of letters that Latin writes with two.
var initials = set("yu ya ye yo iu ia ie ju ja je jo kh zh sh ch ts th")

// collected are the readings of a word: only their letters a–z, each once.
type collected struct {
	list  [MaxOthers + 1]string
	count int
}

func (r *collected) reset() { r.count = 0 }

// has reports whether a reading is not wanted: no letters, or met before, or
// one too many.
func has[T string | []byte](r *collected, s T) bool {
	if len(s) == 0 || r.count == len(r.list) {
		return true
	}
	for i := range r.count {
		if r.list[i] == string(s) {
			return true
		}
	}
	return false
}

// offer adds a reading, whose bytes it may change.
func (r *reader) offer(s []byte) {
	n := 0
	for _, c := range s {
		if c >= 'a' && c <= 'z' {
			s[n] = c
			n++
		}
	}
	if s = s[:n]; !has(&r.collected, s) {
		r.list[r.count] = r.keep(s)
		r.count++
	}
}

// offerText adds a reading that is kept already.
func (r *reader) offerText(s string) {
	if s = lettersOnly(s); !has(&r.collected, s) {
		r.list[r.count] = s
		r.count++
	}
}

// lettersOnly leaves out what is not a–z.
func lettersOnly(s string) string {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return strings.Map(func(r rune) rune {
				if r < 'a' || r > 'z' {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
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
		case unicode.Is(unicode.Inherited, r) || apostrophe(r): // an accent; a vowel of another script is a letter's equal
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
