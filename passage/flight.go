package passage

import (
	"strings"

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

// time sets a time of the last stop; a scheduled one wins over any other.
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

// flight reads what comes before the first traveller.
func (l *list) flight() error {
	r := &l.route
	switch string(l.tag()) {
	case "TDT":
		if len(r.hops) == maxHops {
			return l.note("TDT", "there are more flights than a journey has; this one was left out")
		}
		h := hop{}
		h.carrier, h.number = designator(string(l.at(2, 0)))
		if c := string(l.at(5, 0)); isCode(c, 2, 3) {
			h.carrier = c
			h.number = flightNumber(strings.TrimPrefix(string(l.at(2, 0)), c), h.number)
		}
		r.hops = append(r.hops, h)
		if h.number == "" {
			return l.note("flight", "it is not an airline's code and a number")
		}
	case "LOC":
		switch function := string(l.at(1, 0)); function {
		case "125", "87", "92", "130":
			return l.port(function)
		}
		l.misplaced()
	case "DTM":
		return l.clock()
	default:
		l.misplaced()
	}
	return nil
}

// clock reads when a flight leaves or arrives.
func (l *list) clock() error {
	function := string(l.at(1, 0))
	if paxSilent["DTM"][function] != "" {
		return nil
	}
	t, why := flownIn(l.at(1, 1), l.at(1, 2), l.now)
	switch {
	case t == "":
		return l.note("DTM", why+"; the flight is listed without it")
	case !l.route.time(function, t):
		return l.note("DTM", "it stands before any airport; the flight is listed without it")
	case why != "":
		return l.note("DTM", why)
	}
	return nil
}

// flightNumber gives s if it is one, else the number that was found before.
func flightNumber(s, found string) string {
	if isFlightNumber(s) {
		return unpad(s)
	}
	return found
}

func (l *list) port(function string) error {
	code := string(l.at(2, 0))
	if !isCode(code, 3, 5) {
		return l.note("LOC", "it is not the code of an airport")
	}
	if len(l.route.hops) == 0 {
		l.route.hops = append(l.route.hops, hop{})
	}
	h := &l.route.hops[len(l.route.hops)-1]
	if len(h.stops) == maxHops {
		return l.note("LOC", "there are more airports than a flight has; this one was left out")
	}
	h.stops = append(h.stops, stop{function: function, code: code})
	return nil
}
