package passage

import (
	"slices"
	"strconv"

	"entente"
)

// passenger is a traveller in the making.
type passenger struct {
	event     entente.TravelEvent
	aside     []entente.SetAside
	seg       int // where the group begins
	birth     entente.PartialDate
	birthTown string
	birthLand entente.Country
	from, to  string
	doc       *entente.Document // the one at hand
	doubt     *entente.SetAside // it does not say that it is a traveller; nil: it does
}

// flush hands on the travellers at hand, each with the names of the others on the
// same booking.
func (l *list) flush() error {
	l.legs = l.route.legs()
	parties := map[string][]int{}
	for i := range l.held {
		if r := l.held[i].event.Reference; r != "" {
			parties[r] = append(parties[r], i)
		}
	}
	for i := range l.held {
		p := &l.held[i]
		for _, j := range parties[p.event.Reference] {
			if names := l.held[j].event.Traveller.Names; j != i && len(names) > 0 && len(p.event.With) < maxWith {
				p.event.With = append(p.event.With, names[0].Text)
			}
		}
		if err := l.hand(p); err != nil {
			return err
		}
	}
	clear(l.held)
	l.held, l.bytes = l.held[:0], 0
	return nil
}

// hand finishes one traveller.
func (l *list) hand(p *passenger) error {
	e := &p.event
	place := p.birthTown
	if p.birthLand != "" {
		place = join(place, string(p.birthLand))
	}
	born(&e.Traveller, p.birth, place)
	e.Legs = slices.Clone(within(l.legs, p.from, p.to))
	if !p.travels() {
		p.doubt.Reason = "its code is neither a passenger's (FL, DDU) nor a crew member's (FM, DDT), and no birth date or document follows; it was not compared"
		return l.each(Record{Aside: append(p.aside, *p.doubt)})
	}
	switch {
	case !findable(&e.Traveller):
		return l.each(Record{Aside: append(p.aside, l.nameless(p, "the traveller has neither a name nor a document nor a way to be reached"))})
	case len(e.Traveller.Names) == 0:
		p.aside = append(p.aside, l.nameless(p, noName))
	}
	return l.event(*e, p.aside)
}

func (l *list) nameless(p *passenger, reason string) entente.SetAside {
	return entente.SetAside{Where: l.message() + ", segment " + strconv.Itoa(p.seg), Record: cut(p.event.Reference), Field: "name", Reason: reason}
}

// travels reports whether the group is one of a traveller: it says so, or has a
// birth date or a document as travellers have. What it does not say is told of.
func (p *passenger) travels() bool {
	if p.doubt == nil {
		return true
	}
	if p.birth.IsZero() && len(p.event.Traveller.Documents) == 0 {
		return false
	}
	p.doubt.Reason = "its code is neither a passenger's (FL, DDU) nor a crew member's (FM, DDT); a birth date or a document follows, so it was read as a traveller"
	p.aside = append(p.aside, *p.doubt)
	return true
}

// join puts a country after a town.
func join(town, land string) string {
	if town == "" {
		return land
	}
	return town + ", " + land
}
