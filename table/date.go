package table

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"entente"
)

// DateOrder is how a date of three numbers is meant when its writer put the year last.
type DateOrder string

const (
	DayFirst   DateOrder = "dmy"
	MonthFirst DateOrder = "mdy"
)

// Date is one date that a text names.
type Date struct {
	Date   entente.PartialDate
	Approx bool   // circa, between, one of several
	Place  string // as written, when the text says where
}

const (
	maxSpan  = 20  // years of "born between"
	maxText  = 500 // bytes of a text that is read as dates
	maxDates = 40  // that one text may name
)

// Dates reads the dates that people write for a birth, in the languages of
// months.go: "10 Dec 1948", "14. März 1965", "circa 1956", "1962 to 1963",
// "a) 1961 b) 1962", "15/03/1966 à Tunis". A span of years becomes one
// approximate date for each year, because one of them must be right.
//
// What cannot be read never costs the rest: the year that stands in the text is
// used alone, and remark says why. remark is empty when all of the text was
// used. today decides in which century a year of two digits lies; zero: such a
// year is not used.
func Dates(text string, order DateOrder, today time.Time) (dates []Date, remark string) {
	if d, ok := plainDate(text); ok && (order != MonthFirst || text[2] != '.') {
		return []Date{{Date: d}}, ""
	}
	if len(text) > maxText {
		return nil, "the text is too long for a date"
	}
	r := &dateReader{order: order, today: today}
	r.text(plainDigits(text))
	if len(r.dates) == 0 {
		r.remark(noDate)
	}
	if len(r.remarks) > 0 {
		remark = r.remarks[0]
	}
	return r.dates, remark
}

const noDate = "it is not a date that can be read"

// dateReader is one run of Dates.
type dateReader struct {
	order   DateOrder
	today   time.Time
	dates   []Date
	more    []Date // that the text read last names beside the one that it gave
	remarks []string
}

// remark keeps the reasons, the first of which is shown.
func (r *dateReader) remark(why string) {
	if why != "" && !slices.Contains(r.remarks, why) {
		r.remarks = append(r.remarks, why)
	}
}

func (r *dateReader) add(dates ...Date) {
	for _, d := range dates {
		same := func(o Date) bool { return o.Date == d.Date && (o.Place == d.Place || d.Place == "") }
		switch {
		case d.Date.IsZero() || slices.ContainsFunc(r.dates, same):
		case len(r.dates) == maxDates:
			r.remark("it names more dates than are kept")
		default:
			r.dates = append(r.dates, d)
		}
	}
}

// text reads a whole cell: what stands in an enumeration, between semicolons or
// in brackets is read by itself.
func (r *dateReader) text(s string) {
	s = withoutClock(s)
	for _, item := range enumerated(s, false) {
		for _, part := range strings.FieldsFunc(item, func(c rune) bool { return c == ';' || c == '\n' || c == '|' }) {
			main, inner := brackets(part)
			approx := r.words(inner)
			before := len(r.dates)
			r.part(main, approx)
			for _, b := range inner {
				r.bracket(b, before)
			}
		}
	}
}

// words reports whether one of the brackets says that the date is not exact.
func (r *dateReader) words(inner []string) bool {
	return slices.ContainsFunc(inner, func(b string) bool { return isApprox(fold(b)) })
}

// bracket reads what stands in brackets beside a date.
func (r *dateReader) bracket(s string, before int) {
	switch f := fold(s); {
	case strings.TrimSpace(s) == "" || isApprox(f) || f == "?":
	case otherCalendar(f):
		r.remark(calendar)
	case years4.MatchString(s):
		r.part(s, false)
	case len(r.dates) == before+1 && r.dates[before].Place == "" && isPlace(s):
		r.dates[before].Place = strings.TrimSpace(s)
	default:
		r.remark(beside)
	}
}

// brackets parts a text from what stands in its brackets.
func brackets(s string) (main string, inner []string) {
	main = inBrackets.ReplaceAllStringFunc(s, func(b string) string {
		inner = append(inner, b[1:len(b)-1])
		return " "
	})
	if strings.TrimSpace(main) == "" && len(inner) > 0 { // "(1965)"
		return inner[0], inner[1:]
	}
	return main, inner
}

var (
	bareYears  = regexp.MustCompile(`^\D*` + year + `\s*,\s*` + year + `\D*$`) // "circa 1999, 2003"
	inBrackets = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)
	years4     = regexp.MustCompile(`(?:^|\D)` + year + `(?:\D|$)`)
)

// part reads one date, one span, or several dates in a row.
func (r *dateReader) part(s string, approx bool) {
	f := strings.TrimSpace(fold(s))
	switch {
	case f == "":
		return
	case otherCalendar(f):
		d, _ := r.year(Date{}, calendar, tokens(s))
		r.remark(calendar)
		r.one(d)
		return
	}
	if pieces := atYears(s, ","); len(pieces) > 1 && slices.ContainsFunc(pieces, isSpan) { // "1961-1962, 1965"
		for _, p := range pieces {
			r.part(p, approx)
		}
		return
	}
	if from, to, ok := span(s); ok && r.span(from, to) {
		return
	}
	if slices.ContainsFunc(tokens(s), func(t token) bool { return openWords[t.word] }) { // "1965 or before"
		r.remark(openEnded)
		return
	}
	alternatives, unsure := several(s)
	approx = approx || approxBefore(f)
	if len(alternatives) == 2 && approx && !unsure && bareYears.MatchString(s) && r.span(alternatives[0], alternatives[1]) {
		return
	}
	for i, one := range alternatives {
		if i+1 < len(alternatives) {
			one = completed(one, alternatives[i+1])
		}
		d, why := r.day(one)
		d.Approx = d.Approx || approx || unsure
		r.remark(why)
		r.one(d)
	}
}

func isSpan(s string) bool {
	_, _, ok := span(s)
	return ok
}

// one adds a date that was read and what the same text names beside.
func (r *dateReader) one(d Date) {
	r.add(d)
	r.add(r.more...)
	r.more = nil
}

// span adds each year from one date to another. It reports whether it is done
// with the text.
func (r *dateReader) span(from, to string) bool {
	b, w2 := r.day(to)
	a, w1 := r.day(completed(from, to))
	if a.Date.IsZero() || b.Date.IsZero() || len(r.more) > 0 {
		r.more = nil
		return false
	}
	r.remark(w1)
	r.remark(w2)
	dates, why := years(a.Date, b.Date)
	r.remark(why)
	r.add(dates...)
	return true
}

// years gives what a and b, the ends of a span, have in common, or each year.
func years(a, b entente.PartialDate) ([]Date, string) {
	switch n := b.Year - a.Year; {
	case n < 0 || n == 0 && a.Month > 0 && b.Month > 0 && b.Month < a.Month:
		ends := []Date{{Date: entente.PartialDate{Year: a.Year}, Approx: true}}
		if n < 0 {
			ends = append(ends, Date{Date: entente.PartialDate{Year: b.Year}, Approx: true})
		}
		return ends, "the span ends before it begins, so only the years that stand there are used"
	case n >= maxSpan:
		return nil, "the span is too long to tell anybody by"
	case n == 0 && a == b:
		return []Date{{Date: a, Approx: true}}, ""
	case n == 0 && a.Month == b.Month:
		return []Date{{Date: entente.PartialDate{Year: a.Year, Month: a.Month}, Approx: true}}, ""
	}
	var out []Date
	for y := a.Year; y <= b.Year; y++ {
		out = append(out, Date{Date: entente.PartialDate{Year: y}, Approx: true})
	}
	return out, ""
}
