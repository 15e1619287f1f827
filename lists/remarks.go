package lists

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// ofacCut is where the publisher cuts remarks that are longer.
const ofacCut = 1000

// ofacRemarks reads what an entry says beside: clauses parted by semicolons,
// each a word for what it is and a value. The entry keeps the remarks whole as
// well, so that what has no place of its own, and what surrounds a value, stays readable.
func ofacRemarks(e *entry, text string, alone bool) {
	e.told = true
	clauses := strings.Split(strings.TrimSuffix(strings.TrimSpace(text), "."), ";")
	if alone && len(text) >= ofacCut {
		last := len(clauses) - 1
		e.drop("remarks", "the publisher cut them at 1000 characters: give sdn_comments.csv too", clauses[last])
		clauses = clauses[:last]
	}
	for _, c := range clauses {
		ofacClause(e, strings.TrimPrefix(strings.TrimSpace(c), "alt. "))
	}
}

// ofacClause reads one clause.
func ofacClause(e *entry, c string) {
	if m := ofacAlias.FindStringSubmatch(c); m != nil {
		e.name(m[1], "alias")
		return
	}
	word, value, _ := strings.Cut(c, " ")
	switch word {
	case "DOB":
		e.born(value, false, "")
		return
	case "POB":
		e.place(value)
		return
	case "nationality", "citizen":
		e.nationality(value)
		return
	case "Gender":
		e.sex(value)
		return
	}
	for _, l := range ofacLabels {
		if value, ok := strings.CutPrefix(c, l.label); ok {
			ofacNumber(e, l, strings.TrimLeft(value, " :#"))
			return
		}
	}
}

var ofacAlias = regexp.MustCompile(`^(?:a|f|n)\.k\.a\. '(.*)'$`)

// ofacLabel is a word of the remarks that a number follows.
type ofacLabel struct{ label, document, identifier string }

// ofacLabels are the words that tell what a number is; a longer one stands
// before one that it begins with.
var ofacLabels = []ofacLabel{
	{label: "Passport", document: "passport"},
	{label: "Diplomatic Passport", document: "passport"},
	{label: "British National Overseas Passport", document: "passport"},
	{label: "Stateless Person Passport", document: "passport"},
	{label: "National ID No.", document: "identity-card"},
	{label: "National Foreign ID Number", document: "identity-card"},
	{label: "Identification Number IMO", identifier: "vehicle"},
	{label: "Identification Number", document: "identity-card"},
	{label: "Turkish Identification Number", document: "identity-card"},
	{label: "Personal ID Card", document: "identity-card"},
	{label: "Refugee ID Card", document: "identity-card"},
	{label: "Stateless Person ID Card", document: "identity-card"},
	{label: "Tazkira National ID Card", document: "identity-card"},
	{label: "Kenyan ID No.", document: "identity-card"},
	{label: "Moroccan Personal ID No.", document: "identity-card"},
	{label: "Bosnian Personal ID No.", document: "identity-card"},
	{label: "Citizen's Card Number", document: "identity-card"},
	{label: "Cedula No.", document: "identity-card"},
	{label: "D.N.I.", document: "identity-card"},
	{label: "C.U.R.P.", document: "identity-card"},
	{label: "C.U.I.T.", document: "other"},
	{label: "C.U.I.P.", document: "other"},
	{label: "C.U.I.", document: "identity-card"},
	{label: "LE Number", document: "identity-card"},
	{label: "Driver's License No.", document: "driving-licence"},
	{label: "VisaNumberID", document: "visa"},
	{label: "Residency Number", document: "residence-permit"},
	{label: "Travel Document Number", document: "other"},
	{label: "Birth Certificate Number", document: "other"},
	{label: "Electoral Registry No.", document: "other"},
	{label: "Military Registration Number", document: "other"},
	{label: "SSN", document: "other"},
	{label: "Tax ID No.", document: "other"},
	{label: "R.F.C.", document: "other"},
	{label: "NIT #", document: "other"},
	{label: "RUC #", document: "other"},
	{label: "RIF #", document: "other"},
	{label: "Registration Number", document: "other"},
	{label: "Registration ID", document: "other"},
	{label: "Business Registration Number", document: "other"},
	{label: "Company Number", document: "other"},
	{label: "UK Company Number", document: "other"},
	{label: "Commercial Registry Number", document: "other"},
	{label: "Folio Mercantil No.", document: "other"},
	{label: "V.A.T. Number", document: "other"},
	{label: "Legal Entity Number", document: "other"},
	{label: "Phone Number", identifier: "phone"},
	{label: "Telephone Number", identifier: "phone"},
	{label: "Email Address", identifier: "email"},
	{label: "Website", identifier: "other"},
	{label: "Digital Currency Address -", identifier: "account"},
	{label: "SWIFT/BIC", identifier: "account"},
	{label: "Vessel Registration Identification IMO", identifier: "vehicle"},
	{label: "MMSI", identifier: "vehicle"},
	{label: "Aircraft Tail Number", identifier: "vehicle"},
	{label: "Previous Aircraft Tail Number", identifier: "vehicle"},
	{label: "Aircraft Manufacturer's Serial Number (MSN)", identifier: "vehicle"},
	{label: "Aircraft Construction Number (also called L/N or S/N or F/N)", identifier: "vehicle"},
}

// ofacIssue is what follows a document's number: "(Iran) issued 26 Apr 2011
// expires 25 Apr 2021".
var ofacIssue = regexp.MustCompile(`^(.*?)(?:(?:^| )\(([^()]*)\))?((?:(?:^| )(?:issued|expires|expired)\b.*)?)$`)

func ofacNumber(e *entry, l ofacLabel, value string) {
	if l.identifier != "" {
		e.identifier(l.identifier, value)
		return
	}
	number, issuer := value, ""
	if m := ofacIssue.FindStringSubmatch(value); m != nil {
		number, issuer = m[1], m[2]
	}
	if number == "" || strings.Trim(number, " -.") == "" {
		e.drop("document", "it has no number", l.label+" "+value)
		return
	}
	e.document(l.document, number, e.country("document country", issuer))
}
