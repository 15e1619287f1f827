package parse

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente"
)

// checker walks through a noun and keeps the first thing that is wrong.
type checker struct {
	reason entente.Reason // of whatever is found
	lines  map[string]int // of a text that people write: path → line
	err    *entente.Error
}

// Err gives what was found, or nil.
func (c *checker) Err() error {
	if c.err == nil {
		return nil
	}
	return c.err
}

func (c *checker) bad(p *path, detail, hint string) { c.badFor(c.reason, p, detail, hint) }

func (c *checker) badFor(r entente.Reason, p *path, detail, hint string) {
	if c.err == nil {
		field := p.String()
		c.err = &entente.Error{Kind: entente.Invalid, Field: field, Detail: atLine(c.lines, field, detail), Hint: hint, Reason: r}
	}
}

// take keeps an error that a parser of the root gave, under the path at hand.
func (c *checker) take(p *path, err error) {
	if e, ok := err.(*entente.Error); ok {
		c.bad(p, e.Detail, e.Hint)
	} else if err != nil {
		c.bad(p, "it is not valid", "")
	}
}

// few holds a list to its largest length.
func (c *checker) few(p *path, n, max int) {
	if n > max {
		c.bad(p, strconv.Itoa(n)+" entries are too many: at most "+strconv.Itoa(max)+" are accepted", "leave some out")
	}
}

// absent refuses what does not belong there.
func (c *checker) absent(p *path, absent bool, why string) {
	if !absent {
		c.bad(p, why, "leave it out")
	}
}

// oneOf holds a value to a closed list.
func oneOf[T ~string](c *checker, p *path, v T, list []T) {
	if slices.Contains(list, v) {
		return
	}
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	if v == "" {
		c.bad(p, "it is missing", "write one of: "+strings.Join(words, ", "))
		return
	}
	c.bad(p, "it is not one of the values of this field", "write one of: "+strings.Join(words, ", "))
}

// maybeOneOf is oneOf for a field that may be left out.
func maybeOneOf[T ~string](c *checker, p *path, v T, list []T) {
	if v != "" {
		oneOf(c, p, v, list)
	}
}

// unique refuses a second value that is equal to an earlier one.
func unique[T comparable](c *checker, p *path, list []T) {
	seen := make(map[T]bool, len(list))
	for i, v := range list {
		if seen[v] {
			c.bad(p.at(i), "it stands there twice", "take one out")
		}
		seen[v] = true
	}
}

// utc holds a time to what every store and every language can keep: UTC, whole
// microseconds, years of four digits.
func (c *checker) utc(p *path, t time.Time) {
	switch {
	case t.IsZero():
		c.bad(p, "the time is missing", "write it as in 2011-03-04T09:00:00Z")
	case t.Location() != time.UTC:
		c.bad(p, "the time is not in UTC", "write it with Z at its end")
	case t.Nanosecond()%1000 != 0:
		c.bad(p, "the time is finer than a microsecond", "write whole seconds")
	case t.Year() < 1800 || t.Year() > 9999:
		c.bad(p, "the year is not between 1800 and 9999", "correct the year")
	}
}

func (c *checker) maybeUTC(p *path, t time.Time) {
	if !t.IsZero() {
		c.utc(p, t)
	}
}

// slug holds a word to lower-case letters, digits and single hyphens.
func (c *checker) slug(p *path, s string) {
	if _, err := entente.ParsePartyID(s); err != nil {
		c.bad(p, "it is not a word of lower-case letters, digits and single hyphens, 2 to 40 characters", "write it as in \"terrorism-prevention\"")
	}
}

func (c *checker) party(p *path, id entente.PartyID) {
	_, err := entente.ParsePartyID(string(id))
	c.take(p, err)
}

func (c *checker) agreement(p *path, id entente.AgreementID) {
	_, err := entente.ParseAgreementID(string(id))
	c.take(p, err)
}

func (c *checker) message(p *path, id entente.MessageID) {
	_, err := MessageID(string(id))
	c.take(p, err)
}

// country holds a code to its form, two capitals. Whether the country exists is
// asked at the doors: claims.go.
func (c *checker) country(p *path, s entente.Country) {
	if len(s) != 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' {
		_, err := entente.ParseCountry(string(s))
		c.take(p, err)
	}
}
