package table

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entente"
)

// FuzzDates holds that what is read of any text is a date that the root can
// write, that its written form is read as the same date, and that a text of
// which nothing is used is never passed over without a word.
func FuzzDates(f *testing.F) {
	for _, c := range written {
		f.Add(c.text, "")
		f.Add(c.text, "mdy")
	}
	f.Fuzz(func(t *testing.T, text, order string) {
		dates, remark := Dates(text, DateOrder(order), today)
		if d, ok := plainDate(text); ok && DateOrder(order) != MonthFirst {
			r := &dateReader{order: DateOrder(order), today: today}
			if r.text(text); len(r.dates) != 1 || r.dates[0] != (Date{Date: d}) || len(r.remarks) > 0 {
				t.Fatalf("%q: got %s in short, %v in full", text, d, r.dates)
			}
		}
		if len(dates) == 0 && remark == "" || len(dates) > maxDates {
			t.Fatalf("%q: %d dates and the remark %q", text, len(dates), remark)
		}
		for _, d := range dates {
			if p, err := entente.ParsePartialDate(d.Date.String()); err != nil || p != d.Date {
				t.Errorf("%q: got %s, which is no date: %v", text, d.Date, err)
			}
			again, remark := Dates(d.Date.String(), DateOrder(order), today)
			if len(again) != 1 || again[0].Date != d.Date || remark != "" {
				t.Errorf("%s is read as %s", d.Date, said(again, remark))
			}
			if !utf8.ValidString(d.Place) && utf8.ValidString(text) {
				t.Errorf("%q: the place %q is not UTF-8", text, d.Place)
			}
		}
	})
}

// FuzzLocalTime holds that a time is one that the root reads, and read again as
// the same.
func FuzzLocalTime(f *testing.F) {
	for _, text := range []string{"2012-07-17T15:20", "17.07.2012 1520", "7/17/2012 3:20 PM", "2012-07-17T24:00", "17.07.12", "2012-07-17T15:20Z"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, remark := LocalTime(text, "", today)
		if got == "" {
			if remark == "" {
				t.Fatalf("%q: neither a time nor a remark", text)
			}
			return
		}
		if _, err := entente.ParseLocalTime(string(got)); err != nil {
			t.Fatalf("%q: got %s: %v", text, got, err)
		}
		if again, remark := LocalTime(string(got), "", today); again != got || remark != "" {
			t.Errorf("%s is read as %s (%s)", got, again, remark)
		}
	})
}

// FuzzNames holds that taking a cell apart neither invents nor changes a letter,
// and that every piece says something.
func FuzzNames(f *testing.F) {
	for _, c := range cells {
		f.Add(c.cell, false)
		f.Add(c.cell, true)
	}
	f.Fuzz(func(t *testing.T, cell string, list bool) {
		names := Names(cell, list)
		if slow := allNames(cell, list); !slices.Equal(names, slow) {
			t.Fatalf("%q: got %v in short, %v in full", cell, names, slow)
		}
		if len(names) > maxValues {
			t.Fatalf("%d names", len(names))
		}
		rest := lettersOf(lineBreak.ReplaceAllString(cell, " ")) // its letters are no name's
		for _, n := range names {
			if strings.TrimSpace(n.Text) == "" {
				t.Errorf("%q: an empty name", cell)
			}
			i := strings.Index(rest, lettersOf(n.Text))
			if i < 0 && utf8.ValidString(cell) {
				t.Fatalf("%q: %q is not in it", cell, n.Text)
			}
			rest = rest[max(i, 0):]
		}
		if len(names) == 0 && wordsOf(cell) > 1 && !marks.MatchString(" "+cell+" ") {
			t.Errorf("%q: no name at all", cell)
		}
	})
}

func lettersOf(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return c
		}
		return -1
	}, s)
}

// FuzzRows holds that rows of any bytes are bounded, that their lines rise, and
// that what was read is written and read again as the same cells.
func FuzzRows(f *testing.F) {
	f.Add([]byte("id,name\n1,\"Drav\"\"ik\n Olen\"\n\"open,1\n2,Mira\n"))
	f.Add([]byte("sep=;\nid;name\r1;Olen\r"))
	f.Add([]byte("\xff\xfei\x00d\x00,\x00n\x00\n\x00"))
	f.Add([]byte("name\n\xc0\xf0\xf1\xe5\xed\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		const most = 4096
		lines, err := NewLines(bytes.NewReader(b), most)
		if err != nil {
			t.Fatal(err)
		}
		rows, at := &Rows{Lines: lines, Comma: ','}, 0
		for {
			row, err := rows.NextRow()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if row.At <= at || len(row.Cells) > MaxCells || (row.Why == "") != (row.Cells != nil) {
				t.Fatalf("after line %d: %+v", at, row)
			}
			at = row.At
			if row.Why == "" {
				wantSameCells(t, row.Cells)
			}
		}
	})
}

func wantSameCells(t *testing.T, cells []string) {
	var quoted []string
	for _, c := range cells {
		quoted = append(quoted, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`)
	}
	again, ok := Split(strings.Join(quoted, ","), ',')
	if !ok || !slices.Equal(again, cells) {
		t.Errorf("%q are read again as %q", cells, again)
	}
}

// FuzzHeader holds that a header gives each column at most one meaning, and finds
// cells only where they are.
func FuzzHeader(f *testing.F) {
	f.Add([]byte("Nachname;Vorname;geb.\nDravik;Olen;1980\n"))
	f.Add([]byte("Watched\n\nid,\"name\n(here)\",dob\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		lines, err := NewLines(bytes.NewReader(b), 4096)
		if err != nil {
			t.Fatal(err)
		}
		h, _, err := (&Rows{Lines: lines}).ReadHeader(ListWords, (*Header).Named)
		if err != nil {
			return
		}
		if len(h.Names) != len(h.Columns) || !h.Named() || h.Known() == 0 {
			t.Fatalf("%+v", h)
		}
		for c := range columns {
			if len(h.Cells(h.Names, c)) > len(h.Names) || (h.Cell(h.Names, c) != "") != h.Has(c) && c != Unknown {
				t.Errorf("column %d: %q of %q", c, h.Cells(h.Names, c), h.Names)
			}
		}
	})
}

// FuzzValues holds that values are pieces of the cell, in its order.
func FuzzValues(f *testing.F) {
	f.Add("A1234567, B7654321")
	f.Add("a) 700 123 456 b) 700 123 457")
	f.Fuzz(func(t *testing.T, cell string) {
		for _, whole := range []func(string) bool{NumberOf, PhoneOf, WordOf} {
			rest := cell
			for _, v := range Values(cell, whole) {
				i := strings.Index(rest, v)
				if v == "" || i < 0 {
					t.Fatalf("%q: %q is not in it", cell, v)
				}
				rest = rest[i+len(v):]
			}
		}
	})
}
