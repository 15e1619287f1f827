package passage

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"entente"
)

// row is one line of a table being read.
type row struct {
	cell  [columns]string
	where string
	aside []entente.SetAside
}

func (r *row) doubt(c column, field, reason string) {
	r.aside = append(r.aside, entente.SetAside{Where: r.where, Record: cut(r.cell[colReference]), Field: field, Reason: reason, Text: cut(r.cell[c])})
}

// take turns a row into an event.
func (t *table) take(cells []string) error {
	set := func(reason string) error {
		return t.aside(entente.SetAside{Where: t.where(), Reason: reason, Text: cut(strings.Join(cells, string(rune(t.comma))))})
	}
	if len(cells) != len(t.of) {
		return set("the row has " + strconv.Itoa(len(cells)) + " cells and the header " + strconv.Itoa(len(t.of)))
	}
	r := row{where: t.where()}
	for i, c := range cells {
		if !utf8.ValidString(c) {
			return set("it is not valid UTF-8: save the table as UTF-8")
		}
		r.cell[t.of[i]] = strings.Join(strings.Fields(c), " ") // a line broken in a cell is a space
	}
	e := entente.TravelEvent{Traveller: entente.Subject{ID: travellerID}, Place: r.cell[colPlace], Reference: r.cell[colReference], Where: r.where}
	r.person(&e.Traveller, t)
	if len(e.Traveller.Names) == 0 {
		return set("the traveller has no name")
	}
	r.journey(&e)
	return t.event(e, r.aside)
}

// person reads who travels.
func (r *row) person(s *entente.Subject, t *table) {
	whole := r.cell[colName]
	if parts := strings.TrimSpace(r.cell[colSurname] + " " + r.cell[colGiven]); parts != "" && r.cell[colSurname] != "" {
		bears(s, parts, "")
	} else if whole == "" {
		whole = r.cell[colGiven]
	}
	if whole != "" {
		bears(s, whole, "")
	}
	for _, a := range several(r.cell[colAlias], ";|") {
		bears(s, a, "alias")
	}
	if v := r.cell[colBirth]; v != "" {
		d, ok := dated(v, t)
		if ok {
			born(s, d, r.cell[colBirthPlace])
		} else {
			r.doubt(colBirth, "birth date", "it is not a date that can be read one way only: write YYYY-MM-DD, YYYY-MM or YYYY")
		}
	}
	r.sex(s)
	for _, v := range several(strings.ToUpper(r.cell[colNationality]), ";|/,") {
		citizen(s, r.land(colNationality, "nationality", v))
	}
	s.Residence = r.cell[colResidence]
	if n := r.cell[colDocNumber]; n != "" {
		holds(s, entente.Document{Type: r.docType(), Number: n, Country: r.land(colDocCountry, "document issuer", strings.ToUpper(r.cell[colDocCountry]))})
	}
	reached(s, "phone", r.cell[colPhone])
	reached(s, "email", r.cell[colEmail])
}

// several takes a cell apart that holds several values.
func several(s, between string) []string {
	parts := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(between, c) })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts[:min(len(parts), 20)]
}

func (r *row) land(c column, field, code string) entente.Country {
	if code == "" {
		return ""
	}
	v, ok := entente.ReadCountry([]byte(code))
	if !ok {
		r.doubt(c, field, "it is not a country code of two or three letters that anybody has assigned")
	}
	return v
}

func (r *row) sex(s *entente.Subject) {
	switch strings.ToUpper(r.cell[colSex]) {
	case "M", "MALE", "М":
		s.Sex = "M"
	case "F", "FEMALE", "Ж":
		s.Sex = "F"
	case "X":
		s.Sex = "X"
	case "", "U", "<":
	default:
		r.doubt(colSex, "sex", "it is not M, F or X")
	}
}

// docType reads our own words and the codes of ICAO 9303. A number without a
// type is a passport's, which is what travels.
func (r *row) docType() string {
	v := r.cell[colDocType]
	switch {
	case v == "":
		return "passport"
	case known(entente.DocumentTypes, strings.ToLower(v)):
		return strings.ToLower(v)
	case len(v) <= 2:
		return documentType(strings.ToUpper(v))
	}
	r.doubt(colDocType, "document type", "it is not one of: "+strings.Join(entente.DocumentTypes, ", "))
	return "other"
}

// journey reads the flight, or the crossing.
func (r *row) journey(e *entente.TravelEvent) {
	l := entente.Leg{Carrier: strings.ToUpper(r.cell[colCarrier]), From: r.port(colFrom, "from"), To: r.port(colTo, "to")}
	if v := strings.ToUpper(strings.ReplaceAll(r.cell[colFlight], " ", "")); v != "" {
		carrier, n := designator(v)
		switch {
		case l.Carrier != "" && isFlightNumber(strings.TrimPrefix(v, l.Carrier)):
			n = unpad(strings.TrimPrefix(v, l.Carrier))
		case carrier == "":
			r.doubt(colFlight, "flight", "it is not a flight number: write it as in \"XB117\"")
		case l.Carrier == "":
			l.Carrier = carrier
		}
		l.Number = n
	}
	if l.Carrier != "" && !isCode(l.Carrier, 2, 3) {
		r.doubt(colCarrier, "carrier", "it is not an airline code of two or three characters")
		l.Carrier = ""
	}
	l.Departs = r.time(colDeparts, colDepartTime, "departs")
	l.Arrives = r.time(colArrives, colArriveTime, "arrives")
	if l.From == "" && l.To == "" && l.Number == "" {
		l = entente.Leg{Carrier: l.Carrier} // times alone make no flight
	}
	if l != (entente.Leg{}) && (l.Number != "" || l.From != "" || l.To != "") {
		e.Legs = []entente.Leg{l}
	}
	e.When = r.time(colWhen, colTime, "when")
	e.Kind = r.kind(e)
	if len(e.Legs) > 0 && e.Kind != "crossing" && e.Kind != "document" {
		if e.Legs[0].Departs == "" { // a table of flights calls the day "date"
			e.Legs[0].Departs, e.When = e.When, ""
		}
	}
}

// kind reads the kind, or tells it from what the row has.
func (r *row) kind(e *entente.TravelEvent) string {
	v := strings.ToLower(r.cell[colKind])
	switch {
	case known(entente.TravelKinds, v):
		return v
	case v == "in" || v == "inbound" || v == "entry":
		v = "arrival"
	case v == "out" || v == "outbound" || v == "exit":
		v = "departure"
	case v != "":
		r.doubt(colKind, "kind", "it is not one of: "+strings.Join(entente.TravelKinds, ", "))
		v = ""
	}
	switch {
	case len(e.Legs) == 0:
		return "crossing"
	case v == "":
		return "arrival"
	}
	return v
}

func (r *row) port(c column, field string) string {
	v := strings.ToUpper(r.cell[c])
	if v != "" && !isCode(v, 3, 5) {
		r.doubt(c, field, "it is not the code of an airport or place: write its IATA, ICAO or UN/LOCODE code")
		return ""
	}
	return v
}

func (r *row) time(day, clock column, field string) entente.LocalTime {
	v := r.cell[day]
	if v == "" {
		return ""
	}
	if c := r.cell[clock]; c != "" {
		v += " " + c
	}
	t, ok := timed(v)
	if !ok {
		r.doubt(day, field, "it is not a time that can be read one way only: write YYYY-MM-DDThh:mm or YYYY-MM-DD")
	}
	return t
}
