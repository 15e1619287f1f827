package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// page is a character set of one byte a letter, with the letters beyond ASCII
// that its languages use most.
type page struct {
	Charset
	script *unicode.RangeTable
	usual  string
}

// pages are those that desks still write; of two that fit alike, the first counts.
var pages = []page{
	{Charset{"windows-1252", charmap.Windows1252}, unicode.Latin, "éèáàäöüßñóíçôêãåøæúâîïëõšžÉÄÖÜÑÁÓÍÇÅØÆÚŠŽ"},
	{Charset{"windows-1251", charmap.Windows1251}, unicode.Cyrillic, "оеаинтсрвлкмдяОЕАИНТСРВЛКМДП"},
	{Charset{"windows-1250", charmap.Windows1250}, unicode.Latin, "łąęśżźćńščřžěýůďťňőűăşţáíéóöüäŁŚŻŹĆŠČŘŽÁÉÍÓÖÜ"},
	{Charset{"windows-1254", charmap.Windows1254}, unicode.Latin, "çğıöşüİŞÇĞÖÜâ"},
	{Charset{"windows-1253", charmap.Windows1253}, unicode.Greek, "αοιετςνσρηκπλάέήίόύώΑΚΓΠΜΔΝΣ"},
	{Charset{"windows-1256", charmap.Windows1256}, unicode.Arabic, "اليمنوربتدعحسهةأكفقشجصضطظزثخذغئءآإى"},
	{Charset{"windows-1255", charmap.Windows1255}, unicode.Hebrew, "אבגדהוזחטיכלמנסעפצקרשתםןץףך"},
	{Charset{"KOI8-R", charmap.KOI8R}, unicode.Cyrillic, "оеаинтсрвлкмдяОЕАИНТСРВЛКМДП"},
	{Charset{"IBM866", charmap.CodePage866}, unicode.Cyrillic, "оеаинтсрвлкмдяОЕАИНТСРВЛКМДП"},
	{Charset{"ISO-8859-2", charmap.ISO8859_2}, unicode.Latin, "łąęśżźćńščřžěýůďťňőűăşţáíéóöüäŁŚŻŹĆŠČŘŽÁÉÍÓÖÜ"},
	{Charset{"ISO-8859-5", charmap.ISO8859_5}, unicode.Cyrillic, "оеаинтсрвлкмдяОЕАИНТСРВЛКМДП"},
}

// Guess returns the character set of one byte a letter that fits b best: the one
// in which it reads most like names.
func Guess(b []byte) Charset {
	best, most := pages[0], -1<<30
	for _, p := range pages {
		if n := p.fits(b); n > most {
			best, most = p, n
		}
	}
	return best.Charset
}

// fits counts what speaks for a character set and against it.
func (p page) fits(b []byte) int {
	sum := 0
	var before, here, after rune
	for i, x := range b {
		if x < utf8.RuneSelf {
			continue
		}
		before, here, after = ' ', p.page.DecodeByte(x), ' '
		if i > 0 {
			before = p.page.DecodeByte(b[i-1])
		}
		if i+1 < len(b) {
			after = p.page.DecodeByte(b[i+1])
		}
		sum += p.letter(before, here, after)
	}
	return sum
}

func (p page) letter(before, here, after rune) int {
	within := unicode.IsLetter(before) && unicode.IsLetter(after)
	switch {
	case here == utf8.RuneError || unicode.IsControl(here):
		return -10
	case !unicode.IsLetter(here) && within && !strings.ContainsRune("’‘-–", here):
		return -6
	case !unicode.IsLetter(here):
		return 0
	case !unicode.Is(p.script, here):
		return -2
	}
	n := 0
	if strings.ContainsRune(p.usual, here) {
		n = 3
	}
	if unicode.IsUpper(here) && unicode.IsLower(before) {
		n -= 4
	}
	if p.script != unicode.Latin {
		n += p.alone(before, after)
		if unicode.IsLower(here) && !unicode.IsLetter(before) {
			n-- // most words of a list are names
		}
		return n
	}
	return n - sameSound(before, here, after)
}

// alone tells against a letter among letters of ASCII.
func (p page) alone(before, after rune) int {
	n := 0
	for _, c := range []rune{before, after} {
		if unicode.IsLetter(c) && !unicode.Is(p.script, c) {
			n -= 4
		}
	}
	return n
}

// sameSound tells against three vowels or three consonants in a row: "Dvoøák",
// "Sřren". Where letters beyond ASCII stand in whole words, the script is not Latin.
func sameSound(before, here, after rune) int {
	n := 0
	if before >= utf8.RuneSelf && unicode.IsLetter(before) && after >= utf8.RuneSelf && unicode.IsLetter(after) {
		n += 4
	}
	same := 0
	for _, c := range []rune{before, after} {
		if unicode.IsLetter(c) && vowel(c) == vowel(here) {
			same++
		}
	}
	if same == 2 {
		n += 4
	}
	return n
}

func vowel(c rune) bool {
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(unicode.ToLower(c))))
	return strings.ContainsRune("aeiouyøæœı", base)
}
