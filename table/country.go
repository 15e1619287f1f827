package table

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente"
)

// CountryOf returns the country that a text names, by a code (entente.ReadCountry)
// or by one of the names that lists use. As there, "" and true say that there is none.
func CountryOf(text string) (entente.Country, bool) {
	if c, ok := entente.ReadCountry(text); ok {
		return c, true
	}
	c, ok := countriesByName()[foldCountry(text)]
	return c, ok
}

// countriesByName maps folded names to codes.
var countriesByName = sync.OnceValue(func() map[string]entente.Country {
	t := map[string]entente.Country{}
	for line := range strings.Lines(countryNames) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		for name := range strings.SplitSeq(names, "|") {
			t[foldCountry(name)] = entente.Country(code)
		}
	}
	return t
})

// foldCountry reduces a name to what its spellings share: "Congo, Democratic
// Republic of the" and "Democratic Republic of the Congo" stay two, but accents,
// case, articles and punctuation go.
func foldCountry(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	kept := words[:0]
	for _, w := range words {
		switch w {
		case "the", "of", "and":
		case "region":
			if len(kept) > 0 {
				kept = append(kept, w)
			}
		default:
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
