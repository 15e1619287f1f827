package table

import (
	"strings"
	"unicode"
)

// Column is what a column of a table holds.
type Column uint8

const (
	Unknown Column = iota

	// What tables of people hold, in lists and in travel.
	Name
	LastName
	FirstName
	MiddleName
	Alias
	Original
	MaidenName
	Birth
	BirthPlace
	Sex
	Nationality
	Residence
	Passport
	PassportCountry
	IdentityCard
	Visa
	ResidencePermit
	DrivingLicence
	Document // a number, of which kind of document is not said
	DocumentType
	Phone
	Email
	Handle
	Account
	Vehicle
	Address
	Remarks

	// What lists hold.
	Number // the record's own
	Kind   // of what is listed, or of what happened
	Reason

	// What travel holds.
	Carrier
	Flight
	From
	To
	Departs
	DepartTime
	Arrives
	ArriveTime
	Place
	When
	Clock
	Reference // of a booking

	columns // how many there are
)

// Vocabulary finds what a column holds by its header.
type Vocabulary map[string]Column

// The vocabularies of lists and of travel. They share what they call a person; a
// "reference" is a record's number in the one and a booking in the other.
var (
	ListWords   = vocabulary(people, listed)
	TravelWords = vocabulary(people, travelled)
)

func vocabulary(groups ...map[Column]string) Vocabulary {
	v := Vocabulary{}
	for _, g := range groups {
		for c, phrases := range g {
			for phrase := range strings.SplitSeq(phrases, "|") {
				v[headerKey(phrase)] = c
			}
		}
	}
	return v
}

// Column returns what a column holds; Unknown: no word is known for it. Case,
// accents and what stands between words do not count: "LAST_NAME", "Last name",
// "lastName".
func (v Vocabulary) Column(header string) Column {
	if len(header) > 200 {
		return Unknown
	}
	if c := v[headerKey(header)]; c != Unknown {
		return c
	}
	main, inner := brackets(header) // "Date of birth (dd/mm/yyyy)"
	if len(inner) > 0 {
		return v[headerKey(main)]
	}
	return Unknown
}

func headerKey(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, numberSigns.Replace(fold(s)))
}

var numberSigns = strings.NewReplacer("№", "no", "#", "no")

// Identifiers are the columns that hold identifiers: the kind of each, and what
// reports that a piece of a cell is a whole one.
var Identifiers = []struct {
	Column Column
	Kind   string // one of entente.IdentifierKinds
	Whole  func(string) bool
}{
	{Phone, "phone", PhoneOf},
	{Email, "email", WordOf},
	{Handle, "handle", WordOf},
	{Account, "account", NumberOf},
	{Vehicle, "vehicle", NumberOf},
}
