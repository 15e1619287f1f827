package passage

import (
	"strings"
	"time"

	"entente"
	"entente/parse"
)

// docs reads the free text of a service request (IATA AIRIMP chapter 3): fields
// between strokes, the first of them empty.
//
//	DOCS /P/XAA/L8988901/XBB/14MAR86/M/17JUL15/KADAEV/ARSEN/IBRAGIM
//	DOCO /OSTVIK XAA/V/V771/OSTVIK XAA/01JUN12/XBB
//	DOCA /R/XAA/8 HARBOUR ROAD/OSTVIK//1005
//	FOID PPXAAL8988901
type docs struct {
	fields  []string
	journey time.Time // the day by which two-digit years are read
	now     time.Time
}

// begin puts the first field at its place: some leave out the stroke before it,
// or put a state of the request there ("HK1/P/XAA/…").
func (d *docs) begin() {
	switch first := d.at(0); {
	case first == "":
	case len(first) == 3 && isLetters(first[:2]) && isDigit(first[2]):
		d.fields[0] = ""
	default:
		d.fields = append([]string{""}, d.fields...)
	}
}

func (d *docs) at(i int) string {
	if i < len(d.fields) {
		return d.fields[i]
	}
	return ""
}

// rest gives the fields from i on, with spaces between.
func (d *docs) rest(i int) string {
	if i >= len(d.fields) {
		return ""
	}
	return spaced(strings.TrimSpace(strings.Join(d.fields[i:], " ")))
}

// read adds what the request says to a traveller, and tells what was wrong.
func (d *docs) read(kind string, s *entente.Subject) (wrong []string) {
	switch kind {
	case "DOCS":
		return d.docs(s)
	case "DOCO":
		return d.doco(s)
	case "DOCA":
		return d.doca(s)
	case "FOID":
		return d.foid(s)
	case "CTCM":
		return d.reach(s, "phone", phone(strings.Join(d.fields, "/")))
	case "CTCE":
		return d.reach(s, "email", mail(strings.Join(d.fields, "/")))
	}
	return nil
}

// reach adds a way to reach the traveller.
func (d *docs) reach(s *entente.Subject, kind, value string) (wrong []string) {
	if value == "" {
		return []string{"it holds no " + kind + "; it was not used"}
	}
	reached(s, kind, value)
	return nil
}

// docs reads a travel document.
func (d *docs) docs(s *entente.Subject) (wrong []string) {
	issuer, wrong := land(d.at(2), "the issuer", wrong)
	switch n := d.at(3); {
	case n == "":
	case parse.Absent(n):
		wrong = append(wrong, "the document's number only says that it is not known; it was not used")
	default:
		holds(s, entente.Document{Type: documentType(d.at(1)), Number: n, Country: issuer})
	}
	nation, wrong := land(d.at(4), "the nationality", wrong)
	citizen(s, nation)
	wrong = append(wrong, d.birth(s)...)
	switch v := d.at(6); v {
	case "M", "F", "X":
		s.Sex = entente.Sex(v)
	case "MI", "FI":
		s.Sex = entente.Sex(v[:1])
	case "U", "":
	default:
		wrong = append(wrong, "the sex is not M, F, MI, FI, X or U; it was not used")
	}
	d.name(s)
	return wrong
}

// birth reads the birth date.
func (d *docs) birth(s *entente.Subject) (wrong []string) {
	v := d.at(5)
	if v == "" || parse.Absent(v) {
		return nil
	}
	date, why := bornAirline(v, d.journey)
	if date.IsZero() {
		return []string{"the birth date was not used: " + why}
	}
	born(s, date, "")
	if why != "" {
		wrong = append(wrong, "the birth date is used as "+date.String()+": "+why)
	}
	return wrong
}

// name adds the document's name, unless the traveller has one of the same
// letters: a line that was broken in a name makes no other name of it. It comes
// after the name of the booking, which is there from the start.
func (d *docs) name(s *entente.Subject) {
	if len(d.fields) < 9 {
		return
	}
	name := parse.BareName(d.rest(8))
	if name == "" {
		return
	}
	for _, n := range s.Names {
		if letters(n.Text) == letters(name) {
			return
		}
	}
	bears(s, name, "")
}

// doco reads a birth place and a visa. Redress and known-traveller numbers (R
// and K) are no documents and are not kept.
func (d *docs) doco(s *entente.Subject) (wrong []string) {
	if place := d.at(1); place != "" && !parse.Absent(place) && len(s.Births) > 0 && s.Births[0].Place == "" {
		s.Births[0].Place = place
	}
	if d.at(2) != "V" || d.at(3) == "" || parse.Absent(d.at(3)) {
		return nil
	}
	visa := entente.Document{Type: "visa", Number: d.at(3)}
	visa.Country, wrong = land(d.at(6), "the visa's country", nil)
	holds(s, visa)
	return wrong
}

// doca reads where he lives (R). Where he will stay (D) is no residence.
func (d *docs) doca(s *entente.Subject) (wrong []string) {
	if d.at(1) != "R" {
		return nil
	}
	c, wrong := land(d.at(2), "the country", nil)
	s.Residence = strings.TrimPrefix(join(d.at(4), string(c)), ", ")
	return wrong
}

// foid reads a form of identification: passport, national identity card or
// driving licence. Cards and tickets identify nobody here.
func (d *docs) foid(s *entente.Subject) (wrong []string) {
	text := strings.Join(d.fields, "")
	if len(text) < 4 {
		return []string{"it holds no number of a document; it was not used"}
	}
	kind := forms[text[:2]]
	if kind == "" {
		return nil
	}
	number := text[2:]
	if parse.Absent(number) {
		return []string{"it holds no number of a document; it was not used"}
	}
	for _, d := range s.Documents { // it may bear its country before it
		if strings.HasSuffix(text, d.Number) {
			return nil
		}
	}
	holds(s, entente.Document{Type: kind, Number: number})
	return nil
}

var forms = map[string]string{"PP": "passport", "NI": "identity-card", "ID": "identity-card", "DL": "driving-licence"}

// land reads a country, or adds to what was wrong: a code that no country has is
// not used.
func land(code, what string, wrong []string) (entente.Country, []string) {
	if code == "" {
		return "", wrong
	}
	c, ok := entente.ReadCountry(code)
	if !ok {
		if !parse.Absent(code) {
			wrong = append(wrong, what+" is not a country code that anybody has assigned; it was not used")
		}
		return "", wrong
	}
	return c, wrong
}
