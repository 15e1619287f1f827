package lists

import (
	"strconv"
	"strings"

	"entente"
)

// DateOrder is how a date of three numbers is meant when its writer put the year last.
type DateOrder string

const (
	DayFirst   DateOrder = "dmy"
	MonthFirst DateOrder = "mdy"
)

// dated is a date as a list gives it.
type dated struct {
	date   entente.PartialDate
	approx bool   // circa, between, one of several
	place  string // when the list says which place goes with it
}

// when reads what lists write for a birth date: "10 Dec 1948", "Oct 1971",
// "circa 1956", "1962 to 1963", "1978-09-15", "15.09.1978", "1961 or 1962". A span
// of years becomes one approximate date for each, since one of them must be
// right. why is empty, or says what could not be used; dates may still hold a part.
func when(text string, order DateOrder) (dates []dated, why string) {
	s := strings.ToLower(strings.TrimSpace(text))
	approx := false
	for _, word := range []string{"circa", "ca.", "c.", "about", "approximately", "approx.", "around", "between", "~"} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			s, approx = strings.TrimSpace(rest), true
		}
	}
	if from, to, ok := span(s); ok {
		b, w2 := day(to, order)
		a, w1 := day(from, order)
		if w1 != "" && w2 == "" { // "aug. and sep. 1977"
			a, w1 = day(from+" "+b.String()[:4], order)
		}
		if w1 != "" || w2 != "" {
			return nil, max(w1, w2)
		}
		return years(a, b)
	}
	for one := range strings.SplitSeq(s, " or ") {
		d, w := day(one, order)
		if w != "" {
			why = w
		}
		if !d.IsZero() {
			dates = append(dates, dated{date: d, approx: approx || strings.Contains(s, " or ")})
		}
	}
	return dates, why
}

// span parts "a to b", "a and b" and "1979-1982".
func span(s string) (from, to string, ok bool) {
	for _, word := range []string{" to ", " and ", " - ", " – "} {
		if from, to, ok = strings.Cut(s, word); ok {
			return from, to, true
		}
	}
	s = strings.Replace(s, "–", "-", 1)
	if len(s) == 9 && s[4] == '-' && digits(s[:4]) && digits(s[5:]) {
		return s[:4], s[5:], true
	}
	return "", "", false
}

// years gives what a and b, the ends of a span, have in common, or each year.
func years(a, b entente.PartialDate) ([]dated, string) {
	switch n := b.Year - a.Year; {
	case n < 0 || n == 0 && a.Month > 0 && b.Month > 0 && b.Month < a.Month:
		return nil, "the span ends before it begins"
	case n >= maxSpan:
		return nil, "the span is too long to tell anybody by"
	case n == 0 && a.Month == b.Month:
		return []dated{{date: entente.PartialDate{Year: a.Year, Month: a.Month}, approx: true}}, ""
	}
	var out []dated
	for y := a.Year; y <= b.Year; y++ {
		out = append(out, dated{date: entente.PartialDate{Year: y}, approx: true})
	}
	return out, ""
}

const noDate = "it is not a date that can be read"

// day reads one date, or says why it cannot.
func day(s string, order DateOrder) (entente.PartialDate, string) {
	s = strings.TrimSpace(s)
	if len(s) > 10 && s[10] == 't' && s[4] == '-' { // "1978-09-15T00:00:00"
		s = s[:10]
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' || r == '/' || r == '-' || r == ',' || r == '\u00a0' })
	if len(parts) == 0 || len(parts) > 3 {
		return entente.PartialDate{}, noDate
	}
	if len(parts) == 1 && len(s) == 8 && digits(s) {
		parts = []string{s[:4], s[4:6], s[6:]}
	}
	d, why := assemble(parts, order)
	if d.IsZero() {
		return d, why
	}
	if got, err := entente.ParsePartialDate(d.String()); err != nil || got != d {
		return entente.PartialDate{}, "it is not a date that exists"
	}
	return d, why
}

// assemble puts year, month and day in their places.
func assemble(parts []string, order DateOrder) (d entente.PartialDate, why string) {
	last := len(parts) - 1
	if len(parts[0]) == 4 && digits(parts[0]) { // year first
		d.Year = number(parts[0])
		if last >= 1 {
			d.Month = month(parts[1])
		}
		if last == 2 && digits(parts[2]) {
			d.Day = number(parts[2])
		}
		if last >= 1 && d.Month == 0 && parts[1] != "00" || last == 2 && d.Day == 0 && parts[2] != "00" {
			return entente.PartialDate{}, noDate
		}
		if d.Month == 0 {
			d.Day = 0
		}
		return d, ""
	}
	if len(parts[last]) != 4 || !digits(parts[last]) || last == 0 {
		return d, noDate
	}
	d.Year = number(parts[last])
	if last == 1 {
		d.Month = month(parts[0])
		if d.Month == 0 {
			return entente.PartialDate{}, noDate
		}
		return d, ""
	}
	return threeParts(d, parts, order)
}

// threeParts tells day from month before a year.
func threeParts(d entente.PartialDate, parts []string, order DateOrder) (entente.PartialDate, string) {
	a, b := parts[0], parts[1]
	switch {
	case digits(a) && !digits(b):
		d.Day, d.Month = number(a), month(b)
	case !digits(a) && digits(b):
		d.Day, d.Month = number(b), month(a)
	case !digits(a):
		return entente.PartialDate{}, noDate
	case order == MonthFirst || order == "" && number(b) > 12:
		d.Month, d.Day = number(a), number(b)
	case order == DayFirst || number(a) > 12 || a == b:
		d.Day, d.Month = number(a), number(b)
	default:
		return d, "day and month cannot be told apart, so only the year is used: say which stands first"
	}
	if d.Month == 0 || d.Day == 0 {
		return entente.PartialDate{}, noDate
	}
	return d, ""
}

var months = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// month reads a number or an English name of at least three letters; 0: neither.
func month(s string) int {
	if digits(s) {
		if n := number(s); n <= 12 {
			return n
		}
		return 0
	}
	for i, name := range months {
		if len(s) >= 3 && strings.HasPrefix(name, s) || s == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n > 9999 {
		return 0
	}
	return n
}
