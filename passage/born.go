package passage

import (
	"strings"
	"time"

	"entente"
	"entente/parse"
)

// Birth dates as feeds write them. Each reader gives the date, and why not all of
// what stands there was used; no date: nothing could be.

const (
	noDate   = "it is not a date that exists"
	tooLate  = "it lies after the journey"
	surplus  = "it has more than a date, which was not read"
	noDay    = "its day is not known"
	yearOnly = "only its year can be read"
)

// believed holds a birth date against the calendar, the journey and the age of people.
func believed(d entente.PartialDate, journey time.Time) (entente.PartialDate, string) {
	switch {
	case !exists(d):
		return entente.PartialDate{}, noDate
	case d.After(journey):
		return entente.PartialDate{}, tooLate
	}
	if why := parse.ImplausibleBirth(d, journey); why != "" {
		return entente.PartialDate{}, why
	}
	return d, ""
}

// bornISO reads YYMMDD or CCYYMMDD, with 00 for a month or day that is not known;
// format is UN/EDIFACT code list 2379, or empty.
func bornISO(b, format []byte, journey time.Time) (entente.PartialDate, string) {
	if n, ok := number(b); ok && plainDate[string(format)] {
		switch {
		case n == 0: // so some write that it is not known
			return entente.PartialDate{}, noDate
		case len(b) == 6:
			return believed(century(n/10000, n/100%100, n%100, journey), journey)
		case len(b) == 8:
			return believed(entente.PartialDate{Year: n / 10000, Month: n / 100 % 100, Day: n % 100}, journey)
		}
	}
	return bornOtherwise(string(b), string(format), journey)
}

// plainDate are the formats of dates that begin with the year, which their length
// tells apart.
var plainDate = map[string]bool{"": true, "101": true, "102": true}

// bornOtherwise reads what else is met: another format, marks between the parts,
// and more behind the date.
func bornOtherwise(s, format string, journey time.Time) (entente.PartialDate, string) {
	s = strings.TrimSpace(s)
	n, ok := number(s)
	switch {
	case ok && format == "2" && len(s) == 6: // DDMMYY
		return believed(century(n%100, n/100%100, n/10000, journey), journey)
	case ok && format == "3" && len(s) == 6: // MMDDYY
		return believed(century(n%100, n/10000, n/100%100, journey), journey)
	case ok && format == "4" && len(s) == 8: // DDMMCCYY
		return believed(entente.PartialDate{Year: n % 10000, Month: n / 10000 % 100, Day: n / 1000000}, journey)
	case ok && format == "610" && len(s) == 6: // CCYYMM
		return believed(entente.PartialDate{Year: n / 100, Month: n % 100}, journey)
	case ok && len(s) == 4 && (format == "602" || n%100 > 12 && n >= 1850): // CCYY
		return believed(entente.PartialDate{Year: n}, journey)
	}
	if d, ok := marked(s); ok {
		return believed(d, journey)
	}
	return bornIn(s, journey)
}

// marked reads 1980-02-14, 1980/02/14 and 14.02.1980.
func marked(s string) (entente.PartialDate, bool) {
	for _, layout := range [...]string{time.DateOnly, "2006/01/02", "2006.01.02", "2.1.2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return entente.PartialDate{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}, true
		}
	}
	return entente.PartialDate{}, false
}

// bornIn reads the date with which a longer text begins, or its year.
func bornIn(s string, journey time.Time) (entente.PartialDate, string) {
	run := 0
	for run < len(s) && isDigit(s[run]) {
		run++
	}
	for _, width := range [...]int{8, 6} {
		if run < width || run == width && width == len(s) {
			continue
		}
		n, _ := number(s[:width])
		d := entente.PartialDate{Year: n / 10000, Month: n / 100 % 100, Day: n % 100}
		if width == 6 {
			d = century(d.Year, d.Month, d.Day, journey)
		}
		if d, why := believed(d, journey); why == "" {
			return d, surplus
		}
	}
	if n, ok := number(s[:min(len(s), 4)]); ok && n >= 1850 && run < 8 && len(s) > run && run == 4 && strings.Trim(s[4:], "-/.X?* 0") == "" {
		if d, why := believed(entente.PartialDate{Year: n}, journey); why == "" {
			return d, yearOnly
		}
	}
	return entente.PartialDate{}, noDate
}

var months = map[string]int{"JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "JUN": 6, "JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11, "DEC": 12}

// bornAirline reads 14MAR86 and 14MAR1986; also MAR86, and 00 or XX for a day that
// is not known.
func bornAirline(s string, journey time.Time) (entente.PartialDate, string) {
	bare := airlineDate(s)
	i := strings.IndexFunc(bare, func(r rune) bool { return r >= 'A' && r <= 'Z' && r != 'X' })
	if i < 0 || i > 2 || len(bare) < i+5 || months[bare[i:i+3]] == 0 {
		return bornISO([]byte(s), nil, journey)
	}
	day, dayKnown := number(bare[:i])
	month, rest := months[bare[i:i+3]], bare[i+3:]
	year, ok := number(rest[:min(len(rest), 4)])
	d := entente.PartialDate{Year: year, Month: month, Day: day}
	why := ""
	switch {
	case ok && len(rest) >= 4:
		rest = rest[4:]
	default:
		if year, ok = number(rest[:2]); !ok {
			return entente.PartialDate{}, noDate
		}
		d, rest = century(year, month, day, journey), rest[2:]
	}
	switch {
	case rest != "":
		why = surplus
	case !dayKnown || day == 0:
		why = noDay
	}
	d, wrong := believed(d, journey)
	if wrong != "" {
		return d, wrong
	}
	return d, why
}

// airlineDate writes a date in capitals and without what stands between its parts.
func airlineDate(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, strings.ToUpper(s))
}
