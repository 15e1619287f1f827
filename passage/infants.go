package passage

import (
	"strings"

	"entente"
)

// infant returns the infant that a request of an adult is about, and adds the
// infant to the party when no TIF names it.
func (b *bookings) infant(r *remark, surname, given string) []int {
	p := &b.pnr
	for i := range p.party {
		t := &p.party[i]
		if f := t.fits(surname, given); f == same && t.kind != "A" || f == likely && t.infant() {
			return []int{i}
		}
	}
	if len(surname)+len(given) >= maxName {
		return nil
	}
	t := newTraveller(surname, given)
	t.kind = "IN"
	if i := b.join(t); i >= 0 {
		return []int{i}
	}
	return nil
}

// child reads INFT, an infant on somebody's lap, and CHLD, which gives the age of
// a traveller:
//
//	INFT ZELENKOVA/MIRA/10AUG25
//	INFT KADAEVA/LIDIAMRS.KADAEVA/AMINA 01JAN12 OCCUPYING SEAT
//	CHLD 12JAN06
func (b *bookings) child(r *remark, d *docs) {
	surname, given, born := childOf(r.text)
	surname, given = b.bare(surname), b.bare(given)
	var meant []int
	switch {
	case surname != "" && r.kind == "INFT":
		meant = b.infant(r, surname, given)
	case surname != "":
		meant = b.holder(r, &docs{fields: []string{"", "", "", "", "", "", "", "", surname, given}})
	case r.kind == "CHLD":
		if meant = b.pnr.onlyChild(); len(r.refs) > 0 || len(meant) == 0 {
			meant = b.pnr.meant(r)
		}
	default:
		meant = b.pnr.onlyInfant()
	}
	if len(meant) == 0 {
		b.unassigned(r)
	}
	for _, i := range meant {
		if born == "" {
			continue
		}
		s := &b.pnr.party[i].subject
		d.fields = []string{"", "", "", "", "", born}
		b.flag(i, r, d.birth(s)...)
	}
}

// onlyChild gives the one traveller who is booked as a child.
func (p *pnr) onlyChild() []int { return p.only(func(t *traveller) bool { return t.kind == "C" }) }

func (p *pnr) onlyInfant() []int { return p.only((*traveller).infant) }

func (p *pnr) only(is func(*traveller) bool) (found []int) {
	for i := range p.party {
		if is(&p.party[i]) {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}

// childOf takes the name and the birth date out of an INFT or CHLD.
func childOf(text string) (surname, given, born string) {
	if _, after, ok := strings.Cut(text, "."); ok && strings.Contains(after, "/") {
		text = after // what stands before it is the grown-up
	}
	var parts []string
	for field := range strings.SplitSeq(text, "/") {
		var words []string
		for _, w := range strings.Fields(field) {
			switch {
			case born == "" && isAirlineDate(w):
				born = w
			case born == "" && !aboutChildren[w]:
				words = append(words, w)
			}
		}
		if len(words) > 0 {
			parts = append(parts, strings.Join(words, " "))
		}
	}
	switch len(parts) {
	case 0:
		return "", "", born
	case 1:
		surname, given, _ = strings.Cut(parts[0], " ")
		return strings.TrimLeft(surname, "-0123456789"), given, born
	}
	return strings.TrimLeft(parts[0], "-0123456789"), strings.Join(parts[1:], " "), born
}

// aboutChildren are words of such requests that are no names.
var aboutChildren = map[string]bool{
	"INF": true, "INFT": true, "INFANT": true, "CHD": true, "CHLD": true, "CHILD": true, "MISS": true, "MSTR": true,
	"OCCUPYING": true, "SEAT": true, "DOB": true, "WITH": true, "NN1": true, "HK1": true,
}

// isAirlineDate reports whether a word looks like 10AUG25 or 10AUG2025.
func isAirlineDate(w string) bool {
	return (len(w) == 7 || len(w) == 9) && months[w[2:5]] > 0 && isDigit(w[0]) && isDigit(w[1]) && isDigit(w[5]) && isDigit(w[6])
}

// unnamedInfants tells of infants that a booking counts and does not name.
func (b *bookings) unnamedInfants() {
	p, n := &b.pnr, 0
	for i := range p.party {
		if p.party[i].infant() {
			n++
		}
	}
	if p.lapped > n && len(p.aside) < maxList {
		p.aside = append(p.aside, entente.SetAside{Where: b.whole(), Record: p.locator, Field: "infant", Reason: "the booking says that an infant travels along, but nothing in it names the infant"})
	}
}
