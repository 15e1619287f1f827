package passage

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"entente"
	"entente/table"
)

// maxRow bounds a row of a table, in bytes.
const maxRow = 32 << 10

// travelTable reads a table with a row that names its columns; package table
// reads its lines, cells and header.
type travelTable struct {
	*sink
	rows   *table.Rows
	header table.Header
	unused []bool // columns that are passed over, by position
}

func readCSV(r io.Reader, s *sink) error {
	lines, err := table.NewLines(r, maxRow)
	if err != nil {
		return err
	}
	t := &travelTable{sink: s, rows: &table.Rows{Lines: lines}}
	head := bytes.Clone(lines.Head())
	if err := t.begin(); err != nil {
		if errors.Is(err, table.ErrNoHeader) {
			return notOf("csv", head)
		}
		return err
	}
	for {
		row, err := t.rows.NextRow()
		if errors.Is(err, io.EOF) {
			return t.end(lines)
		}
		if err != nil {
			return err
		}
		if row.Blank() {
			continue
		}
		if err := t.take(row); err != nil {
			return err
		}
	}
}

// begin reads the header, and reports what stands above it and the columns that
// are passed over.
func (t *travelTable) begin() error {
	h, skipped, err := t.rows.ReadHeader(table.TravelWords, isTravel)
	if err != nil {
		return err
	}
	t.header = h
	for _, l := range skipped {
		if err := t.aside(entente.SetAside{Where: "line " + strconv.Itoa(l.At), Field: "file", Reason: "it stands above the row that names the columns and was passed over", Text: cut(l.Text)}); err != nil {
			return err
		}
	}
	var seen [256]bool
	t.unused = make([]bool, len(h.Columns))
	for i, c := range h.Columns {
		reason := ""
		switch {
		case c == table.Unknown, c == table.Address, c == table.Remarks:
			reason = "no column of this name is known; it was passed over"
		case seen[c] && single[c]:
			reason = "a column of this meaning stands there twice; where the first is empty, this one is used"
		}
		seen[c] = true
		if reason == "" {
			continue
		}
		t.unused[i] = true
		name := cut(h.Names[i])
		if err := t.aside(entente.SetAside{Where: "line " + strconv.Itoa(h.At), Field: name, Reason: reason, Text: name}); err != nil {
			return err
		}
	}
	return nil
}

// end reports that the character set was guessed.
func (t *travelTable) end(lines *table.Lines) error {
	if why := lines.Remark(); why != "" {
		return t.aside(entente.SetAside{Where: "the file", Field: "file", Reason: why})
	}
	return nil
}
