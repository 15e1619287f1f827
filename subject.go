package entente

import (
	"fmt"
	"time"
)

// Subject is whom a message is about.
type Subject struct {
	ID            string       `json:"id"` // within the message: "s1"
	Names         []Name       `json:"names"`
	Births        []Birth      `json:"births,omitzero"` // claims, often more than one
	Sex           Sex          `json:"sex,omitzero"`
	Nationalities []Country    `json:"nationalities,omitzero"`
	Residence     string       `json:"residence,omitzero"` // "Ostvik, XA"
	Documents     []Document   `json:"documents,omitzero"`
	Identifiers   []Identifier `json:"identifiers,omitzero"`
}

// Name is one spelling of a person's name, kept in the script in which it was
// written. Nothing is normalised away.
type Name struct {
	Text   string `json:"text"`            // "Арсен Кадаев"
	Script string `json:"script,omitzero"` // ISO 15924 code: "Cyrl"
	Use    string `json:"use,omitzero"`    // one of NameUses; empty: full name
}

// NameUses lists what a name may be to its bearer.
var NameUses = []string{"full", "alias", "maiden", "mrz", "nickname", "religious"}

// Birth is one claim of when and where a subject was born.
type Birth struct {
	ID     string      `json:"id"` // within the message: "b1"
	Date   PartialDate `json:"date"`
	Place  string      `json:"place,omitzero"`
	Grade  Grade       `json:"grade"`
	Nature Nature      `json:"nature"`
}

// Sex as passports write it (ICAO 9303-3): M, F or X; empty: not said.
type Sex string

// Document is a travel or identity document.
type Document struct {
	Type    string  `json:"type"` // "passport", "identity-card", "visa", "residence-permit", "other"
	Number  string  `json:"number"`
	Country Country `json:"country,omitzero"` // issuer
}

// DocumentTypes lists the types of documents.
var DocumentTypes = []string{"passport", "identity-card", "visa", "residence-permit", "driving-licence", "other"}

// Identifier is a phone number, address or handle of a subject.
type Identifier struct {
	Kind  string `json:"kind"` // "phone", "email", "handle", "account", "vehicle", "other"
	Value string `json:"value"`
}

// IdentifierKinds lists the kinds of identifiers.
var IdentifierKinds = []string{"phone", "email", "handle", "account", "vehicle", "other"}

// Grade is an Admiralty grading: reliability of the source A to F, credibility
// of the information 1 to 6, for example "B2".
type Grade string

// ParseGrade checks the two characters.
func ParseGrade(s string) (Grade, error) {
	if len(s) != 2 || s[0] < 'A' || s[0] > 'F' || s[1] < '1' || s[1] > '6' {
		return "", &Error{Kind: Invalid, Field: "grade", Detail: "not an Admiralty grading", Hint: "write the source's reliability A to F and the information's credibility 1 to 6, as in \"B2\""}
	}
	return Grade(s), nil
}

// Words spells the grading out: "usually reliable source, probably true".
func (g Grade) Words() string {
	if _, err := ParseGrade(string(g)); err != nil {
		return "not graded"
	}
	source := [...]string{"completely reliable source", "usually reliable source", "fairly reliable source", "not usually reliable source", "unreliable source", "source whose reliability cannot be judged"}
	info := [...]string{"confirmed by other sources", "probably true", "possibly true", "doubtful", "improbable", "truth cannot be judged"}
	return source[g[0]-'A'] + ", " + info[g[1]-'1']
}

// Nature says whether a claim is fact or somebody's assessment.
type Nature string

const (
	NatureFact       Nature = "fact"
	NatureAssessment Nature = "assessment"
)

// PartialDate is a date of which only the year, or only year and month, may be
// known. Month 0: only the year is known; Day 0: only year and month.
type PartialDate struct {
	Year, Month, Day int
}

// ParsePartialDate reads YYYY, YYYY-MM or YYYY-MM-DD, Gregorian, years 1800 to 2200.
func ParsePartialDate(s string) (PartialDate, error) {
	var d PartialDate
	err := d.UnmarshalText([]byte(s))
	return d, err
}

func (d PartialDate) String() string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether nothing is known.
func (d PartialDate) IsZero() bool { return d == PartialDate{} }

// After reports whether all of d lies after the day of t.
func (d PartialDate) After(t time.Time) bool {
	switch {
	case d.Year != t.Year() || d.Month == 0:
		return d.Year > t.Year()
	case d.Month != int(t.Month()) || d.Day == 0:
		return d.Month > int(t.Month())
	}
	return d.Day > t.Day()
}

func (d PartialDate) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText tells a date that is written otherwise from one that cannot be.
func (d *PartialDate) UnmarshalText(b []byte) error {
	layout := "2006-01-02"[:min(len(b), len("2006-01-02"))]
	t, err := time.Parse(layout, string(b))
	switch {
	case !dateForm(b):
		return &Error{Kind: Invalid, Field: "date", Detail: "the date is not written as year, month and day", Hint: "write what is known of it as YYYY, YYYY-MM or YYYY-MM-DD: 14 March 1987 is 1987-03-14"}
	case err != nil:
		return &Error{Kind: Invalid, Field: "date", Detail: "the calendar has no such day or month", Hint: "correct it, or write only what is known: the year, or year and month"}
	case t.Year() < 1800 || t.Year() > 2200:
		return &Error{Kind: Invalid, Field: "date", Detail: "the year is not between 1800 and 2200", Hint: "correct the year"}
	}
	*d = PartialDate{Year: t.Year()}
	if len(layout) > 4 {
		d.Month = int(t.Month())
	}
	if len(layout) > 7 {
		d.Day = t.Day()
	}
	return nil
}

// dateForm reports whether b has the form YYYY, YYYY-MM or YYYY-MM-DD.
func dateForm(b []byte) bool {
	if len(b) != 4 && len(b) != 7 && len(b) != 10 {
		return false
	}
	for i, c := range b {
		if i == 4 || i == 7 {
			if c != '-' {
				return false
			}
		} else if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
