package parse

import (
	"strconv"
	"strings"
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
// no control characters but newline, a newline at the end), and each of its lines
// to what can be read.
func plain(text []byte, reason entente.Reason) error {
	n := 0
	bad := func(detail, hint string) error {
		return &entente.Error{Kind: entente.Invalid, Detail: "line " + strconv.Itoa(n) + ": " + detail, Hint: hint, Reason: reason}
	}
	for line := range strings.Lines(string(text)) {
		n++
		line, ends := strings.CutSuffix(line, "\n")
		switch {
		case !utf8.ValidString(line):
			return bad("the text is not valid UTF-8", "save it as UTF-8")
		case strings.HasSuffix(line, "\r"):
			return bad("the line ends in a carriage return", "save the text with line ends of Unix")
		case strings.Contains(line, "\t"):
			return bad("the line holds a tab", "use spaces")
		case !ends:
			return bad("the last line does not end", "end it with a newline")
		}
		if e, ok := Readable(line).(*entente.Error); ok {
			return bad(e.Detail, e.Hint)
		}
	}
	return nil
}
