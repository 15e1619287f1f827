package parse_test

import (
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

func TestAbsent(t *testing.T) {
	for _, s := range []string{
		"", " ", "-", "--", "?", "???", ".", "*", "—", "N/A", "n/a", "NA", "na", "n.a.", "#N/A", "#REF!", "n/k", "N.K.", "nil", "NIL", "none", "None", "NULL", "unknown",
		"(unknown)", "Not Available", "not  available", "00000000", "0", "0000-00-00", "00.00.0000", "XX/XX/XXXX", "XXXX", "xx", "unbekannt", "UNBEKANNT", "k.A.", "nicht verfügbar",
		"неизвестно", "НЕТ ДАННЫХ", "б/н", "inconnu", "Non précisé", "non pre\u0301cise\u0301", "néant", "desconocido", "غير معروف", "不詳", "name withheld", "FNU", "to be advised",
	} {
		if !parse.Absent(s) {
			t.Errorf("%q is taken for a value", s)
		}
	}
	for _, s := range []string{"X", "B1234567", "Ostvik", "1987", "00417733", "000000001", "Nantes", "no", "x1", "K00000000", "Albia unknown town", "+420777123456", strings.Repeat("0", 200) + "1", strings.Repeat("unknown ", 20)} {
		if parse.Absent(s) {
			t.Errorf("%q is not taken for a value", s)
		}
	}
}

func TestBareName(t *testing.T) {
	for text, want := range map[string]string{
		"FNU": "", "FNU LNU": "", "Fnu Lnu": "", "unknown": "", "Unknown Unknown": "", "UNKNOWN MALE": "", "Unknown 3": "", "N/A": "", "#N/A": "", "-": "", "???": "", "XXXX": "", "XXX XXX": "",
		"null": "", "no name given": "", "name withheld": "", "[name withheld]": "", "неизвестно": "", "ИМЯ НЕИЗВЕСТНО": "", "inconnu": "", "unbekannt": "", "None": "", "TBA TBA": "", "N/A N/A": "",
		"FNU KADAEV": "KADAEV", "KADAEV FNU": "KADAEV", "KADAEV, FNU": "KADAEV", "LNU, ARSEN": "ARSEN", "Kadaev (unknown)": "Kadaev", "Kadaev (first name unknown)": "Kadaev", "KADAEV N/A": "KADAEV", "Kadaev NMN Arsen": "Kadaev Arsen",
		"Nil": "Nil", "Nil Osin": "Nil Osin", "NIL": "NIL", "Na Li": "Na Li", "NA": "NA", "Non Vera": "Non Vera", "Nan Osin": "Nan Osin", "Chris Null": "Chris Null", "NULL CHRIS": "NULL CHRIS", "Vera Blank": "Vera Blank",
		"N. A. Osin": "N. A. Osin", "N.A.": "N.A.", "Malcolm X": "Malcolm X", "XX": "", "Xu": "Xu", "Arsen  Kadaev": "Arsen  Kadaev", "Nadia Sans": "Nadia Sans", "Abu - Osin": "Abu - Osin", "Арсен Кадаев": "Арсен Кадаев", "Нет": "Нет",
	} {
		if got := parse.BareName(text); got != want || parse.AbsentName(text) != (want == "") {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A feed has millions of cells.
func TestAbsentAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		parse.Absent("not available")
		parse.Absent("B00417733")
		parse.BareName("KADAEV ARSEN IBRAGIM")
		parse.BareName("Кадаев Арсен")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestImplausibleBirth(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for date, want := range map[entente.PartialDate]string{
		{Year: 1968, Month: 3, Day: 14}: "", {Year: 1968, Month: 3}: "", {Year: 1968}: "", {Year: 2026}: "", {Year: 2026, Month: 11}: "", {Year: 2026, Month: 11, Day: 30}: "",
		{Year: 2026, Month: 12, Day: 1}: "", {Year: 2026, Month: 12, Day: 2}: "future", {Year: 2026, Month: 12}: "", {Year: 2027}: "future", {Year: 2068, Month: 3, Day: 14}: "future",
		{Year: 1896}: "", {Year: 1896, Month: 11, Day: 30}: "", {Year: 1896, Month: 11, Day: 29}: "130 years", {Year: 1895}: "130 years", {Year: 1812}: "130 years",
		{Year: 1986, Month: 2, Day: 30}: "exists", {Year: 1987, Month: 2, Day: 29}: "exists", {Year: 1986, Month: 13}: "exists", {Year: 1986, Day: 3}: "exists", {Year: 0}: "exists", {Year: 1986, Month: 4, Day: 31}: "exists", {Year: 1984, Month: 2, Day: 29}: "",
	} {
		if got := parse.ImplausibleBirth(date, now); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%v: got %q, want %q", date, got, want)
		}
	}
}

func TestImplausibleJourney(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for date, want := range map[entente.PartialDate]string{
		{Year: 2026, Month: 11, Day: 28}: "", {Year: 2028, Month: 11, Day: 30}: "", {Year: 2028, Month: 12, Day: 1}: "ahead", {Year: 2012, Month: 7, Day: 17}: "", {Year: 1920, Month: 7, Day: 17}: "ago", {Year: 2026, Month: 2, Day: 29}: "exists",
	} {
		if got := parse.ImplausibleJourney(date, now); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%v: got %q, want %q", date, got, want)
		}
	}
}
