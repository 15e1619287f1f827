package passage

import (
	"slices"
	"strconv"
	"time"

	"entente"
)

// flush assigns each request to its traveller and hands on the travellers.
func (b *bookings) flush() error {
	p := &b.pnr
	if b.bookings == 0 {
		return nil
	}
	b.assignAll()
	legs := b.flights()
	b.unnamedInfants()
	b.unreadTexts()
	p.party = slices.DeleteFunc(p.party, func(t traveller) bool { return !findable(&t.subject) })
	if err := b.tell(); err != nil {
		return err
	}
	switch {
	case len(p.party) == 0:
		return b.unmanned("it names no traveller")
	case len(p.legs) > 0 && len(legs) == 0:
		return b.unmanned("all its flights are cancelled or were never confirmed; its travellers were not compared")
	case len(legs) == 0 && p.past:
		return b.unmanned("it holds no flight any more")
	case len(legs) == 0 && (b.reported.From != "" || b.reported.Number != ""):
		legs = []entente.Leg{b.reported}
	}
	for i := range p.party {
		if err := b.hand(i, legs); err != nil {
			return err
		}
	}
	return nil
}

// hand hands on one traveller.
func (b *bookings) hand(i int, legs []entente.Leg) error {
	p := &b.pnr
	t := &p.party[i]
	e := entente.TravelEvent{Kind: "booking", Traveller: t.subject, Reference: p.locator, Sent: b.sent}
	if p.namesake(i) {
		e.Reference += "/" + strconv.Itoa(i+1) // or both would be one event
	}
	e.Legs = append([]entente.Leg(nil), legs...)
	e.With = p.others(i)
	e.Where = b.whole() + ", passenger " + strconv.Itoa(i+1)
	return b.event(e, t.aside)
}

// whole says which booking is at hand.
func (b *bookings) whole() string {
	return b.message() + ", booking " + strconv.Itoa(b.bookings)
}

func (b *bookings) unmanned(reason string) error {
	return b.sink.aside(entente.SetAside{Where: b.whole(), Record: b.pnr.locator, Reason: reason})
}

// tell hands on what is wrong with the booking as a whole: with its only
// traveller, or by itself.
func (b *bookings) tell() error {
	p := &b.pnr
	if len(p.aside) == 0 {
		return nil
	}
	if len(p.party) == 1 {
		p.party[0].aside = append(p.party[0].aside, p.aside...)
		return nil
	}
	return b.each(Record{Aside: p.aside})
}

// journey is the day by which birth dates are read.
func (b *bookings) journey() time.Time {
	for i := range b.pnr.legs {
		if day := dayOf(b.pnr.legs[i].Departs); !day.IsZero() {
			return day
		}
	}
	if day := dayOf(b.reported.Departs); !day.IsZero() {
		return day
	}
	if !b.sent.IsZero() {
		return b.sent
	}
	return b.now
}

// namesake reports whether a traveller before i in the party has the same name.
func (p *pnr) namesake(i int) bool {
	for j := range p.party[:i] {
		if p.party[j].written == p.party[i].written {
			return true
		}
	}
	return false
}

// others gives the names of the rest of the party.
func (p *pnr) others(self int) []string {
	var names []string
	for i := range p.party {
		if all := p.party[i].subject.Names; i != self && len(all) > 0 && len(names) < maxWith {
			names = append(names, all[0].Text)
		}
	}
	return names
}
