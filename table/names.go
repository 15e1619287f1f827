package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NameIn is one name out of a cell.
type NameIn struct {
	Text  string
	Other bool // it stood behind a word for another name
	Birth bool // it stood behind a word for a name at birth
}

// Names parts a cell that holds several names of one person: by words such as
// "alias", "a.k.a." and "genannt", by the marks of an enumeration, by
// semicolons, bars, line ends and strokes. A cell is parted only where whole
// names stand on both sides: "Ivo, Jr." and "Kim / Lee" stay as they are, and
// "Surname, Given" is one name. list says that the column holds other names, so
// that commas part them too.
func Names(cell string, list bool) []NameIn {
	if !list && isOneName(cell) {
		return []NameIn{{Text: cell}}
	}
	return allNames(cell, list)
}

func allNames(cell string, list bool) []NameIn {
	cell = lineBreak.ReplaceAllString(cell, "\n")
	var out []NameIn
	for _, item := range enumerated(cell, true) {
		for _, part := range outside(item, ";；|•¦") {
			for _, line := range linesOf(part) {
				out = append(out, marked(line, list)...)
			}
		}
	}
	out = slices.DeleteFunc(out, func(n NameIn) bool { return n.Text == "" })
	return out[:min(len(out), maxValues)]
}

// outside parts a text at signs that do not stand in brackets.
func outside(s, signs string) (out []string) {
	depth, from := 0, 0
	for i, c := range s {
		switch {
		case c == '(' && strings.Contains(s[i:], ")"):
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0 && strings.ContainsRune(signs, c):
			out = append(out, s[from:i])
			from = i + utf8.RuneLen(c)
		}
	}
	return append(out, s[from:])
}

// linesOf parts names at line ends, unless a name is broken over them.
func linesOf(s string) []string {
	lines := strings.FieldsFunc(s, func(c rune) bool { return c == '\n' || c == '\r' })
	if slices.ContainsFunc(lines, func(l string) bool { return wordsOf(l) == 1 && !marks.MatchString(" "+l+" ") }) {
		return []string{strings.Join(lines, " ")}
	}
	return lines
}

// Words for another name, longest first: what is found first counts. Those that
// are names of people themselves count only as they are written here or all in
// capitals, see surely.
const (
	otherNames = `(?:(?:good|low|high|strong|weak)[ -]quality )?(?:a[./]\s?k[./]\s?a\.?|f[./]\s?k[./]\s?a\.?|n[./]\s?k[./]\s?a\.?|fka|nka|aka)|(?:also |now |formerly |previously |better )?known as|also called|formerly|alias(?:es)?|@|` +
		`également connue? sous le nom de|connue? sous le nom de|dite?|(?:auch |besser )?bekannt (?:als|unter)|genannt|recte|` +
		`también conocid[oa] (?:como|por)|conocid[oa] (?:como|por)|también|apodad[oa]|también llamad[oa]|(?:também )?conhecid[oa] (?:como|por)|vulgo|detto|detta|(?:anche )?(?:noto|nota|conosciuto|conosciuta) come|` +
		`(?:ook )?bekend als|(?:ook )?genaamd|он же|она же|(?:также )?известн(?:ый|ая) (?:как|под именем)|также|по прозвищу|по кличке|кличка|nom de guerre|kunya|він же|вона же|(?:також )?відом(?:ий|а) як|також|` +
		`(?:także )?znan[ya] jako|także|vel|ps\.|nam-ı diğer|namı diğer|diğer adı|lakaplı|zvan[ýá]|rečeni|kallad|kaldet|även känd som|også kendt som|` +
		`المعروف باسم|المعروف بـ|المعروف ب|المعروف|الملقب ب|الملقب|المكنى`
	namesAtBirth = `maiden name|born as|née|né|nee|geb\.|geborene[r]?|урожд[её]нн(?:ая|ый)|урожд\.|в девичестве|дівоче прізвище|z domu|nacida|nata|rozená`
)

var (
	marks = regexp.MustCompile(`(?i)([\s("“«'\[,;:،，（]+)(?:(` + otherNames + `)|(` + namesAtBirth + `))([\s:"“«'’)\],]+|$)`)
	// doubtful are marks that are names of people as well.
	doubtful = set("aka dit dite vel nee né née nata nacida detto detta fka nka vulgo formerly")
	hanMark  = regexp.MustCompile(`[\s，,(（]*(?:又名|别名|別名|化名)[:：\s]*`)
	dash     = regexp.MustCompile(`\s+[-–—]\s+`)
	stroke   = regexp.MustCompile(`\s+(?:/|\\|//)\s+`)
	tight    = regexp.MustCompile(`\s*/\s*`)
	orNames  = regexp.MustCompile(`\s+(?:or|oder|ou|или|або|lub|veya|o)\s+`)
	commas   = regexp.MustCompile(`\s*[,،、]\s*`)
)

// marked parts names at the words that say that another one follows.
func marked(s string, list bool) []NameIn {
	text := " " + hanMark.ReplaceAllString(strings.Replace(s, " (a) ", " alias ", 1), " alias ") + " "
	var out []NameIn
	from, now := 0, NameIn{}
	for at := 0; ; {
		m := marks.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		start, end := max(from, at+m[0]), at+m[1]
		left := text[from:start]
		word := text[at+max(m[4], m[6]) : at+max(m[5], m[7])]
		if !surely(word, left, text[end:], s) {
			at = at + max(m[5], m[7])
			continue
		}
		out = append(out, simple(left, now, list || now.Other)...)
		now = NameIn{Other: m[4] >= 0, Birth: m[6] >= 0}
		from, at = end, at+m[8]
	}
	return append(out, simple(text[from:], now, list || now.Other)...)
}

// surely reports whether a word parts two names and is not one.
func surely(word, left, right, all string) bool {
	word = strings.TrimSpace(word)
	if !doubtful[fold(word)] {
		return true
	}
	switch {
	case titled(word), wordsOf(left) == 0, wordsOf(right) == 0, strings.HasPrefix(right, "of "):
		return false
	case word == strings.ToUpper(word) && all == strings.ToUpper(all):
		return wordsOf(left) > 1 && wordsOf(right) > 1
	}
	return true
}

// simple parts what stands between such words.
func simple(s string, as NameIn, list bool) []NameIn {
	s = closing(s)
	if s == "" {
		return nil
	}
	var out []NameIn
	if m := inOwnBrackets.FindStringSubmatch(s); m != nil && each([]string{m[1], m[2]}, 2) && capital(m[2]) && oneScript(m[1], m[2]) {
		s = m[1]
		out = []NameIn{{Text: closing(m[2]), Other: true}}
	}
	pieces := []string{s}
	for _, by := range []func(string, bool) []string{byStroke, byOr, byComma} {
		var next []string
		for _, p := range pieces {
			next = append(next, by(p, list)...)
		}
		pieces = next
	}
	var first []NameIn
	for _, p := range pieces {
		as.Text = closing(p)
		first = append(first, as)
	}
	return append(first, out...)
}

// closing trims a name, and the half of a pair of brackets whose other half was
// taken with a mark.
func closing(s string) string {
	if s = tidied(s); strings.Count(s, `"`) == 1 {
		s = strings.Trim(s, `"`)
	}
	for _, b := range []string{"()", "[]"} {
		if strings.Count(s, b[:1]) < strings.Count(s, b[1:]) && strings.HasSuffix(s, b[1:]) {
			s = tidied(strings.TrimSuffix(s, b[1:]))
		}
		if strings.Count(s, b[:1]) > strings.Count(s, b[1:]) && strings.HasSuffix(s, b[:1]) {
			s = tidied(strings.TrimSuffix(s, b[:1]))
		}
	}
	return s
}

// byStroke parts "Bo LINDGREN / Matteo FERRANTI". Without spaces around it, a
// stroke in capitals parts family from given names, as airlines write them.
func byStroke(s string, _ bool) []string {
	if pieces := stroke.Split(s, -1); each(pieces, 2) {
		return pieces
	}
	if pieces := tight.Split(s, -1); each(pieces, 2) && s != strings.ToUpper(s) {
		return pieces
	}
	if pieces := dash.Split(strings.TrimLeft(s, "-–— "), -1); each(pieces, 2) && !slices.ContainsFunc(pieces, func(p string) bool { return !capital(p) }) {
		return pieces
	}
	return []string{s}
}

// oneScript reports whether two texts begin in one script. Of a name and the same
// name in another script the caller decides.
func oneScript(a, b string) bool {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	for _, s := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Arabic, unicode.Greek, unicode.Hebrew, unicode.Han} {
		if unicode.Is(s, x) && unicode.Is(s, y) {
			return true
		}
	}
	return false
}

// capital reports whether each word of a text begins with a capital, or is of a
// script without them.
func capital(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if c, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(c) || unicode.IsLower(c) {
			return false
		}
	}
	return true
}

// byOr parts at a word for "or" in small letters. In capitals it may be a name.
func byOr(s string, _ bool) []string {
	if pieces := orNames.Split(s, -1); each(pieces, 2) {
		return pieces
	}
	return []string{s}
}

// byComma parts three and more whole names; in a list of other names two as
// well, and three and more single words.
func byComma(s string, list bool) []string {
	pieces := commas.Split(strings.TrimRight(s, ", "), -1)
	switch whole := each(pieces, 2); {
	case whole && !slices.ContainsFunc(pieces, oneCase): // "DRAVIKSON Olen, VETROVSKI Aleksandr"
		return pieces
	case whole && (list || len(pieces) > 2), list && len(pieces) > 2 && !slices.ContainsFunc(pieces, suffix):
		return pieces
	}
	return []string{s}
}

// each reports whether there are several pieces, of at least so many words each.
func each(pieces []string, least int) bool {
	return len(pieces) > 1 && !slices.ContainsFunc(pieces, func(p string) bool { return wordsOf(p) < least || suffix(p) })
}

// oneCase reports whether a text is other than a family name in capitals beside a
// given name.
func oneCase(s string) bool {
	upper, small := false, false
	for w := range strings.FieldsSeq(s) {
		upper = upper || len(w) > 2 && w == strings.ToUpper(w) && w != strings.ToLower(w)
		small = small || titled(w)
	}
	return !upper || !small
}

// inOwnBrackets parts a name from another one in brackets at the end.
var (
	inOwnBrackets = regexp.MustCompile(`^([^()]+)\(([^()]+)\)$`)
	lineBreak     = regexp.MustCompile(`(?i)<br\s*/?>`)
)

var suffixes = set("jr sr junior senior ii iii iv phd md esq fils père dr")

func suffix(s string) bool { return suffixes[strings.Trim(fold(s), " .")] }
