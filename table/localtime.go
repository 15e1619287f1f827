package table

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente"
)

// aheadYears is how far ahead a journey with a year of two digits may be.
const aheadYears = 10

const (
	noTime    = "it is not a time that can be read one way only: write YYYY-MM-DDThh:mm or YYYY-MM-DD"
	noClock   = "the time of day cannot be read, so only the day is used"
	midnight  = "24:00 may be either end of the day, so only the day is used"
	zoned     = "a time with a zone is not the time of the place, so only the day is used"
	twoOfYear = "the year has two digits; the nearest one was used"
)

var clockOfDay = regexp.MustCompile(`^(.*?\S)\s*(?:[tT]|\s|,)\s*(\d{1,2})(?:[:.hH](\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?|(\d{2}))\s*([aApP]\.?\s?[mM]\.?|[hH]|Uhr|uhr)?\s*([zZ]|UTC|GMT|[+-]\d{2}:?\d{2})?\s*$`)

// LocalTime reads a day, with or without the hour and minute; seconds are left
// off. What cannot be used of it leaves the day, and remark says why. A text
// without one certain day is none. today decides about years of two digits.
func LocalTime(text string, order DateOrder, today time.Time) (t entente.LocalTime, remark string) {
	if t, ok := plainTime(text); ok {
		return t, ""
	}
	if strings.TrimSpace(text) == "" || len(text) > maxText {
		return "", noTime
	}
	s := plainDigits(text)
	clock := ""
	if day, c, why := cutClock(s); c != "" || why != "" {
		if one, _ := dayOf(day, order, today); !one.IsZero() {
			s, clock, remark = day, c, why
		}
	}
	d, why := dayOf(s, order, today)
	if d.IsZero() {
		return "", noTime
	}
	if remark == "" {
		remark = why
	}
	return entente.LocalTime(d.String() + clock), remark
}

// cutClock parts the time of day from a day: "T15:20". why says that there is
// one that is not used.
func cutClock(s string) (day, clock, why string) {
	m := clockOfDay.FindStringSubmatch(s)
	if m == nil {
		return s, "", ""
	}
	day = strings.TrimRight(m[1], " ,tT")
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3] + m[4])
	if half := strings.ToLower(m[5]); strings.HasPrefix(half, "a") || strings.HasPrefix(half, "p") {
		if hour < 1 || hour > 12 {
			return day, "", noClock
		}
		if hour %= 12; half[0] == 'p' {
			hour += 12
		}
	}
	switch {
	case m[6] != "":
		return day, "", zoned
	case hour == 24 && minute == 0:
		return day, "", midnight
	case hour > 23 || minute > 59:
		return day, "", noClock
	}
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return day, "T" + two(hour) + ":" + two(minute), ""
}

// dayOf reads the one day that a text names.
func dayOf(s string, order DateOrder, today time.Time) (d entente.PartialDate, why string) {
	ahead := today
	if !today.IsZero() {
		ahead = today.AddDate(aheadYears, 0, 0)
	}
	dates, why := Dates(s, order, ahead)
	short := why == twoDigits
	if short {
		why = twoOfYear
	}
	best := time.Duration(1<<63 - 1)
	for _, one := range dates {
		switch p := one.Date; {
		case p.Day == 0, p.Year < 1900, one.Approx && !short:
			return entente.PartialDate{}, ""
		default:
			far := time.Date(p.Year, time.Month(p.Month), p.Day, 0, 0, 0, 0, time.UTC).Sub(today).Abs()
			if far < best {
				d, best = p, far
			}
		}
	}
	if len(dates) > 1 && !short {
		return entente.PartialDate{}, ""
	}
	return d, why
}
