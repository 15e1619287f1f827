package table

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// Bounds of a row.
const (
	MaxCells = 256 // of one row
	maxLines = 100 // that one row with quoted cells may span
)

// Rows reads rows of cells as RFC 4180 writes them, each bounded. A row that is
// broken is given back alone: the line after it begins a new one, even if an
// open quotation mark would have swallowed the rest of the file.
type Rows struct {
	*Lines
	Comma byte // between cells
}

// Row is one row. Why says that it cannot be used.
type Row struct {
	Cells []string
	At    int
	Text  string // its first line
	Why   string
	Open  bool // the file ends before the row's last line does
	Cut   bool // and inside a quoted cell
}

// Blank reports whether the row says nothing.
func (r Row) Blank() bool {
	return r.Why == "" && strings.TrimSpace(strings.Join(r.Cells, "")) == ""
}

// NextRow returns the next row, or io.EOF.
func (r *Rows) NextRow() (Row, error) {
	first, err := r.Next()
	if err != nil {
		return Row{}, err
	}
	out := Row{At: first.At, Text: first.Text, Why: first.Why, Open: first.Open}
	if first.Why != "" {
		return out, nil
	}
	p := splitter{comma: r.Comma}
	p.feed(first.Text)
	var more []Line
	for p.open && p.why == "" {
		if len(more) >= maxLines || p.size > r.most {
			p.why = "a quotation mark is open over more than " + strconv.Itoa(maxLines) + " lines"
			break
		}
		next, err := r.Next()
		if errors.Is(err, io.EOF) {
			p.why, out.Cut = "a quotation mark is open at the end of the file", out.Open
			break
		}
		if err != nil {
			return Row{}, err
		}
		more, out.Open = append(more, next), next.Open
		if p.why = next.Why; p.why == "" {
			p.feed("\n" + next.Text)
		}
	}
	if p.why == "" {
		out.Cells = p.done()
	}
	if p.why != "" {
		r.Back(more...)
		out.Why, out.Open, out.Cells = p.why, first.Open, nil
	}
	return out, nil
}

// splitter takes a row apart.
type splitter struct {
	comma  byte
	cells  []string
	cell   strings.Builder
	quoted bool // the cell began with a quotation mark
	open   bool // and it is not closed
	size   int
	why    string
}

func (p *splitter) feed(s string) {
	p.size += len(s)
	for i := 0; i < len(s) && p.why == ""; i++ {
		switch c := s[i]; {
		case p.open && c == '"' && i+1 < len(s) && s[i+1] == '"':
			p.cell.WriteByte('"')
			i++
		case p.open && c == '"':
			p.open = false
		case p.open:
			p.cell.WriteByte(c)
		case c == p.comma:
			p.end()
		case c == '"' && !p.quoted && strings.TrimSpace(p.cell.String()) == "":
			p.cell.Reset()
			p.quoted, p.open = true, true
		case p.quoted && c != ' ':
			p.why = "text stands behind a closing quotation mark"
		case p.quoted:
		default:
			p.cell.WriteByte(c)
		}
	}
}

func (p *splitter) end() {
	if len(p.cells) >= MaxCells {
		p.why = "it has more than " + strconv.Itoa(MaxCells) + " cells"
		return
	}
	cell := p.cell.String()
	if !p.quoted {
		cell = strings.TrimSpace(cell)
	}
	p.cells = append(p.cells, cell)
	p.cell.Reset()
	p.quoted = false
}

func (p *splitter) done() []string {
	p.end()
	return p.cells
}
