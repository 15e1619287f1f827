package passage

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"entente"
)

// Bounds of a table.
const (
	maxRow     = 32 << 10
	maxColumns = 200
	maxRowSpan = 16 // lines of one row, whose quoted cells may hold line ends
)

// table reads a table whose first row names its columns (RFC 4180, with comma,
// semicolon, tab or bar between cells, whichever the header uses).
type table struct {
	*sink
	*lines
	comma byte
	of    []column // by position; unused: the column is not known
	ahead [][]byte // lines read already, in the search for the end of a quotation
	at    int      // line that was handed out last
	row   int      // first line of the row at hand
}

func readCSV(r io.Reader, s *sink) error {
	t := &table{sink: s, lines: newLines(r, maxRow)}
	head := append([]byte(nil), t.head()...)
	if err := t.header(); err != nil {
		if errors.Is(err, errNoHeader) {
			return notOf("csv", head)
		}
		return err
	}
	for {
		cells, err := t.cells()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if e, ok := errors.AsType[*rowError](err); ok {
			if err := t.aside(entente.SetAside{Where: t.where(), Reason: e.reason, Text: e.text}); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := t.take(cells); err != nil {
			return err
		}
	}
}

var errNoHeader = errors.New("no header row")

// rowError is a row that cannot be taken apart.
type rowError struct{ reason, text string }

func (e *rowError) Error() string { return e.reason }

func (t *table) where() string { return "line " + strconv.Itoa(t.row) }

// header reads the first row that is not empty.
func (t *table) header() error {
	for {
		line, err := t.line()
		if errors.Is(err, io.EOF) {
			return errNoHeader
		}
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		t.comma = separator(line)
		t.ahead = append([][]byte{bytes.Clone(line)}, t.ahead...)
		t.at--
		break
	}
	cells, err := t.cells()
	if err != nil || len(cells) > maxColumns {
		// a header that cannot be taken apart is none
		return errNoHeader
	}
	var unknown []string
	t.of, unknown = columnsOf(cells)
	if !names(t.of) {
		return errNoHeader
	}
	for _, u := range unknown {
		if err := t.aside(entente.SetAside{Where: t.where(), Field: cut(u), Reason: "no column of this name is known, or it stands there twice; it was passed over", Text: cut(u)}); err != nil {
			return err
		}
	}
	return nil
}

// separator tells what parts the cells of a header.
func separator(line []byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		if n := bytes.Count(line, []byte{c}); n > most {
			best, most = c, n
		}
	}
	return best
}

// line gives the next line, also one that was read ahead. A line over the bound
// is a rowError.
func (t *table) line() ([]byte, error) {
	if len(t.ahead) > 0 {
		line := t.ahead[0]
		t.ahead = t.ahead[1:]
		t.at++
		return line, nil
	}
	line, long, err := t.next()
	if err != nil {
		return nil, err
	}
	t.at++
	if long {
		t.row = t.at
		return nil, &rowError{"the line is longer than " + strconv.Itoa(maxRow) + " bytes", cut(line)}
	}
	return line, nil
}

// cells gives the cells of the next row that is not empty.
func (t *table) cells() ([]string, error) {
	for {
		line, err := t.line()
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		t.row = t.at
		if bytes.IndexByte(line, '"') < 0 {
			return strings.Split(string(line), string(rune(t.comma))), nil
		}
		return t.quoted(bytes.Clone(line))
	}
}

// quoted takes a row apart that has quotation marks, with the lines after it
// into which a quotation runs. One that never ends costs its first line alone.
func (t *table) quoted(row []byte) ([]string, error) {
	first := row
	for span := 1; ; span++ {
		cells, state := split(string(row), t.comma)
		switch state {
		case closed:
			t.at += span - 1
			t.ahead = t.ahead[span-1:]
			return cells, nil
		case torn:
			return nil, &rowError{"a quotation mark stands in the middle of a cell", cut(first)}
		}
		if span == maxRowSpan || len(row) > maxRow || !t.readAhead(span) {
			return nil, &rowError{"a quotation mark is never closed", cut(first)}
		}
		row = append(append(row[:len(row):len(row)], '\n'), t.ahead[span-1]...)
	}
}

// readAhead sees to it that n lines are read ahead.
func (t *table) readAhead(n int) bool {
	for len(t.ahead) < n {
		line, long, err := t.next()
		if err != nil || long {
			return false // a lasting error meets the next reader again
		}
		t.ahead = append(t.ahead, bytes.Clone(line))
	}
	return true
}

type quotation int

const (
	closed quotation = iota // the row is whole
	open                    // it ends within a quotation
	torn                    // a mark stands where none may
)

// split takes a row apart.
func split(row string, comma byte) (cells []string, state quotation) {
	for {
		if !strings.HasPrefix(row, `"`) {
			cell, rest, more := strings.Cut(row, string(rune(comma)))
			if strings.Contains(cell, `"`) {
				return nil, torn
			}
			cells = append(cells, cell)
			if !more {
				return cells, closed
			}
			row = rest
			continue
		}
		cell, rest, ok := unquote(row[1:])
		if !ok {
			return nil, open
		}
		cells = append(cells, cell)
		if rest == "" {
			return cells, closed
		}
		if rest[0] != comma {
			return nil, torn
		}
		row = rest[1:]
	}
}

// unquote reads to the closing mark. Two marks are one of the text.
func unquote(s string) (cell, rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		return strings.ReplaceAll(s[:i], `""`, `"`), s[i+1:], true
	}
	return "", "", false
}
