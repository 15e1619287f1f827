package lists

import (
	"io"
	"regexp"
	"strings"
	"unicode"

	"entente"
)

// canada reads Canada's consolidated list of autonomous sanctions (SEMA and
// JVCFOR), as its publisher gives it in XML.
func (r *reader) canada(in io.Reader) error {
	return r.records(in, &xmlScan{root: "data-set", records: []string{"record"}, depth: 2}, func(x *element, where string) error {
		if x.name != "record" {
			return r.lost(where, "", "it is not a record", x.name)
		}
		e := &entry{where: where, sure: true, today: r.opt.Today}
		canadaRecord(e, x)
		return r.emit(e)
	})
}

// canadaRecord takes a record apart. The list numbers its items in each
// schedule of each regulation, so its number is all three. The element Country
// names the regulation; it says nothing of nationality.
func canadaRecord(e *entry, x *element) {
	country, schedule, item := x.take("Country"), x.take("Schedule"), x.take("Item")
	act, _, _ := strings.Cut(country, " / ")
	if slug(act) != "" && slug(item) != "" {
		e.number = slug(act + " " + schedule + " " + item)
	}
	last, given := x.take("LastName"), x.take("GivenName")
	entity, title, imo := x.take("EntityOrShip"), x.take("TitleOrShip"), x.take("ShipIMONumber")
	date := x.take("DateOfBirthOrShipBuildDate")
	switch {
	case last != "" || given != "":
		e.kind = entente.HoldingPerson
		e.name(join([]string{last, given}), "full")
		names(e, entity, "alias")
		e.born(date, false, "")
		e.remark("Title", title)
	case imo != "":
		e.kind = entente.HoldingVessel
		e.name(entity, "full")
		e.remark("Built", date)
		e.remark("Type", title)
	default:
		e.kind = entente.HoldingOrganisation
		e.name(entity, "full")
		e.remark("Title", title)
		e.remark("Date", date)
	}
	e.identifier("vehicle", imo)
	canadaAliases(e, x.take("Aliases"))
	e.reason(join([]string{country, prefix("schedule ", schedule), prefix("item ", item)}))
	e.remark("Listed on", x.take("DateOfListing"))
	x.rest(e, "")
}

// canadaLanguage is a word that the list puts before a name in a language.
var canadaLanguage = regexp.MustCompile(`\b(?:Belarus{1,2}ian|Russian|Ukrainian|Arabic|Persian|Farsi)[\s\x{a0}]*:`)

// canadaAliases parts what the list writes in one cell: by semicolons, by the
// words for languages, and by commas and "or" where whole names stand on both sides.
func canadaAliases(e *entry, text string) {
	if text == "" {
		return
	}
	marked := canadaLanguage.ReplaceAllString(strings.ReplaceAll(text, `""`, `"`), ";")
	for part := range strings.SplitSeq(marked, ";") {
		for _, s := range wholeNames(strings.Trim(part, " ,\u00a0"), e.kind == entente.HoldingPerson) {
			names(e, s, "alias")
		}
	}
	if marked != text || strings.Contains(text, " or ") {
		e.remark("Aliases", text)
	}
}

// wholeNames parts a text at commas and "or" when each side has two words or
// more, and at three commas and more when most sides have: no name has so many.
func wholeNames(s string, person bool) []string {
	if !person {
		return []string{s}
	}
	for _, by := range []string{",", " or "} {
		parts := strings.Split(s, by)
		whole := 0
		for _, p := range parts {
			if len(strings.Fields(p)) > 1 {
				whole++
			}
		}
		if whole > 1 && (whole == len(parts) || len(parts) > 3 && 2*whole > len(parts)) {
			var out []string
			for _, p := range parts {
				out = append(out, wholeNames(strings.TrimSpace(p), true)...)
			}
			return out
		}
	}
	return []string{s}
}

// slug keeps lower-case letters and digits, parted by single hyphens.
func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}
