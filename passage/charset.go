package passage

import (
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
// same, as UTF-8 if they are that and else as ISO 8859-1, and sound is false: a
// name with one doubtful letter is worth more than none.
func (c charset) text(b []byte) (s string, sound bool) {
	plain := true
	for _, x := range b {
		if x >= 0x80 {
			plain = false
			break
		}
	}
	switch {
	case plain:
		return string(b), true
	case c.table == nil && utf8.Valid(b):
		return string(b), c.utf8
	case c.table == nil:
		return widen(charmap.ISO8859_1, b), false
	}
	s = widen(c.table, b)
	for _, r := range s {
		if r == utf8.RuneError {
			return widen(charmap.ISO8859_1, b), false
		}
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
