package parse

import (
	"slices"
	"strings"
	"time"

	"entente"
)

// The form of a statement is judged the same for ever: what was signed once must
// be read the same way by everybody who checks it later. Which countries exist, and
// which births are possible, changes with the years. It is asked at the doors
// alone: when an officer writes and when a message arrives.

// CheckClaims holds the people of a statement to what can be true on the day on
// which it was made: countries that exist, and births that are not in the future
// nor more than 130 years ago. For a message that arrives, that day is the one
// that its sender signed in the header, so that both sides come to one answer.
func CheckClaims(s entente.Statement, made time.Time) error {
	c := &checker{reason: entente.ReasonStatement}
	if s.Tip != nil {
		c.claimed((*path)(nil).dot("tip").dot("subjects"), s.Tip.Subjects, made)
	}
	return c.Err()
}

// CheckWritten is CheckClaims for what an officer writes now. Words that stand
// where nothing is known are refused too.
func CheckWritten(s entente.Statement, now time.Time) error {
	c := &checker{reason: entente.ReasonStatement}
	if s.Tip != nil {
		c.written((*path)(nil).dot("tip").dot("subjects"), s.Tip.Subjects, now)
	}
	return c.Err()
}

func (c *checker) claimed(p *path, people []entente.Subject, day time.Time) {
	for i, s := range people {
		p := p.at(i)
		for i, b := range s.Births {
			if why := ImplausibleBirth(b.Date, day); why != "" {
				c.bad(p.dot("births").at(i).dot("date"), why, "correct the date, or leave it out")
			}
		}
		for i, v := range s.Nationalities {
			c.exists(p.dot("nationalities").at(i), v)
		}
		for i, d := range s.Documents {
			if d.Country != "" {
				c.exists(p.dot("documents").at(i).dot("country"), d.Country)
			}
		}
	}
}

func (c *checker) exists(p *path, s entente.Country) {
	_, err := entente.ParseCountry(string(s))
	c.take(p, err)
}

const (
	isAbsent     = "this word says that nothing is known, and is not a value"
	leaveOut     = "leave the field out where nothing is known"
	leaveNameOut = "write the name that is known; where none is, leave the name out and give a document or an identifier"
)

func (c *checker) written(p *path, people []entente.Subject, now time.Time) {
	c.claimed(p, people, now)
	for i, s := range people {
		p := p.at(i)
		for i, n := range s.Names {
			if AbsentName(n.Text) {
				c.bad(p.dot("names").at(i).dot("text"), "this stands where a name is not known, and is not a name", leaveNameOut)
			}
		}
		for i, b := range s.Births {
			c.value(p.dot("births").at(i).dot("place"), b.Place)
		}
		c.value(p.dot("residence"), s.Residence)
		for i, d := range s.Documents {
			c.value(p.dot("documents").at(i).dot("number"), d.Number)
		}
		for i, d := range s.Identifiers {
			c.value(p.dot("identifiers").at(i).dot("value"), d.Value)
		}
	}
}

func (c *checker) value(p *path, s string) {
	if s != "" && Absent(s) {
		c.bad(p, isAbsent, leaveOut)
	}
}

// Countries gives people with their countries as messages carry them: what is
// written "UK", "gb" or "GBR" is GB, and a country that stands there twice is
// there once. What is not a country is left for the checks to refuse.
func Countries(people []entente.Subject) []entente.Subject {
	people = slices.Clone(people)
	for i := range people {
		s := &people[i]
		var nations []entente.Country
		for _, v := range s.Nationalities {
			if v = code(v); !slices.Contains(nations, v) {
				nations = append(nations, v)
			}
		}
		s.Nationalities = nations
		s.Documents = slices.Clone(s.Documents)
		for j := range s.Documents {
			s.Documents[j].Country = code(s.Documents[j].Country)
		}
	}
	return people
}

func code(v entente.Country) entente.Country {
	if c, ok := entente.ReadCountry(v); ok && c != "" {
		return c
	}
	return entente.Country(strings.TrimSpace(string(v)))
}

// Believed gives a person without what cannot be true: births that are not
// possible, and names that stand where none is known. Whatever compares people
// compares these. The record itself keeps what was said.
func Believed(s entente.Subject, now time.Time) entente.Subject {
	if slices.ContainsFunc(s.Births, func(b entente.Birth) bool { return ImplausibleBirth(b.Date, now) != "" }) {
		s.Births = slices.DeleteFunc(slices.Clone(s.Births), func(b entente.Birth) bool { return ImplausibleBirth(b.Date, now) != "" })
	}
	if slices.ContainsFunc(s.Names, func(n entente.Name) bool { return AbsentName(n.Text) }) {
		s.Names = slices.DeleteFunc(slices.Clone(s.Names), func(n entente.Name) bool { return AbsentName(n.Text) })
	}
	return s
}
