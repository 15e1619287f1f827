package lists

import (
	"regexp"
	"slices"
	"strings"

	"entente"
	"entente/table"
)

// names adds a name, and those in another script that stand behind it in
// brackets: "Arsen Kadaev (Арсен Кадаев)", "Арсен (Arsen; Arsyen)", "Arsen
// (original script: Арсен)".
func names(e *entry, text, use string) {
	s := strings.TrimRight(strings.TrimSpace(text), " ,;")
	head, inner, ok := inBrackets(s)
	if !ok {
		e.name(s, use)
		return
	}
	e.name(strings.TrimRight(head, " ,;"), use)
	for one := range strings.SplitSeq(inner, ";") {
		e.name(one, use)
	}
}

// namesIn adds the names in a cell, which may hold several of one person. Of a
// cell that was taken apart the remarks keep the whole.
func (e *entry) namesIn(cell, use string) {
	if e.kind != entente.HoldingPerson {
		names(e, cell, use)
		return
	}
	all := table.Names(cell, use == "alias")
	for i, n := range all {
		as := use
		switch {
		case n.Birth:
			as = "maiden"
		case n.Other, i > 0 && use == "full":
			as = "alias"
		}
		names(e, n.Text, as)
	}
	if len(all) > 1 {
		e.remark("Names as written", cell)
	}
}

// nationalities adds those in a cell that may hold several. Names of countries
// hold commas and "and" themselves, so the whole is tried first.
func (e *entry) nationalities(cell string) {
	if _, ok := table.CountryOf(cell); ok {
		e.nationality(cell)
		return
	}
	isCountry := func(s string) bool {
		_, ok := table.CountryOf(s)
		return ok
	}
	for _, v := range table.Values(cell, isCountry) {
		if codes := strings.Fields(v); len(codes) > 1 && !slices.ContainsFunc(codes, func(c string) bool { return len(c) > 3 || !isCountry(c) }) {
			for _, c := range codes { // "XA XB"
				e.nationality(c)
			}
			continue
		}
		e.nationality(v)
	}
}

// numbered adds a document whose number may have its country beside it: "B1234 (XA)".
func (e *entry) numbered(typ, text string, issuer entente.Country) {
	number, beside := numberAlone(text)
	if issuer == "" {
		issuer = beside
	}
	if s, _ := tidy(text); number != s {
		e.remark("Document", s)
	}
	e.document(typ, number, issuer)
}

var originalScript = regexp.MustCompile(`(?i)^\s*(?:in )?original script:`)

// inBrackets parts a text from what stands in brackets at its end, if that is in
// another script.
func inBrackets(s string) (head, inner string, ok bool) {
	head, tail, ok := strings.Cut(s, "(")
	if !ok {
		return "", "", false
	}
	inner, after, closed := strings.Cut(tail, ")")
	inner = originalScript.ReplaceAllString(inner, "")
	a, b := scriptOf(head), scriptOf(inner)
	return head, inner, closed && strings.TrimSpace(after) == "" && a != "" && b != "" && a != b
}
