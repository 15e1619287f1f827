package seal

import (
	"strconv"
	"strings"

	"entente"
	"entente/parse"
)

const (
	cutDepth = 3          // an object or list that begins at this depth is one part
	uncut    = "/caveats" // is one part at any depth, so that nothing is shown without all of it
)

// part is one part of a payload: where it stands and the bytes that stand there.
type part struct {
	path  string // JSON Pointer (RFC 6901)
	value []byte
}

// cut lists the parts of a payload in the order in which they stand. It goes by
// the form alone and needs no schema: what a later version says is cut as well.
func cut(payload []byte) ([]part, error) {
	if len(payload) > parse.MaxStatement {
		return nil, uncuttable("it is larger than a statement may be")
	}
	if !parse.Shallow(payload, parse.MaxDepth) {
		return nil, uncuttable("it nests too deep")
	}
	c := cutter{b: payload}
	if err := c.value("", 0); err != nil {
		return nil, err
	}
	if c.i != len(payload) {
		return nil, uncuttable("more follows behind its end")
	}
	return c.parts, nil
}

// cutter walks through a payload once.
type cutter struct {
	b     []byte
	i     int
	parts []part
}

// value takes the value at hand as one part, or cuts it into its members.
func (c *cutter) value(path string, depth int) error {
	if depth >= cutDepth || path == uncut || !c.holdsSome() {
		start := c.i
		if err := c.skip(); err != nil {
			return err
		}
		if len(c.parts) == parse.MaxParts {
			return uncuttable("it has more than 65536 parts")
		}
		c.parts = append(c.parts, part{path, c.b[start:c.i]})
		return nil
	}
	return c.members(func(n int, name string) error {
		if name == "" {
			name = strconv.Itoa(n)
		}
		return c.value(path+"/"+name, depth+1)
	})
}

// holdsSome reports whether an object or list begins here that is not empty.
func (c *cutter) holdsSome() bool {
	b := c.next()
	return (b == '{' || b == '[') && c.i+1 < len(c.b) && c.b[c.i+1] != b+2
}

// skip passes over a value, whole. How deep it nests was looked at before.
func (c *cutter) skip() error {
	switch b := c.next(); {
	case b == '"':
		_, err := c.text()
		return err
	case c.holdsSome():
		return c.members(func(int, string) error { return c.skip() })
	case b == '{' || b == '[':
		c.i += 2
		if c.i > len(c.b) {
			return uncuttable("it ends within an object or a list")
		}
		return nil
	}
	start := c.i
	for isLiteral(c.next()) {
		c.i++
	}
	if c.i == start {
		return uncuttable("a value is missing")
	}
	return nil
}

// isLiteral reports whether b can stand in a number, in true, false or null.
func isLiteral(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b == '-' || b == '+' || b == '.' || b == 'E'
}

// members walks through an object or list that is not empty. The name of an
// element is empty.
func (c *cutter) members(each func(n int, name string) error) error {
	open := c.next()
	c.i++
	for n := 0; ; n++ {
		name := ""
		if open == '{' {
			var err error
			if name, err = c.name(); err != nil {
				return err
			}
		}
		if err := each(n, name); err != nil {
			return err
		}
		b := c.next()
		c.i++
		switch b {
		case ',':
		case open + 2: // '}' or ']'
			return nil
		default:
			return uncuttable("an object or a list does not go on as it should")
		}
	}
}

// name reads the name of a member and the colon behind it. Names are plain, so
// that a pointer needs no escaping.
func (c *cutter) name() (string, error) {
	name, err := c.text()
	if err != nil {
		return "", err
	}
	if name == "" || strings.ContainsAny(name, `~/\`) {
		return "", uncuttable("the name of a member is empty, or has one of the characters ~ / \\")
	}
	if c.next() != ':' {
		return "", uncuttable("a member has no value")
	}
	c.i++
	return name, nil
}

// text passes over a string and gives what stands between its quotes.
func (c *cutter) text() (string, error) {
	if c.next() != '"' {
		return "", uncuttable("a text is missing")
	}
	start := c.i + 1
	for i := start; i < len(c.b); i++ {
		switch c.b[i] {
		case '\\':
			i++
		case '"':
			c.i = i + 1
			return string(c.b[start:i]), nil
		}
	}
	return "", uncuttable("a text does not end")
}

func (c *cutter) next() byte {
	if c.i < len(c.b) {
		return c.b[c.i]
	}
	return 0
}

func uncuttable(why string) error {
	return &entente.Error{Kind: entente.Invalid, Field: "content", Detail: "the statement cannot be cut into parts: " + why, Reason: entente.ReasonMalformed}
}
