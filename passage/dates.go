package passage

import (
	"time"

	"entente"
)

// A date as bytes: two-digit years are the rule in this trade, and the century
// comes from the journey.

// daysIn gives the number of days of a month.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// exists reports whether d is a date, or part of one, that the root can write.
func exists(d entente.PartialDate) bool {
	switch {
	case d.Year < 1800 || d.Year > 2200 || d.Month < 0 || d.Month > 12:
		return false
	case d.Month == 0:
		return d.Day == 0
	}
	return d.Day >= 0 && (d.Day <= 28 || d.Day <= daysIn(d.Year, d.Month))
}

// number reads decimal digits, and nothing else.
func number[T string | []byte](b T) (n int, ok bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	for i := range len(b) {
		if b[i] < '0' || b[i] > '9' {
			return 0, false
		}
		n = n*10 + int(b[i]-'0')
	}
	return n, true
}

// birthday gives the date of birth that ends in the year yy: the latest that is
// not after the journey. Who is a hundred or older is therefore read as a
// child; a two-digit year cannot say more.
func birthday(yy, month, day int, journey time.Time) (entente.PartialDate, bool) {
	d := entente.PartialDate{Year: journey.Year()/100*100 + yy, Month: month, Day: day}
	if after(d, journey) {
		d.Year -= 100
	}
	return d, exists(d)
}

func after(d entente.PartialDate, t time.Time) bool {
	switch {
	case d.Year != t.Year() || d.Month == 0:
		return d.Year > t.Year()
	case d.Month != int(t.Month()) || d.Day == 0:
		return d.Month > int(t.Month())
	}
	return d.Day > t.Day()
}

// near gives the year that ends in yy and is at most ten years ahead of t: for
// journeys and messages, of which old ones are imported too.
func near(yy int, t time.Time) int {
	most := t.Year() + 10
	return most - ((most-yy)%100+100)%100
}

// bornISO reads YYMMDD or CCYYMMDD, with 00 for a month or day that is not known.
func bornISO(b []byte, journey time.Time) (entente.PartialDate, bool) {
	n, ok := number(b)
	switch {
	case ok && len(b) == 6:
		return birthday(n/10000, n/100%100, n%100, journey)
	case ok && len(b) == 8:
		d := entente.PartialDate{Year: n / 10000, Month: n / 100 % 100, Day: n % 100}
		return d, exists(d) && !after(d, journey)
	}
	return entente.PartialDate{}, false
}

var months = map[string]int{"JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "JUN": 6, "JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11, "DEC": 12}

// bornAirline reads 14MAR86 and 14MAR1986.
func bornAirline(s string, journey time.Time) (entente.PartialDate, bool) {
	if len(s) != 7 && len(s) != 9 {
		return entente.PartialDate{}, false
	}
	day, ok := number(s[:2])
	year, ok2 := number(s[5:])
	month := months[s[2:5]]
	if !ok || !ok2 || month == 0 {
		return entente.PartialDate{}, false
	}
	if len(s) == 7 {
		return birthday(year, month, day, journey)
	}
	d := entente.PartialDate{Year: year, Month: month, Day: day}
	return d, exists(d) && !after(d, journey)
}

// local writes a time of a place; hour -1: only the day is known. It is "" when
// there is no such time.
func local(year, month, day, hour, minute int) entente.LocalTime {
	if year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 {
		return ""
	}
	b := make([]byte, 0, len("2006-01-02T15:04"))
	b = two(append(two(two(b, year/100), year%100), '-'), month)
	b = two(append(b, '-'), day)
	if hour >= 0 {
		b = two(append(two(append(b, 'T'), hour), ':'), minute)
	}
	return entente.LocalTime(b)
}

func two(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// dayOf gives the day of a local time, or the zero time.
func dayOf(t entente.LocalTime) time.Time {
	if len(t) < len(time.DateOnly) {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, string(t[:len(time.DateOnly)]))
	if err != nil {
		return time.Time{}
	}
	return day
}

// flown reads the times of PAXLST by their length: YYMMDD, CCYYMMDD, YYMMDDhhmm
// and CCYYMMDDhhmm (formats 101, 102, 201 and 203).
func flown(b []byte, at time.Time) entente.LocalTime {
	hour, minute := -1, 0
	if len(b) == 10 || len(b) == 12 {
		clock, ok := number(b[len(b)-4:])
		if !ok {
			return ""
		}
		hour, minute = clock/100, clock%100
		b = b[:len(b)-4]
	}
	n, ok := number(b)
	switch {
	case ok && len(b) == 6:
		return local(near(n/10000, at), n/100%100, n%100, hour, minute)
	case ok && len(b) == 8:
		return local(n/10000, n/100%100, n%100, hour, minute)
	}
	return ""
}
