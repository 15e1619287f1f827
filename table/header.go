package table

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

// titles is how many rows may stand above a header: the name of a list, a date.
const titles = 20

// Header is the row of a table that says what its columns hold.
type Header struct {
	Names   []string // as written
	Columns []Column
	At      int // line

	at [columns][]int
}

// NewHeader finds what the columns of a header hold.
func NewHeader(names []string, words Vocabulary) Header {
	h := Header{Names: names}
	for _, n := range names {
		h.Columns = append(h.Columns, words.Column(n))
	}
	// "Name" beside "Vorname" is the family name.
	if slices.Contains(h.Columns, FirstName) && !slices.Contains(h.Columns, LastName) {
		if i := slices.Index(h.Columns, Name); i >= 0 {
			h.Columns[i] = LastName
		}
	}
	for i, c := range h.Columns {
		if c != Unknown {
			h.at[c] = append(h.at[c], i)
		}
	}
	return h
}

// Has reports whether a column holds c.
func (h *Header) Has(c Column) bool { return len(h.at[c]) > 0 }

// Named reports whether the header names people.
func (h *Header) Named() bool { return h.Has(Name) || h.Has(LastName) || h.Has(FirstName) }

// Known counts the columns that are known.
func (h *Header) Known() int { return len(h.Columns) - h.unknown() }

func (h *Header) unknown() (n int) {
	for _, c := range h.Columns {
		if c == Unknown {
			n++
		}
	}
	return n
}

// Cell returns the first cell of a row that holds c, or "".
func (h *Header) Cell(cells []string, c Column) string {
	for _, i := range h.at[c] {
		if cells[i] != "" {
			return cells[i]
		}
	}
	return ""
}

// Cells returns all cells of a row that hold c and say something.
func (h *Header) Cells(cells []string, c Column) (out []string) {
	for _, i := range h.at[c] {
		if s := strings.TrimSpace(cells[i]); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// ErrNoHeader says that no row names the columns.
var ErrNoHeader = errors.New("no row names the columns")

// ReadHeader reads the first row that fits as a header, by the sign between cells
// that finds most columns in it, and sets that sign in rows. "sep=;" in the first
// line, as spreadsheets write it, says the sign. skipped are the rows above.
func (r *Rows) ReadHeader(words Vocabulary, fits func(*Header) bool) (h Header, skipped []Line, err error) {
	signs := []byte{',', ';', '\t', '|'}
	for first := true; len(skipped) < titles; first = false {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return h, nil, err
		}
		if sign, ok := declaredSign(line.Text); ok && first {
			signs = []byte{sign}
			continue
		}
		if line.Why == "" && strings.TrimSpace(line.Text) == "" {
			continue
		}
		text, more, err := r.closed(line)
		if err != nil {
			return h, nil, err
		}
		found := 0
		for _, sign := range signs {
			p := splitter{comma: sign}
			if p.feed(text); p.open || p.why != "" {
				continue
			}
			if c := NewHeader(p.done(), words); p.why == "" && fits(&c) && c.Known() > found {
				h, found, r.Comma = c, c.Known(), sign
			}
		}
		if found > 0 {
			h.At = line.At
			return h, skipped, nil
		}
		r.Back(more...)
		skipped = append(skipped, line)
	}
	return h, nil, ErrNoHeader
}

// closed adds the lines to a header into which a quoted cell of it runs.
func (r *Rows) closed(line Line) (text string, more []Line, err error) {
	text = line.Text
	for strings.Count(text, `"`)%2 == 1 && len(more) < titles {
		next, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", nil, err
		}
		more = append(more, next)
		text += "\n" + next.Text
	}
	return text, more, nil
}

// declaredSign reads "sep=;", with or without quotation marks.
func declaredSign(line string) (byte, bool) {
	s := strings.Trim(strings.TrimRight(line, ",;\t|"), `" `)
	if len(s) < 4 || !strings.EqualFold(s[:4], "sep=") {
		return 0, false
	}
	rest := strings.Trim(line[strings.Index(line, "=")+1:], `" `)
	if rest == "" {
		rest = "\t"
	}
	return rest[0], rest[0] < 0x80 && rest[0] != '"'
}

// Headed reports whether the first bytes of a file are those of a table whose
// header fits.
func Headed(head []byte, words Vocabulary, fits func(*Header) bool) bool {
	l, err := NewLines(bytes.NewReader(head), sniffed)
	if err != nil {
		return false
	}
	_, _, err = (&Rows{Lines: l}).ReadHeader(words, fits)
	return err == nil
}
