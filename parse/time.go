package parse

import (
	"time"

	"entente"
)

// FormatTime writes a time in the one form of the protocol: RFC 3339 in UTC, with
// seconds and, if it is not zero, a fraction of at most six digits without zeros
// at its end.
func FormatTime(t time.Time) string {
	return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}

// Time reads what FormatTime writes, of the years 1800 to 9999. A minute has the
// seconds 00 to 59: a leap second is written as 59.
func Time(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.Location() != time.UTC || t.Year() < 1800 || t.Year() > 9999 || FormatTime(t) != s {
		return time.Time{}, &entente.Error{
			Kind: entente.Invalid, Field: "time", Detail: "it is not a time in UTC in the form of the protocol",
			Hint: "write it as in 2011-03-04T09:00:00Z", Reason: entente.ReasonMalformed, Cause: err,
		}
	}
	return t, nil
}
