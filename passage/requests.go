package passage

import (
	"strconv"
	"strings"
	"time"

	"entente"
)

// remark is a service request or a text that tells of a traveller. Who is meant
// is decided when the booking is whole.
type remark struct {
	kind, text string
	refs       []string // of travellers
	who        int      // under whose name it stands; -1: under nobody's
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
		b.wrong(kind, "it names somebody to be told in an emergency, who need not travel; nobody was compared for it")
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

// settleAll takes documents first: they may name a traveller whom no TIF names,
// and a birth place belongs to a birth date. Then infants and children.
func (b *bookings) settleAll() {
	journey := b.journey()
	for turn := range 3 {
		for i := range b.pnr.remarks {
			if r := &b.pnr.remarks[i]; turnOf(r.kind) == turn {
				b.settle(r, journey)
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

// settle finds who is meant and adds what the request says.
func (b *bookings) settle(r *remark, journey time.Time) {
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
		b.toNobody(r)
	}
	for _, i := range meant {
		b.told(i, r, d.read(r.kind, &b.pnr.party[i].subject)...)
	}
}

// toNobody tells of a request that cannot be given to anybody without a guess.
func (b *bookings) toNobody(r *remark) {
	if p := &b.pnr; len(p.aside) < maxList {
		r.at.Reason = "nobody in the booking is meant by it for certain: it has neither the name nor the reference of one traveller; it was not used"
		p.aside = append(p.aside, r.at)
	}
}

// told tells beside a traveller what was wrong in a request.
func (b *bookings) told(i int, r *remark, wrong ...string) {
	t := &b.pnr.party[i]
	for _, why := range wrong {
		if len(t.aside) < maxList {
			r.at.Reason = why
			t.aside = append(t.aside, r.at)
		}
	}
}

// meant gives the travellers of whom a request without a name tells: those to
// whom it refers, the only one, or the one under whose name it stands, where the
// booking keeps what belongs to each under the name.
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

// holder gives the traveller of whom a DOCS tells. The name in it outranks the
// reference, and both outrank the place where it stands. A name that no traveller
// bears is that of a further one.
func (b *bookings) holder(r *remark, d *docs) []int {
	p := &b.pnr
	surname, given := b.bare(d.at(8)), b.bare(d.rest(9))
	infant := d.at(6) == "MI" || d.at(6) == "FI"
	if surname+given == "" {
		if infant {
			return nil // the grown-up under whose name it stands is not meant
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
			b.told(who, r, "the name in it is this traveller's, and the reference another's; it was used by the name")
		}
		return []int{who}
	}
	return b.further(r, surname, given)
}

// further adds a traveller whom only a request names.
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
		b.told(i, r, "no traveller of the booking has this name; its bearer was taken for one more")
	}
	return []int{i}
}
