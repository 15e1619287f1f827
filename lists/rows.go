package lists

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// rows reads rows of fields as RFC 4180 writes them, each bounded. A row that is
// broken is given back alone: the line after it begins a new one, even if an
// open quotation mark would have swallowed the rest of the file.
type rows struct {
	lines *lines
	comma byte
}

// row is one row; why says that it cannot be used.
type row struct {
	fields []string
	at     int
	text   string // its first line
	why    string
	open   bool // the file ends before the row's last line does
	cut    bool // and inside a quoted field
}

func (r *rows) next() (row, error) {
	first, err := r.lines.next()
	if err != nil {
		return row{}, err
	}
	out := row{at: first.at, text: first.text, why: first.why, open: first.open}
	if first.why != "" {
		return out, nil
	}
	var p splitter
	p.comma = r.comma
	p.feed(first.text)
	var more []line
	for p.open && p.why == "" {
		if len(more) >= maxLines || p.size > MaxRecord {
			p.why = "a quotation mark is open over more than " + strconv.Itoa(maxLines) + " lines"
			break
		}
		next, err := r.lines.next()
		if errors.Is(err, io.EOF) {
			p.why, out.cut = "a quotation mark is open at the end of the file", out.open
			break
		}
		if err != nil {
			return row{}, err
		}
		more, out.open = append(more, next), next.open
		if p.why = next.why; p.why == "" {
			p.feed("\n" + next.text)
		}
	}
	if p.why != "" {
		for i := len(more) - 1; i >= 0; i-- {
			r.lines.back = append(r.lines.back, more[i])
		}
		out.why, out.open = p.why, first.open
		return out, nil
	}
	out.fields = p.done()
	return out, nil
}

// splitter takes a row apart.
type splitter struct {
	comma  byte
	fields []string
	field  strings.Builder
	quoted bool // the field began with a quotation mark
	open   bool // and it is not closed
	size   int
	why    string
}

func (p *splitter) feed(s string) {
	p.size += len(s)
	for i := 0; i < len(s) && p.why == ""; i++ {
		switch c := s[i]; {
		case p.open && c == '"' && i+1 < len(s) && s[i+1] == '"':
			p.field.WriteByte('"')
			i++
		case p.open && c == '"':
			p.open = false
		case p.open:
			p.field.WriteByte(c)
		case c == p.comma:
			p.end()
		case c == '"' && !p.quoted && strings.TrimSpace(p.field.String()) == "":
			p.field.Reset()
			p.quoted, p.open = true, true
		case p.quoted && c != ' ':
			p.why = "text stands behind a closing quotation mark"
		case p.quoted:
		default:
			p.field.WriteByte(c)
		}
	}
}

func (p *splitter) end() {
	if len(p.fields) >= MaxFields {
		p.why = "it has more than " + strconv.Itoa(MaxFields) + " fields"
		return
	}
	field := p.field.String()
	if !p.quoted {
		field = strings.TrimSpace(field)
	}
	p.fields = append(p.fields, field)
	p.field.Reset()
	p.quoted = false
}

func (p *splitter) done() []string {
	p.end()
	return p.fields
}
