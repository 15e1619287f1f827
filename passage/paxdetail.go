package passage

import (
	"entente"
)

// detail reads one segment of a traveller's group: ATT, DTM, LOC, NAT, RFF, DOC,
// COM. What else the guide has (baggage, seats, visas' dates, checks by the
// carrier) has no place in an event.
func (l *list) detail() {
	t := &l.last.event.Traveller
	switch string(l.tag()) {
	case "ATT":
		l.sex(t)
	case "DTM":
		if string(l.at(1, 0)) == "329" {
			l.born()
		}
	case "NAT":
		if c, ok := entente.ReadCountry(l.at(2, 0)); ok {
			citizen(t, c)
		} else {
			l.wrong("nationality", "nobody has assigned this country code")
		}
	case "LOC":
		l.where(t)
	case "RFF":
		if string(l.at(1, 0)) == "AVF" && l.last.event.Reference == "" {
			l.last.event.Reference = l.clear(l.at(1, 1))
		}
	case "DOC":
		l.document(t)
	case "COM":
		l.contacts(t)
	}
}

// sex reads ATT+2++M. U means that nobody said.
func (l *list) sex(t *entente.Subject) {
	if string(l.at(1, 0)) != "2" {
		return
	}
	switch v := string(l.at(3, 0)); v {
	case "M", "F", "X":
		t.Sex = entente.Sex(v)
	case "U", "":
	default:
		l.wrong("sex", "it is not M, F, X or U")
	}
}

func (l *list) born() {
	d, ok := bornISO(l.at(1, 1), l.journey)
	if !ok {
		l.wrong("birth date", "it is not a date that exists, or lies after the journey")
		return
	}
	l.last.birth = d
}

// where reads LOC: 178 and 179 where he boards and leaves, 174 where he lives,
// 180 where he was born, 91 who issued the document before it.
func (l *list) where(t *entente.Subject) {
	code := l.at(2, 0)
	switch string(l.at(1, 0)) {
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
	}
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
	if !ok {
		l.wrong(field, "nobody has assigned this country code")
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
	switch n := l.at(2, 0); {
	case len(n) == 0:
		l.wrong("document", "it has no number")
	case len(t.Documents) < maxList:
		t.Documents = append(t.Documents, entente.Document{Type: documentType(string(l.at(1, 0))), Number: l.clear(n)})
		l.last.doc = &t.Documents[len(t.Documents)-1]
	}
}

func (l *list) contacts(t *entente.Subject) {
	for e := 1; l.count(e) > 0; e++ {
		switch string(l.at(e, 1)) {
		case "TE":
			reached(t, "phone", l.clear(l.at(e, 0)))
		case "EM":
			reached(t, "email", l.clear(l.at(e, 0)))
		}
	}
}
