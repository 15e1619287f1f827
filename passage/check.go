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
	c.oneOf(on("kind"), e.Kind, entente.TravelKinds)
	if e.Feed != "" {
		_, err := entente.ParsePartyID(string(e.Feed)) // a feed's name has the form of a party's
		c.take(on("feed"), err)
	}
	c.subject(&e.Traveller)
	c.few(on("legs"), len(e.Legs), maxLegs)
	for i := range e.Legs {
		c.leg(in("legs", i), &e.Legs[i])
	}
	c.maybeLine(on("place"), e.Place, maxName)
	c.when(on("when"), e.When)
	if e.When == "" && (e.Kind == "crossing" || e.Kind == "document") {
		c.bad(on("when"), "it does not say when", "a crossing and a check of a document have a day, and better a time")
	}
	c.maybeLine(on("reference"), e.Reference, maxWord)
	c.few(on("with"), len(e.With), maxWith)
	for i, w := range e.With {
		c.line(in("with", i), w, maxName)
	}
	c.maybeLine(on("where"), e.Where, maxName)
	if s := e.Sent; !s.IsZero() && (s.Location() != time.UTC || s.Nanosecond()%1000 != 0 || s.Year() < 1900 || s.Year() > 2200) {
		c.bad(on("sent"), "it is not a time in UTC with at most microseconds", "write it as in \"2012-07-17T15:20:00Z\"")
	}
	if c.err == nil {
		return nil
	}
	return c.err
}

// spot is where a value stands in an event. It is written out only when
// something is wrong.
type spot struct {
	list, field string
	i           int
}

func on(field string) spot { return spot{field: field} }

func in(list string, i int) spot { return spot{list: list, i: i} }

// dot gives a field of an entry of a list.
func (s spot) dot(field string) spot {
	s.field = field
	return s
}

func (s spot) String() string {
	if s.list == "" {
		return s.field
	}
	at := s.list + "[" + strconv.Itoa(s.i) + "]"
	if s.field == "" {
		return at
	}
	return at + "." + s.field
}

// checker keeps the first thing that is wrong.
type checker struct{ err *entente.Error }

func (c *checker) bad(at spot, detail, hint string) {
	if c.err == nil {
		c.err = &entente.Error{Kind: entente.Invalid, Field: at.String(), Detail: detail, Hint: hint}
	}
}

func (c *checker) take(at spot, err error) {
	if err == nil {
		return
	}
	if e, ok := errors.AsType[*entente.Error](err); ok {
		c.bad(at, e.Detail, e.Hint)
	}
}

func (c *checker) few(at spot, n, most int) {
	if n > most {
		c.bad(at, strconv.Itoa(n)+" entries are too many: at most "+strconv.Itoa(most)+" are accepted", "")
	}
}

func (c *checker) oneOf(at spot, v string, list []string) {
	if !known(list, v) {
		c.bad(at, "it is not one of the values of this field", "write one of: "+strings.Join(list, ", "))
	}
}

func (c *checker) line(at spot, s string, most int) {
	if strings.TrimSpace(s) == "" {
		c.bad(at, "it is empty", "")
	}
	c.maybeLine(at, s, most)
}

// maybeLine refuses what could make one reader see another text than the next
// one does, as package parse does for messages.
func (c *checker) maybeLine(at spot, s string, most int) {
	if len(s) > most {
		c.bad(at, strconv.Itoa(len(s))+" bytes are too many: at most "+strconv.Itoa(most)+" are accepted", "")
	}
	if !utf8.ValidString(s) {
		c.bad(at, "it is not valid UTF-8", "save the text as UTF-8")
	}
	for _, r := range s {
		if isUnseen(r) {
			c.bad(at, "it holds a control character, a line end or a mark that overrides the direction of writing", "")
		}
	}
}

// isUnseen reports whether r is a control character, a separator of lines or a
// mark that overrides the direction of writing.
func isUnseen(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return false
	}
	return unicode.IsControl(r) || r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

func (c *checker) when(at spot, t entente.LocalTime) {
	if t != "" {
		_, err := entente.ParseLocalTime(string(t))
		c.take(at, err)
	}
}

func (c *checker) leg(at spot, l *entente.Leg) {
	if l.Carrier != "" && !isCode(l.Carrier, 2, 3) {
		c.bad(at.dot("carrier"), "it is not an airline code", "write two or three capitals or digits, as in \"XB\"")
	}
	if l.Number != "" && !isCode(l.Number, 1, 6) {
		c.bad(at.dot("number"), "it is not a flight number", "write it without the carrier, as in \"117\"")
	}
	for _, port := range [...]struct{ field, code string }{{"from", l.From}, {"to", l.To}} {
		if port.code != "" && !isCode(port.code, 3, 5) {
			c.bad(at.dot(port.field), "it is not the code of an airport or place", "write its IATA, ICAO or UN/LOCODE code in capitals")
		}
	}
	c.when(at.dot("departs"), l.Departs)
	c.when(at.dot("arrives"), l.Arrives)
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
