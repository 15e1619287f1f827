package table

import (
	"strings"
	"testing"

	"entente"
)

func TestCountryOf(t *testing.T) {
	for text, want := range map[string]entente.Country{
		"Cote d'Ivoire":                     "CI",
		"CÔTE D’IVOIRE":                     "CI",
		"Congo, Democratic Republic of the": "CD",
		"Democratic Republic of the Congo":  "CD",
		"Congo":                             "CG",
		"Bahamas, The":                      "BS",
		"Turkiye":                           "TR",
		"Guinea":                            "GN",
		"Guinea-Bissau":                     "GW",
		"Niger":                             "NE",
		"Nigeria":                           "NG",
		"South Sudan":                       "SS",
		"fr":                                "FR",
		"FRA":                               "FR",
		"XA":                                "XA",
		"xb":                                "XB",
		"Region: Gaza":                      "PS",
		"suhh":                              "SU",
		"UK":                                "GB",
		"EL":                                "GR",
		"former Czechoslovakia":             "CS",
	} {
		if got, ok := CountryOf(text); got != want || !ok {
			t.Errorf("%q: got %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "Albia", "possibly France", "EN", "ABC", "the", "region", "na"} {
		if got, ok := CountryOf(text); ok {
			t.Errorf("%q: got %q, want none", text, got)
		}
	}
}

// TestCountryNames holds that every name stands for one country that the root
// knows, and that every country of the root has a name here.
func TestCountryNames(t *testing.T) {
	of := map[string]string{}
	named := map[entente.Country]bool{}
	for line := range strings.Lines(countryNames) {
		code, names, ok := strings.Cut(strings.TrimSpace(line), " ")
		if c, err := entente.ParseCountry(code); err != nil || !ok || named[c] {
			t.Errorf("%q: want a country of its own and names: %v", line, err)
		}
		named[entente.Country(code)] = true
		for name := range strings.SplitSeq(names, "|") {
			k := foldCountry(name)
			if old, found := of[k]; k == "" || found && old != code {
				t.Errorf("%q stands for %s and %s", k, old, code)
			}
			of[k] = code
		}
	}
	for i := range 26 * 26 {
		code := string([]byte{byte('A' + i/26), byte('A' + i%26)})
		assigned := code[0] == 'X' || code == "AA" || code[0] == 'Q' && code[1] >= 'M'
		if c, err := entente.ParseCountry(code); err == nil && !named[c] && !assigned {
			t.Errorf("%s has no name", code)
		}
	}
}
