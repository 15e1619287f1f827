package parse

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"entente"

	"github.com/go-json-experiment/json/jsontext"
)

// generic holds the body of a kind that nobody here knows to what every body
// keeps: an object, in the one form of JSON. Names that stand twice, white space,
// escapes and invalid UTF-8 were refused with the statement.
func (c *checker) generic(p *path, body []byte) {
	if len(body) == 0 || body[0] != '{' {
		c.badFor(entente.ReasonMalformed, p, "it is not an object", "")
		return
	}
	d := jsontext.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return // the end: the whole was JSON
		}
		switch t.Kind() {
		case 'n':
			c.badFor(entente.ReasonMalformed, p, "it holds a null, which the one form does not have", "leave the member out")
		case '0':
			if !plainNumber(t.String()) {
				c.badFor(entente.ReasonMalformed, p, "it holds a number that is not plainly decimal", "")
			}
		}
	}
}

// plainNumber reports whether s, a number of JSON, is decimal, without exponent
// and of at most 22 characters.
func plainNumber(s string) bool { return len(s) <= 22 && !strings.ContainsAny(s, "eE") && s != "-0" }

func keys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
