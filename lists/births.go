package lists

import (
	"strconv"

	"entente"
	"entente/table"
)

// births pairs dates and places. Lists mostly give them apart and do not say
// which belong together: one place goes with every date, several go with the
// dates in their order, and places beyond the dates with the first date.
func (e *entry) births(grade entente.Grade) {
	var free []table.Date // dates that can take a place
	for _, d := range e.dates {
		if d.Place == "" {
			free = append(free, d)
		}
	}
	if len(e.dates) == 0 {
		for _, p := range e.places {
			e.drop("birth place", "a place of birth without a date is kept in the remarks only", p)
		}
		return
	}
	if len(free) == 0 {
		free = e.dates[:1]
	}
	for i := range max(len(free), len(e.places)) {
		d := free[0]
		if i < len(free) {
			d = free[i]
		}
		if len(e.places) == 1 {
			d.Place = e.places[0]
		} else if i < len(e.places) {
			d.Place = e.places[i]
		}
		e.birth(d, grade)
	}
	for _, d := range e.dates {
		if d.Place != "" {
			e.birth(d, grade)
		}
	}
}

// birth adds a claim, unless it is there.
func (e *entry) birth(d table.Date, grade entente.Grade) {
	b := entente.Birth{Date: d.Date, Place: d.Place, Grade: grade, Nature: entente.NatureFact}
	if d.Approx {
		b.Nature = entente.NatureAssessment
	}
	e.claim(b)
}

// claim adds a birth unless it is there, and numbers it.
func (e *entry) claim(b entente.Birth) {
	b.ID = ""
	for _, old := range e.subject.Births {
		if old.ID = ""; old == b || b.Place == "" && old.Date == b.Date && old.Nature == b.Nature {
			return
		}
	}
	if len(e.subject.Births) >= maxMany {
		e.drop("birth", "there are more than "+strconv.Itoa(maxMany)+" of them", b.Date.String())
		return
	}
	b.ID = "b" + strconv.Itoa(len(e.subject.Births)+1)
	e.subject.Births = append(e.subject.Births, b)
}
