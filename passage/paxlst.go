package passage

import (
	"strconv"
	"time"

	"entente"
	"entente/parse"
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
	group   group  // what the scanner stands in
	route   route
	legs    []entente.Leg // of route, once travellers are handed on
	journey time.Time     // the day by which birth dates are read
	held    []passenger
	last    *passenger // nil: before the first traveller, or in a party that is none
	people  int
	told    string // the count that CNT gives
	name    []byte // being put together
	bytes   int    // of segments since travellers were handed on
}

// group is a group of segments of a list.
type group int

const (
	ofFlight group = iota // before the first traveller
	ofPerson
	ofContact // of who answers for the list at the airline
	ofNobody  // of somebody who does not travel, as the list says
)

func newList(x *interchange) *list { return &list{interchange: x, kind: "arrival"} }

func (l *list) segment() error {
	l.bytes += len(l.raw)
	switch string(l.tag()) {
	case "BGM":
		return l.bgm()
	case "NAD":
		return l.nad()
	case "TDT":
		if err := l.anotherFlight(); err != nil {
			return err
		}
	case "CNT":
		if q := string(l.at(1, 0)); q == "41" || q == "42" {
			l.told = string(l.at(1, 1))
		}
		return nil
	}
	switch l.group {
	case ofFlight:
		return l.flight()
	case ofPerson:
		if !l.broken() { // half a number is worse than none
			l.detail()
		}
	case ofContact:
		return l.contact()
	}
	return nil
}

// anotherFlight takes a flight that stands behind travellers for theirs, if they
// have none yet, and else for that of those who follow.
func (l *list) anotherFlight() error {
	if l.people == 0 || l.group == ofFlight {
		l.group = ofFlight
		return nil
	}
	l.group, l.last = ofFlight, nil
	if len(l.route.hops) == 0 {
		return l.note("TDT", "the flight follows its travellers; it was assigned to them")
	}
	if err := l.flush(); err != nil {
		return err
	}
	l.route = route{}
	return l.note("TDT", "a second flight follows the first travellers; the travellers after it are listed with it")
}

// contact passes over what belongs to who answers for the list: only the flight
// may follow.
func (l *list) contact() error {
	switch string(l.tag()) {
	case "COM":
		return nil
	case "TDT", "LOC", "DTM":
		l.group = ofFlight
		return l.flight()
	}
	l.misplaced()
	return nil
}

// misplaced catches a segment that tells of a person and stands under none.
func (l *list) misplaced() {
	if q := paxSilent[string(l.tag())]; q != nil && (q[""] != "" || q[string(l.at(1, 0))] != "") {
		return
	}
	switch tag := string(l.tag()); tag {
	case "ATT", "NAT", "DOC", "COM":
		l.passed(tag, "it belongs to no traveller; it was not used")
	default:
		l.passed(tag+" "+string(l.at(1, 0)), "this version does not read this kind of segment here: check whether it is about a person")
	}
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
	sure := true
	switch string(l.at(1, 0)) {
	case "FL", "FM", "DDT", "DDU":
	case "MS", "GR", "VW": // who answers for the list at the airline
		l.group = ofContact
		return nil
	default:
		sure = false
	}
	if sure {
		l.people++
	}
	if l.off {
		l.group = ofNobody
		return nil
	}
	if l.group != ofPerson {
		l.depart()
	}
	l.group = ofPerson
	if len(l.held) == maxHeld || l.bytes > maxHeldBytes {
		if err := l.flush(); err != nil {
			return err
		}
	}
	l.held = append(l.held, passenger{seg: l.seg})
	l.last = &l.held[len(l.held)-1]
	l.begin(sure)
	return nil
}

// begin reads the NAD of a traveller. sure: it says that it is one.
func (l *list) begin(sure bool) {
	e := &l.last.event
	e.Kind, e.Sent = l.kind, l.sent
	e.Traveller.ID = travellerID
	if sure {
		e.Where = "message " + strconv.Itoa(l.messages) + ", passenger " + strconv.Itoa(l.people)
	} else {
		e.Where = l.message() + ", segment " + strconv.Itoa(l.seg)
		doubt := l.remark("NAD", "")
		l.last.doubt = &doubt
	}
	at := 4
	if len(l.at(at, 0)) == 0 {
		at = 3 // some put the name where an address would stand
	}
	name := l.words(at)
	bare := parse.BareName(name)
	if bare != name {
		l.wrong("name", "part of it says that the name is not known; that part was not used")
	}
	if bare != "" {
		e.Traveller.Names = []entente.Name{{Text: bare}}
	}
	if l.broken() {
		l.wrong("name", "the segment has not come whole; the name may be cut")
	}
}

// depart finds the day by which the birth dates of the travellers who follow are
// read.
func (l *list) depart() {
	l.journey = l.now
	if !l.sent.IsZero() {
		l.journey = l.sent
	}
	if legs := l.route.legs(); len(legs) > 0 {
		if day := dayOf(legs[0].Departs); !day.IsZero() {
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
	s, reading := l.set.text(b)
	switch reading {
	case otherSet:
		l.misdeclared()
	case doubtful:
		l.wrong("text", doubtfulText)
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
	l.none = l.none || l.people == 0 && l.told == "0"
	if l.people+len(l.held) == 0 && l.told != "0" {
		if err := l.sink.aside(entente.SetAside{Where: l.message(), Record: l.ref, Field: "NAD", Reason: "the list names no traveller"}); err != nil {
			return err
		}
	}
	return l.flush()
}

func (x *interchange) message() string { return "message " + strconv.Itoa(x.messages) }
