package passage

import (
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
	section   section
	reported  entente.Leg // the flight that the message is about
	bookings  int
	announced bool // MSG says that the next TVL is no flight
	pnr       pnr
}

// pnr is one booking in the making.
type pnr struct {
	locator string
	party   []traveller
	listed  int // travellers who have a TIF
	lapped  int // infants that go along, as TIF counts them
	legs    []stage
	remarks []remark
	aside   []entente.SetAside
	texts   int // that may name somebody and were not read
	text    entente.SetAside
	last    int  // the traveller at hand, or -1
	own     bool // something stands under the name at hand
	apart   bool // what belongs to each stands under the name, not all of it behind the last
	flight  int  // of the last TVL, or -1
	past    bool // there is a history
	former  bool // it was told of somebody in it
	bare    bool // it began without SRC
}

func newBookings(x *interchange) *bookings { return &bookings{interchange: x, pnr: begun()} }

func begun() pnr { return pnr{last: -1, flight: -1} }

// silent are the segments of a booking that are left out on purpose: they say
// nothing of who travels, and when and where to.
var silent = map[string]string{
	"ORG": "the office that booked", "EQN": "how many there are", "DAT": "when it was booked, ticketed or checked in", "APD": "the aircraft",
	"TRI": "the number at check-in", "SSD": "the seat", "TBD": "baggage", "REF": "a number of the airline's own", "FTI": "a card of frequent flyers",
	"EBD": "baggage that costs extra", "FAR": "the fare", "TKT": "the ticket", "MON": "money", "PTK": "the price", "TXD": "taxes", "FOP": "how it is paid",
	"SAC": "what was changed, in the history", "LTS": "the history as free text", "RCI": "the locator, again",
}

func (b *bookings) segment() error {
	if b.broken() {
		return nil // form has told of it, and half a segment is worse than none
	}
	tag := string(b.tag())
	if b.section == preamble && begins[tag] {
		b.unannounced()
	}
	switch tag {
	case "SRC":
		return b.src()
	case "TVL":
		return b.travel()
	case "ABI":
		if b.section != preamble {
			b.section, b.pnr.past = history, true
		}
	case "MSG":
		b.business()
	case "RCI":
		if b.pnr.locator == "" {
			b.pnr.locator = b.plain(b.at(1, 1))
		}
	case "TIF":
		b.tif()
	case "SSR":
		b.ssr()
	case "IFT":
		b.ift()
	case "ADD":
		b.address()
	case "TRA":
		b.operated()
	case "RPI":
		b.status()
	default:
		if silent[tag] == "" {
			b.unread()
		}
		b.pnr.own = b.pnr.own || ofOne[tag]
	}
	return nil
}

// begins are segments that stand in a booking alone: before SRC they begin one.
var begins = map[string]bool{"RCI": true, "TIF": true, "SSR": true, "IFT": true, "ADD": true, "FTI": true, "TKT": true}

// ofOne are segments that stand under the traveller's name.
var ofOne = map[string]bool{"FTI": true, "REF": true, "FAR": true, "TKT": true, "EBD": true, "FOP": true, "MON": true}

// travel reads a TVL where it stands: before the bookings it is the flight that
// is reported, in a history it is over.
func (b *bookings) travel() error {
	switch b.section {
	case preamble:
		s, _ := b.leg()
		b.reported = s.Leg
		aside := b.pnr.aside
		if b.pnr.aside = nil; len(aside) > 0 {
			return b.each(Record{Aside: aside})
		}
	case history:
	default:
		b.tvl()
	}
	return nil
}

// business reads MSG+8, after which a hotel, a car or the like stands; 1 is air.
func (b *bookings) business() {
	if b.section == preamble || b.section == history {
		return
	}
	b.announced = false
	if kind := string(b.at(1, 0)); kind != "1" && kind != "" {
		b.section, b.announced, b.pnr.last, b.pnr.flight = service, true, -1, -1
	}
}

// src ends a booking and begins the next.
func (b *bookings) src() error {
	p := &b.pnr
	b.section = booking
	if p.bare && len(p.party)+len(p.remarks)+p.texts == 0 {
		p.bare, p.aside = false, nil // its locator stood before it
		return nil
	}
	if err := b.flush(); err != nil {
		return err
	}
	b.bookings++
	b.pnr = begun()
	return nil
}

// unannounced begins a booking without SRC.
func (b *bookings) unannounced() {
	b.bookings++
	b.section, b.pnr = booking, begun()
	b.pnr.bare = true
	b.wrong("SRC", "the booking does not begin with SRC; it was read all the same")
}

func (b *bookings) end() error {
	if b.bookings == 0 {
		return b.sink.aside(entente.SetAside{Where: b.message(), Record: b.ref, Field: "SRC", Reason: "the message holds no booking"})
	}
	return b.flush()
}

// outside reports whether the scanner stands where nobody travels: in the
// history, or among hotels. A name there that the booking does not have is told of.
func (b *bookings) outside(surname, given string) bool {
	p := &b.pnr
	switch b.section {
	case history, service:
		if _, fit, _ := p.best(surname, given); fit == stranger && surname+given != "" && !p.former {
			p.former = true
			b.wrong("name", "the history or a hotel segment names a person who is not a traveller of the booking; that person was not compared")
		}
		return true
	}
	return false
}

// formerly checks the name in a request of the history.
func (b *bookings) formerly(kind, text string) {
	f := strings.Split(text, "/")
	switch {
	case kind == "DOCS" && len(f) > 8:
		b.outside(f[8], strings.Join(f[9:], ""))
	case kind == "INFT":
		surname, given, _ := childOf(text)
		b.outside(surname, given)
	}
}

// plain reads text; doubtful letters are told of with the booking.
func (b *bookings) plain(w []byte) string {
	s, reading := b.set.text(w)
	switch reading {
	case otherSet:
		b.misdeclared()
	case doubtful:
		b.wrong("text", doubtfulText)
	}
	return spaced(s)
}

// spaced leaves single spaces between the words of a text.
func spaced(s string) string {
	if !strings.Contains(s, "  ") && !strings.Contains(s, "\t") && strings.TrimSpace(s) == s {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func (b *bookings) wrong(field, reason string) {
	if p := &b.pnr; len(p.aside) < maxList {
		p.aside = append(p.aside, b.remark(field, reason))
	}
}
