package passage

import (
	"strconv"
	"strings"
	"time"

	"entente"
)

// flush settles whom each remark means and hands on the travellers.
func (b *bookings) flush() error {
	p := &b.pnr
	if b.bookings == 0 {
		return nil
	}
	b.settleAll()
	if err := b.tell(); err != nil {
		return err
	}
	if len(p.party) == 0 {
		return b.unmanned("it names no traveller")
	}
	if len(p.legs) == 0 && p.past {
		return b.unmanned("it holds no flight any more")
	}
	legs := p.legs
	if len(legs) == 0 && (b.reported.From != "" || b.reported.Number != "") {
		legs = []entente.Leg{b.reported}
	}
	for i := range p.party {
		t := &p.party[i]
		e := entente.TravelEvent{Kind: "booking", Traveller: t.subject, Reference: p.locator, Sent: b.sent}
		if p.namesake(i) {
			e.Reference += "/" + strconv.Itoa(i+1) // or both would be one event
		}
		e.Legs = append([]entente.Leg(nil), legs...)
		e.With = p.others(i)
		e.Where = b.whole() + ", passenger " + strconv.Itoa(i+1)
		if err := b.event(e, t.aside); err != nil {
			return err
		}
	}
	return nil
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
	for _, l := range append(b.pnr.legs[:len(b.pnr.legs):len(b.pnr.legs)], b.reported) {
		if day := dayOf(l.Departs); !day.IsZero() {
			return day
		}
	}
	if !b.sent.IsZero() {
		return b.sent
	}
	return b.now
}

// namesake reports whether somebody before i in the party has his name.
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
		if i != self && len(names) < maxWith {
			names = append(names, p.party[i].subject.Names[0].Text)
		}
	}
	return names
}

// ssr keeps a service request that tells of a traveller, to be settled later.
// The free text is the ninth component, with more after it where it holds the
// separator.
func (b *bookings) ssr() {
	p := &b.pnr
	kind := string(b.at(1, 0))
	switch kind {
	case "DOCS", "DOCO", "DOCA", "FOID", "CTCM", "CTCE":
	default:
		return
	}
	if len(p.remarks) == maxRemarks {
		b.wrong(kind, "the booking has more than "+strconv.Itoa(maxRemarks)+" such requests; this one was left out")
		return
	}
	switch status := string(b.at(1, 1)); status {
	case "XX", "HX", "UC", "UN", "NO":
		return // withdrawn
	}
	var text []string
	for c := 8; c < b.count(1); c++ {
		text = append(text, b.plain(b.at(1, c)))
	}
	r := remark{kind: kind, ref: cut(b.at(2, 2)), text: strings.Join(text, ":"), who: p.last, at: b.remark(kind, "")}
	if len(r.text) > 2*maxName {
		b.wrong(kind, "its text is longer than "+strconv.Itoa(2*maxName)+" bytes")
		return
	}
	p.remarks = append(p.remarks, r)
}

// settleAll takes documents first: they may add an infant, and a birth place
// belongs to a birth date.
func (b *bookings) settleAll() {
	journey := b.journey()
	for _, first := range [...]bool{true, false} {
		for i := range b.pnr.remarks {
			if r := &b.pnr.remarks[i]; (r.kind == "DOCS") == first {
				b.settle(r, journey)
			}
		}
	}
}

// settle finds who is meant and tells him what the request says.
func (b *bookings) settle(r *remark, journey time.Time) {
	p := &b.pnr
	fields := strings.Split(r.text, "/")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	d := docs{fields: fields, journey: journey}
	i := p.meant(r, &d)
	if i < 0 {
		r.at.Reason = "nobody in the booking is meant by it"
		if len(p.aside) < maxList {
			p.aside = append(p.aside, r.at)
		}
		return
	}
	t := &p.party[i]
	for _, why := range d.read(r.kind, &t.subject) {
		if len(t.aside) < maxList {
			r.at.Reason = why
			t.aside = append(t.aside, r.at)
		}
	}
}

// meant gives the traveller of whom a request tells: the infant it is about,
// the one it refers to, the one under whom it stands, or the only one.
func (p *pnr) meant(r *remark, d *docs) int {
	if r.kind == "DOCS" {
		if i := p.infant(d); i >= 0 {
			return i
		}
	}
	if i := p.referred(r.ref); i >= 0 {
		return i
	}
	if r.who >= 0 {
		return r.who
	}
	if len(p.party) == 1 {
		return 0
	}
	if r.kind == "DOCS" {
		return p.named(d.at(8), d.at(9))
	}
	return -1
}

// referred gives the only traveller who bears a reference.
func (p *pnr) referred(ref string) int {
	found := -1
	for i := range p.party {
		if ref == "" || p.party[i].ref != ref {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// named gives the traveller whose surname and given name begin so.
func (p *pnr) named(surname, given string) int {
	surname, given = letters(surname), letters(given)
	for i := range p.party {
		if rest, ok := strings.CutPrefix(p.party[i].written, surname); ok && surname != "" && strings.HasPrefix(rest, given) {
			return i
		}
	}
	return -1
}

// infant gives the child that a DOCS under its parent tells of (sex MI or FI),
// and adds it to the party when it has no TIF of its own.
func (p *pnr) infant(d *docs) int {
	if sex := d.at(6); sex != "MI" && sex != "FI" || d.at(8) == "" {
		return -1
	}
	if i := p.named(d.at(8), d.at(9)); i >= 0 {
		return i
	}
	if len(p.party) == maxParty {
		return -1
	}
	t := traveller{written: letters(d.at(8) + d.at(9)), subject: entente.Subject{ID: travellerID}}
	p.party = append(p.party, t)
	return len(p.party) - 1
}
