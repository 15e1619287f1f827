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
)

// csv reads a plain table whose first row says what the columns hold; columns
// says by which words. The parting sign is the one of semicolon, comma and tab
// that makes columns of the first row. A column that no word fits goes to the
// remarks under its header. A row without a number of its own is numbered by a
// digest of its cells, so that the same row has the same number again.
func (r *reader) csv(in io.Reader) error {
	text, err := newLines(in)
	if err != nil {
		return err
	}
	rows := &rows{lines: text}
	head, err := r.csvHead(rows)
	if err != nil {
		return err
	}
	for {
		row, err := rows.next()
		if r.sum.Charset = text.charset; errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if row.why == "" && strings.TrimSpace(strings.Join(row.fields, "")) == "" {
			continue
		}
		if err := r.csvRow(head, row); err != nil {
			return err
		}
	}
}

// header is the first row of a table.
type header struct {
	names []string // as written
	holds []string // one of columns, or ""
}

func (h header) has(what string) bool { return slices.Contains(h.holds, what) }

// csvHead reads the first row that is not empty, by the sign that finds most in it.
func (r *reader) csvHead(in *rows) (header, error) {
	first, err := in.lines.next()
	for err == nil && first.why == "" && strings.TrimSpace(first.text) == "" {
		first, err = in.lines.next()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return header{}, err
	}
	var best header
	found := 0
	for _, comma := range []byte{',', ';', '\t', '|'} {
		p := splitter{comma: comma}
		if p.feed(first.text); p.open || p.why != "" {
			continue
		}
		h := header{names: p.done()}
		n := 0
		for _, name := range h.names {
			what := columnOf(name)
			if h.holds = append(h.holds, what); what != "" {
				n++
			}
		}
		if n > found {
			best, found, in.comma = h, n, comma
		}
	}
	if !best.has("name") && !best.has("last") {
		return header{}, invalid("file", "its first row names no column with a name", "call the column \"name\", or \"last name\" and \"first name\"")
	}
	return best, nil
}

func (r *reader) csvRow(h header, row row) error {
	where := "line " + strconv.Itoa(row.at)
	if row.why == "" && len(row.fields) != len(h.names) {
		row.why = "it has " + strconv.Itoa(len(row.fields)) + " cells and the first row has " + strconv.Itoa(len(h.names))
	}
	switch {
	case row.cut, row.open && len(row.fields) < len(h.names):
		return errCut
	case row.why != "":
		return r.lost(where, "", row.why, row.text)
	}
	e := &entry{where: where, kind: entente.HoldingPerson}
	t := tableRow{e: e, h: h, cells: row.fields, opt: r.opt}
	if e.number = strings.Join(t.cellsOf("number"), " "); e.number == "" {
		sum := sha256.Sum256([]byte(strings.Join(row.fields, "\x00")))
		e.number = "row-" + hex.EncodeToString(sum[:8])
	}
	t.read()
	if row.open {
		e.report("", "the file ends without a line end: look whether this last row is whole", row.text)
	}
	return r.emit(e)
}

// tableRow is one row of a table.
type tableRow struct {
	e     *entry
	h     header
	cells []string
	opt   Options
}

// cellsOf gives the cells of all columns that hold what, without empty ones.
func (t tableRow) cellsOf(what string) []string {
	var out []string
	for i, w := range t.h.holds {
		if c := strings.TrimSpace(t.cells[i]); w == what && c != "" {
			out = append(out, c)
		}
	}
	return out
}

// each hands over each value, cells parted where Options say so.
func (t tableRow) each(what string, use func(string)) {
	for _, cell := range t.cellsOf(what) {
		if t.opt.Split == "" {
			use(cell)
			continue
		}
		for v := range strings.SplitSeq(cell, t.opt.Split) {
			use(strings.TrimSpace(v))
		}
	}
}

func (t tableRow) read() {
	e := t.e
	t.kind()
	t.names()
	t.each("birth", func(s string) { e.born(s, false, t.opt.Dates) })
	t.each("place", e.place)
	t.each("sex", e.sex)
	t.each("nationality", e.nationality)
	residence := e.line("residence", join(t.cellsOf("residence")), maxName)
	e.subject.Residence = residence
	issuer := e.country("passport country", join(t.cellsOf("passport country")))
	t.each("passport", func(s string) { e.document("passport", s, issuer) })
	for _, d := range []string{"identity-card", "visa", "residence-permit", "driving-licence"} {
		t.each(d, func(s string) { e.document(d, s, "") })
	}
	t.each("other document", func(s string) { e.document("other", s, "") })
	for _, k := range []string{"phone", "email", "handle", "account", "vehicle"} {
		t.each(k, func(s string) { e.identifier(k, s) })
	}
	t.each("address", func(s string) { e.address(s) })
	t.each("reason", e.reason)
	for _, s := range t.cellsOf("remarks") {
		e.remark("", s)
	}
	for i, what := range t.h.holds {
		if what == "" {
			e.remark(cut(t.h.names[i], 40), t.cells[i])
		}
	}
}

// kinds are the words for what is listed.
var kinds = map[string]entente.HoldingKind{
	"person": entente.HoldingPerson, "individual": entente.HoldingPerson, "p": entente.HoldingPerson, "natural person": entente.HoldingPerson,
	"entity": entente.HoldingOrganisation, "organisation": entente.HoldingOrganisation, "organization": entente.HoldingOrganisation,
	"company": entente.HoldingOrganisation, "group": entente.HoldingOrganisation, "enterprise": entente.HoldingOrganisation,
	"vessel": entente.HoldingVessel, "ship": entente.HoldingVessel, "aircraft": entente.HoldingAircraft, "other": entente.HoldingOther,
}

func (t tableRow) kind() {
	word := join(t.cellsOf("kind"))
	if word == "" {
		return
	}
	k, ok := kinds[strings.ToLower(word)]
	if !ok {
		t.e.drop("kind", "it is a kind that this version does not know", word)
		k = entente.HoldingOther
	}
	t.e.kind = k
}

// names reads whole names, then parts, written as "Last, First Middle".
func (t tableRow) names() {
	e := t.e
	t.each("name", func(s string) { names(e, s, "full") })
	last := strings.Join(t.cellsOf("last"), " ")
	given := strings.Join(slices.Concat(t.cellsOf("first"), t.cellsOf("middle")), " ")
	e.name(join([]string{last, given}), "full")
	t.each("original", func(s string) { names(e, s, "full") })
	t.each("maiden", func(s string) { names(e, s, "maiden") })
	t.each("alias", func(s string) { names(e, s, "alias") })
}
