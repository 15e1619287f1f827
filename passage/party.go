package passage

import (
	"strconv"
	"strings"

	"entente"
	"entente/parse"
)

// traveller is one of a party.
type traveller struct {
	subject        entente.Subject
	ref            string // by which other segments mean the traveller: "1.1"
	kind           string // A an adult, C a child, IN an infant; "": not said
	surname, given string // as written, without spaces; given without a title
	written        string // both together, with the title
	aside          []entente.SetAside
}

func (t *traveller) infant() bool { return strings.HasPrefix(t.kind, "IN") }

// has reports whether a reference means this traveller. Some write "002" for 2.
func (t *traveller) has(ref string) bool {
	return t.ref != "" && (t.ref == ref || unpad(t.ref) == unpad(ref))
}

func newTraveller(surname, given string) traveller {
	first, _ := untitled(given)
	return traveller{
		surname: letters(surname), given: letters(first), written: letters(surname + given),
		subject: entente.Subject{ID: travellerID, Names: namesOf(surname, given)},
	}
}

// tif reads TIF+SURNAME:I+GIVEN:A:1:1, in which I is an individual and G a group,
// A an adult, C a child, IN an infant, 1 how other segments mean the traveller,
// and the second 1 that an infant goes along. Check-in repeats it for somebody
// who is known already.
func (b *bookings) tif() {
	p := &b.pnr
	surname := b.plain(b.at(1, 0))
	p.last = -1
	if b.outside(surname, b.plain(b.at(2, 0))) {
		return
	}
	if len(p.party) > 0 && p.own {
		p.apart = true
	}
	p.own = false
	if string(b.at(1, 1)) == "G" {
		b.wrong("name", "it is the name of a group, not of a person; only travellers with names of their own are compared")
		return
	}
	for e := 2; e == 2 || b.count(e) > 0; e++ {
		b.member(surname, b.plain(b.at(e, 0)), e)
	}
}

// member adds the traveller that element e of a TIF names.
func (b *bookings) member(surname, given string, e int) {
	p := &b.pnr
	t := newTraveller(b.bare(surname), b.bare(given))
	t.ref, t.kind = cut(b.at(e, 2)), string(b.at(e, 1))
	if string(b.at(e, 3)) == "1" {
		p.lapped++
	}
	switch rest, seat := extraSeat(surname, given); {
	case len(surname)+len(given) >= maxName:
		b.wrong("name", "it is longer than "+strconv.Itoa(maxName)+" bytes; it was not used")
		t.subject.Names, t.surname, t.given, t.written = nil, "", "", ""
	case seat:
		p.last = p.find(letters(surname+rest), "")
		if b.wrong("name", "it is an extra seat, not another traveller"); p.last >= 0 || rest == "" {
			return
		}
		known := t
		t = newTraveller(surname, rest)
		t.ref, t.kind = known.ref, known.kind
	case t.written == "":
		b.wrong("name", "the traveller has no name")
	}
	if i := p.find(t.written, t.ref); i >= 0 {
		p.last = i
		return
	}
	p.last = b.join(t)
	p.listed = len(p.party)
}

// bare takes out of a name what says that it is not known.
func (b *bookings) bare(name string) string {
	rest := parse.BareName(name)
	if rest != name && name != "" {
		b.wrong("name", "part of it says that the name is not known; that part was not used")
	}
	return rest
}

// join adds a traveller to the party, or says that it is full and gives -1.
func (b *bookings) join(t traveller) int {
	p := &b.pnr
	if len(p.party) == maxParty {
		b.wrong("party", "the booking has more than "+strconv.Itoa(maxParty)+" travellers; this one was left out")
		return -1
	}
	p.party = append(p.party, t)
	return len(p.party) - 1
}

// extraSeat tells whether a name is that of a seat for somebody's baggage or
// comfort, and gives what is left of the given name.
func extraSeat(surname, given string) (rest string, ok bool) {
	for _, seat := range [...]string{"EXST", "CBBG", "STCR"} {
		if surname == seat || given == seat {
			return "", true
		}
		if rest, ok := strings.CutSuffix(given, seat); ok && len(rest) > 1 {
			return strings.TrimSpace(rest), true
		}
	}
	return given, false
}

// find gives the traveller of that name and reference. A reference alone is not
// enough: in some messages everybody has the same.
func (p *pnr) find(written, ref string) int {
	for i := range p.party {
		t := &p.party[i]
		if written != "" && t.written == written && (ref == "" || t.ref == "" || t.has(ref)) {
			return i
		}
	}
	return -1
}

// titles that are glued to a given name, the longer first.
var titles = [...]string{"MSTR", "MISS", "PROF", "MRS", "MR", "MS", "DR"}

// untitled parts a given name from the title that seems to be glued to its end,
// or stands apart from it.
func untitled(given string) (first, title string) {
	for _, title := range titles {
		first, ok := strings.CutSuffix(given, title)
		if ok && len(strings.TrimSpace(first)) > 1 {
			return strings.TrimSpace(first), title
		}
	}
	return given, ""
}

// namesOf gives a name as the booking has it and, where a title seems to be
// glued to its end ("JOHNMR"), also with the title apart. It is not taken off: a
// man may be called AMR.
func namesOf(surname, given string) []entente.Name {
	text := strings.TrimSpace(surname + " " + given)
	if text == "" {
		return nil
	}
	names := []entente.Name{{Text: text}}
	if first, title := untitled(given); title != "" && !strings.HasSuffix(given, " "+title) {
		names = append(names, entente.Name{Text: strings.TrimSpace(surname + " " + first + " " + title)})
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
