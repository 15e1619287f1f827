package corpus

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"entente"
)

// others are names that lists use beside those of CLDR.
var others = map[string]entente.Country{
	"burma": "MM", "korea, north": "KP", "north korea": "KP", "korea, south": "KR", "south korea": "KR",
	"congo, democratic republic of the": "CD", "democratic republic of the congo": "CD",
	"hong kong": "HK", "ivory coast": "CI", "turkey": "TR", "macedonia": "MK", "palestinian": "PS", "west bank": "PS", "gaza": "PS",
	"bosnia and herzegovina": "BA", "czech republic": "CZ", "iran (islamic republic of)": "IR", "islamic republic of iran": "IR",
	"syrian arab republic": "SY", "russian federation": "RU", "united republic of tanzania": "TZ", "viet nam": "VN",
	"democratic people's republic of korea": "KP", "myanmar (burma)": "MM", "united states of america": "US",
	"united kingdom of great britain and northern ireland": "GB", "trinidad and tobago": "TT", "the gambia": "GM", "china": "CN",
}

var countries = sync.OnceValue(func() map[string]entente.Country {
	m := map[string]entente.Country{}
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || !r.IsCountry() {
				continue
			}
			if name := names.Name(r); name != "" {
				m[strings.ToLower(name)] = entente.Country(r.Canonicalize().String())
			}
		}
	}
	for name, c := range others {
		m[name] = c
	}
	return m
})

// Country finds the code of a country by its English name; empty if unknown.
func Country(name string) entente.Country {
	return countries()[strings.ToLower(strings.TrimSpace(name))]
}
