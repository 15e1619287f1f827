package parse

import (
	"time"

	"entente"
)

// How far a date may be from today to be believed.
const (
	oldestYears  = 130 // nobody is known to have lived longer than 122
	bookingYears = 2   // seats are sold a year ahead
	archiveYears = 100 // of journeys
	aheadOfUTC   = 14 * time.Hour
)

// ImplausibleBirth says why nobody can have been born on that day, or "": the
// day does not exist, has not come anywhere on Earth, or is more than 130 years ago.
func ImplausibleBirth(d entente.PartialDate, now time.Time) (why string) {
	first, last, ok := spanOf(d)
	switch now = now.UTC(); {
	case !ok:
		return "it is not a date that exists"
	case first.After(now.Add(aheadOfUTC)):
		return "it is a birth date in the future"
	case last.Before(now.AddDate(-oldestYears, 0, 0)):
		return "it is a birth date more than 130 years ago"
	}
	return ""
}

// ImplausibleJourney says why a journey of that day is not believed, or "".
func ImplausibleJourney(d entente.PartialDate, now time.Time) (why string) {
	first, last, ok := spanOf(d)
	switch now = now.UTC(); {
	case !ok:
		return "it is not a date that exists"
	case first.After(now.AddDate(bookingYears, 0, 0)):
		return "it is a journey more than two years ahead"
	case last.Before(now.AddDate(-archiveYears, 0, 0)):
		return "it is a journey more than 100 years ago"
	}
	return ""
}

// spanOf gives the first moment of a date and the first after it.
func spanOf(d entente.PartialDate) (first, after time.Time, ok bool) {
	if d.Year < 1800 || d.Year > 2200 || d.Month < 0 || d.Month > 12 || d.Day < 0 || d.Month == 0 && d.Day != 0 {
		return first, after, false
	}
	first = time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
	switch {
	case d.Month == 0:
		after = first.AddDate(1, 0, 0)
	case d.Day == 0:
		after = first.AddDate(0, 1, 0)
	default:
		after = first.AddDate(0, 0, 1)
	}
	return first, after, d.Day <= 28 || first.Day() == d.Day
}
