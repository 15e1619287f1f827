package entente_test

import (
	"testing"

	"entente"
)

func TestReadCountry(t *testing.T) {
	for want, codes := range map[string][]string{
		"DE": {"D", "DE", "DEU", "de", "deu"}, "GB": {"UK", "uk", " UK ", "GB", "GBR", "GBN", "GBD"}, "GR": {"EL", "GRC"},
		"XA": {"XA", "xa", "XAA"}, "QM": {"QM", "QMA"}, "AA": {"AAC"}, "XK": {"XK", "UNK", "RKS", "XKX"}, "UN": {"UN", "UNO"}, "EU": {"EUE"},
		"SU": {"SU", "SUN", "suhh"}, "YU": {"YUG"}, "CS": {"CS", "CSK", "SCG"}, "DD": {"DDR"}, "AN": {"ANT"}, "CD": {"ZR", "ZAR"}, "MM": {"BU"}, "RO": {"ROM", "ROU"},
		"NA": {"NA", "NAM"},
		"":   {"XXA", "XXB", "XXX", "XPO", "ZZ", "ZZZ"},
		"-":  {"", " ", "F", "d", "G", "U", "na", "EN", "QA1", "QLA", "UTO", "X1", "FRAN", "FRANCE", "ÄÖ", "DE U", "\x00\x00", "<<"},
	} {
		for _, code := range codes {
			c, ok := entente.ReadCountry(code)
			if b, ok2 := entente.ReadCountry([]byte(code)); b != c || ok2 != ok {
				t.Errorf("%q: bytes give %q, %v", code, b, ok2)
			}
			if got := string(c); ok == (want == "-") || ok && got != want || !ok && got != "" {
				t.Errorf("%q: got %q, %v, want %q", code, got, ok, want)
			}
		}
	}
}

// One form is accepted in messages, and each other form that is understood is
// refused with the code to write.
func TestParseCountry(t *testing.T) {
	kept := 0
	for i := range 26 * 26 {
		code := string([]byte{byte('A' + i/26), byte('A' + i%26)})
		c, err := entente.ParseCountry(code)
		read, ok := entente.ReadCountry(code)
		if strict := ok && string(read) == code; strict != (err == nil) || err == nil && c != read {
			t.Errorf("%s: read as %q, %v, parsed as %q, %v", code, read, ok, c, err)
		}
		if err == nil {
			kept++
		}
	}
	if want := 249 + 6 + 1 + 14 + 26 + 2; kept != want { // ISO 3166-1, withdrawn, AA, QM-QZ, XA-XZ, EU and UN
		t.Errorf("%d codes are accepted, want %d", kept, want)
	}
	for code, hint := range map[string]string{"UK": "write GB", "EL": "write GR", "gb": "write GB", "GBR": "write GB", "D": "write DE", "ZZ": "leave it out", "XXA": "leave it out", "ZR": "write CD"} {
		_, err := entente.ParseCountry(code)
		if e, ok := err.(*entente.Error); !ok || e.Kind != entente.Invalid || e.Hint != hint {
			t.Errorf("%s: got %#v", code, err)
		}
	}
	for _, code := range []string{"EN", "QA1", "", "Ab", "France"} {
		if _, err := entente.ParseCountry(code); err == nil {
			t.Errorf("%q: accepted", code)
		}
	}
}

// A feed has millions of codes.
func TestReadCountryAllocatesNothing(t *testing.T) {
	code := []byte("deu")
	if n := testing.AllocsPerRun(100, func() {
		entente.ReadCountry(code)
		entente.ReadCountry("UK")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
