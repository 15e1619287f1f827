package spell

import (
	"testing"
	"unicode"
)

// What is looked up quickly is what the tables of Unicode say.
func TestSigns(t *testing.T) {
	for r := rune(0); r < 0x10000; r++ {
		if unicode.Is(unicode.Cs, r) {
			continue
		}
		if got, want := signOf(r), inspect(r); got != want {
			t.Errorf("%U: sign %x, want %x", r, got, want)
		}
		if got, want := lower(r), unicode.ToLower(r); got != want {
			t.Errorf("%U: small letter %U, want %U", r, got, want)
		}
		if unicode.IsLetter(r) && scriptOf(lower(r)) != scriptOf(r) {
			t.Errorf("%U and its small letter are of two scripts", r)
		}
	}
}
