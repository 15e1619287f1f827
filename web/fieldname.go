package web

import (
	"strconv"
	"strings"
)

// fieldNames call the fields of the forms by name, where a mistake is summed up
// far from its field. Numbers of rows go in where %d stands.
var fieldNames = map[string]string{
	"purpose": "Purpose", "precedence": "Precedence", "expires": "Give up delivery after",
	"caveats.tlp": "May be shown to (TLP)", "caveats.pap": "May be acted on by (PAP)", "caveats.onward": "Passing it on",
	"caveats.court_use": "Use in court", "caveats.until": "Not to be used after", "caveats.purposes": "To be used only for",
	"tip.category": "Category", "tip.title": "Title", "tip.text": "The warning", "tip.threat": "Who is in danger of what",
	"tip.subjects.names.text": "Subject %d, name %d", "tip.subjects.names.script": "Subject %d, script of name %d",
	"tip.subjects.births.date": "Subject %d, date of birth %d", "tip.subjects.births.grade": "Subject %d, grading of date of birth %d",
	"tip.subjects.births.nature": "Subject %d, date of birth %d: fact or assessment", "tip.subjects.births.place": "Subject %d, place of birth %d",
	"tip.subjects.nationalities": "Subject %d, nationality", "tip.subjects.residence": "Subject %d, residence",
	"tip.subjects.documents.type": "Subject %d, type of document %d", "tip.subjects.documents.number": "Subject %d, number of document %d",
	"tip.subjects.documents.country": "Subject %d, issuer of document %d", "tip.subjects.identifiers.kind": "Subject %d, kind of entry %d",
	"tip.subjects.identifiers.value": "Subject %d, entry %d",
	"tip.claims.text":                "Claim %d", "tip.claims.grade": "Claim %d, grading", "tip.claims.nature": "Claim %d: fact or assessment", "tip.claims.subject": "Claim %d, about",
	"tip.links.from": "Link %d, who", "tip.links.to": "Link %d, to whom", "tip.links.as": "Link %d", "tip.links.grade": "Link %d, grading",
	"tip.places.name": "Place %d, name", "tip.places.geometry": "Place %d, coordinates",
	"tip.questions.text": "Question %d", "tip.withheld.what": "Withheld material %d", "tip.withheld.ask": "Withheld material %d, condition",
	"tip.provenance.attestation": "What we attest", "tip.provenance.text": "Where it comes from", "tip.provenance.collected": "When it was collected",
	"tip.tear_line.text": "Tear line", "tip.tear_line.tlp": "Tear line, TLP",
	"outcome": "What came of it", "reason": "Reason", "credit": "What the message led to", "answers": "Question %s",
	"note": "Note", "assessment": "Assessment", "to": "To whom", "level": "Level", "towards": "Declare it to",
	"born": "Born", "nationalities": "Nationality", "document": "Number of a document", "identifier": "Number, address or handle", "identifier.kind": "Reached by", "sex": "Sex",
	"tip.subjects": "Whom it is about", "answer": "Answer", "hits": "Which of the matches", "review": "Next review", "limit": "The law allows it until",
	"title": "Title", "owner": "Belongs to", "kind": "Kind", "text": "What the concern is", "message": "The message", "asked": "What to do on a hit",
	"unlink.message": "The message", "unlink.reason": "Reason", "despite": "Why it can be closed nevertheless",
	"reopen.from": "On a match that is", "reopen.flags": "On so many reasons for concern", "reopen.days": "Within so many days",
	"continue.review": "Next review", "continue.reason": "Reason", "end.on": "It ends on", "end.reason": "Reason",
	"source": "Name of the list", "feed": "Where it comes from", "format": "Format", "file": "The file",
	"id": "Id", "name": "Name", "role": "Role", "code": "Code",
	"officer": "Officer", "password": "Password", "again": "Password, once more", "now": "The password you have now",
}

// fieldName calls a field by name; empty: it has none.
func (p *page) fieldName(path string) string {
	if q, ok := strings.CutPrefix(path, "answers."); ok {
		return p.T(fieldNames["answers"], apart(q))
	}
	var rows []any
	var plain strings.Builder
	for path != "" {
		word, rest, indexed := strings.Cut(path, "[")
		plain.WriteString(word)
		if path = ""; indexed {
			digits, after, _ := strings.Cut(rest, "]")
			n, err := strconv.Atoi(digits)
			if err != nil {
				return ""
			}
			rows = append(rows, n+1)
			path = after
		}
	}
	key, ok := fieldNames[plain.String()]
	if !ok || strings.Count(key, "%d") > len(rows) {
		return ""
	}
	return p.T(key, rows[:strings.Count(key, "%d")]...)
}
