package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Absent reports whether a text stands where a value is missing: "N/A",
// "unknown", "-", "00000000", "XXXX", "нет данных". It is for whatever is not a
// name: numbers, dates, places, contacts. A reader of countries asks
// entente.ReadCountry first, since NA is Namibia. It allocates nothing.
func Absent(text string) bool {
	var room [maxAbsent]byte
	w, ok := fold(room[:0], text)
	return ok && (blank(w) || namelessWords[string(w)] || nameless[string(w)] || valueless[string(w)] ||
		strings.HasPrefix(strings.TrimSpace(text), "#") && sheetErrors[string(w)])
}

// AbsentName is Absent for names. Some words that elsewhere say that nothing is
// known are names of people: Nil, Na, Nan, Null, Blank. They are kept, unless
// they are written as only programs write them ("null", "n/a", "#N/A").
func AbsentName(text string) bool { return BareName(text) == "" }

// BareName gives a name without the words that say that a part of it is not
// known: "FNU KADAEV" and "Kadaev (first name unknown)" are KADAEV and Kadaev. It
// is "" when nothing is left, and the text itself when there is no such word. It
// is for people: a firm may be called Unknown Pleasures.
func BareName(text string) string {
	if absentName(text) {
		return ""
	}
	if i := strings.IndexByte(text, '('); i > 0 && strings.HasSuffix(strings.TrimSpace(text), ")") && absentName(text[i:]) {
		return BareName(strings.TrimSpace(text[:i]))
	}
	for word := range strings.FieldsFuncSeq(text, betweenWords) {
		if namelessWord(word) {
			return without(text)
		}
	}
	return text
}

// without takes out the words that say that a part of a name is not known.
func without(text string) string {
	var kept []string
	letter := false
	for word := range strings.FieldsSeq(text) {
		if bare := strings.TrimRight(word, ",;"); namelessWord(bare) {
			if n := len(kept); n > 0 && bare != word { // "LNU, ARSEN" and "KADAEV LNU, ARSEN"
				kept[n-1] += word[len(bare):]
			}
			continue
		}
		kept = append(kept, word)
		letter = letter || strings.ContainsFunc(word, unicode.IsLetter)
	}
	if !letter {
		return "" // "Unknown 3"
	}
	return strings.Trim(strings.Join(kept, " "), " ,;")
}

func betweenWords(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }

func namelessWord(word string) bool {
	var room [maxAbsent]byte
	w, ok := fold(room[:0], word)
	return ok && (namelessWords[string(w)] || len(w) > 2 && onlyOf(w, 'x') || withStroke(w, word))
}

func absentName(text string) bool {
	var room [maxAbsent]byte
	w, ok := fold(room[:0], text)
	if !ok {
		return false
	}
	return blank(w) || namelessWords[string(w)] || nameless[string(w)] || withStroke(w, text) ||
		string(w) == strings.TrimSpace(text) && (string(w) == "null" || string(w) == "nil" || string(w) == "nan") ||
		strings.HasPrefix(strings.TrimSpace(text), "#") && sheetErrors[string(w)]
}

// withStroke tells "N/A" from the initials "N. A.".
func withStroke(w []byte, text string) bool {
	switch string(w) {
	case "n a", "n k", "n d", "n c", "s o":
		return strings.Contains(text, "/")
	}
	return false
}

// blank reports whether a folded text has only zeros, or only more than one x,
// or nothing: "-", "00.00.0000", "XX/XX/XXXX".
func blank(w []byte) bool {
	return len(w) == 0 || onlyOf(w, '0') || len(w) > 1 && onlyOf(w, 'x')
}

func onlyOf(w []byte, c byte) bool {
	for _, b := range w {
		if b != c && b != ' ' {
			return false
		}
	}
	return true
}

// maxAbsent is the longest folded text that may say that a value is missing.
const maxAbsent = 48

// fold appends a text in small letters, with one space for whatever stands
// between words and without the accents of Latin letters. ok is false for a text
// that is too long to say that a value is missing.
func fold(w []byte, text string) (_ []byte, ok bool) {
	gap := false
	for _, r := range text {
		if len(w) > maxAbsent-2*utf8.UTFMax {
			return nil, false
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && len(w) > 0 {
				w = append(w, ' ')
			}
			gap = false
			w = utf8.AppendRune(w, unaccented(unicode.ToLower(r)))
		case unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	return w, true
}

// unaccented takes the accent off a small letter of Western European languages.
func unaccented(r rune) rune {
	if r < 0xe0 || r > 0xff {
		return r
	}
	const plain = "aaaaaa\xe6ceeeeiiii\xf0nooooo\xf7ouuuuy\xfey"
	return rune(plain[r-0xe0])
}
