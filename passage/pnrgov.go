package passage

import (
	"strconv"
	"strings"

	"entente"
)

// Bounds of one booking. A group has at most some hundred travellers.
const (
	maxParty   = 500
	maxRemarks = 2000
)

// section is where in a booking the scanner stands (PNRGOV implementation
// guide, message structure).
type section int

const (
	preamble  section = iota // before the first SRC: the flight that is reported
	booking                  // from SRC: locator, travellers, their documents
	itinerary                // from the first TVL: flights, seats, check-in
	service                  // hotels, cars and the like, from MSG on
	history                  // from ABI: what was changed and cancelled
)

// bookings reads one PNRGOV message, with a booking from each SRC to the next.
type bookings struct {
	*interchange
	section  section
	reported entente.Leg // the flight that the message is about
	bookings int
	pnr      pnr
}

// pnr is one booking in the making.
type pnr struct {
	locator string
	party   []traveller
	legs    []entente.Leg
	remarks []remark
	aside   []entente.SetAside
	last    int  // the traveller at hand, or -1
	flight  bool // the last TVL gave a leg
	past    bool // there is a history
}

// traveller is one of a party.
type traveller struct {
	subject entente.Subject
	ref     string // by which other segments mean him: "1.1"
	written string // surname and given name as TIF has them, without spaces
	aside   []entente.SetAside
}

// remark is a service request that tells of a traveller. Who is meant is
// settled when the booking is whole.
type remark struct {
	kind, ref, text string
	who             int // -1: not said by where it stands
	at              entente.SetAside
}

func newBookings(x *interchange) *bookings { return &bookings{interchange: x} }

func (b *bookings) segment() error {
	if b.broken() {
		return nil // form has told of it, and half a segment is worse than none
	}
	switch tag := string(b.tag()); {
	case tag == "SRC":
		return b.src()
	case b.section == preamble:
		if tag == "TVL" {
			b.reported, _ = b.leg()
		}
	case tag == "ABI":
		b.section, b.pnr.past = history, true
	case b.section == history:
	case tag == "MSG":
		if string(b.at(1, 0)) != "1" && len(b.at(1, 0)) > 0 { // 1 is air
			b.section, b.pnr.last = service, -1
		}
	case b.section == service:
	case tag == "RCI":
		if b.pnr.locator == "" {
			b.pnr.locator = b.plain(b.at(1, 1))
		}
	case tag == "TIF":
		b.tif()
	case tag == "SSR":
		b.ssr()
	case tag == "TVL":
		b.tvl()
	case tag == "TRA":
		b.operated()
	case tag == "RPI":
		b.status()
	}
	return nil
}

// src ends a booking and begins the next.
func (b *bookings) src() error {
	if err := b.flush(); err != nil {
		return err
	}
	b.bookings++
	b.section = booking
	b.pnr = pnr{last: -1}
	return nil
}

func (b *bookings) end() error { return b.flush() }

// plain reads text; doubtful letters are told of with the booking.
func (b *bookings) plain(w []byte) string {
	s, sound := b.set.text(w)
	if !sound {
		b.wrong("text", "it has characters that the character set of the interchange does not have; they may be wrong or missing")
	}
	return strings.Join(strings.Fields(s), " ")
}

func (b *bookings) wrong(field, reason string) {
	if p := &b.pnr; len(p.aside) < maxList {
		p.aside = append(p.aside, b.remark(field, reason))
	}
}

// tif reads TIF+SURNAME:I+GIVEN:A:1, in which I is an individual and G a group,
// A an adult, C a child, IN an infant, and 1 how other segments mean him.
// Check-in repeats it for somebody who is known already.
func (b *bookings) tif() {
	p := &b.pnr
	surname := b.plain(b.at(1, 0))
	p.last = -1
	if string(b.at(1, 1)) == "G" {
		return // the name of a group is nobody's
	}
	for e := 2; e == 2 || b.count(e) > 0; e++ {
		given, ref := b.plain(b.at(e, 0)), cut(b.at(e, 2))
		if surname == "" && given == "" {
			b.wrong("name", "the traveller has no name")
			continue
		}
		if len(surname)+len(given) >= maxName {
			b.wrong("name", "it is longer than "+strconv.Itoa(maxName)+" bytes; the traveller was left out")
			continue
		}
		if i := p.find(surname+given, ref); i >= 0 {
			p.last = i
			continue
		}
		if len(p.party) == maxParty {
			b.wrong("party", "the booking has more than "+strconv.Itoa(maxParty)+" travellers; this one was left out")
			return
		}
		t := traveller{ref: ref, written: letters(surname + given), subject: entente.Subject{ID: travellerID}}
		t.subject.Names = namesOf(surname, given)
		p.party = append(p.party, t)
		p.last = len(p.party) - 1
	}
}

// find gives the traveller of that name and reference. A reference alone is not
// enough: in some messages everybody has the same.
func (p *pnr) find(name, ref string) int {
	name = letters(name)
	for i := range p.party {
		t := &p.party[i]
		if t.written == name && (ref == "" || t.ref == "" || t.ref == ref) {
			return i
		}
	}
	return -1
}

// namesOf gives a name as the booking has it and, where a title seems to be
// glued to its end ("JOHNMR"), also with the title apart. It is not taken off: a
// man may be called AMR.
func namesOf(surname, given string) []entente.Name {
	names := []entente.Name{{Text: strings.TrimSpace(surname + " " + given)}}
	for _, title := range [...]string{"MSTR", "MISS", "PROF", "MRS", "MR", "MS", "DR"} {
		first, ok := strings.CutSuffix(given, title)
		if ok && len(first) > 1 && first[len(first)-1] != ' ' {
			return append(names, entente.Name{Text: strings.TrimSpace(surname + " " + first + " " + title)})
		}
	}
	return names
}

// letters leaves out what is no letter or digit.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\'' || r == '.' || r == '<' {
			return -1
		}
		return r
	}, s)
}

// tvl reads a flight of the booking.
func (b *bookings) tvl() {
	p := &b.pnr
	b.section, p.last, p.flight = itinerary, -1, false
	leg, ok := b.leg()
	switch {
	case !ok: // a flight number repeated for a codeshare, or a way over land
	case len(p.legs) == maxLegs:
		b.wrong("flight", "the booking has more than "+strconv.Itoa(maxLegs)+" flights; this one was left out")
	default:
		p.legs = append(p.legs, leg)
		p.flight = true
	}
}

// operated reads TRA+airline+number: who flies, where TVL says who sold it.
func (b *bookings) operated() {
	p := &b.pnr
	if !p.flight {
		return
	}
	l := &p.legs[len(p.legs)-1]
	if c := string(b.at(1, 0)); isCode(c, 2, 3) {
		l.Carrier = c
	}
	if n := string(b.at(2, 0)); isFlightNumber(n) {
		l.Number = unpad(n)
	}
}

// status takes off a flight that is not confirmed any more: RPI+1+XX.
func (b *bookings) status() {
	p := &b.pnr
	switch s := string(b.at(2, 0)); s {
	case "XX", "XK", "XL", "HX", "UC", "UN", "US", "NO":
		if p.flight {
			p.legs, p.flight = p.legs[:len(p.legs)-1], false
			b.wrong("flight", "it is cancelled or was never confirmed; it was left out")
		}
	}
}

// leg reads TVL+dates+from+to+marketing:operating airline+number:class. The
// operating airline flies, so it is the one that counts.
func (b *bookings) leg() (entente.Leg, bool) {
	l := entente.Leg{From: string(b.at(2, 0)), To: string(b.at(3, 0)), Carrier: string(b.at(4, 1)), Number: unpad(string(b.at(5, 0)))}
	if l.Carrier == "" {
		l.Carrier = string(b.at(4, 0))
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

// time reads DDMMYY and hhmm.
func (b *bookings) time(day, clock []byte) entente.LocalTime {
	if len(day) == 0 {
		return ""
	}
	hour, minute := -1, 0
	if n, ok := number(clock); ok && len(clock) == 4 {
		hour, minute = n/100, n%100
	}
	n, ok := number(day)
	t := local(near(n%100, b.now), n/100%100, n/10000, hour, minute)
	if !ok || len(day) != 6 || t == "" {
		b.wrong("flight time", "it is not a time that exists; the flight is listed without it")
		return ""
	}
	return t
}
