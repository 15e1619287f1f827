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
	seg       int // where he begins
	birth     entente.PartialDate
	birthTown string
	birthLand entente.Country
	from, to  string
	doc       *entente.Document // the one at hand
}

// flush hands on the travellers at hand. Each learns who shares his booking.
func (l *list) flush() error {
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
	if len(e.Traveller.Names) == 0 {
		a := entente.SetAside{Where: l.message() + ", segment " + strconv.Itoa(p.seg), Record: cut(e.Reference), Field: "name", Reason: "the traveller has no name"}
		return l.each(Record{Aside: append(p.aside, a)})
	}
	return l.event(*e, p.aside)
}

// join puts a country after a town.
func join(town, land string) string {
	if town == "" {
		return land
	}
	return town + ", " + land
}
