package spell

import (
	"strings"
	"unicode"
)

// Bounds of what is read of a name: more is cut.
const (
	maxParts = 16
	maxRunes = 64
	maxBytes = 4096
)

// Parse takes a name apart. It accepts anything: letters that it cannot read
// are spelt out by their code points. A text with any visible sign has a part.
func Parse(text string) Name {
	ws := familyApart(words(text))
	parts := make([]Part, 0, len(ws))
	for _, w := range ws {
		parts = append(parts, read(w))
	}
	parts, ws = join(parts, ws)
	assignRoles(parts, ws)
	for i := range parts {
		parts[i].forms = formsOf(&parts[i], new(ink))
	}
	return Name{Parts: parts}
}

// word is a part before it is read.
type word struct {
	text    string
	tied    bool // a hyphen before it
	pointed bool // a point after it
	comma   bool // a comma before it
}

// words splits a name at spaces and signs. Hyphens split and are remembered,
// apostrophes within a word stay in it.
func words(text string) []word {
	text = clean(text)
	var list []word
	var b strings.Builder
	runes, tied, comma := 0, false, false
	end := func(pointed bool) {
		w := trimApostrophes(b.String())
		b.Reset()
		runes = 0
		if w == "" {
			return
		}
		if len(list) < maxParts {
			list = append(list, word{text: w, tied: tied, pointed: pointed, comma: comma})
		}
		tied, comma = false, false
	}
	for _, r := range text {
		switch {
		case ignored(r):
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), apostrophe(r):
			if runes < maxRunes {
				b.WriteRune(r)
				runes++
			}
		case hyphen(r):
			end(false)
			tied = len(list) > 0
		default:
			end(r == '.')
			tied, comma = false, comma || r == ','
		}
	}
	end(false)
	if len(list) == 0 {
		if t := strings.TrimSpace(text); t != "" {
			list = append(list, word{text: firstRunes(t, maxRunes)})
		}
	}
	return list
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// trimApostrophes drops quotation marks round a word. A geresh after a Hebrew
// letter changes its sound and stays.
func trimApostrophes(s string) string {
	s = strings.TrimLeftFunc(s, apostrophe)
	t := strings.TrimRightFunc(s, apostrophe)
	if t != "" && t != s && scriptOf(lastRune(t)) == Hebrew {
		return t + "'"
	}
	return t
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}
