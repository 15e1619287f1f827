package passage

import (
	"strings"
	"time"

	"entente"
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
	journey time.Time
}

func (d *docs) at(i int) string {
	if i < len(d.fields) {
		return d.fields[i]
	}
	return ""
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
		d.foid(s)
	case "CTCM":
		reached(s, "phone", strings.Trim(strings.Join(d.fields, ""), " "))
	case "CTCE":
		reached(s, "email", mail(strings.Join(d.fields, "/")))
	}
	return nil
}

// docs reads a travel document.
func (d *docs) docs(s *entente.Subject) (wrong []string) {
	if n := d.at(3); n != "" {
		doc := entente.Document{Type: documentType(d.at(1)), Number: n}
		doc.Country, wrong = land(d.at(2), "the issuer", wrong)
		holds(s, doc)
	}
	nation, wrong := land(d.at(4), "the nationality", wrong)
	citizen(s, nation)
	if v := d.at(5); v != "" {
		if date, ok := bornAirline(v, d.journey); ok {
			born(s, date, "")
		} else {
			wrong = append(wrong, "the birth date is not one that exists, as in 14MAR86, or lies after the journey")
		}
	}
	switch v := d.at(6); v {
	case "M", "F", "X":
		s.Sex = entente.Sex(v)
	case "MI", "FI":
		s.Sex = entente.Sex(v[:1])
	case "U", "":
	default:
		wrong = append(wrong, "the sex is not M, F, MI, FI, X or U")
	}
	d.name(s)
	return wrong
}

// name adds the document's name, unless the traveller has one of the same
// letters: a line that was broken in a name makes no other name of it. It comes
// after the name of the booking, which is there from the start.
func (d *docs) name(s *entente.Subject) {
	if len(d.fields) < 9 {
		return
	}
	name := strings.Join(strings.Fields(strings.Join(d.fields[8:], " ")), " ")
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
	if d.at(0) != "" { // some leave out the first stroke
		d.fields = append([]string{""}, d.fields...)
	}
	if place := d.at(1); place != "" && len(s.Births) > 0 && s.Births[0].Place == "" {
		s.Births[0].Place = place
	}
	if d.at(2) != "V" || d.at(3) == "" {
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
func (d *docs) foid(s *entente.Subject) {
	text := strings.Join(d.fields, "")
	if len(text) < 4 {
		return
	}
	kind := map[string]string{"PP": "passport", "NI": "identity-card", "DL": "driving-licence"}[text[:2]]
	if kind == "" {
		return
	}
	for _, d := range s.Documents { // it may bear its country before it
		if strings.HasSuffix(text, d.Number) {
			return
		}
	}
	holds(s, entente.Document{Type: kind, Number: text[2:]})
}

// land reads a country, or adds to what was wrong.
func land(code, what string, wrong []string) (entente.Country, []string) {
	if code == "" {
		return "", wrong
	}
	c, ok := entente.ReadCountry([]byte(code))
	if !ok {
		wrong = append(wrong, what+" is not a country code that anybody has assigned")
	}
	return c, wrong
}

// mail turns an address back that AIRIMP writes without @, _ and -.
func mail(s string) string {
	return strings.TrimPrefix(strings.NewReplacer("//", "@", "..", "_", "./", "-").Replace(s), "/")
}
