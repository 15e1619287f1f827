package passage

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charset turns bytes into text as the interchange's syntax identifier says
// (ISO 9735-1 annex A): UNOA and UNOB are ASCII, UNOC to UNOK the parts of ISO
// 8859, UNOW and UNOY UTF-8, IATA its own subset of ASCII.
type charset struct {
	table *charmap.Charmap // nil: ASCII or UTF-8
	utf8  bool
}

var charsets = map[string]charset{
	"UNOA": {}, "UNOB": {}, "IATA": {}, "IATB": {},
	"UNOC": {table: charmap.ISO8859_1},
	"UNOD": {table: charmap.ISO8859_2},
	"UNOE": {table: charmap.ISO8859_5},
	"UNOF": {table: charmap.ISO8859_7},
	"UNOG": {table: charmap.ISO8859_3},
	"UNOH": {table: charmap.ISO8859_4},
	"UNOI": {table: charmap.ISO8859_6},
	"UNOJ": {table: charmap.ISO8859_8},
	"UNOK": {table: charmap.ISO8859_9},
	"UNOW": {utf8: true}, "UNOY": {utf8: true},
}

// text reads b. Bytes that the character set does not have are read all the
// same, as UTF-8 if they are that and else as ISO 8859-1; control characters and
// marks that override the direction of writing are left out. Then sound is
// false: a name with one doubtful letter is worth more than none.
func (c charset) text(b []byte) (s string, sound bool) {
	if plain(b) {
		return string(b), true
	}
	s, sound = c.decode(b)
	clean := strings.Map(visible, s)
	return clean, sound && len(clean) == len(s)
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

func (c charset) decode(b []byte) (s string, sound bool) {
	switch {
	case c.table == nil && utf8.Valid(b):
		return string(b), c.utf8 || !bytes.ContainsFunc(b, func(r rune) bool { return r >= 0x80 })
	case c.table == nil:
		return widen(charmap.ISO8859_1, b), false
	}
	s = widen(c.table, b)
	if strings.ContainsRune(s, utf8.RuneError) {
		return widen(charmap.ISO8859_1, b), false
	}
	return s, true
}

func widen(t *charmap.Charmap, b []byte) string {
	out := make([]byte, 0, 2*len(b))
	for _, x := range b {
		out = utf8.AppendRune(out, t.DecodeByte(x))
	}
	return string(out)
}
