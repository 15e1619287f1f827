package passage

import (
	"slices"
	"strconv"
	"strings"

	"entente"
	"entente/parse"
	"entente/table"
)

// row is one line of a table being read.
type row struct {
	t     *travelTable
	cells []string
	where string
	aside []entente.SetAside
}

func (r *row) cell(c table.Column) string { return r.t.header.Cell(r.cells, c) }

func (r *row) doubt(field, reason, text string) {
	r.aside = append(r.aside, entente.SetAside{Where: r.where, Record: cut(r.cell(table.Reference)), Field: field, Reason: reason, Text: cut(text)})
}

// take turns a row into an event.
func (t *travelTable) take(from table.Row) error {
	r := row{t: t, where: "line " + strconv.Itoa(from.At)}
	cells, remark, ok := table.Fitted(&t.header, from.Cells)
	switch {
	case from.Why != "":
		return t.aside(entente.SetAside{Where: r.where, Reason: from.Why, Text: cut(from.Text)})
	case !ok:
		return t.aside(entente.SetAside{Where: r.where, Reason: remark, Text: cut(from.Text)})
	}
	r.cells = slices.Clone(cells)
	for i, c := range t.header.Columns {
		if c != table.Name && c != table.Alias && c != table.Original { // there, a line end may part two names
			r.cells[i] = strings.Join(strings.Fields(r.cells[i]), " ")
		}
	}
	if remark != "" {
		r.doubt("row", remark, from.Text)
	}
	e := entente.TravelEvent{Traveller: entente.Subject{ID: travellerID}, Place: r.value(table.Place), Reference: r.value(table.Reference), Where: r.where}
	r.person(&e.Traveller)
	if !findable(&e.Traveller) {
		r.doubt("", "the traveller has no name and no number to look for", from.Text)
		return t.each(Record{Aside: r.aside})
	}
	r.journey(&e)
	return t.event(e, r.aside)
}

// value is a cell, unless it says that nothing is known.
func (r *row) value(c table.Column) string {
	if v := r.cell(c); !parse.Absent(v) {
		return v
	}
	return ""
}

// person reads who travels.
func (r *row) person(s *entente.Subject) {
	r.names(s)
	for _, v := range r.all(table.Birth) {
		r.born(s, v)
	}
	r.sex(s)
	for _, v := range r.all(table.Nationality) {
		for _, one := range countriesIn(v) {
			citizen(s, r.land("nationality", one))
		}
	}
	s.Residence = r.value(table.Residence)
	r.documents(s)
	for _, i := range table.Identifiers {
		for _, v := range r.several(i.Column, i.Whole) {
			reached(s, i.Kind, v)
		}
	}
}

// all gives the cells of the columns that hold c.
func (r *row) all(c table.Column) []string { return r.t.header.Cells(r.cells, c) }

// several gives the values of cells that may hold more than one.
func (r *row) several(c table.Column, whole func(string) bool) (out []string) {
	for _, cell := range r.all(c) {
		for _, v := range table.Values(cell, whole) {
			if !parse.Absent(v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// names reads the parts of a name, then whole names.
func (r *row) names(s *entente.Subject) {
	family := r.known(strings.Join(r.all(table.LastName), " "))
	given := r.known(strings.Join(slices.Concat(r.all(table.FirstName), r.all(table.MiddleName)), " "))
	r.named(s, strings.TrimSpace(family+" "+given), "")
	for _, c := range []struct {
		c   table.Column
		use string
	}{{table.Name, ""}, {table.Original, ""}, {table.MaidenName, "maiden"}, {table.Alias, "alias"}} {
		for _, cell := range r.all(c.c) {
			for i, n := range table.Names(cell, c.c == table.Alias) {
				use := c.use
				switch {
				case n.Birth:
					use = "maiden"
				case n.Other, i > 0 && use == "":
					use = "alias"
				}
				r.named(s, r.known(n.Text), use)
			}
		}
	}
}

func (r *row) named(s *entente.Subject, name, use string) {
	if name = strings.Join(strings.Fields(name), " "); name != "" {
		bears(s, name, use)
	}
}

// known gives a name without the words that say that it is not known.
func (r *row) known(name string) string {
	bare := parse.BareName(name)
	if bare != name && !parse.Absent(name) {
		r.doubt("name", "it says that the name, or a part of it, is not known", name)
	}
	return bare
}

// born reads the dates of birth in a cell. One on which nobody can have been born
// is told and not used.
func (r *row) born(s *entente.Subject, cell string) {
	if parse.Absent(cell) {
		return
	}
	dates, why := table.Dates(cell, "", r.t.now)
	if why != "" {
		r.doubt("birth date", why, cell)
	}
	places := r.value(table.BirthPlace)
	for _, d := range dates {
		if why := parse.ImplausibleBirth(d.Date, r.t.now); why != "" {
			r.doubt("birth date", why, cell)
			continue
		}
		before := len(s.Births)
		if d.Place == "" {
			d.Place = places
		}
		if born(s, d.Date, d.Place); d.Approx && len(s.Births) > before {
			s.Births[before].Nature = entente.NatureAssessment
		}
	}
}

// countriesIn parts a cell that may name several countries.
func countriesIn(cell string) []string {
	isCountry := func(s string) bool {
		_, ok := table.CountryOf(s)
		return ok
	}
	if isCountry(cell) {
		return []string{cell}
	}
	return table.Values(cell, isCountry)
}

func (r *row) land(field, text string) entente.Country {
	c, ok := table.CountryOf(text)
	if !ok && !parse.Absent(text) {
		r.doubt(field, "it is not the name of a country, nor a code of two or three letters that anybody has assigned", text)
	}
	return c
}

func (r *row) sex(s *entente.Subject) {
	v := r.cell(table.Sex)
	switch strings.ToUpper(v) {
	case "M", "MALE", "М", "МУЖ", "МУЖСКОЙ":
		s.Sex = "M"
	case "F", "FEMALE", "Ж", "ЖЕН", "ЖЕНСКИЙ":
		s.Sex = "F"
	case "X":
		s.Sex = "X"
	case "U", "<":
	default:
		if !parse.Absent(v) {
			r.doubt("sex", "it is not M, F or X", v)
		}
	}
}

// documents reads the numbers of documents. The type and the issuer are those of
// the passport, or of the one document that has no column of its own.
func (r *row) documents(s *entente.Subject) {
	issuer := r.land("document issuer", r.cell(table.PassportCountry))
	for _, d := range []struct {
		c   table.Column
		typ string
	}{
		{table.Passport, ""},
		{table.Document, ""},
		{table.IdentityCard, "identity-card"},
		{table.Visa, "visa"},
		{table.ResidencePermit, "residence-permit"},
		{table.DrivingLicence, "driving-licence"},
	} {
		for _, n := range r.several(d.c, table.NumberOf) {
			doc := entente.Document{Type: d.typ, Number: n}
			if d.typ == "" {
				doc.Type, doc.Country = r.docType(), issuer
			}
			holds(s, doc)
		}
	}
}

// docType reads our own words and the codes of ICAO 9303. A number without a
// type is a passport's, which is what travels.
func (r *row) docType() string {
	v := r.value(table.DocumentType)
	switch {
	case v == "":
		return "passport"
	case known(entente.DocumentTypes, strings.ToLower(v)):
		return strings.ToLower(v)
	case len(v) <= 2:
		return documentType(strings.ToUpper(v))
	}
	r.doubt("document type", "it is not one of: "+strings.Join(entente.DocumentTypes, ", "), v)
	return "other"
}
