package lists

import (
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"entente"
	"entente/table"
)

// ofacFields are the fields that each file of the list has, in the publisher's
// words. None has a header.
var ofacFields = map[string]int{"main": 12, "alt": 5, "add": 6, "comments": 2}

var errOfac = invalid("file", "no row has the fields of this format", "choose the format that fits the file")

// ofac reads a list of the US Treasury's Office of Foreign Assets Control in
// its own form of several files: the entries (sdn.csv), other names (alt.csv),
// addresses (add.csv) and, when there are any, remarks that go on
// (sdn_comments.csv). The lists that are not of the SDN have the same form
// (cons_prim.csv …). Entries are read one by one; what belongs to them is read
// before and held.
func (r *reader) ofac(files []File) error {
	var main io.Reader
	side := map[string]map[string][][]string{"alt": {}, "add": {}, "comments": {}}
	given := map[string]bool{}
	held := 0
	for _, f := range files {
		part := ofacPart(f.Name)
		if given[part] {
			return invalid("files", "two files are the same part of the list", "give each of sdn.csv, alt.csv and add.csv once")
		}
		given[part] = true
		if part == "main" {
			main = f.Data
			continue
		}
		if err := r.ofacSide(f, part, side[part], &held); err != nil {
			return err
		}
	}
	if main == nil || !given["alt"] || !given["add"] {
		return invalid("files", "a part of the list is missing", "give sdn.csv, alt.csv and add.csv together")
	}
	return r.ofacMain(main, side)
}

// ofacPart tells by its name which part of the list a file is.
func ofacPart(name string) string {
	base := strings.ToLower(baseName(name))
	for _, part := range []string{"comments", "alt", "add"} {
		if strings.Contains(base, part) {
			return part
		}
	}
	return "main"
}

// baseName is a file's name without the folders before it, of either system.
func baseName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// ofacSide reads a file whose rows belong to entries, and holds them by the
// entry's number.
func (r *reader) ofacSide(f File, part string, into map[string][][]string, held *int) error {
	name := baseName(f.Name) + " "
	_, err := r.ofacRows(bound(f.Data), ofacFields[part], name, func(row table.Row) error {
		for _, f := range row.Cells {
			*held += len(f) + 32
		}
		if *held > MaxJoined {
			return invalid("files", "the files beside the entries are too large", "fetch them from the publisher again")
		}
		into[row.Cells[0]] = append(into[row.Cells[0]], append(row.Cells[1:], name+"line "+strconv.Itoa(row.At)))
		return nil
	})
	return err
}

// ofacRows reads one file, hands over the rows that have the right number of
// fields, and counts them.
func (r *reader) ofacRows(in io.Reader, fields int, file string, use func(table.Row) error) (good int, err error) {
	text, err := table.NewLines(in, MaxRecord)
	if err != nil {
		return 0, err
	}
	for rows := (&table.Rows{Lines: text, Comma: ','}); ; {
		row, err := rows.NextRow()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return good, err
		}
		if row.Why == "" && strings.Trim(row.Text, "\x1a \t") == "" { // the list's last line is a control character
			continue
		}
		if err := r.ofacRow(row, fields, file, &good, use); err != nil {
			return good, err
		}
	}
	if r.sum.Charset == "" || r.sum.Charset == table.UTF8 {
		r.sum.Charset = text.Charset()
	}
	r.guessed(text)
	return good, nil
}

func (r *reader) ofacRow(row table.Row, fields int, file string, good *int, use func(table.Row) error) error {
	if row.Why == "" && (len(row.Cells) != fields || !digits(row.Cells[0])) {
		row.Why = "it has not the " + strconv.Itoa(fields) + " fields of this file, beginning with a number"
	}
	if row.Cut || row.Open { // the publisher ends every row
		return errCut
	}
	if row.Why == "" {
		*good++
		for i, f := range row.Cells {
			if f == "-0-" {
				row.Cells[i] = ""
			}
		}
		return use(row)
	}
	if *good == 0 && row.At > 10 {
		return errOfac
	}
	return r.lost(file+"line "+strconv.Itoa(row.At), "", row.Why, row.Text)
}

func (r *reader) ofacMain(in io.Reader, side map[string]map[string][][]string) error {
	good, err := r.ofacRows(bound(in), ofacFields["main"], "", func(row table.Row) error {
		id := row.Cells[0]
		e := &entry{where: "line " + strconv.Itoa(row.At), number: id, sure: true, today: r.opt.Today}
		ofacEntry(e, row.Cells, side["alt"][id], side["add"][id], side["comments"][id])
		for _, part := range side {
			delete(part, id)
		}
		return r.emit(e)
	})
	if err == nil && good == 0 {
		err = errOfac
	}
	if err != nil {
		return err
	}
	return r.ofacOrphans(side)
}

// ofacOrphans reports rows that belong to no entry.
func (r *reader) ofacOrphans(side map[string]map[string][][]string) error {
	for _, part := range []string{"alt", "add", "comments"} {
		for _, id := range sortedKeys(side[part]) {
			for _, f := range side[part][id] {
				err := r.lost(f[len(f)-1], id, "no entry has the number that it belongs to", strings.Join(f[:len(f)-1], ", "))
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// ofacKinds are the values of SDN_Type.
var ofacKinds = map[string]entente.HoldingKind{
	"":           entente.HoldingOrganisation,
	"entity":     entente.HoldingOrganisation,
	"individual": entente.HoldingPerson,
	"vessel":     entente.HoldingVessel,
	"aircraft":   entente.HoldingAircraft,
}

// ofacEntry takes an entry apart, and what belongs to it.
func ofacEntry(e *entry, f []string, alts, adds, comments [][]string) {
	kind, ok := ofacKinds[strings.ToLower(f[2])]
	if !ok {
		e.drop("SDN_Type", "it is a type that this version does not know", f[2])
		kind = entente.HoldingOther
	}
	e.kind = kind
	e.name(f[1], "full")
	for program := range strings.SplitSeq(f[3], "] [") {
		e.reason(strings.Trim(program, " []"))
	}
	remarks := f[11]
	for _, c := range comments {
		remarks += c[0]
	}
	e.remark("", remarks)
	for _, a := range alts { // alt_num, alt_type, alt_name, alt_remarks
		e.name(a[2], "alias")
		if t := strings.ToLower(a[1]); t != "aka" && a[2] != "" {
			e.remark(t, a[2])
		}
		e.remark("Of the name "+a[2], a[3])
	}
	for _, a := range adds { // add_num, address, city and province, country, remarks
		e.address(a[1], a[2], a[3], a[4])
	}
	ofacRemarks(e, remarks, len(comments) == 0)
	for i, label := range []string{"Title", "Call sign", "Vessel type", "Tonnage", "Gross registered tonnage", "Flag", "Owner"} {
		if i > 0 || !strings.Contains(remarks, f[4]) { // the remarks mostly say the title too
			e.remark(label, f[4+i])
		}
	}
	if f[5] != "" && kind != entente.HoldingPerson {
		e.identifier("vehicle", "call sign "+f[5])
	}
}
