package passage

import (
	"strconv"
	"strings"
	"time"

	"entente"
)

// remark is a service request or a text about a traveller. It is assigned to the
// traveller when the booking is complete.
type remark struct {
	kind, text string
	refs       []string // of travellers
	who        int      // index of the traveller it follows; -1: it follows none
	at         entente.SetAside
}

// maxRefs bounds the travellers that one request refers to.
const maxRefs = 9

// naming are the requests that tell of a person: documents, where somebody
// lives, infants and children, how to reach somebody.
var naming = map[string]bool{
	"DOCS": true, "DOCO": true, "DOCA": true, "FOID": true, "INFT": true, "INF": true, "CHLD": true,
	"CTCM": true, "CTCE": true, "CTCR": true, "PCTC": true,
}

// impersonal are requests that are left out on purpose: they tell how somebody
// travels, not who. Requests for meals end in ML.
var impersonal = map[string]string{
	"SEAT": "a seat", "RQST": "a seat", "NSSA": "a seat", "NSSB": "a seat", "NSSR": "a seat", "NSST": "a seat", "NSSW": "a seat", "SMSA": "a seat", "SMST": "a seat", "SMSW": "a seat",
	"TKNE": "a ticket", "TKNA": "a ticket", "TKNM": "a ticket", "TKNR": "a ticket", "TKNC": "a ticket", "TKTL": "a ticket", "ADTK": "a ticket", "TKNO": "a ticket",
	"CKIN": "check-in", "FQTV": "a card of frequent flyers", "FQTR": "a card of frequent flyers", "FQTU": "a card of frequent flyers", "FQTS": "a card of frequent flyers",
	"WCHR": "a wheelchair", "WCHS": "a wheelchair", "WCHC": "a wheelchair", "WCMP": "a wheelchair", "WCBD": "a wheelchair", "WCBW": "a wheelchair", "WCLB": "a wheelchair", "WCOB": "a wheelchair",
	"BLND": "help", "DEAF": "help", "MEDA": "help", "MAAS": "help", "DPNA": "help", "BSCT": "a bed for an infant",
	"PETC": "an animal", "AVIH": "an animal", "SVAN": "an animal", "ESAN": "an animal",
	"XBAG": "baggage", "BULK": "baggage", "BIKE": "baggage", "SPEQ": "baggage", "FRAG": "baggage", "GFML": "a meal",
	"ADPI": "a list of what is to be given", "GPST": "seats of a group", "GRPF": "a fare of a group", "GRPS": "how many a group has", "FRAV": "what is free",
}

// ssr keeps a service request that tells of a traveller. Any other with a text
// is read as a text.
func (b *bookings) ssr() {
	kind := string(b.at(1, 0))
	if impersonal[kind] != "" || len(kind) == 4 && strings.HasSuffix(kind, "ML") {
		return
	}
	text := b.request()
	if b.section == history {
		b.formerly(kind, text)
		return
	}
	refs := b.refs()
	if !naming[kind] {
		b.freeText(text, refs)
		return
	}
	switch string(b.at(1, 1)) {
	case "XX", "HX", "UC", "UN", "NO":
		b.wrong(kind, "it is withdrawn or was refused; it was not used")
		return
	}
	switch {
	case kind == "PCTC":
		b.wrong(kind, "it names an emergency contact, who may not travel; the contact was not compared")
	case text == "":
		b.wrong(kind, "it says nothing")
	case kind == "CTCR": // how to be reached, or that the traveller will not be
		if phone(text) != "" {
			b.keep("CTCM", text, refs)
		}
	case kind == "INF":
		b.keep("INFT", text, refs)
	default:
		b.keep(kind, text, refs)
	}
}

// keep keeps what tells of a traveller until the booking is whole.
func (b *bookings) keep(kind, text string, refs []string) {
	p := &b.pnr
	switch {
	case len(p.remarks) == maxRemarks:
		b.wrong(kind, "the booking has more than "+strconv.Itoa(maxRemarks)+" such requests; this one was left out")
	case len(text) > 2*maxName:
		b.wrong(kind, "its text is longer than "+strconv.Itoa(2*maxName)+" bytes")
	default:
		p.own = true
		at := b.remark(kind, "")
		if kind == "CTCM" || kind == "CTCE" {
			at.Field = "contact"
		}
		p.remarks = append(p.remarks, remark{kind: kind, text: text, refs: refs, who: p.last, at: at})
	}
}

// request gives the text of a service request: the ninth component, with more
// after it where it holds the separator. Some count the components before it
// otherwise.
func (b *bookings) request() string {
	var text []string
	for c := 8; c < b.count(1); c++ {
		text = append(text, b.plain(b.at(1, c)))
	}
	if whole := strings.Trim(strings.Join(text, ":"), ": "); whole != "" {
		return whole
	}
	for c := 4; c < 8; c++ {
		if w := b.at(1, c); len(w) > 5 {
			return b.plain(w)
		}
	}
	return ""
}

// refs gives the travellers that a request refers to.
func (b *bookings) refs() (refs []string) {
	for e := 2; b.count(e) > 0 && len(refs) < maxRefs; e++ {
		if ref := b.at(e, 2); len(ref) > 0 {
			refs = append(refs, cut(ref))
		}
	}
	return refs
}

// assignAll assigns documents first: they may name a traveller that no TIF names,
// and a birth place needs its birth date. Infants and children come next.
func (b *bookings) assignAll() {
	journey := b.journey()
	for turn := range 3 {
		for i := range b.pnr.remarks {
			if r := &b.pnr.remarks[i]; turnOf(r.kind) == turn {
				b.assign(r, journey)
			}
		}
	}
}

func turnOf(kind string) int {
	switch kind {
	case "DOCS":
		return 0
	case "INFT", "CHLD":
		return 1
	}
	return 2
}

// assign finds the travellers that a request is about and adds what it says.
func (b *bookings) assign(r *remark, journey time.Time) {
	d := docs{fields: strings.Split(r.text, "/"), journey: journey, now: b.now}
	for i := range d.fields {
		d.fields[i] = strings.TrimSpace(d.fields[i])
	}
	if strings.HasPrefix(r.kind, "DOC") {
		d.begin()
	}
	var meant []int
	switch r.kind {
	case "DOCS":
		meant = b.holder(r, &d)
	case "INFT", "CHLD":
		b.child(r, &d)
		return
	default:
		meant = b.pnr.meant(r)
	}
	if len(meant) == 0 {
		b.unassigned(r)
	}
	for _, i := range meant {
		b.flag(i, r, d.read(r.kind, &b.pnr.party[i].subject)...)
	}
}

// unassigned remarks on a request that only a guess could assign.
func (b *bookings) unassigned(r *remark) {
	if p := &b.pnr; len(p.aside) < maxList {
		r.at.Reason = "it cannot be assigned to one traveller: it states no name or reference that only one of them has; it was not used"
		p.aside = append(p.aside, r.at)
	}
}

// flag adds to a traveller's remarks what was wrong in a request.
func (b *bookings) flag(i int, r *remark, wrong ...string) {
	t := &b.pnr.party[i]
	for _, why := range wrong {
		if len(t.aside) < maxList {
			r.at.Reason = why
			t.aside = append(t.aside, r.at)
		}
	}
}

// meant returns the travellers that a request without a name is about: those it
// refers to, or the only one. The place of the request decides only in a booking
// that keeps the requests of each traveller directly behind the name.
func (p *pnr) meant(r *remark) []int {
	var meant []int
	for _, ref := range r.refs {
		if i := p.referred(ref); i >= 0 {
			meant = append(meant, i)
		}
	}
	switch {
	case len(meant) > 0:
		return meant
	case p.listed == 1 || p.listed == 0 && len(p.party) == 1:
		return []int{0}
	case r.who >= 0 && p.apart:
		return []int{r.who}
	}
	return nil
}

// referred gives the only traveller who bears a reference.
func (p *pnr) referred(ref string) int {
	found := -1
	for i := range p.party {
		if !p.party[i].has(ref) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// holder returns the traveller that a DOCS is about. The name in it outranks the
// reference, and both outrank the place of the request. A name that fits no
// traveller is that of one more traveller.
func (b *bookings) holder(r *remark, d *docs) []int {
	p := &b.pnr
	surname, given := b.bare(d.at(8)), b.bare(d.rest(9))
	infant := d.at(6) == "MI" || d.at(6) == "FI"
	if surname+given == "" {
		if infant {
			return nil // it is about the infant, not the adult before it
		}
		return p.meant(r)
	}
	if infant {
		return b.infant(r, surname, given)
	}
	pointed := p.meant(r)
	who, fit, several := p.best(surname, given)
	if len(pointed) == 1 {
		i := pointed[0]
		if f := p.party[i].fits(surname, given); f == fit && f > stranger || f == likely {
			return pointed
		}
		if fit == stranger && len(r.refs) > 0 {
			return pointed // as the passport spells it
		}
	}
	switch {
	case fit >= likely && several:
		return nil
	case fit >= likely:
		if len(r.refs) > 0 && len(pointed) == 1 {
			b.flag(who, r, "it states this traveller's name and another traveller's reference; it was assigned by the name")
		}
		return []int{who}
	}
	return b.further(r, surname, given)
}

// further adds a traveller that only a request names.
func (b *bookings) further(r *remark, surname, given string) []int {
	t := newTraveller(surname, given)
	if len(surname)+len(given) >= maxName {
		return nil
	}
	i := b.pnr.find(t.written, "")
	if i < 0 {
		if i = b.join(t); i < 0 {
			return nil
		}
		b.flag(i, r, "no traveller of the booking has this name; it was read as one more traveller")
	}
	return []int{i}
}
