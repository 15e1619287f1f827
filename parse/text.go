package parse

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is kept as its writer wrote it: in any script, not normalised, white
// space included, for what is signed must stay what was written. Refused is only
// what could make one reader see something else than another.

// line checks a required text of one line.
func (c *checker) line(p *path, s string, max int) {
	if strings.TrimSpace(s) == "" {
		c.bad(p, "it is empty", "write something there")
		return
	}
	c.maybeLine(p, s, max)
}

// maybeLine checks a text of one line that may be left out.
//
// Marks that override the direction of writing are refused here: in one line, a
// name, a file or a number can be made to read as another ("gpj.exe" as
// "exe.jpg"). Right-to-left scripts do not need them; their letters carry their
// own direction. The line and paragraph separators are line ends by another name.
func (c *checker) maybeLine(p *path, s string, max int) {
	c.size(p, s, max)
	for _, r := range s {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			c.bad(p, "it has more than one line", "write it in one line")
			return
		case unicode.IsControl(r):
			c.bad(p, "it holds a control character", "type it again instead of copying it")
			return
		case overrides(r):
			c.bad(p, "it holds a mark that overrides the direction of writing, by which one text can be made to look like another", "type it again instead of copying it")
			return
		}
	}
}

// text checks a required text of any number of lines.
func (c *checker) text(p *path, s string, max int) {
	if strings.TrimSpace(s) == "" {
		c.bad(p, "it is empty", "write something there")
		return
	}
	c.maybeText(p, s, max)
}

// maybeText checks a text of any number of lines that may be left out. Lines end
// in a newline alone: a carriage return is refused, or one text would have two forms.
func (c *checker) maybeText(p *path, s string, max int) {
	c.size(p, s, max)
	for _, r := range s {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			c.bad(p, "it holds a control character", "use plain text with newlines and tabs only")
			return
		}
	}
}

func (c *checker) size(p *path, s string, max int) {
	if len(s) > max {
		c.bad(p, strconv.Itoa(len(s))+" bytes are too many: at most "+strconv.Itoa(max)+" are accepted", "shorten it, or attach a file")
	}
	if !utf8.ValidString(s) {
		c.bad(p, "it is not valid UTF-8", "save the text as UTF-8")
	}
}

// overrides reports whether r is one of the embedding, override and isolate
// controls of the bidirectional algorithm (UAX #9, 2.1 to 2.5).
func overrides(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
