package lists

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"entente"
	"entente/parse"
)

// check holds a holding to what our own format may say: the same form that
// messages hold a subject to, so that a holding can be quoted in one.
func check(h entente.Holding) error {
	c := &checker{}
	if _, err := entente.ParsePartyID(string(h.Source)); err != nil {
		c.bad("source", "it is not named by lower-case letters, digits and single hyphens")
	}
	number, ok := strings.CutPrefix(string(h.ID), string(h.Source)+"/")
	if !ok {
		c.bad("id", "it is not the source, a stroke and a number")
	}
	c.line("id", number, maxWord)
	oneOf(c, "kind", h.Kind, []entente.HoldingKind{entente.HoldingPerson, entente.HoldingOrganisation, entente.HoldingVessel, entente.HoldingAircraft, entente.HoldingOther})
	c.subject(h.Subject)
	c.lines("reasons", h.Reasons, maxName)
	c.lines("addresses", h.Addresses, 4*maxName)
	c.text("remarks", h.Remarks, 2*maxRemarks)
	c.time("since", h.Since)
	c.time("changed", h.Changed)
	c.time("removed", h.Removed)
	return c.Err()
}

// checker keeps the first thing that is wrong.
type checker struct{ err *entente.Error }

func (c *checker) Err() error {
	if c.err == nil {
		return nil
	}
	return c.err
}

func (c *checker) bad(field, detail string) {
	if c.err == nil {
		c.err = &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail}
	}
}

func (c *checker) subject(s entente.Subject) {
	if s.ID != "s1" {
		c.bad("subject.id", "it is not s1")
	}
	if len(s.Names) == 0 && len(s.Documents) == 0 && len(s.Identifiers) == 0 {
		c.bad("subject.names", "there is none, and no number by which the person could be found")
	}
	c.few("subject.names", len(s.Names))
	for i, n := range s.Names {
		f := at("subject.names", i)
		c.line(f+".text", n.Text, maxName)
		if n.Script != "" && !isScript(n.Script) {
			c.bad(f+".script", "it is not a script code of ISO 15924")
		}
		if n.Use != "" {
			oneOf(c, f+".use", n.Use, entente.NameUses)
		}
	}
	c.few("subject.births", len(s.Births))
	for i, b := range s.Births {
		c.birth(at("subject.births", i), b, "b"+strconv.Itoa(i+1))
	}
	if s.Sex != "" {
		oneOf(c, "subject.sex", s.Sex, []entente.Sex{"M", "F", "X"})
	}
	c.few("subject.nationalities", len(s.Nationalities))
	for i, n := range s.Nationalities {
		c.country(at("subject.nationalities", i), n)
	}
	if s.Residence != "" {
		c.line("subject.residence", s.Residence, maxName)
	}
	c.papers(s)
}

func (c *checker) birth(f string, b entente.Birth, id string) {
	if b.ID != id {
		c.bad(f+".id", "births are not numbered b1, b2, b3")
	}
	if d, err := entente.ParsePartialDate(b.Date.String()); err != nil || d != b.Date {
		c.bad(f+".date", "it is not a date that exists")
	}
	if b.Place != "" {
		c.line(f+".place", b.Place, maxName)
	}
	if _, err := entente.ParseGrade(string(b.Grade)); err != nil {
		c.bad(f+".grade", "it is not an Admiralty grading")
	}
	oneOf(c, f+".nature", b.Nature, []entente.Nature{entente.NatureFact, entente.NatureAssessment})
}

func (c *checker) papers(s entente.Subject) {
	c.few("subject.documents", len(s.Documents))
	for i, d := range s.Documents {
		f := at("subject.documents", i)
		oneOf(c, f+".type", d.Type, entente.DocumentTypes)
		c.line(f+".number", d.Number, maxWord)
		if d.Country != "" {
			c.country(f+".country", d.Country)
		}
	}
	c.few("subject.identifiers", len(s.Identifiers))
	for i, d := range s.Identifiers {
		f := at("subject.identifiers", i)
		oneOf(c, f+".kind", d.Kind, entente.IdentifierKinds)
		c.line(f+".value", d.Value, maxName)
	}
}

func (c *checker) country(field string, v entente.Country) {
	if _, err := entente.ParseCountry(string(v)); err != nil {
		c.bad(field, "it is not a country code of two capitals")
	}
}

func (c *checker) few(field string, n int) {
	if n > maxMany {
		c.bad(field, "there are more than "+strconv.Itoa(maxMany)+" of them")
	}
}

func (c *checker) lines(field string, list []string, max int) {
	c.few(field, len(list))
	for i, s := range list {
		c.line(at(field, i), s, max)
	}
}

// line holds a text to one line that shows what it says.
func (c *checker) line(field, s string, max int) {
	if strings.TrimSpace(s) == "" {
		c.bad(field, "it is empty")
	}
	c.text(field, s, max)
	if strings.ContainsAny(s, "\n\t") {
		c.bad(field, "it holds a line end or a tab")
	}
}

func (c *checker) text(field, s string, max int) {
	if len(s) > max || !utf8.ValidString(s) {
		c.bad(field, "it has more than "+strconv.Itoa(max)+" bytes of UTF-8")
	}
	if err := parse.Readable(s); err != nil {
		c.bad(field, err.Error())
	}
}

func (c *checker) time(field string, t time.Time) {
	if !t.IsZero() && (t.Location() != time.UTC || t.Nanosecond()%1000 != 0 || t.Year() < 1800 || t.Year() > 9999) {
		c.bad(field, "it is not a time in UTC of whole microseconds")
	}
}

func oneOf[T ~string](c *checker, field string, v T, list []T) {
	if !slices.Contains(list, v) {
		c.bad(field, "it is not one of the values of this field")
	}
}

func at(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

// isScript holds s to the form of an ISO 15924 code: one capital, three small letters.
func isScript(s string) bool {
	return len(s) == 4 && s[0] >= 'A' && s[0] <= 'Z' && strings.Trim(s[1:], "abcdefghijklmnopqrstuvwxyz") == ""
}
