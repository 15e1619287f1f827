package passage

import (
	"strings"
	"time"

	"entente"
	"entente/parse"
	"entente/table"
)

// journey reads the flight, or the crossing.
func (r *row) journey(e *entente.TravelEvent) {
	l := entente.Leg{Carrier: strings.ToUpper(r.value(table.Carrier)), From: r.port(table.From, "from"), To: r.port(table.To, "to")}
	if v := strings.ToUpper(strings.ReplaceAll(r.value(table.Flight), " ", "")); v != "" {
		carrier, n := designator(v)
		switch {
		case l.Carrier != "" && isFlightNumber(strings.TrimPrefix(v, l.Carrier)):
			n = unpad(strings.TrimPrefix(v, l.Carrier))
		case carrier == "":
			r.doubt("flight", "it is not a flight number: write it as in \"XB117\"", r.cell(table.Flight))
		case l.Carrier == "":
			l.Carrier = carrier
		}
		l.Number = n
	}
	if l.Carrier != "" && !isCode(l.Carrier, 2, 3) {
		r.doubt("carrier", "it is not an airline code of two or three characters", l.Carrier)
		l.Carrier = ""
	}
	l.Departs = r.time(table.Departs, table.DepartTime, "departs")
	l.Arrives = r.time(table.Arrives, table.ArriveTime, "arrives")
	if l.From == "" && l.To == "" && l.Number == "" {
		l = entente.Leg{Carrier: l.Carrier} // times alone make no flight
	}
	if l != (entente.Leg{}) && (l.Number != "" || l.From != "" || l.To != "") {
		e.Legs = []entente.Leg{l}
	}
	e.When = r.time(table.When, table.Clock, "when")
	e.Kind = r.kind(e)
	if e.When == "" && (e.Kind == "crossing" || e.Kind == "document") {
		e.When = entente.LocalTime(r.t.now.Format(time.DateOnly))
		r.doubt("when", "it does not say when; the day on which the file came in is used", string(e.When))
	}
	if len(e.Legs) > 0 && e.Kind != "crossing" && e.Kind != "document" {
		if e.Legs[0].Departs == "" { // a table of flights calls the day "date"
			e.Legs[0].Departs, e.When = e.When, ""
		}
	}
}

// kind reads the kind, or tells it from what the row has.
func (r *row) kind(e *entente.TravelEvent) string {
	v := strings.ToLower(r.value(table.Kind))
	switch {
	case known(entente.TravelKinds, v):
		return v
	case v == "in" || v == "inbound" || v == "entry":
		v = "arrival"
	case v == "out" || v == "outbound" || v == "exit":
		v = "departure"
	case v != "":
		r.doubt("kind", "it is not one of: "+strings.Join(entente.TravelKinds, ", "), v)
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

func (r *row) port(c table.Column, field string) string {
	v := strings.ToUpper(r.value(c))
	if v != "" && !isCode(v, 3, 5) {
		r.doubt(field, "it is not the code of an airport or place: write its IATA, ICAO or UN/LOCODE code", v)
		return ""
	}
	return v
}

// time reads a day and the time of it, which may stand in a column of its own.
func (r *row) time(day, clock table.Column, field string) entente.LocalTime {
	v := r.value(day)
	if v == "" {
		return ""
	}
	if c := r.value(clock); c != "" {
		v += " " + c
	}
	t, why := table.LocalTime(v, "", r.t.now)
	if d, err := entente.ParsePartialDate(string(t[:min(len(t), len("2006-01-02"))])); err == nil {
		if impossible := parse.ImplausibleJourney(d, r.t.now); impossible != "" {
			t, why = "", impossible
		}
	}
	if why != "" {
		r.doubt(field, why, v)
	}
	return t
}
