package lists

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente"
	"entente/parse"
	"entente/table"
)

// entry is one record as it is being read: a holding in the making and what of
// it had to be set aside.
type entry struct {
	where  string // "line 17"
	number string // the record's own number
	kind   entente.HoldingKind
	sure   bool      // the record says its kind
	today  time.Time // births after it are impossible; zero: not checked

	subject   entente.Subject
	reasons   []string
	addresses []string
	remarks   []string
	told      bool // the remarks hold the whole record already
	dates     []table.Date
	places    []string
	rows      int // records of the list that were joined to this one
	size      int // bytes of remarks
	more      int // reports beyond maxAsides
	aside     []entente.SetAside
}

// drop reports a field that cannot be used, and keeps it in the remarks, so that
// whoever reads the holding sees it too.
func (e *entry) drop(field, reason, text string) {
	if !e.told && field != "remarks" {
		e.remark(strings.ToUpper(field[:1])+field[1:], text)
	}
	e.report(field, reason, text)
}

func (e *entry) report(field, reason, text string) {
	if len(e.aside) >= maxAsides {
		e.more++
		return
	}
	e.aside = append(e.aside, entente.SetAside{Where: e.where, Record: cut(e.number, maxWord), Field: field, Reason: reason, Text: cut(text, maxShown)})
}

// whole reports the record itself, by its first name.
func (e *entry) whole(reason string) {
	aside := entente.SetAside{Where: e.where, Record: cut(e.number, maxWord), Reason: reason}
	if len(e.subject.Names) > 0 {
		aside.Text = cut(e.subject.Names[0].Text, maxShown)
	}
	e.aside = append(e.aside, aside)
}

// line makes one line of a text and holds it to max bytes; "" when there is
// nothing, or nothing that can be used.
func (e *entry) line(field, text string, max int) string {
	s, odd := tidy(text)
	if odd {
		e.report(field, "characters that cannot be seen were left out of it", text)
	}
	if len(s) > max {
		e.drop(field, "it has more than "+strconv.Itoa(max)+" bytes", s)
		return ""
	}
	return s
}

// add appends v to list unless it is there, and reports what is too many.
func add[T comparable](e *entry, field string, list []T, v T, text string) []T {
	switch {
	case slices.Contains(list, v):
	case len(list) >= maxMany:
		e.drop(field, "there are more than "+strconv.Itoa(maxMany)+" of them", text)
	default:
		list = append(list, v)
	}
	return list
}

// value is line for a value that may be missing: "N/A" and "unknown" say nothing.
func (e *entry) value(field, text string, max int) string {
	s := e.line(field, text, max)
	if !parse.Absent(s) {
		return s
	}
	if strings.ContainsAny(s, "0123456789") { // "00000000"
		e.drop(field, "it stands where a value is missing", s)
	}
	return ""
}

// bare gives a name of a person without words that say that it is not known.
func (e *entry) bare(text string) string {
	if e.kind != entente.HoldingPerson {
		return text
	}
	s := parse.BareName(text)
	if s != text && !parse.Absent(text) {
		e.drop("name", "it says that the name, or a part of it, is not known", text)
	}
	return s
}

// name adds a name as it is written. The first is the full name.
func (e *entry) name(text, use string) {
	s := e.bare(e.line("name", text, maxName))
	if s == "" {
		return
	}
	for _, n := range e.subject.Names {
		if n.Text == s {
			return
		}
	}
	e.subject.Names = add(e, "name", e.subject.Names, entente.Name{Text: s, Script: scriptOf(s), Use: use}, s)
}

// born adds a birth date as it is written.
func (e *entry) born(text string, approx bool, order DateOrder) {
	e.bornAt(text, "", approx, order)
}

// bornAt adds the birth dates in a text and the place that belongs to them. Dates
// on which nobody can have been born are told and not used.
func (e *entry) bornAt(text, place string, approx bool, order DateOrder) {
	s := e.line("birth", text, maxName)
	if parse.Absent(s) {
		return
	}
	dates, why := table.Dates(text, order, e.today)
	switch {
	case why != "":
		e.drop("birth", why, s)
	case !e.told && !approx && inexact(dates):
		e.remark("Birth", s) // how the source says it
	}
	for _, d := range dates {
		if why := e.impossible(d.Date); why != "" {
			e.drop("birth", why, s)
			continue
		}
		d.Approx = d.Approx || approx
		if d.Place = e.line("birth place", d.Place, maxName); place != "" {
			d.Place = place
		}
		e.dates = add(e, "birth", e.dates, d, s)
	}
}

// inexact reports whether a text said more than one date.
func inexact(dates []table.Date) bool {
	return len(dates) > 1 || len(dates) == 1 && dates[0].Approx
}

// impossible says why nobody can have been born on that day; "": somebody can.
func (e *entry) impossible(d entente.PartialDate) string {
	if e.today.IsZero() {
		return ""
	}
	return parse.ImplausibleBirth(d, e.today)
}

// place adds a place of birth.
func (e *entry) place(text string) {
	if s := e.value("birth place", text, maxName); s != "" {
		e.places = add(e, "birth place", e.places, s, s)
	}
}

// country reads a country's name or code and reports what is none.
func (e *entry) country(field, text string) entente.Country {
	s := e.line(field, text, maxName)
	if s == "" {
		return ""
	}
	c, ok := table.CountryOf(s)
	if !ok && !parse.Absent(s) {
		e.drop(field, "it is not a country of ISO 3166-1", s)
	}
	return c
}

func (e *entry) nationality(text string) {
	c := e.country("nationality", text)
	switch {
	case c == "EU" || c == "UN":
		e.drop("nationality", "it issues documents and has no nationals", text)
	case c != "":
		e.subject.Nationalities = add(e, "nationality", e.subject.Nationalities, c, text)
	}
}

// sex reads what lists write for it.
func (e *entry) sex(text string) {
	var s entente.Sex
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "male", "m", "man", "м", "муж", "мужской":
		s = "M"
	case "female", "f", "woman", "ж", "жен", "женский":
		s = "F"
	case "x", "other":
		s = "X"
	default:
		if parse.Absent(text) {
			return
		}
		e.drop("sex", "it is neither male nor female nor other", text)
		return
	}
	if e.subject.Sex != "" && e.subject.Sex != s {
		e.drop("sex", "the record says another before", text)
		return
	}
	e.subject.Sex = s
}

// document adds a document; one without a number is told in the remarks.
func (e *entry) document(typ, number string, country entente.Country) {
	if n := e.value("document", number, maxWord); n != "" {
		for i, d := range e.subject.Documents {
			if d.Type == typ && d.Number == n && (d.Country == "" || country == "") {
				e.subject.Documents[i].Country = max(d.Country, country)
				return
			}
		}
		e.subject.Documents = add(e, "document", e.subject.Documents, entente.Document{Type: typ, Number: n, Country: country}, n)
	}
}

func (e *entry) identifier(kind, value string) {
	if v := e.value("identifier", value, maxName); v != "" {
		e.subject.Identifiers = add(e, "identifier", e.subject.Identifiers, entente.Identifier{Kind: kind, Value: v}, v)
	}
}

func (e *entry) reason(text string) {
	if s := e.value("reason", text, maxName); s != "" {
		e.reasons = add(e, "reason", e.reasons, s, s)
	}
}

// address adds an address of several parts, as far as there are any.
func (e *entry) address(parts ...string) {
	if s := e.line("address", join(parts), 4*maxName); s != "" {
		e.addresses = add(e, "address", e.addresses, s, s)
	}
}

// join writes parts that say something after one another.
func join(parts []string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

// remark keeps what has no place of its own, under the label it came with.
func (e *entry) remark(label, text string) {
	s, odd := tidy(text)
	if odd {
		e.report("remarks", "characters that cannot be seen were left out of it", text)
	}
	if s == "" {
		return
	}
	if label, _ = tidy(label); label != "" {
		s = label + ": " + s
	}
	if slices.Contains(e.remarks[max(0, len(e.remarks)-8):], s) { // told just now
		return
	}
	if e.size+len(s)+1 > maxRemarks {
		e.drop("remarks", "the remarks have more than "+strconv.Itoa(maxRemarks)+" bytes", s)
		return
	}
	e.size += len(s) + 1
	e.remarks = append(e.remarks, s)
}

// record makes the holding of what was read.
func (e *entry) record(opt Options) Record {
	number := e.line("number", e.number, maxWord)
	switch {
	case number == "":
		e.whole("it has no number of its own by which it could be found again")
	case len(e.subject.Names) == 0 && len(e.subject.Documents) == 0 && len(e.subject.Identifiers) == 0:
		e.whole("it has no name, and no number by which the person could be found")
	default:
		if e.more > 0 {
			e.whole(strconv.Itoa(e.more) + " further fields of it could not be used")
		}
		return Record{Where: e.where, Aside: e.aside, Holding: e.holding(opt.Source, number)}
	}
	return Record{Where: e.where, Aside: e.aside}
}

func (e *entry) holding(source entente.SourceID, number string) entente.Holding {
	e.subject.ID = "s1"
	return entente.Holding{
		ID:        entente.HoldingID(string(source) + "/" + number),
		Source:    source,
		Kind:      e.kind,
		Subject:   e.subject,
		Reasons:   e.reasons,
		Addresses: e.addresses,
		Remarks:   strings.Join(e.remarks, "\n"),
	}
}
