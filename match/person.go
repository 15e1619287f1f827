package match

import (
	"strings"

	"entente"
	"entente/spell"
)

// Bounds of what is compared of one subject: what stands beyond is not read.
const (
	maxNames  = 64
	maxClaims = 32 // births, nationalities, documents, identifiers, each
)

// part is a part of a name or place with what is looked up of it again and
// again.
type part struct {
	glance
	id     uint32  // in the index that holds it, or in the question; 0: in none
	rarity float64 // bits
	spelt  bool    // it is found by skeletons that are near to its own
	keys   []spell.Key
	spell.Part
}

func newPart(p spell.Part) *part {
	made := &part{Part: p, keys: p.Keys(), rarity: spell.Rarity(p.Latin)}
	made.glance = glanceOf(made)
	return made
}

// name is a name or place, taken apart.
type name struct {
	text  string
	parts []*part
}

func newName(text string) name {
	n := name{text: text}
	for _, p := range spell.Parse(text).Parts {
		n.parts = append(n.parts, newPart(p))
	}
	return n
}

type birth struct {
	date  entente.PartialDate
	place name
}

type document struct {
	number  string // only letters and digits, capitals
	country entente.Country
	text    string
}

type identifier struct {
	kind  string
	value string // folded as its kind asks for
	text  string
}

// person is a subject made ready to compare.
type person struct {
	id            string
	names         []name
	births        []birth
	residence     name
	nationalities []entente.Country
	documents     []document
	identifiers   []identifier
	sex           entente.Sex
}

func prepare(s entente.Subject) *person {
	p := &person{id: s.ID, sex: s.Sex, residence: newName(s.Residence)}
	for _, n := range s.Names[:min(len(s.Names), maxNames)] {
		if made := newName(n.Text); len(made.parts) > 0 {
			p.names = append(p.names, made)
		}
	}
	for _, b := range s.Births[:min(len(s.Births), maxClaims)] {
		p.births = append(p.births, birth{date: b.Date, place: newName(b.Place)})
	}
	p.nationalities = s.Nationalities[:min(len(s.Nationalities), maxClaims)]
	for _, d := range s.Documents[:min(len(s.Documents), maxClaims)] {
		if number := foldNumber(d.Number); Tells(number) {
			p.documents = append(p.documents, document{number: number, country: d.Country, text: d.Number})
		}
	}
	for _, i := range s.Identifiers[:min(len(s.Identifiers), maxClaims)] {
		if value := foldIdentifier(i.Kind, i.Value); value != "" {
			p.identifiers = append(p.identifiers, identifier{kind: i.Kind, value: value, text: i.Value})
		}
	}
	return p
}

// foldNumber keeps the letters and digits of a document's number: the rest is
// how somebody grouped them.
func foldNumber(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r > 0x7f:
			return r
		}
		return -1
	}, cut(s, 64))
}

// Tells reports whether a document's number can tell anybody apart. What forms
// hold in its place cannot: "unknown", "000000", "n/a", a page or a box.
func Tells(number string) bool {
	number = foldNumber(number)
	digits, first, others := 0, rune(0), false
	for i, r := range number {
		if r >= '0' && r <= '9' {
			digits++
		}
		if i == 0 {
			first = r
		}
		others = others || r != first
	}
	return len(number) >= leastNumber && digits >= 2 && others
}

// leastNumber is how long a number of a document is that is compared.
const leastNumber = 5

// foldIdentifier writes an identifier so that equal ones are equal: the last
// nine digits of a phone number, for countries write the prefix differently;
// a handle without its sign; everything in small letters.
func foldIdentifier(kind, s string) string {
	s = cut(strings.ToLower(strings.TrimSpace(s)), 256)
	switch kind {
	case "phone":
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
		return digits[max(0, len(digits)-9):]
	case "handle":
		return strings.TrimPrefix(s, "@")
	case "account", "vehicle":
		return foldNumber(s)
	}
	return s
}

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
