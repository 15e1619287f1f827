package web

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente"
)

// sentence makes a sentence of an error's detail: a capital and a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.ContainsAny(s[len(s)-1:], ".?!") {
		s += "."
	}
	return s
}

// apart sets a word of unknown direction apart inside a sentence (UAX #9,
// FIRST STRONG ISOLATE), so that an Arabic name does not turn the sentence round.
func apart[T ~string](s T) string { return "\u2068" + string(s) + "\u2069" }

// run is a piece of text that is shown as it is, or one sign that would not be
// seen and is therefore named.
type run struct {
	text   string
	hidden bool
}

// runs splits a text at signs that show nothing and can make one text look
// like another: direction overrides, zero-width spaces, tags, controls. The
// joiners U+200C and U+200D, which Persian and Hindi spelling needs, and the
// plain direction marks stay.
func runs(s string) []run {
	var list []run
	start := 0
	for i, r := range s {
		if !invisible(r) {
			continue
		}
		if i > start {
			list = append(list, run{text: s[start:i]})
		}
		list = append(list, run{text: fmt.Sprintf("U+%04X", r), hidden: true})
		start = i + utf8.RuneLen(r)
	}
	if start < len(s) {
		list = append(list, run{text: s[start:]})
	}
	return list
}

func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', // overrides, isolates
		r == '\u200b', r >= '\u2060' && r <= '\u2064', r == '\ufeff', r == '\u00ad', r == '\u180e', // no width
		r == '\u2028', r == '\u2029',
		r >= 0xE0000 && r <= 0xE007F: // tags
		return true
	}
	return unicode.IsControl(r)
}

// lines splits a text into its lines, without the last empty one.
func lines(b []byte) []string {
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// bytes tells a size: "1,204 bytes", "3.4 MiB".
func (p *page) bytes(n int64) string {
	switch {
	case n < 10<<10:
		return p.T("%d bytes", n)
	case n < 1<<20:
		return p.T("%.1f KiB", float64(n)/(1<<10))
	case n < 1<<30:
		return p.T("%.1f MiB", float64(n)/(1<<20))
	}
	return p.T("%.1f GiB", float64(n)/(1<<30))
}

// groups breaks a long code into groups of four, to read aloud.
func groups(s string) string {
	if strings.ContainsAny(s, " -") {
		return s
	}
	var b strings.Builder
	for i, r := range []rune(s) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// script tells which script a name is written in, in words and for the lang
// attribute (ISO 15924; "und" is a language not said, BCP 47).
func (p *page) script(code string) string {
	if w, ok := scripts[code]; ok {
		return p.T(w)
	}
	return code
}

func langOf(n entente.Name) string {
	if _, ok := scripts[n.Script]; !ok {
		return ""
	}
	return "und-" + n.Script
}

// scriptOrder lists them as a form offers them: the most frequent first.
var scriptOrder = []string{
	"Latn", "Cyrl", "Arab", "Hans", "Hant", "Hani", "Jpan", "Kore", "Hang", "Hebr", "Grek", "Armn", "Geor", "Deva", "Beng",
	"Taml", "Sinh", "Thai", "Khmr", "Laoo", "Mymr", "Mong", "Tibt", "Ethi", "Thaa",
}

// scripts names the scripts in which names come.
var scripts = map[string]string{
	"Arab": "Arabic script", "Armn": "Armenian script", "Beng": "Bengali script", "Cyrl": "Cyrillic script", "Deva": "Devanagari script",
	"Ethi": "Ethiopic script", "Geor": "Georgian script", "Grek": "Greek script", "Hang": "Hangul", "Hani": "Chinese characters",
	"Hans": "Simplified Chinese characters", "Hant": "Traditional Chinese characters", "Hebr": "Hebrew script", "Jpan": "Japanese script",
	"Khmr": "Khmer script", "Kore": "Korean script", "Laoo": "Lao script", "Latn": "Latin script", "Mong": "Mongolian script",
	"Mymr": "Burmese script", "Sinh": "Sinhala script", "Taml": "Tamil script", "Thaa": "Thaana script", "Thai": "Thai script", "Tibt": "Tibetan script",
}
