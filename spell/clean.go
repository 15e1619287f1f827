package spell

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean cuts a text to its bound and writes it in NFC, with presentation forms
// (Arabic ligatures, full-width letters) as the letters that they show.
func clean(text string) string {
	if len(text) > maxBytes {
		text = text[:maxBytes]
	}
	if allComposed(text) {
		return text
	}
	text = strings.ToValidUTF8(text, "")
	if strings.ContainsFunc(text, presentation) {
		var b strings.Builder
		for _, r := range text {
			if presentation(r) {
				b.WriteString(norm.NFKC.String(string(r)))
			} else {
				b.WriteRune(r)
			}
		}
		text = b.String()
	}
	return norm.NFC.String(text)
}

func allComposed(text string) bool {
	for _, r := range text {
		if signOf(r)&composed == 0 {
			return false
		}
	}
	return true
}

// presentation tells the blocks of letters that differ only in shape.
func presentation(r rune) bool { return r >= 0xfb00 && r <= 0xfdff || r >= 0xfe70 && r <= 0xffef }

// ignored tells signs that are not part of a spelling: bidirectional marks,
// zero-width characters, the Arabic tatweel, and invisible controls.
func ignored(r rune) bool {
	return r == 'ـ' || r == '\u00ad' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.IsControl(r) && !unicode.IsSpace(r)
}

// apostrophe tells the signs that stand for an apostrophe, ayn, hamza, geresh.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', 'ʹ', 'ʾ', 'ʿ', '`', '´', '′', '׳', 'ˈ':
		return true
	}
	return false
}

// hyphen tells signs that tie two words.
func hyphen(r rune) bool {
	return unicode.Is(unicode.Pd, r) || r == '־' || r == '・' || r == '·' || r == '•' || r == '‧'
}

// lookalikes are letters of two scripts that nobody can tell apart on paper,
// Latin and Cyrillic side by side.
var lookalikes = [2]string{"aceopxyijshkmtbqwvgl", "асеорхуіјѕһкмтьԛԝѵցӏ"}

// oneScript writes letters that stray into a word from another script, as a
// typist or a forger mixes them, in the script of the rest.
func oneScript(s string, script Script) string {
	from, to := lookalikes[1], lookalikes[0]
	switch script {
	case Cyrillic:
		from, to = to, from
	case Latin:
	default:
		return s
	}
	stray := func(r rune) bool { return r >= 'a' && scriptOf(r) != script && unicode.IsLetter(r) }
	if !strings.ContainsFunc(s, stray) {
		return s
	}
	source, target := []rune(from), []rune(to)
	return strings.Map(func(r rune) rune {
		for i, c := range source {
			if c == r && stray(r) {
				return target[i]
			}
		}
		return r
	}, s)
}
