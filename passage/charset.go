package passage

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charset turns bytes into text as the interchange's syntax identifier says
// (ISO 9735-1 annex A): UNOA and UNOB are ASCII, UNOC to UNOK the parts of ISO
// 8859, UNOW, UNOX and UNOY UTF-8, IATA its own subset of ASCII.
type charset struct {
	table   *charmap.Charmap // nil: ASCII or UTF-8
	windows *charmap.Charmap // what is sent in its place
	script  *unicode.RangeTable
	utf8    bool
}

var charsets = map[string]charset{
	"UNOA": {}, "UNOB": {}, "IATA": {}, "IATB": {},
	"UNOC": {table: charmap.ISO8859_1, windows: charmap.Windows1252, script: unicode.Latin},
	"UNOD": {table: charmap.ISO8859_2, windows: charmap.Windows1250, script: unicode.Latin},
	"UNOE": {table: charmap.ISO8859_5, windows: charmap.Windows1251, script: unicode.Cyrillic},
	"UNOF": {table: charmap.ISO8859_7, windows: charmap.Windows1253, script: unicode.Greek},
	"UNOG": {table: charmap.ISO8859_3, script: unicode.Latin},
	"UNOH": {table: charmap.ISO8859_4, windows: charmap.Windows1257, script: unicode.Latin},
	"UNOI": {table: charmap.ISO8859_6, windows: charmap.Windows1256, script: unicode.Arabic},
	"UNOJ": {table: charmap.ISO8859_8, windows: charmap.Windows1255, script: unicode.Hebrew},
	"UNOK": {table: charmap.ISO8859_9, windows: charmap.Windows1254, script: unicode.Latin},
	"UNOL": {table: charmap.ISO8859_15, windows: charmap.Windows1252, script: unicode.Latin},
	"UNOW": {utf8: true}, "UNOX": {utf8: true}, "UNOY": {utf8: true},
}

// source says how a text was read.
type source int

const (
	asDeclared source = iota
	otherSet          // in a character set that fits, where the declared one does not
	doubtful          // letters may be wrong or missing
)

const doubtfulText = "it has characters that the character set of the interchange does not have; they may be wrong or missing"

// text reads b. Bytes that the character set does not have are read all the
// same, in the set that fits them: a name with one doubtful letter is worth more
// than none. Control characters and marks that override the direction of writing
// are left out.
func (c charset) text(b []byte) (string, source) {
	if plain(b) {
		return string(b), asDeclared
	}
	s, how := c.decode(b)
	clean := strings.Map(visible, s)
	if len(clean) != len(s) {
		how = doubtful
	}
	return clean, how
}

// plain reports whether b is printable ASCII.
func plain(b []byte) bool {
	for _, x := range b {
		if x < ' ' || x >= 0x7f {
			return false
		}
	}
	return true
}

// visible drops what may not stand in a line of text.
func visible(r rune) rune {
	if isUnseen(r) {
		return -1
	}
	return r
}

func (c charset) decode(b []byte) (string, source) {
	valid := utf8.Valid(b)
	switch {
	case !bytes.ContainsFunc(b, func(r rune) bool { return r >= 0x80 }):
		return string(b), asDeclared
	case c.table == nil && valid && c.utf8:
		return string(b), asDeclared
	case c.table == nil && valid:
		return string(b), otherSet
	case c.table == nil:
		return widen(charmap.ISO8859_1, b), doubtful
	case valid && c.foreign(b):
		return string(b), otherSet
	}
	s := widen(c.table, b)
	if !strings.ContainsFunc(s, isBarred) {
		return s, asDeclared
	}
	if c.spelt(b) {
		return widen(c.windows, b), otherSet
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return widen(charmap.ISO8859_1, b), doubtful
	}
	return s, doubtful
}

// foreign reports whether bytes that are valid UTF-8 are meant so, although
// another set is declared: that set has no characters for some of them, or they
// make letters of its script as UTF-8, which by chance they hardly do.
func (c charset) foreign(b []byte) bool {
	if strings.ContainsFunc(widen(c.table, b), isBarred) {
		return true
	}
	for _, r := range string(b) {
		if r >= 0x80 && !unicode.Is(c.script, r) {
			return false
		}
	}
	return true
}

// spelt reports whether bytes are letters in the set of Windows that is sent in
// the place of the declared one.
func (c charset) spelt(b []byte) bool {
	if c.windows == nil {
		return false
	}
	for _, x := range b {
		if r := c.windows.DecodeByte(x); isBarred(r) || x >= 0x80 && x < 0xa0 && !unicode.IsLetter(r) && r != '’' {
			return false
		}
	}
	return true
}

// isBarred reports whether a character stands in no text: a control character,
// or one that a set does not have.
func isBarred(r rune) bool { return r == utf8.RuneError || r >= 0x7f && r < 0xa0 }

func widen(t *charmap.Charmap, b []byte) string {
	if t == nil {
		return ""
	}
	out := make([]byte, 0, 2*len(b))
	for _, x := range b {
		out = utf8.AppendRune(out, t.DecodeByte(x))
	}
	return string(out)
}
