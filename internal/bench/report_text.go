package main

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// text prints a report: the figures that count, then all of them, then what
// they are made of.
func (r Report) text(out io.Writer) error {
	p := &printer{out: out}
	p.line(r.Machine)
	p.summary(r.Figures)
	p.groups(r.Figures)
	for _, f := range r.Figures {
		if f.Note != "" {
			p.line("\n" + f.Name + ": " + f.Note)
		}
	}
	group := ""
	for _, f := range r.Figures {
		for _, t := range f.Details {
			if f.Group != group {
				group = f.Group
				p.line("\n" + strings.ToUpper(group) + ", BROKEN DOWN")
			}
			p.table(t)
		}
	}
	return p.err
}

// printer keeps the first error.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(s string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, s)
	}
}

// columns prints rows of cells, one under the other.
func (p *printer) columns(rows [][]string) {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush() // a Buffer takes everything
	for line := range strings.Lines(b.String()) {
		p.line(strings.TrimRight(line, " \n"))
	}
}

func (p *printer) summary(figures []Figure) {
	rows := [][]string{{"\nSUMMARY", "measured", "95 %", "floor", "aim"}}
	group := ""
	for _, f := range figures {
		if !f.Summary {
			continue
		}
		if f.Group != group {
			group = f.Group
			rows = append(rows, []string{group, "", "", "", ""})
		}
		rows = append(rows, []string{"  " + f.Name, quantity(f.Value, f.Unit), f.interval(), f.floor(), f.Aim})
	}
	if len(rows) > 1 {
		p.columns(rows)
	}
}

// groups prints every figure. How many a share was counted on stands where
// shares are.
func (p *printer) groups(figures []Figure) {
	for len(figures) > 0 {
		n, counted := 0, false
		for n < len(figures) && figures[n].Group == figures[0].Group {
			counted = counted || figures[n].Of > 0
			n++
		}
		head := []string{"\n" + strings.ToUpper(figures[0].Group), "measured", "floor", "of the floor", "aim"}
		if counted {
			head = []string{head[0], "measured", "95 %", "of", "floor", "of the floor", "aim"}
		}
		rows := [][]string{head}
		for _, f := range figures[:n] {
			row := []string{f.Name, quantity(f.Value, f.Unit)}
			if counted {
				row = append(row, f.interval(), f.of())
			}
			rows = append(rows, append(row, f.floor(), f.reached(), f.Aim))
		}
		p.columns(rows)
		figures = figures[n:]
	}
}

func (p *printer) table(t Table) {
	head := []string{"\n" + t.Title}
	for _, c := range t.Columns {
		head = append(head, c.Name)
	}
	rows := [][]string{head}
	for _, r := range t.Rows {
		row := []string{"  " + r.Name}
		for i, v := range r.Values {
			row = append(row, quantity(v, t.Columns[i].Unit))
		}
		rows = append(rows, row)
	}
	p.columns(rows)
}

func (f Figure) floor() string {
	if f.Floor == 0 {
		return ""
	}
	return quantity(f.Floor, f.Unit)
}

func (f Figure) reached() string {
	switch {
	case f.Reached == 0:
		return ""
	case f.Reached < 0.01:
		return strconv.FormatFloat(100*f.Reached, 'f', 2, 64) + " %"
	}
	return strconv.FormatFloat(100*f.Reached, 'f', 0, 64) + " %"
}

func (f Figure) interval() string {
	if f.Of == 0 {
		return ""
	}
	return quantity(f.Low, f.Unit) + " – " + quantity(f.High, f.Unit)
}

func (f Figure) of() string {
	if f.Of == 0 {
		return ""
	}
	return strconv.Itoa(f.Of)
}
