package passage

import (
	"strconv"
	"time"

	"entente"
)

// How many travellers of one message, and bytes of their segments, wait for its
// end, where those who share a booking learn of each other. A longer message is
// handed on in parts.
const (
	maxHeld      = 2000
	maxHeldBytes = 1 << 20
)

// list reads one PAXLST message (WCO/IATA/ICAO API guide, appendix II): BGM,
// contacts, the flight, then a group for each traveller from NAD to the next NAD.
type list struct {
	*interchange
	kind    string // of the events
	off     bool   // nobody in it travels
	route   route
	legs    []entente.Leg // of route, once travellers begin
	journey time.Time     // the day by which birth dates are read
	held    []passenger
	last    *passenger // nil: before the first traveller, or in a party that is none
	people  int
	told    string // the count that CNT gives
	name    []byte // being put together
	bytes   int    // of segments since travellers were handed on
}

func newList(x *interchange) *list { return &list{interchange: x, kind: "arrival"} }

func (l *list) segment() error {
	l.bytes += len(l.raw)
	switch string(l.tag()) {
	case "BGM":
		return l.bgm()
	case "NAD":
		return l.nad()
	case "CNT":
		if q := string(l.at(1, 0)); q == "41" || q == "42" {
			l.told = string(l.at(1, 1))
		}
	}
	if l.last != nil {
		if !l.broken() { // half a number is worse than none
			l.detail()
		}
		return nil
	}
	if l.people == 0 {
		return l.flight()
	}
	return nil
}

// bgm says what the list is: 745 and 250 of passengers and crew on their way,
// 266 of who is on board as the flight closes, 336 of all the crew that an
// airline has, 655 of who asks to go to a gate. XR, RP and CF cancel; CLNB lists
// those who stayed behind.
func (l *list) bgm() error {
	switch string(l.at(1, 0)) {
	case "266":
		l.kind = "departure"
	case "336", "655":
		l.off = true
		return l.note("BGM", "it is a list of crew on an airline's staff, or a request for a pass to a gate; nobody in it was taken to travel")
	}
	switch string(l.at(2, 0)) {
	case "XR", "RP", "CF", "CLNB":
		l.off = true
		return l.note("BGM", "the message takes travellers off the flight; nobody in it was taken to travel")
	}
	return nil
}

// nad begins a traveller, or another party.
func (l *list) nad() error {
	l.last = nil
	switch string(l.at(1, 0)) {
	case "FL", "FM", "DDT", "DDU":
	case "MS", "GR", "VW":
		return nil // contacts
	default:
		return l.note("NAD", "it is neither a passenger, FL or DDU, nor crew, FM or DDT; it was passed over")
	}
	l.people++
	if l.off {
		return nil
	}
	if l.people == 1 {
		l.depart()
	}
	if len(l.held) == maxHeld || l.bytes > maxHeldBytes {
		if err := l.flush(); err != nil {
			return err
		}
	}
	l.held = append(l.held, passenger{seg: l.seg})
	l.last = &l.held[len(l.held)-1]
	e := &l.last.event
	e.Kind, e.Sent = l.kind, l.sent
	e.Where = "message " + strconv.Itoa(l.messages) + ", passenger " + strconv.Itoa(l.people)
	e.Traveller.ID = travellerID
	at := 4
	if len(l.at(at, 0)) == 0 {
		at = 3 // some put the name where an address would stand
	}
	if name := l.words(at); name != "" {
		e.Traveller.Names = []entente.Name{{Text: name}}
	}
	if l.broken() {
		l.wrong("name", "the segment has not come whole; the name may be cut")
	}
	return nil
}

// depart fixes the flight: what stands after the first traveller is his.
func (l *list) depart() {
	l.legs = l.route.legs()
	l.journey = l.now
	if !l.sent.IsZero() {
		l.journey = l.sent
	}
	if len(l.legs) > 0 {
		if day := dayOf(l.legs[0].Departs); !day.IsZero() {
			l.journey = day
		}
	}
}

// words gives the components of an element as one text. Letters that the
// character set lacks are told of.
func (l *list) words(e int) string {
	l.name = l.name[:0]
	for c := range l.count(e) {
		gap := len(l.name) > 0
		for _, b := range l.at(e, c) {
			if b == ' ' || b == '\t' {
				gap = len(l.name) > 0
				continue
			}
			if gap {
				l.name, gap = append(l.name, ' '), false
			}
			l.name = append(l.name, b)
		}
	}
	return l.clear(l.name)
}

// clear reads b in the character set of the interchange.
func (l *list) clear(b []byte) string {
	s, sound := l.set.text(b)
	if !sound {
		l.wrong("text", "it has characters that the character set of the interchange does not have; they may be wrong or missing")
	}
	return s
}

// wrong sets aside what is wrong in the segment at hand, with the traveller.
func (l *list) wrong(field, reason string) {
	if p := l.last; len(p.aside) < maxList {
		p.aside = append(p.aside, l.remark(field, reason))
	}
}

// end hands on who is left, and compares the count that the sender gives.
func (l *list) end() error {
	l.last = nil
	if n, ok := number(l.told); l.told != "" && (!ok || n != l.people) {
		a := entente.SetAside{Where: l.message(), Record: l.ref, Field: "CNT", Text: cut(l.told)}
		a.Reason = "it counts other than the " + strconv.Itoa(l.people) + " travellers that came: check with the sender whether some are missing"
		if err := l.sink.aside(a); err != nil {
			return err
		}
	}
	return l.flush()
}

func (x *interchange) message() string { return "message " + strconv.Itoa(x.messages) }
