package parse

import (
	"testing"
	"time"
)

func TestTimeHasOneForm(t *testing.T) {
	for _, s := range []string{
		"1800-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2011-03-04T09:30:00.1Z", "2011-03-04T09:30:00.123456Z",
		"2016-12-31T23:59:59Z", "9999-12-31T23:59:59.999999Z",
	} {
		got, err := Time(s)
		if err != nil || FormatTime(got) != s {
			t.Errorf("%s: %s, %v", s, FormatTime(got), err)
		}
	}
	for _, s := range []string{
		"", "2011-03-04", "2011-03-04T09:30Z", "2011-03-04 09:30:00Z", "2011-03-04T09:30:00", "2011-03-04t09:30:00z",
		"2011-03-04T09:30:00+00:00", "2011-03-04T10:30:00+01:00", "2011-03-04T09:30:00.Z", "2011-03-04T09:30:00.10Z",
		"2011-03-04T09:30:00.1234567Z", "2011-03-04T09:30:00,1Z", "2016-12-31T23:59:60Z", "2011-02-29T09:30:00Z",
		"2011-03-04T24:00:00Z", "1799-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
	} {
		if got, err := Time(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
	// What is written is cut to microseconds, in UTC.
	at := time.Date(2011, 3, 4, 10, 30, 0, 123456789, time.FixedZone("", 3600))
	if got := FormatTime(at); got != "2011-03-04T09:30:00.123456Z" {
		t.Error(got)
	}
}
