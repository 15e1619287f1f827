package lists

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente"
)

// countryOf finds a country by its ISO 3166-1 code of two or three letters, or
// by one of the names that lists use. Codes that ISO leaves to its users (XA to
// XZ and a few more) stand for themselves.
func countryOf(text string) (entente.Country, bool) {
	t := countryTable()
	if text == "na" { // not available; Namibia's code is in capitals
		return "", false
	}
	if len(text) == 2 {
		if code := strings.ToUpper(text); userAssigned(code) || t[code] != "" {
			return entente.Country(code), true
		}
	}
	if c, ok := t[strings.ToUpper(text)]; ok && len(text) == 3 {
		return c, true
	}
	c, ok := t[foldCountry(text)]
	return c, ok
}

func userAssigned(code string) bool {
	_, err := entente.ParseCountry(code)
	return err == nil && (code[0] == 'X' || code == "AA" || code == "ZZ" || code[0] == 'Q' && code[1] >= 'M')
}

// countryTable maps codes in capitals and folded names to codes.
var countryTable = sync.OnceValue(func() map[string]entente.Country {
	t := map[string]entente.Country{}
	for line := range strings.Lines(countries) {
		codes, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		two, three, _ := strings.Cut(codes, "/")
		c := entente.Country(two)
		t[two] = c
		if three != "" {
			t[three] = c
		}
		for name := range strings.SplitSeq(names, "|") {
			t[foldCountry(name)] = c
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
