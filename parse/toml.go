package parse

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente"

	"github.com/pelletier/go-toml/v2"
)

// Limits of a TOML text: its parser takes a time that grows with the square of
// the number of keys, and goes as deep as the text does.
const (
	maxKeys      = 5000
	maxTOMLDepth = 16
)

// document is a TOML text that was read.
type document struct {
	tree  map[string]any
	lines map[string]int // "equivalence.0.albia-ncc" → line, from 1
}

// readSigned reads a text that is to be signed, or was.
func readSigned(text []byte, max int, reason entente.Reason) (document, error) {
	if len(text) > max {
		return document{}, tooLarge("", len(text), max)
	}
	if err := plain(text, reason); err != nil {
		return document{}, err
	}
	return readTOML(text, max, reason)
}

// readTOML reads a text of at most max bytes. The tree is read without a type
// on purpose: decoding into a struct would take keys in any case of letters.
func readTOML(text []byte, max int, reason entente.Reason) (document, error) {
	if len(text) > max {
		return document{}, tooLarge("", len(text), max)
	}
	m := mapper{lines: map[string]int{}, tables: map[string]int{}, last: 1}
	m.parser.Reset(text)
	for m.err == nil && m.parser.NextExpression() {
		m.expression(m.parser.Expression())
	}
	if m.err != nil {
		m.err.Reason = reason
		return document{}, m.err
	}
	doc := document{lines: m.lines}
	err := toml.Unmarshal(text, &doc.tree)
	if err == nil {
		err = m.parser.Error()
	}
	if err != nil {
		return document{}, explainTOML(text, err, reason)
	}
	return doc, nil
}

// firstLine says how a signed text of this format begins.
func firstLine(format string) string { return "its first line is entente = \"" + format + "\"" }

// begins holds a text to the first line that says what it is.
func (c *checker) begins(text []byte, format string) {
	if !strings.HasPrefix(string(text), "entente = \""+format+"\"\n") {
		c.bad((*path)(nil).dot("entente"), "it does not begin with what it is", firstLine(format))
	}
}

// plain holds a text to what a signed note may carry (C2SP signed-note: UTF-8,
// no control characters but newline, a newline at the end), and refuses marks
// that make a line read as another.
func plain(text []byte, reason entente.Reason) error {
	bad := func(line int, detail, hint string) error {
		return &entente.Error{Kind: entente.Invalid, Detail: "line " + strconv.Itoa(line) + ": " + detail, Hint: hint, Reason: reason}
	}
	line := 1
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			return bad(line, "the text is not valid UTF-8", "save it as UTF-8")
		case r == '\n':
			line++
		case r == '\r':
			return bad(line, "the line ends in a carriage return", "save the text with line ends of Unix")
		case unicode.IsControl(r):
			return bad(line, "the line holds a tab or another control character", "use spaces")
		case overrides(r):
			return bad(line, "the line holds a mark that overrides the direction of writing, by which one text can be made to look like another", "type it again instead of copying it")
		}
		i += n
	}
	if len(text) > 0 && text[len(text)-1] != '\n' {
		return bad(line, "the last line does not end", "end it with a newline")
	}
	return nil
}
