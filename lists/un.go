package lists

import (
	"io"
	"regexp"
	"strings"

	"entente"
	"entente/table"
)

// un reads the consolidated list of the United Nations Security Council, as its
// publisher gives it in XML.
func (r *reader) un(in io.Reader) error {
	return r.records(in, &xmlScan{root: "CONSOLIDATED_LIST", records: []string{"INDIVIDUAL", "ENTITY"}, depth: 3}, func(x *element, where string) error {
		e := &entry{where: where, sure: true, today: r.opt.Today}
		switch x.name {
		case "INDIVIDUAL":
			e.kind = entente.HoldingPerson
		case "ENTITY":
			e.kind = entente.HoldingOrganisation
		default:
			return r.lost(where, "", "it is neither an INDIVIDUAL nor an ENTITY", x.name)
		}
		unRecord(e, x)
		return r.emit(e)
	})
}

// unRecord takes a record apart. The reference number is the one that people
// cite and that outlives a rewriting of the record; DATAID is its number in the
// publisher's system. Of the rest, four elements tell nothing of the subject.
func unRecord(e *entry, x *element) {
	data := x.take("DATAID")
	if e.number = x.take("REFERENCE_NUMBER"); e.number == "" {
		e.number, data = data, ""
	}
	for _, bookkeeping := range []string{"VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD"} {
		x.all(bookkeeping)
	}
	var parts []string
	for _, n := range []string{"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"} {
		parts = append(parts, x.take(n))
	}
	names(e, strings.Join(parts, " "), "full")
	unNames(e, x.take("NAME_ORIGINAL_SCRIPT"), "full")
	e.reason(x.take("UN_LIST_TYPE"))
	comments := x.take("COMMENTS1")
	e.remark("", comments)
	e.sex(x.take("GENDER"))
	if m := unSex.FindStringSubmatch(comments); m != nil {
		e.sex(m[1])
	}
	for _, v := range values(x, "NATIONALITY") {
		e.nationality(v)
	}
	for _, l := range []struct{ element, label string }{{"TITLE", "Title"}, {"DESIGNATION", "Designation"}} {
		for _, v := range values(x, l.element) {
			e.remark(l.label, v)
		}
	}

	unParts(e, x)
	e.remark("Listed on", x.take("LISTED_ON"))
	e.remark("Updated on", strings.Join(values(x, "LAST_DAY_UPDATED"), ", "))
	e.remark("DATAID", data)
	x.rest(e, "")
}

// unParts reads what a record may have many of.
func unParts(e *entry, x *element) {
	for _, b := range x.all("INDIVIDUAL_DATE_OF_BIRTH") {
		unBirth(e, b)
	}
	for _, p := range x.all("INDIVIDUAL_PLACE_OF_BIRTH") {
		e.remark("Birth place", p.take("NOTE"))
		e.place(unPlace(p))
		p.rest(e, "Birth place ")
	}
	for _, a := range x.all(x.name + "_ALIAS") {
		unAlias(e, a)
	}
	for _, d := range x.all("INDIVIDUAL_DOCUMENT") {
		unDocument(e, d)
	}
	for _, a := range x.all(x.name + "_ADDRESS") {
		e.address(unPlace(a), a.take("NOTE"))
		a.rest(e, "Address ")
	}
}

var unSex = regexp.MustCompile(`\b(?:Gender|Sex): (Male|Female)\b`)

// values takes the VALUE elements that say something out of all elements with a name.
func values(x *element, name string) []string {
	var out []string
	for _, group := range x.all(name) {
		for _, v := range group.all("VALUE") {
			if v.text != "" {
				out = append(out, v.text)
			}
		}
	}
	return out
}

// unPlace takes the parts of a place, from the smallest to the largest.
func unPlace(x *element) string {
	return join([]string{x.take("STREET"), x.take("CITY"), x.take("STATE_PROVINCE"), x.take("ZIP_CODE"), x.take("COUNTRY")})
}

// unAlias reads an alias, which may come with a birth of its own and with its
// name in the original script. How good the publisher thinks it is stays in the remarks.
func unAlias(e *entry, a *element) {
	text, quality, note := a.take("ALIAS_NAME"), a.take("QUALITY"), a.take("NOTE")
	unNames(e, text, "alias")
	if m := unOriginal.FindStringSubmatch(note); m != nil && scriptOf(m[1]) != "Latn" {
		names(e, m[1], "alias")
	}
	date, place := a.take("DATE_OF_BIRTH"), join([]string{a.take("CITY_OF_BIRTH"), a.take("COUNTRY_OF_BIRTH")})
	if date != "" {
		e.bornAt(date, e.line("birth place", place, maxName), false, "")
	} else {
		e.place(place)
	}
	if quality == "Low" && text != "" {
		e.remark("Alias of low quality", text)
	}
	e.remark("Alias "+text, note)
	a.rest(e, "Alias "+text+" ")
}

// unNames adds names that stand in one element, parted by semicolons.
func unNames(e *entry, text, use string) {
	if strings.Contains(text, "(") { // the semicolons may be those of the brackets
		names(e, text, use)
		return
	}
	for one := range strings.SplitSeq(text, ";") {
		names(e, one, use)
	}
}

var unOriginal = regexp.MustCompile(`(?i)(?:original script|in\s+arabic(?: script)?):\s*([^;]+)`)

// unBirth reads a date of birth: EXACT, APPROXIMATELY or BETWEEN, with a date, a
// year, two years or a note.
func unBirth(e *entry, b *element) {
	kind, date, year, note := b.take("TYPE_OF_DATE"), b.take("DATE"), b.take("YEAR"), b.take("NOTE")
	from, to := b.take("FROM_YEAR"), b.take("TO_YEAR")
	approx := kind == "APPROXIMATELY" || strings.HasPrefix(strings.ToLower(note), "approx")
	switch {
	case from != "" && to != "":
		e.born(from+" to "+to, true, "")
	case from+to != "":
		e.born(from+to, true, "")
	case date != "":
		e.born(date, approx, "")
	case year != "":
		unMonth(e, year, note, approx)
	case note != "":
		e.born(note, approx, "")
	}
	if note != "" && !strings.EqualFold(strings.TrimSpace(note), "approximately") {
		e.remark("Birth", join([]string{date + year, note}))
	}
	b.rest(e, "Birth ")
}

// unMonth reads a year whose note may be its month: "Sep.".
func unMonth(e *entry, year, note string, approx bool) {
	if table.Month(note) > 0 {
		e.born(note+" "+year, approx, "")
		return
	}
	e.born(year, approx, "")
}
