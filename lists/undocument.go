package lists

import (
	"regexp"
	"strings"
)

// unDocument reads a document. Its type stands in either of two elements, and
// its number sometimes in the type, or with the type before it.
func unDocument(e *entry, d *element) {
	typ := join([]string{d.take("TYPE_OF_DOCUMENT"), d.take("TYPE_OF_DOCUMENT2")})
	number := d.take("NUMBER")
	issuer, place := d.take("ISSUING_COUNTRY"), d.take("COUNTRY_OF_ISSUE")
	city, date, note := d.take("CITY_OF_ISSUE"), d.take("DATE_OF_ISSUE"), d.take("NOTE")
	if number == "" {
		if m := labelled.FindStringSubmatch(typ); m != nil {
			typ, number = m[1], m[2]
		}
	} else if m := labelled.FindStringSubmatch(number); m != nil {
		typ, number = join([]string{m[1], typ}), m[2]
	}
	if issuer == "" && place != "" {
		issuer, place = place, ""
	}
	country := e.country("document country", issuer)
	if number != "" {
		e.document(documentType(typ), number, country)
	}
	if number == "" && typ != "" {
		e.drop("document", "it has no number", join([]string{typ, issuer, note}))
	}
	if detail := join([]string{prefix("issued ", date), prefix("in ", join([]string{city, place})), note}); detail != "" || documentType(typ) == "other" || number == "" || country == "" {
		e.remark("Document", join([]string{typ, number, issuer, detail}))
	}
	d.rest(e, "Document ")
}

func prefix(word, s string) string {
	if s == "" {
		return ""
	}
	return word + s
}

// labelled finds "national identification card number 57388".
var labelled = regexp.MustCompile(`(?i)^\s*(\D*\b(?:passport|number|no|card|nr|id)\b)[\s.:]*(?:no\b|number\b)?[\s.:]*([A-Z0-9][A-Z0-9 ./-]*\d[A-Z0-9 ./-]*)$`)

// documentType finds the type of a document in the words that describe it.
func documentType(words string) string {
	w := strings.ToLower(words)
	for _, t := range []struct{ word, typ string }{
		{"birth certificate", "other"},
		{"driver", "driving-licence"},
		{"driving", "driving-licence"},
		{"visa", "visa"},
		{"passport", "passport"},
		{"passeport", "passport"},
		{"pasaporte", "passport"},
		{"resident", "residence-permit"},
		{"residenc", "residence-permit"},
		{"identi", "identity-card"},
		{"national id", "identity-card"},
		{"personal id", "identity-card"},
		{"id card", "identity-card"},
		{"tazkira", "identity-card"},
		{"citizen's card", "identity-card"},
		{"cedula", "identity-card"},
		{"national number", "identity-card"},
	} {
		if strings.Contains(w, t.word) {
			return t.typ
		}
	}
	return "other"
}
