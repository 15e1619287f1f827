package passage

import (
	"strings"
	"time"

	"entente"
)

// Dates as people write them in tables. One that could mean two days, such as
// 03/04/1987, is not guessed at.

// dated reads a birth date.
func dated(s string, t *table) (entente.PartialDate, bool) {
	if len(s) == len("2006") || len(s) == len("2006-01") {
		d, err := entente.ParsePartialDate(s)
		return d, err == nil
	}
	day, ok := dayIn(s)
	if !ok {
		return entente.PartialDate{}, false
	}
	d := entente.PartialDate{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}
	return d, exists(d) && !after(d, t.now)
}

// dayIn reads a day with four digits of the year.
func dayIn(s string) (time.Time, bool) {
	for _, layout := range [...]string{time.DateOnly, "20060102", "2.1.2006", "2006/01/02", "2 Jan 2006", "2-Jan-2006", "2Jan2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	// With strokes, the month stands first or second: only a day above 12, or
	// equal to the month, settles it.
	us, errUS := time.Parse("1/2/2006", s)
	eu, errEU := time.Parse("2/1/2006", s)
	switch {
	case errUS == nil && (errEU != nil || us.Equal(eu)):
		return us, true
	case errEU == nil && errUS != nil:
		return eu, true
	}
	return time.Time{}, false
}

// timed reads a day, with or without the hour and minute; seconds are left off.
// A time with a zone is not local and is refused.
func timed(s string) (entente.LocalTime, bool) {
	if len(s) > 10 && s[10] == 'T' {
		s = s[:10] + " " + s[11:]
	}
	day, clock, hasClock := strings.Cut(s, " ")
	if hasClock && len(clock) > 0 && (clock[0] < '0' || clock[0] > '9') {
		hasClock, day = false, s // "2 Jan 2006"
	}
	d, ok := dayIn(day)
	if !ok {
		return "", false
	}
	if !hasClock {
		t := local(d.Year(), int(d.Month()), d.Day(), -1, 0)
		return t, t != ""
	}
	for _, layout := range [...]string{"15:04", "15:04:05", "1504"} {
		if c, err := time.Parse(layout, strings.TrimSpace(clock)); err == nil {
			t := local(d.Year(), int(d.Month()), d.Day(), c.Hour(), c.Minute())
			return t, t != ""
		}
	}
	return "", false
}
