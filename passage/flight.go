package passage

import (
	"entente"
)

// route is what a PAXLST message says of its flight: a TDT for each flight
// number, and below it the airports in the order of the journey.
type route struct{ hops []hop }

type hop struct {
	carrier, number string
	stops           []stop
}

type stop struct {
	function         string // of the LOC: 125 last abroad, 87 first here, 92 other, 130 last of all
	code             string
	departs, arrives entente.LocalTime
}

// maxHops bounds flights of a message, and airports of a flight.
const maxHops = 16

// designator parts a flight number from the airline that stands before it:
// "XB0117" is XB and 117. Airlines have two characters (IATA), of which one at
// least is a letter, or three letters (ICAO).
func designator(s string) (carrier, number string) {
	if len(s) > 3 && isLetters(s[:3]) && isFlightNumber(s[3:]) {
		return s[:3], unpad(s[3:])
	}
	if len(s) > 2 && isCode(s[:2], 2, 2) && (s[0] > '9' || s[1] > '9') && isFlightNumber(s[2:]) {
		return s[:2], unpad(s[2:])
	}
	return "", ""
}

// isFlightNumber holds s to at most four digits, or five of some charters, and
// perhaps a letter after them.
func isFlightNumber(s string) bool {
	if n := len(s); n > 1 && s[n-1] >= 'A' && s[n-1] <= 'Z' {
		s = s[:n-1]
	}
	_, ok := number(s)
	return ok && len(s) <= 5
}

// unpad takes the leading zeros off a flight number.
func unpad(s string) string {
	for len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' {
		s = s[1:]
	}
	return s
}

// depart and arrive set a time of the last stop; a scheduled one wins over any other.
func (r *route) time(function string, t entente.LocalTime) bool {
	if len(r.hops) == 0 || len(r.hops[len(r.hops)-1].stops) == 0 {
		return false
	}
	stops := r.hops[len(r.hops)-1].stops
	s := &stops[len(stops)-1]
	switch function {
	case "189":
		s.departs = t
	case "232":
		s.arrives = t
	case "133", "136", "186":
		if s.departs == "" {
			s.departs = t
		}
	case "132", "178":
		if s.arrives == "" {
			s.arrives = t
		}
	}
	return true
}

// legs gives the journey of the flight.
func (r *route) legs() []entente.Leg {
	var legs []entente.Leg
	for _, h := range r.hops {
		legs = append(legs, h.legs()...)
	}
	return legs[:min(len(legs), maxLegs)]
}

func (h *hop) legs() []entente.Leg {
	leg := entente.Leg{Carrier: h.carrier, Number: h.number}
	s := h.stops
	switch {
	case len(s) == 0:
		return []entente.Leg{leg}
	case len(s) == 1 && (s[0].function == "87" || s[0].function == "130"):
		leg.To, leg.Arrives = s[0].code, s[0].arrives
		return []entente.Leg{leg}
	case len(s) == 1:
		leg.From, leg.Departs = s[0].code, s[0].departs
		return []entente.Leg{leg}
	case len(s) == 2 && s[0].function == "87" && s[1].function == "125":
		s[0], s[1] = s[1], s[0] // told from its end
	}
	legs := make([]entente.Leg, 0, len(s)-1)
	for i := range s[1:] {
		if s[i].code == s[i+1].code {
			continue // 130 repeats the last stop
		}
		leg.From, leg.Departs = s[i].code, s[i].departs
		leg.To, leg.Arrives = s[i+1].code, s[i+1].arrives
		legs = append(legs, leg)
	}
	return legs
}

// within gives the part of the journey between two airports, or all of it where
// that cannot be told.
func within(legs []entente.Leg, from, to string) []entente.Leg {
	first, last := 0, len(legs)
	for i := range legs {
		if legs[i].From == from && from != "" {
			first = i
			break
		}
	}
	for i := first; i < len(legs); i++ {
		if legs[i].To == to && to != "" {
			last = i + 1
			break
		}
	}
	return legs[first:last:last]
}
