package passage

import (
	"strconv"
	"strings"

	"entente"
)

// stage is a flight of a booking.
type stage struct {
	entente.Leg
	sold      string // the airline that sells it, where another one flies
	cancelled bool   // for somebody
	booked    bool   // for somebody
	at        entente.SetAside
}

// flown reports whether anybody is booked on it still.
func (s *stage) flown() bool { return s.booked || !s.cancelled }

// tvl reads a flight of the booking, or another number of the one before.
func (b *bookings) tvl() {
	p := &b.pnr
	p.last = -1
	if len(b.at(2, 0))+len(b.at(3, 0))+len(b.at(1, 0)) == 0 && len(b.at(5, 0)) > 0 {
		b.codeshare()
		return
	}
	if p.flight = -1; b.section == service {
		announced := b.announced
		b.announced = false
		if announced || !b.flies() {
			return // a hotel or a car
		}
	}
	b.section = itinerary
	s, ok := b.leg()
	switch {
	case !ok: // a way over land
	case len(p.legs) == maxLegs:
		b.wrong("flight", "the booking has more than "+strconv.Itoa(maxLegs)+" flights; this one was left out")
	default:
		p.legs = append(p.legs, s)
		p.flight = len(p.legs) - 1
	}
}

// flies reports whether a TVL is a whole flight.
func (b *bookings) flies() bool {
	from, to := b.at(2, 0), b.at(3, 0)
	return isCode(from, 3, 5) && isCode(to, 3, 5) && string(from) != string(to) && isFlightNumber(string(b.at(5, 0)))
}

// leg reads TVL+dates+from+to+marketing:operating airline+number:class. The
// operating airline flies, so it is the one that counts.
func (b *bookings) leg() (stage, bool) {
	l := stage{Leg: entente.Leg{From: string(b.at(2, 0)), To: string(b.at(3, 0)), Carrier: string(b.at(4, 1)), Number: unpad(string(b.at(5, 0)))}}
	seller := string(b.at(4, 0))
	if l.Carrier == "" {
		l.Carrier = seller
	}
	if l.From == "" || l.To == "" {
		return l, false
	}
	if !isCode(l.From, 3, 5) || !isCode(l.To, 3, 5) {
		b.wrong("airport", "it is not the code of an airport; the flight was left out")
		return l, false
	}
	if !isCode(l.Carrier, 2, 3) {
		l.Carrier = ""
	}
	if !isFlightNumber(l.Number) { // OPEN: a flight yet to be chosen
		l.Number = ""
	}
	if seller != l.Carrier && l.Number != "" {
		l.sold, l.at = seller, b.remark("flight", "")
	}
	day, clock := b.at(1, 2), b.at(1, 3)
	if len(day) == 4 && len(clock) == 0 {
		day, clock = nil, day // the empty component before it was left out
	}
	l.Departs = b.time(b.at(1, 0), b.at(1, 1))
	if len(day) == 0 && len(clock) > 0 {
		day = b.at(1, 0)
	}
	l.Arrives = b.time(day, clock)
	return l, true
}

// codeshare reads TVL+++++number, the second number of the flight before it: the
// one under which the operating airline flies, where the first is the seller's.
// Some senders put the operating one first; the flight that the message reports
// tells the two apart.
func (b *bookings) codeshare() {
	p := &b.pnr
	number := string(b.at(5, 0))
	if p.flight < 0 || b.section == history || !isFlightNumber(number) {
		return
	}
	l := &p.legs[p.flight]
	switch airline := string(b.at(4, 0)); {
	case b.reports(l.Leg):
		l.sold = ""
	case isCode(airline, 2, 3):
		l.Carrier, l.Number, l.sold = airline, unpad(number), ""
	case l.sold != "":
		l.Number, l.sold = unpad(number), ""
	}
}

// reports reports whether a flight is the one of which the message tells.
func (b *bookings) reports(l entente.Leg) bool {
	r := &b.reported
	return r.Number != "" && r.Carrier == l.Carrier && r.Number == l.Number && (r.From == l.From || r.To == l.To)
}

// operated reads TRA+airline+number: who flies, where TVL says who sold it.
func (b *bookings) operated() {
	p := &b.pnr
	if p.flight < 0 || b.section != itinerary {
		return
	}
	l := &p.legs[p.flight]
	if c := string(b.at(1, 0)); isCode(c, 2, 3) && c != l.Carrier {
		l.sold, l.Carrier, l.at = l.Carrier, c, b.remark("flight", "")
	}
	if n := string(b.at(2, 0)); isFlightNumber(n) {
		l.Number, l.sold = unpad(n), ""
	}
}

// unconfirmed are the states in which nobody has a seat on a flight (IATA
// AIRIMP): cancelled, refused, never answered, or as it was before a change.
var unconfirmed = map[string]bool{
	"XX": true, "XK": true, "XL": true, "XN": true, "XR": true, "HX": true, "DX": true, "UC": true, "UN": true, "UU": true, "US": true, "UR": true,
	"NO": true, "NA": true, "WK": true, "WL": true, "WN": true,
}

// status reads RPI+1+XX: how many of the party have the flight before it, and in
// which state. It is left out when nobody has it any more.
func (b *bookings) status() {
	p := &b.pnr
	if p.flight < 0 || b.section != itinerary {
		return
	}
	l := &p.legs[p.flight]
	for e := 1; e < 4; e++ {
		switch s := b.at(e, 0); {
		case unconfirmed[string(s)]:
			l.cancelled, l.at = true, b.remark("flight", "")
			return
		case len(s) == 2 && isLetters(string(s)):
			l.booked = true
			return
		}
	}
}

// flights gives the flights that somebody has, and tells of those that nobody
// has, and of those of which only the seller's number is known.
func (b *bookings) flights() (legs []entente.Leg) {
	p := &b.pnr
	tell := func(a entente.SetAside, reason string) {
		if a.Reason = reason; len(p.aside) < maxList {
			p.aside = append(p.aside, a)
		}
	}
	for i := range p.legs {
		l := &p.legs[i]
		switch {
		case !l.flown():
			tell(l.at, "it is cancelled or was never confirmed; it was left out")
			continue
		case l.sold == "" || b.reports(l.Leg):
		case b.sameJourney(l.Leg):
			l.Number = b.reported.Number
		default:
			tell(l.at, "it gives only the flight number of "+cut(l.sold)+", which sells the flight; it is listed by the airline that operates it, without a number")
			l.Number = ""
		}
		legs = append(legs, l.Leg)
	}
	return legs
}

// sameJourney reports whether a flight is the reported one by airline, way and day.
func (b *bookings) sameJourney(l entente.Leg) bool {
	r := &b.reported
	return r.Carrier == l.Carrier && r.From == l.From && r.To == l.To && strings.HasPrefix(string(l.Departs), onDay(r.Departs))
}

// onDay gives the day of a time.
func onDay(t entente.LocalTime) string { return string(t[:min(len(t), len("2006-01-02"))]) }

// time reads a day and a time of day, and tells what of them cannot be used.
func (b *bookings) time(day, clock []byte) entente.LocalTime {
	if len(day) == 0 {
		return ""
	}
	t, why := bookedAt(day, clock, b.now)
	switch {
	case t == "":
		b.wrong("flight time", why+"; the flight is listed without it")
	case why != "":
		b.wrong("flight time", why)
	}
	return t
}
