package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"entente"
	"entente/parse"
	"entente/table"
)

// csv reads a plain table with a row that says what the columns hold; package
// table says by which words. A column that no word fits goes to the remarks under
// its header. A row without a number of its own is numbered by a digest of its
// cells, so that the same row has the same number again.
func (r *reader) csv(in io.Reader) error {
	text, err := table.NewLines(in, MaxRecord)
	if err != nil {
		return err
	}
	rows := &table.Rows{Lines: text}
	head, skipped, err := rows.ReadHeader(table.ListWords, (*table.Header).Named)
	if errors.Is(err, table.ErrNoHeader) {
		return invalid("file", "its first row names no column with a name", "call the column \"name\", or \"last name\" and \"first name\"")
	}
	if err != nil {
		return err
	}
	for _, line := range skipped {
		r.tell("line "+strconv.Itoa(line.At), "it stands above the row that names the columns and was not used", line.Text)
	}
	for {
		row, err := rows.NextRow()
		if r.sum.Charset = text.Charset(); errors.Is(err, io.EOF) {
			r.guessed(text)
			return nil
		}
		if err != nil {
			return err
		}
		if row.Blank() {
			continue
		}
		if err := r.csvRow(&head, row); err != nil {
			return err
		}
	}
}

func (r *reader) csvRow(h *table.Header, row table.Row) error {
	where := "line " + strconv.Itoa(row.At)
	cells, remark, ok := table.Fitted(h, row.Cells)
	if row.Why == "" && !ok {
		row.Why = remark
	}
	switch {
	case row.Cut, row.Open && len(row.Cells) < len(h.Names) && row.Why == "" && remark != "":
		return errCut
	case row.Why != "":
		return r.lost(where, "", row.Why, row.Text)
	}
	e := &entry{where: where, kind: entente.HoldingPerson, today: r.opt.Today}
	t := tableRow{e: e, h: h, cells: cells, opt: r.opt}
	if e.number = strings.Join(t.cellsOf(table.Number), " "); parse.Absent(e.number) {
		sum := sha256.Sum256([]byte(strings.Join(row.Cells, "\x00")))
		e.number = "row-" + hex.EncodeToString(sum[:8])
	}
	if t.read(); remark != "" {
		e.report("row", remark, row.Text)
		e.remark("Beyond the columns", join(row.Cells[min(len(row.Cells), len(h.Names)):]))
	}
	if row.Open {
		e.report("row", "the file ends without a line end: look whether this last row is whole", row.Text)
	}
	return r.emit(e)
}

// tableRow is one row of a table.
type tableRow struct {
	e     *entry
	h     *table.Header
	cells []string
	opt   Options
}

func (t tableRow) cellsOf(c table.Column) []string { return t.h.Cells(t.cells, c) }

// each hands over each value, cells parted where Options say so.
func (t tableRow) each(c table.Column, use func(string)) {
	for _, cell := range t.cellsOf(c) {
		if t.opt.Split == "" {
			use(cell)
			continue
		}
		for v := range strings.SplitSeq(cell, t.opt.Split) {
			use(strings.TrimSpace(v))
		}
	}
}

// values hands over each value of cells that may hold several.
func (t tableRow) values(c table.Column, whole func(string) bool, use func(string)) {
	t.each(c, func(cell string) {
		for _, v := range table.Values(cell, whole) {
			use(v)
		}
	})
}

// tableDocuments are the columns that hold numbers of documents.
var tableDocuments = []struct {
	column table.Column
	typ    string
}{
	{table.IdentityCard, "identity-card"},
	{table.Visa, "visa"},
	{table.ResidencePermit, "residence-permit"},
	{table.DrivingLicence, "driving-licence"},
	{table.Document, "other"},
}

func (t tableRow) read() {
	e := t.e
	t.kind()
	t.names()
	t.each(table.Birth, func(s string) { e.born(s, false, t.opt.Dates) })
	t.places()
	t.each(table.Sex, e.sex)
	t.each(table.Nationality, func(s string) { e.nationalities(s) })
	e.subject.Residence = e.value("residence", join(t.cellsOf(table.Residence)), maxName)
	t.documents()
	for _, i := range table.Identifiers {
		t.values(i.Column, i.Whole, func(s string) {
			if i.Column == table.Email {
				for one := range strings.FieldsSeq(s) {
					e.identifier(i.Kind, one)
				}
				return
			}
			e.identifier(i.Kind, s)
		})
	}
	t.each(table.Address, func(s string) { e.address(s) })
	t.each(table.Reason, e.reason)
	for _, s := range t.cellsOf(table.Remarks) {
		e.remark("", s)
	}
	for i, c := range t.h.Columns {
		if c == table.Unknown {
			e.remark(cut(t.h.Names[i], 40), t.cells[i])
		}
	}
}

// documents reads the numbers of documents. The column of the issuer is that of
// passports, unless there is none.
func (t tableRow) documents() {
	e := t.e
	issuer := e.country("passport country", join(t.cellsOf(table.PassportCountry)))
	t.values(table.Passport, table.NumberOf, func(s string) { e.numbered("passport", s, issuer) })
	if t.h.Has(table.Passport) {
		issuer = ""
	}
	typ := join(t.cellsOf(table.DocumentType))
	for _, d := range tableDocuments {
		if d.column == table.Document && typ != "" {
			d.typ = documentType(typ)
		}
		t.values(d.column, table.NumberOf, func(s string) { e.numbered(d.typ, s, issuer) })
	}
}

// places reads places of birth. Several columns, as "town" and "country", are one place.
func (t tableRow) places() {
	cells := t.cellsOf(table.BirthPlace)
	if len(cells) > 1 {
		t.e.place(join(cells))
		return
	}
	t.values(table.BirthPlace, func(string) bool { return false }, t.e.place)
}

// kinds are the words for what is listed.
var kinds = map[string]entente.HoldingKind{
	"person": entente.HoldingPerson, "individual": entente.HoldingPerson, "p": entente.HoldingPerson, "natural person": entente.HoldingPerson,
	"entity": entente.HoldingOrganisation, "organisation": entente.HoldingOrganisation, "organization": entente.HoldingOrganisation,
	"company": entente.HoldingOrganisation, "group": entente.HoldingOrganisation, "enterprise": entente.HoldingOrganisation,
	"vessel": entente.HoldingVessel, "ship": entente.HoldingVessel, "aircraft": entente.HoldingAircraft, "other": entente.HoldingOther,
}

func (t tableRow) kind() {
	word := join(t.cellsOf(table.Kind))
	if parse.Absent(word) {
		return
	}
	k, ok := kinds[strings.ToLower(word)]
	if !ok {
		t.e.drop("kind", "it is a kind that this version does not know", word)
		k = entente.HoldingOther
	}
	t.e.kind, t.e.sure = k, true
}

// names reads whole names, then parts, written as "Last, First Middle".
func (t tableRow) names() {
	e := t.e
	t.each(table.Name, func(s string) { e.namesIn(s, "full") })
	last := strings.Join(t.cellsOf(table.LastName), " ")
	given := strings.Join(slices.Concat(t.cellsOf(table.FirstName), t.cellsOf(table.MiddleName)), " ")
	e.name(join([]string{e.bare(last), e.bare(given)}), "full")
	t.each(table.Original, func(s string) { e.namesIn(s, "full") })
	t.each(table.MaidenName, func(s string) { e.namesIn(s, "maiden") })
	t.each(table.Alias, func(s string) { e.namesIn(s, "alias") })
}
