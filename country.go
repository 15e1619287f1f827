package entente

import (
	"strings"
	"sync"
)

// Country is a code of two capitals: one of ISO 3166-1 alpha-2, one that ISO
// withdrew and that people are still nationals of ("SU", "YU"), one that ISO
// leaves to its users ("XA", "XK" for Kosovo), or "EU" or "UN", which issue
// documents. "CS" is Czechoslovakia or Serbia and Montenegro: ISO gave it twice.
type Country string

// ParseCountry reads the one form that messages carry. A synonym, another case
// and three letters are refused with the code to write.
func ParseCountry(s string) (Country, error) {
	c, ok := ReadCountry(s)
	if ok && string(c) == s && c != "" {
		return c, nil
	}
	e := &Error{Kind: Invalid, Field: "country"}
	switch {
	case ok && c == "":
		e.Detail, e.Hint = "this code says that the country is not known, or that there is none", "leave it out"
	case ok:
		e.Detail, e.Hint = "it is not the code that ISO 3166-1 has for this country", "write "+string(c)
	case len(s) == 2 && capitals(s):
		e.Detail, e.Hint = "no country has this code", "write the two capitals of ISO 3166-1, as in GB for the United Kingdom"
	default:
		e.Detail, e.Hint = "it is not a country code", "write the two capitals of ISO 3166-1, as in GB for the United Kingdom"
	}
	return "", e
}

// ReadCountry reads a code as people, lists and travel documents write it: two
// or three letters of ISO 3166-1 in any case, four of its part 3, synonyms (UK,
// EL), and the additions of ICAO 9303-3 section 5. Of single letters only the
// capital D is a country, Germany. "na" in small letters stands where nothing is
// known; NA is Namibia. It gives "" and true for a code that says that there is
// no country, or none known: stateless people, organisations, ZZ. It allocates nothing.
func ReadCountry[T ~string | ~[]byte](code T) (c Country, ok bool) {
	for len(code) > 0 && code[0] == ' ' {
		code = code[1:]
	}
	for len(code) > 0 && code[len(code)-1] == ' ' {
		code = code[:len(code)-1]
	}
	var word [4]byte
	if len(code) > len(word) || string(code) == "na" || string(code) == "d" {
		return "", false
	}
	for i := range len(code) {
		word[i] = code[i]
		if 'a' <= code[i] && code[i] <= 'z' {
			word[i] -= 'a' - 'A'
		}
	}
	c, ok = countryCodes()[string(word[:len(code)])]
	return c, ok
}

func capitals(s string) bool { return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }

// countryCodes maps every code that is read to the one that is kept.
var countryCodes = sync.OnceValue(func() map[string]Country {
	t := make(map[string]Country, 2000)
	for _, first := range userAssigned() {
		t[first] = Country(first)
		for c := 'A'; c <= 'Z'; c++ {
			t[first+string(c)] = Country(first)
		}
	}
	for _, table := range []string{iso3166, withdrawn, renamed, reserved, icao9303} {
		for _, words := range strings.Fields(table) {
			codes, kept, other := strings.Cut(words, "=")
			list := strings.Split(codes, "/")
			if !other {
				kept = list[0]
			}
			for _, code := range list {
				t[code] = Country(strings.TrimSuffix(kept, "-"))
			}
		}
	}
	return t
})

// userAssigned lists the codes that ISO 3166-1 section 8.1.3 leaves to its users,
// but for ZZ, which means that the country is not known. With any third letter
// they are the codes of three letters that it leaves.
func userAssigned() []string {
	list := []string{"AA"}
	for c := 'A'; c <= 'Z'; c++ {
		if c >= 'M' {
			list = append(list, "Q"+string(c))
		}
		list = append(list, "X"+string(c))
	}
	return list
}
