package passage

import (
	"slices"
	"strconv"
	"strings"

	"entente"
)

// mostMended bounds how many fields of one event are left out.
const mostMended = 100

// mended leaves out what a check of e has refused, until nothing is, and tells of
// each. The error is what remains.
func mended(e entente.TravelEvent, aside []entente.SetAside, err error) (entente.TravelEvent, []entente.SetAside, error) {
	for n := 0; err != nil && n < mostMended; n++ {
		a := entente.SetAside{Where: cut(e.Where), Record: cut(e.Reference), Field: fieldOf(err), Reason: reasonOf(err)}
		if all := e.Traveller.Names; len(all) > 0 {
			a.Text = cut(all[0].Text)
		}
		aside = append(aside, a)
		if !mend(&e, fieldOf(err)) {
			break
		}
		err = Check(e)
	}
	return e, aside, err
}

// mend leaves the field out that a check of e has named, so that one that cannot
// be kept does not cost the traveller. It reports whether there was something to
// leave out.
func mend(e *entente.TravelEvent, field string) bool {
	path, rest, _ := strings.Cut(field, "]")
	list, index, _ := strings.Cut(path, "[")
	i, _ := strconv.Atoi(index)
	if v := valueOf(e, list, rest, i); v != nil {
		return empty(v)
	}
	t := &e.Traveller
	switch list {
	case "traveller.names":
		return without(&t.Names, i)
	case "traveller.births":
		ok := without(&t.Births, i)
		for n := range t.Births {
			t.Births[n].ID = birthIDs[n]
		}
		return ok
	case "traveller.nationalities":
		return without(&t.Nationalities, i)
	case "traveller.documents":
		return without(&t.Documents, i)
	case "traveller.identifiers":
		return without(&t.Identifiers, i)
	case "traveller.sex":
		return empty((*string)(&t.Sex))
	case "legs":
		return without(&e.Legs, i)
	case "with":
		return without(&e.With, i)
	}
	return false
}

// valueOf returns a text field that can be emptied by itself, or nil.
func valueOf(e *entente.TravelEvent, list, rest string, i int) *string {
	t := &e.Traveller
	switch list {
	case "traveller.residence":
		return &t.Residence
	case "reference":
		return &e.Reference
	case "place":
		return &e.Place
	case "traveller.names":
		if i < len(t.Names) {
			return map[string]*string{".script": &t.Names[i].Script, ".use": &t.Names[i].Use}[rest]
		}
	case "traveller.births":
		if i < len(t.Births) {
			return map[string]*string{".place": &t.Births[i].Place}[rest]
		}
	case "traveller.documents":
		if i < len(t.Documents) {
			return map[string]*string{".country": (*string)(&t.Documents[i].Country)}[rest]
		}
	case "legs":
		if i < len(e.Legs) {
			return legField(&e.Legs[i], rest)
		}
	}
	return nil
}

func legField(l *entente.Leg, field string) *string {
	return map[string]*string{
		".carrier": &l.Carrier, ".number": &l.Number, ".from": &l.From, ".to": &l.To,
		".departs": (*string)(&l.Departs), ".arrives": (*string)(&l.Arrives),
	}[field]
}

func without[T any](list *[]T, i int) bool {
	if i >= len(*list) {
		return false
	}
	*list = slices.Delete(slices.Clone(*list), i, i+1)
	return true
}

func empty(v *string) bool {
	had := *v != ""
	*v = ""
	return had
}
