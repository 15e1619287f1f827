package passage

import (
	"strings"
	"unicode"
)

// column is what a column of a table holds.
type column int

const (
	unused column = iota
	colName
	colSurname
	colGiven
	colAlias
	colBirth
	colBirthPlace
	colSex
	colNationality
	colResidence
	colDocType
	colDocNumber
	colDocCountry
	colCarrier
	colFlight
	colFrom
	colTo
	colDeparts
	colDepartTime
	colArrives
	colArriveTime
	colPlace
	colWhen
	colTime
	colKind
	colReference
	colPhone
	colEmail
	columns // how many there are
)

// called lists what a column may be called, in small letters without anything
// between the words.
var called = map[column]string{
	colName:        "name fullname traveller travelername passenger passengername person имя фио",
	colSurname:     "surname lastname familyname family last primaryidentifier фамилия",
	colGiven:       "given givenname givennames firstname forename forenames first secondaryidentifier",
	colAlias:       "alias aliases aka othername othernames",
	colBirth:       "born birth birthdate dateofbirth dob birthday датарождения",
	colBirthPlace:  "birthplace placeofbirth pob bornin месторождения",
	colSex:         "sex gender пол",
	colNationality: "nationality nationalities citizenship citizenships nat гражданство",
	colResidence:   "residence countryofresidence residentof livesin",
	colDocType:     "documenttype doctype typeofdocument",
	colDocNumber:   "document documentnumber documentno docnumber docno passport passportnumber passportno number паспорт",
	colDocCountry:  "documentcountry issuer issuingcountry issuingstate issuedby countryofissue passportcountry doccountry",
	colCarrier:     "carrier airline operator",
	colFlight:      "flight flightnumber flightno рейс",
	colFrom:        "from origin departureairport boardingpoint embarkation portofembarkation departureport",
	colTo:          "to destination arrivalairport disembarkation portofdisembarkation arrivalport",
	colDeparts:     "departs departure departuredate departuredatetime flightdate dateofdeparture std",
	colDepartTime:  "departuretime",
	colArrives:     "arrives arrival arrivaldate arrivaldatetime dateofarrival sta",
	colArriveTime:  "arrivaltime",
	colPlace:       "place post borderpost checkpoint crossing port where location",
	colWhen:        "when date datetime crossedon crossed timestamp",
	colTime:        "time",
	colKind:        "kind event eventtype direction",
	colReference:   "reference booking bookingreference pnr locator recordlocator",
	colPhone:       "phone telephone mobile phonenumber",
	colEmail:       "email emailaddress mail",
}

var columnNamed = func() map[string]column {
	m := map[string]column{}
	for c, names := range called {
		for _, n := range strings.Fields(names) {
			m[n] = c
		}
	}
	return m
}()

// columnsOf reads a header. Columns that are not known, or that stand there
// twice, are unknown.
func columnsOf(cells []string) (of []column, unknown []string) {
	var seen [columns]bool
	for _, cell := range cells {
		c := columnNamed[small(cell)]
		if c == unused || seen[c] {
			c = unused
			unknown = append(unknown, cell)
		}
		seen[c] = true
		of = append(of, c)
	}
	return of, unknown
}

func small(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// names reports whether a header names the traveller and tells something of him
// or his journey.
func names(of []column) bool {
	named, others := false, 0
	for _, c := range of {
		switch c {
		case colName, colSurname:
			named = true
		case unused:
		default:
			others++
		}
	}
	return named && others > 0
}

// isHeader reports whether a line is the header of a table of travellers.
func isHeader(line string) bool {
	if len(line) > maxRow {
		return false
	}
	cells, state := split(line, separator([]byte(line)))
	if state != closed || len(cells) > maxColumns {
		return false
	}
	of, _ := columnsOf(cells)
	return names(of)
}
