package passage

import (
	"bytes"
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

// century gives the date of birth that ends in the year yy: the latest that is
// not after the journey. Who is a hundred or older is therefore read as a
// child; a two-digit year cannot say more.
func century(yy, month, day int, journey time.Time) entente.PartialDate {
	d := entente.PartialDate{Year: journey.Year()/100*100 + yy, Month: month, Day: day}
	if d.After(journey) {
		d.Year -= 100
	}
	return d
}

// near gives the year that ends in yy and is at most ten years ahead of t: for
// journeys and messages, of which old ones are imported too.
func near(yy int, t time.Time) int {
	most := t.Year() + 10
	return most - ((most-yy)%100+100)%100
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

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

const (
	noTime   = "it is not a time that exists"
	noHour   = "its hour does not exist; only the day was used"
	moreTime = "it has more than a day and a time, which was not read"
)

// flownIn reads the time of a flight in a format of UN/EDIFACT code list 2379, and
// says why not all of it was used. The code counts where the length does not say
// as much; what stands too much is left off, and without an hour that exists the
// day is used alone.
func flownIn(b, format []byte, at time.Time) (entente.LocalTime, string) {
	switch string(format) {
	case "2", "4", "5": // DDMMYY, DDMMCCYY, DDMMCCYYhhmm
		b = yearFirst(b)
	}
	if t := flown(b, at); t != "" {
		return t, ""
	}
	if i := bytes.IndexAny(b, "+Zz"); i >= 6 {
		b = b[:i] // the zone
	}
	digits := bytes.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, b)
	for _, width := range widthsOf(digits, string(format)) {
		if len(digits) < width {
			continue
		}
		t := flown(digits[:width], at)
		switch {
		case t == "":
		case width < 10 && len(digits) >= width+4:
			return t, noHour
		default:
			return t, moreTime
		}
	}
	return "", noTime
}

// widthsOf gives the lengths of what may stand at the front of digits, likeliest
// first: with the century, if the format or the length and the year say so.
func widthsOf(digits []byte, format string) []int {
	if len(digits) < 4 || !isYear(digits[:4]) {
		return []int{10, 6}
	}
	switch format {
	case "102", "711", "718":
		return []int{8}
	case "203", "204", "303", "719":
		return []int{12, 8}
	case "101", "201", "301", "713", "717":
		return []int{10, 6, 12, 8}
	}
	return []int{12, 8, 10, 6}
}

// isYear reports whether four digits are a year in which people fly.
func isYear(b []byte) bool {
	n, ok := number(b)
	return ok && n >= 1900 && n <= 2200
}

// yearFirst turns DDMMYY and DDMMCCYY, with a time behind it or without, round.
func yearFirst(b []byte) []byte {
	switch len(b) {
	case 6:
		return []byte{b[4], b[5], b[2], b[3], b[0], b[1]}
	case 8, 12:
		return append([]byte{b[4], b[5], b[6], b[7], b[2], b[3], b[0], b[1]}, b[8:]...)
	}
	return b
}

// bookedAt reads the DDMMYY and hhmm of a booking, and says why not all of it was
// used.
func bookedAt(day, clock []byte, at time.Time) (entente.LocalTime, string) {
	n, ok := number(day)
	year, month, d := near(n%100, at), n/100%100, n/10000
	switch {
	case ok && len(day) == 8: // DDMMCCYY
		year, month, d = n%10000, n/10000%100, n/1000000
	case !ok && (len(day) == 7 || len(day) == 9) && months[string(day[2:5])] > 0: // 28NOV26
		var y int
		d, ok = number(day[:2])
		if y, _ = number(day[5:]); len(day) == 7 {
			y = near(y, at)
		}
		year, month = y, months[string(day[2:5])]
	case len(day) != 6:
		ok = false
	}
	t := local(year, month, d, -1, 0)
	if !ok || t == "" {
		return "", noTime
	}
	if len(clock) == 0 {
		return t, ""
	}
	hour, ok := number(clock)
	if whole := local(year, month, d, hour/100, hour%100); ok && (len(clock) == 4 || len(clock) == 3) && whole != "" {
		return whole, ""
	}
	return t, noHour
}
