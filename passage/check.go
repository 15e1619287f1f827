package passage

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente"
)

// Limits of one event, in bytes of text and entries of lists.
const (
	maxName = 500
	maxWord = 100
	maxLegs = 50
	maxWith = 50
	maxList = 50 // names, birth dates, documents and so on

	maxNations = 20

	maxEvent = 64 << 10 // of JSON
)

// Check holds an event to what the rest of the house relies on: every value of
// the form that its field has, and all of it bounded. Errors are of kind
// Invalid and name the field.
func Check(e entente.TravelEvent) error {
	c := checker{}
	c.oneOf("kind", e.Kind, entente.TravelKinds)
	if e.Feed != "" {
		_, err := entente.ParsePartyID(string(e.Feed))
		c.take("feed", err)
	}
	c.subject(e.Traveller)
	c.few("legs", len(e.Legs), maxLegs)
	for i := range e.Legs {
		c.leg("legs["+strconv.Itoa(i)+"].", &e.Legs[i])
	}
	c.maybeLine("place", e.Place, maxName)
	c.when("when", e.When)
	if e.When == "" && (e.Kind == "crossing" || e.Kind == "document") {
		c.bad("when", "it does not say when", "a crossing and a check of a document have a day, and better a time")
	}
	c.maybeLine("reference", e.Reference, maxWord)
	c.few("with", len(e.With), maxWith)
	for i, w := range e.With {
		c.line("with["+strconv.Itoa(i)+"]", w, maxName)
	}
	c.maybeLine("where", e.Where, maxName)
	if s := e.Sent; !s.IsZero() && (s.Location() != time.UTC || s.Nanosecond()%1000 != 0 || s.Year() < 1900 || s.Year() > 2200) {
		c.bad("sent", "it is not a time in UTC with at most microseconds", "write it as in \"2012-07-17T15:20:00Z\"")
	}
	if c.err == nil {
		return nil
	}
	return c.err
}

// checker keeps the first thing that is wrong.
type checker struct{ err *entente.Error }

func (c *checker) bad(field, detail, hint string) {
	if c.err == nil {
		c.err = &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: hint}
	}
}

func (c *checker) take(field string, err error) {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		c.bad(field, e.Detail, e.Hint)
	}
}

func (c *checker) few(field string, n, most int) {
	if n > most {
		c.bad(field, strconv.Itoa(n)+" entries are too many: at most "+strconv.Itoa(most)+" are accepted", "")
	}
}

func (c *checker) oneOf(field, v string, list []string) {
	if !known(list, v) {
		c.bad(field, "it is not one of the values of this field", "write one of: "+strings.Join(list, ", "))
	}
}

func (c *checker) line(field, s string, most int) {
	if strings.TrimSpace(s) == "" {
		c.bad(field, "it is empty", "")
	}
	c.maybeLine(field, s, most)
}

// maybeLine refuses what could make one reader see another text than the next
// one does, as package parse does for messages.
func (c *checker) maybeLine(field, s string, most int) {
	if len(s) > most {
		c.bad(field, strconv.Itoa(len(s))+" bytes are too many: at most "+strconv.Itoa(most)+" are accepted", "")
	}
	if !utf8.ValidString(s) {
		c.bad(field, "it is not valid UTF-8", "save the text as UTF-8")
	}
	for _, r := range s {
		if r < 0x7f && r >= ' ' {
			continue
		}
		if unicode.IsControl(r) || r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			c.bad(field, "it holds a control character, a line end or a mark that overrides the direction of writing", "")
		}
	}
}

func (c *checker) when(field string, t entente.LocalTime) {
	if t != "" {
		_, err := entente.ParseLocalTime(string(t))
		c.take(field, err)
	}
}

func (c *checker) leg(at string, l *entente.Leg) {
	if l.Carrier != "" && !isCode(l.Carrier, 2, 3) {
		c.bad(at+"carrier", "it is not an airline code", "write two or three capitals or digits, as in \"XB\"")
	}
	if l.Number != "" && !isCode(l.Number, 1, 6) {
		c.bad(at+"number", "it is not a flight number", "write it without the carrier, as in \"117\"")
	}
	for _, port := range [...]struct{ field, code string }{{"from", l.From}, {"to", l.To}} {
		if port.code != "" && !isCode(port.code, 3, 5) {
			c.bad(at+port.field, "it is not the code of an airport or place", "write its IATA, ICAO or UN/LOCODE code in capitals")
		}
	}
	c.when(at+"departs", l.Departs)
	c.when(at+"arrives", l.Arrives)
}

// isCode reports whether s is least to most capitals and digits.
func isCode[T string | []byte](s T, least, most int) bool {
	if len(s) < least || len(s) > most {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// reasonOf gives an error's words without the field, and the next step.
func reasonOf(err error) string {
	e, ok := errors.AsType[*entente.Error](err)
	switch {
	case !ok:
		return "it cannot be read"
	case e.Hint == "":
		return e.Detail
	}
	return e.Detail + ": " + e.Hint
}

// fieldOf gives the field that an error names.
func fieldOf(err error) string {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return e.Field
	}
	return ""
}
