package parse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Text is kept as its writer wrote it: in any script, not normalised, white
// space included, for what is signed must stay what was written. Refused is only
// what could make one reader see something else than another: unseen.go.

// line checks a required text of one line.
func (c *checker) line(p *path, s string, max int) {
	if strings.TrimSpace(s) == "" {
		c.bad(p, "it is empty", "write something there")
		return
	}
	c.maybeLine(p, s, max)
}

// maybeLine checks a text of one line that may be left out.
func (c *checker) maybeLine(p *path, s string, max int) {
	c.size(p, s, max)
	if strings.ContainsAny(s, "\n\t") {
		c.bad(p, "it has more than one line, or a tab", "write it in one line, with spaces")
	}
	c.take(p, Readable(s))
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
	c.take(p, Readable(s))
}

// tree checks every text of a table that this version keeps and does not read.
func (c *checker) tree(p *path, v any) {
	switch v := v.(type) {
	case string:
		c.maybeText(p, v, maxText)
	case []any:
		for i, e := range v {
			c.tree(p.at(i), e)
		}
	case map[string]any:
		for key, e := range v {
			c.tree(p.dot(key), e)
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
