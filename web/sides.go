package web

import (
	"slices"
	"strings"

	"entente"
)

// sideRow is one field of two subjects side by side, with what the match says
// of it. A field that only one has is shown, and is evidence for nothing.
type sideRow struct {
	Label       string
	Asked, Held []sideValue
	Evidence    []entente.Evidence
}

// sideValue is one value of a field. Used: the match went by it.
type sideValue struct {
	Text, Note string
	Lang       string
	Name, Used bool
}

// sides puts two subjects beside each other, field by field.
func (p *page) sides(asked, held entente.Subject, m entente.Match) []sideRow {
	rows := []sideRow{
		{Label: p.T("Names"), Asked: p.namesOf(asked), Held: p.namesOf(held), Evidence: p.of(m, "name")},
		{Label: p.T("Born"), Asked: p.birthsOf(asked), Held: p.birthsOf(held), Evidence: p.of(m, "birth")},
		{Label: p.T("Place"), Asked: placesOf(asked), Held: placesOf(held), Evidence: p.of(m, "place")},
		{Label: p.T("Nationality"), Asked: countriesOf(asked), Held: countriesOf(held), Evidence: p.of(m, "nationality")},
		{Label: p.T("Sex"), Asked: p.sexOf(asked), Held: p.sexOf(held), Evidence: p.of(m, "sex")},
		{Label: p.T("Documents"), Asked: p.documentsOf(asked), Held: p.documentsOf(held), Evidence: p.of(m, "document")},
		{Label: p.T("Reached by"), Asked: p.identifiersOf(asked), Held: p.identifiersOf(held), Evidence: p.of(m, "identifier")},
	}
	rows = slices.DeleteFunc(rows, func(r sideRow) bool { return len(r.Asked)+len(r.Held) == 0 })
	for i := range rows {
		for _, e := range rows[i].Evidence {
			use(rows[i].Asked, e.Asked)
			use(rows[i].Held, e.Held)
		}
	}
	return rows
}

func (p *page) of(m entente.Match, field string) (list []entente.Evidence) {
	for _, e := range m.Evidence {
		if e.Field == field {
			list = append(list, e)
		}
	}
	return list
}

// use marks the value that the evidence is about and puts it first: a list may
// know a person by forty names.
func use(values []sideValue, text string) {
	i := slices.IndexFunc(values, func(v sideValue) bool { return v.Text == text && !v.Used })
	if i < 0 {
		return
	}
	v := values[i]
	v.Used = true
	copy(values[1:i+1], values[:i])
	values[0] = v
}

func (p *page) namesOf(s entente.Subject) (list []sideValue) {
	for _, n := range s.Names {
		list = append(list, sideValue{Text: n.Text, Note: term(p, nameUseWords, n.Use), Lang: langOf(n), Name: true})
	}
	return list
}

func (p *page) birthsOf(s entente.Subject) (list []sideValue) {
	for _, b := range s.Births {
		if b.Date.IsZero() {
			continue
		}
		note := ""
		if b.Grade != "" {
			note = p.T("%s, graded %s", term(p, natureWords, b.Nature), string(b.Grade))
		}
		list = append(list, sideValue{Text: b.Date.String(), Note: note})
	}
	return list
}

func placesOf(s entente.Subject) (list []sideValue) {
	for _, b := range s.Births {
		if b.Place != "" && !slices.ContainsFunc(list, func(v sideValue) bool { return v.Text == b.Place }) {
			list = append(list, sideValue{Text: b.Place})
		}
	}
	if s.Residence != "" {
		list = append(list, sideValue{Text: s.Residence})
	}
	return list
}

func countriesOf(s entente.Subject) []sideValue {
	if len(s.Nationalities) == 0 {
		return nil
	}
	codes := make([]string, len(s.Nationalities))
	for i, c := range s.Nationalities {
		codes[i] = string(c)
	}
	return []sideValue{{Text: strings.Join(codes, ", ")}}
}

func (p *page) sexOf(s entente.Subject) []sideValue {
	if s.Sex == "" {
		return nil
	}
	return []sideValue{{Text: string(s.Sex), Note: term(p, sexWords, s.Sex)}}
}

func (p *page) documentsOf(s entente.Subject) (list []sideValue) {
	for _, d := range s.Documents {
		list = append(list, sideValue{Text: d.Number, Note: strings.TrimSpace(term(p, documentWords, d.Type) + " " + string(d.Country))})
	}
	return list
}

func (p *page) identifiersOf(s entente.Subject) (list []sideValue) {
	for _, i := range s.Identifiers {
		list = append(list, sideValue{Text: i.Value, Note: term(p, identifierWords, i.Kind)})
	}
	return list
}

// firstName is how a subject is called where there is room for one name.
func firstName(s entente.Subject) entente.Name {
	if len(s.Names) == 0 {
		if len(s.Documents) > 0 {
			return entente.Name{Text: s.Documents[0].Number}
		}
		return entente.Name{Text: "–"}
	}
	return s.Names[0]
}

// sameText reports whether two subjects would be shown as one: travellers whom
// several hits of a task are about are grouped by it.
func sameTraveller(a, b entente.Subject) bool {
	return slices.Equal(a.Names, b.Names) && slices.EqualFunc(a.Births, b.Births, func(x, y entente.Birth) bool { return x.Date == y.Date }) &&
		slices.Equal(a.Documents, b.Documents)
}
