package lists

import (
	"strings"
	"testing"
)

func TestWhen(t *testing.T) {
	for text, want := range map[string]string{
		"10 Dec 1948":                "1948-12-10",
		"Oct 1971":                   "1971-10",
		"1984":                       "1984",
		"circa 1956":                 "~1956",
		"circa 01 Jan 1961":          "~1961-01-01",
		"circa 1979-1982":            "~1979 ~1980 ~1981 ~1982",
		"1962 to 1963":               "~1962 ~1963",
		"01 Jan 1946 to 31 Dec 1946": "~1946",
		"01 May 1946 to 31 May 1946": "~1946-05",
		"Mar 1980 to Mar 1981":       "~1980 ~1981",
		"08 Nov 1985 to 07 Nov 1986": "~1985 ~1986",
		"Between Aug. and Sep. 1977": "~1977",
		"1961 or 1962":               "~1961 ~1962",
		"1978-09-15":                 "1978-09-15",
		"1978-09-15T00:00:00":        "1978-09-15",
		"1978-09-15T00:00:00Z":       "1978-09-15",
		"1978-09":                    "1978-09",
		"1978-00-00":                 "1978",
		"19780915":                   "1978-09-15",
		"15.09.1978":                 "1978-09-15",
		"15/09/1978":                 "1978-09-15",
		"09/15/1978":                 "1978-09-15",
		"04/04/1978":                 "1978-04-04",
		"Nov. 1973":                  "1973-11",
		"August 1961":                "1961-08",
		"September 15, 1978":         "1978-09-15",
		"15 Sept 1978":               "1978-09-15",
		"1990 or unknown":            "~1990 !",
		"03/04/1978":                 "1978 !",
		"":                           "!",
		"unknown":                    "!",
		"30-35 years old":            "!",
		"24/06/1402 (Hijri)":         "!",
		"31 Feb 1980":                "!",
		"1980-13-01":                 "!",
		"1980-02-30":                 "!",
		"0099":                       "!",
		"1963 to 1962":               "!",
		"1900 to 1990":               "!",
		"Sep-99":                     "!",
		"99999999999999999999":       "!",
		"ma 1980":                    "!",
		"1.2.3.1980":                 "!",
		"24/06/1402":                 "!",
	} {
		if got := said(when(text, "")); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// said writes dates shortly: ~ for approximate, ! when something was not used.
func said(dates []dated, why string) string {
	var out []string
	for _, d := range dates {
		s := d.date.String()
		if d.approx {
			s = "~" + s
		}
		out = append(out, s)
	}
	if why != "" {
		out = append(out, "!")
	}
	return strings.Join(out, " ")
}

func TestDateOrder(t *testing.T) {
	for order, want := range map[DateOrder]string{DayFirst: "1978-04-03", MonthFirst: "1978-03-04", "": "1978 !"} {
		if got := said(when("03/04/1978", order)); got != want {
			t.Errorf("order %q: got %s, want %s", order, got, want)
		}
	}
	if got := said(when("31/04/1978", MonthFirst)); got != "!" {
		t.Errorf("a month 31: got %s, want none", got)
	}
}
