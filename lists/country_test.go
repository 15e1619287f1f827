package lists

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
	} {
		if got, ok := countryOf(text); got != want || !ok {
			t.Errorf("%q: got %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "Albia", "possibly France", "EN", "ABC", "the", "region", "na"} {
		if got, ok := countryOf(text); ok {
			t.Errorf("%q: got %q, want none", text, got)
		}
	}
}

// TestCountryTable holds that no name and no code stands for two countries.
func TestCountryTable(t *testing.T) {
	of := map[string]string{}
	lines := strings.Split(countries, "\n")
	for _, line := range lines {
		codes, names, ok := strings.Cut(line, " ")
		two, three, both := strings.Cut(codes, "/")
		if !ok || !both || len(two) != 2 || len(three) != 3 {
			t.Errorf("%q: want two codes and names", line)
		}
		keys := []string{two, three}
		for name := range strings.SplitSeq(names, "|") {
			keys = append(keys, foldCountry(name))
		}
		for _, k := range keys {
			if old, found := of[k]; k == "" || found && old != two {
				t.Errorf("%q stands for %s and %s", k, old, two)
			}
			of[k] = two
		}
	}
	if len(lines) != 249+1+4 { // ISO 3166-1, Kosovo, and four that ISO withdrew
		t.Errorf("got %d countries", len(lines))
	}
}
