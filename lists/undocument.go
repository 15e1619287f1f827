package lists

import (
	"regexp"
	"strings"

	"entente"
	"entente/table"
)

// unDocument reads a document. Its type stands in either of two elements; its
// number sometimes stands in the type or the note, and sometimes has its type
// or its country beside it.
func unDocument(e *entry, d *element) {
	typ := join([]string{d.take("TYPE_OF_DOCUMENT"), d.take("TYPE_OF_DOCUMENT2")})
	number := d.take("NUMBER")
	issuer, place := d.take("ISSUING_COUNTRY"), d.take("COUNTRY_OF_ISSUE")
	if issuer == "" {
		issuer, place = place, ""
	}
	city, date, note := d.take("CITY_OF_ISSUE"), d.take("DATE_OF_ISSUE"), d.take("NOTE")
	e.remark("Document", join([]string{typ, number, issuer, prefix("issued ", date), prefix("in ", join([]string{city, place})), note}))
	d.rest(e, "Document ")
	if typ == "" && number == "" {
		return
	}
	if number == "" {
		number = hidden(typ, note)
	}
	number, beside := numberAlone(number)
	if m := labelled.FindStringSubmatch(number); m != nil {
		typ, number = join([]string{m[1], typ}), m[2]
		if left, c := numberAlone(number); c != "" {
			number, beside = left, c
		}
	}
	country := e.country("document country", issuer)
	if country == "" {
		country = beside
	}
	if number == "" {
		e.drop("document", "it has no number", join([]string{typ, issuer, note}))
		return
	}
	e.document(documentType(typ), number, country)
}

// prefix puts word before s, unless s is empty.
func prefix(word, s string) string {
	if s == "" {
		return ""
	}
	return word + s
}

var (
	// labelled parts "national identification card number 57388".
	labelled = regexp.MustCompile(`(?i)^\s*(\D*\b(?:passport|number|no|card|nr|id)\b)[\s.:]*(?:no\b|number\b)?[\s.:]*([A-Z0-9][A-Z0-9 ./-]*\d[A-Z0-9 ./-]*?)\s*$`)

	// amid finds a number behind a word for it in running text, and leading one that begins it.
	amid    = regexp.MustCompile(`\b(?i:number|no|code|card|ssn)\b[\s.:]*(?i:number|no\b)?[\s.:]*([A-Z]{0,6}[ -]{0,2}\d[A-Z0-9./-]*)`)
	leading = regexp.MustCompile(`^([A-Z]{0,3} ?\d{5,})\b`)

	// beside finds what stands in brackets or behind a comma after a number.
	beside = regexp.MustCompile(`^([^(,]*\d[^(,]*?)\s*(?:\(([^)]*)\)|,\s*(.*))$`)
)

// hidden looks for a number in the texts around a document.
func hidden(texts ...string) string {
	for _, s := range texts {
		for _, find := range []*regexp.Regexp{amid, leading} {
			if m := find.FindStringSubmatch(s); m != nil {
				return strings.TrimRight(m[1], ".")
			}
		}
	}
	return ""
}

// numberAlone takes a country away that stands behind or before a number:
// "R0001, Albia", "0001 (XA)", "Albia 0001".
func numberAlone(s string) (string, entente.Country) {
	s, _ = tidy(s)
	if m := beside.FindStringSubmatch(s); m != nil {
		if c, ok := table.CountryOf(m[2] + m[3]); ok {
			return m[1], c
		}
		if m[2] != "" {
			return m[1], ""
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > 2 { // two letters are part of the number
		if c, ok := table.CountryOf(s[:i]); ok {
			return s[i+1:], c
		}
	}
	return s, ""
}

// documentWords tell the type of a document; the first that is met counts.
var documentWords = []struct{ word, typ string }{
	{"birth certificate", "other"},
	{"driver", "driving-licence"},
	{"driving", "driving-licence"},
	{"visa", "visa"},
	{"travel document", "other"},
	{"passport", "passport"},
	{"passeport", "passport"},
	{"pasaporte", "passport"},
	{"resident", "residence-permit"},
	{"residenc", "residence-permit"},
	{"social security", "other"},
	{"fiscal", "other"},
	{"military", "other"},
	{"identi", "identity-card"},
	{"national id", "identity-card"},
	{"personal id", "identity-card"},
	{"id card", "identity-card"},
	{"id number", "identity-card"},
	{"tazkira", "identity-card"},
	{"national number", "identity-card"},
}

// documentType finds the type of a document in the words that describe it.
func documentType(words string) string {
	w := strings.ToLower(words)
	for _, t := range documentWords {
		if strings.Contains(w, t.word) {
			return t.typ
		}
	}
	return "other"
}
