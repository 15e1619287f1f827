package passage

import (
	"entente"
	"entente/parse"
)

// paxSilent are segments of a list that are left out on purpose, by tag and
// qualifier; "" is any: they say nothing of who travels, and when and where to.
var paxSilent = map[string]map[string]string{
	"DTM": {"36": "until when a document is good", "182": "when it was issued", "137": "when the list was made"},
	"LOC": {"22": "where customs are cleared", "188": "where the document was filed"},
	"RFF": {
		"TN": "the number of the list", "ABO": "a number of the airline's own", "SEA": "the seat", "AEA": "a number of the authority's own",
		"CR": "a number of the authority's own", "YZY": "a number of the authority's own", "ABI": "a number of the airline's own",
	},
	"GEI": {"": "what the carrier has checked"},
	"MEA": {"": "the weight of baggage"},
	"QTY": {"": "the number of bags"},
	"EMP": {"": "what crew are employed as"},
	"CPI": {"": "charges"},
	"EQD": {"": "equipment"},
	"FTX": {"BAG": "baggage"},
}

// detail reads one segment of a traveller's group: ATT, DTM, LOC, NAT, RFF, DOC,
// COM.
func (l *list) detail() {
	t := &l.last.event.Traveller
	tag, qualifier := l.tag(), l.at(1, 0)
	switch string(tag) {
	case "ATT":
		if string(qualifier) == "2" {
			l.sex(t)
			return
		}
	case "DTM":
		if string(qualifier) == "329" {
			l.born()
			return
		}
	case "NAT":
		citizen(t, l.land("nationality", l.at(2, 0)))
		return
	case "LOC":
		if l.where(t, string(qualifier)) {
			return
		}
	case "RFF":
		if string(qualifier) == "AVF" {
			if l.last.event.Reference == "" {
				l.last.event.Reference = l.clear(l.at(1, 1))
			}
			return
		}
	case "DOC":
		l.document(t)
		return
	case "COM":
		l.contacts(t)
		return
	}
	if q := paxSilent[string(tag)]; q != nil && (q[""] != "" || q[string(qualifier)] != "") {
		return
	}
	l.passed(string(tag)+" "+string(qualifier), "this version does not read this kind of segment of a traveller: check whether it is about a person")
}

// sex reads ATT+2++M. U means that nobody said.
func (l *list) sex(t *entente.Subject) {
	switch v := string(l.at(3, 0)); v {
	case "M", "F", "X":
		t.Sex = entente.Sex(v)
	case "U", "":
	default:
		l.wrong("sex", "it is not M, F, X or U; it was not used")
	}
}

func (l *list) born() {
	v := l.at(1, 1)
	d, why := bornISO(v, l.at(1, 2), l.journey)
	switch {
	case d.IsZero() && len(v) > 0 && parse.Absent(string(v)):
		return
	case d.IsZero():
		l.wrong("birth date", why+"; it was not used")
		return
	case why != "":
		l.wrong("birth date", "it is used as "+d.String()+": "+why)
	}
	l.last.birth = d
}

// where reads LOC: 178 and 179 where the traveller boards and leaves, 174 is the
// residence, 180 the birth place, 91 who issued the document before it.
func (l *list) where(t *entente.Subject, qualifier string) bool {
	code := l.at(2, 0)
	switch qualifier {
	case "178":
		l.last.from = l.airport(code)
	case "179":
		l.last.to = l.airport(code)
	case "174":
		t.Residence = string(l.land("residence", code))
	case "180":
		if len(code) > 0 {
			l.last.birthLand = l.land("birth place", code)
		}
		l.last.birthTown = l.town()
	case "91":
		if l.last.doc != nil {
			l.last.doc.Country = l.land("document issuer", code)
		}
	default:
		return false
	}
	return true
}

func (l *list) airport(code []byte) string {
	if !isCode(code, 3, 5) {
		l.wrong("airport", "it is not the code of an airport")
		return ""
	}
	return string(code)
}

func (l *list) land(field string, code []byte) entente.Country {
	c, ok := entente.ReadCountry(code)
	if !ok && (len(code) == 0 || !parse.Absent(string(code))) {
		l.wrong(field, "nobody has assigned this country code; it was not used")
	}
	return c
}

// town gives the place in words that LOC may have after its code.
func (l *list) town() string {
	b := append(make([]byte, 0, 40), l.at(2, 3)...)
	for e := 3; e <= 4; e++ {
		for _, c := range [...]int{0, 3} {
			if w := l.at(e, c); len(w) > 0 {
				if len(b) > 0 {
					b = append(b, ", "...)
				}
				b = append(b, w...)
			}
		}
	}
	return l.clear(b)
}

func (l *list) document(t *entente.Subject) {
	l.last.doc = nil
	switch n := l.clear(l.at(2, 0)); {
	case n == "":
		l.wrong("document", "it has no number")
	case parse.Absent(n):
		l.wrong("document", "its number only says that it is not known; it was not used")
	case len(t.Documents) < maxList:
		t.Documents = append(t.Documents, entente.Document{Type: documentType(string(l.at(1, 0))), Number: n})
		l.last.doc = &t.Documents[len(t.Documents)-1]
	}
}

// contacts reads COM+number:TE+address:EM. FX is a fax.
func (l *list) contacts(t *entente.Subject) {
	for e := 1; l.count(e) > 0; e++ {
		value := l.clear(l.at(e, 0))
		switch kind := string(l.at(e, 1)); {
		case kind == "FX" || value == "":
		case parse.Absent(value):
			l.wrong("contact", "it only says that it is not known; it was not used")
		case kind == "TE" || kind == "AL": // a mobile phone
			reached(t, "phone", value)
		case kind == "EM":
			reached(t, "email", value)
		default:
			l.wrong("contact", "it is neither a phone, TE, nor an address of mail, EM; it was not used")
		}
	}
}
