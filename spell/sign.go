package spell

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sign is what splitting and reading a name ask of a character: its kind, its
// script, and whether it is composed.
type sign uint8

// Kinds of characters.
const (
	splits sign = iota // spaces, and signs that end a word
	ofWord             // letters
	beside             // marks and digits
	quotes             // apostrophes
	ties               // hyphens
	falls              // ignored
	kinds  sign = 7
)

// composed marks a character that NFC leaves as it is whatever stands beside
// it, so that a text of such characters needs no cleaning.
const composed sign = 1 << 3

func (s sign) kind() sign     { return s & kinds }
func (s sign) script() Script { return Script(s >> 4) }

// lowSigns and lowLetters hold the signs and the small letters of the alphabets
// from Latin to Arabic.
var (
	lowSigns, lowLetters = func() (t [0x800]sign, small [0x800]uint16) {
		for i := range t {
			t[i], small[i] = inspect(rune(i)), uint16(unicode.ToLower(rune(i)))
		}
		return t, small
	}()
)

func signOf(r rune) sign {
	switch {
	case r < 0x800:
		return lowSigns[r]
	case r >= 0x4e00 && r <= 0x9fff:
		return ofWord | composed | sign(Han)<<4
	case r >= 0xac00 && r <= 0xd7a3:
		return ofWord | composed | sign(Hangul)<<4
	case r >= 0x30a1 && r <= 0x30fa, r >= 0x3041 && r <= 0x3096:
		return ofWord | composed | sign(Kana)<<4
	case r >= 0x10d0 && r <= 0x10fa:
		return ofWord | composed | sign(Georgian)<<4
	}
	return inspect(r)
}

// inspect asks the tables of Unicode.
func inspect(r rune) sign {
	s := sign(scriptOf(r)) << 4
	if r != unicode.ReplacementChar && !presentation(r) && norm.NFC.PropertiesString(string(r)).BoundaryBefore() && norm.NFC.IsNormalString(string(r)) {
		s |= composed
	}
	switch {
	case ignored(r):
		return s | falls
	case apostrophe(r):
		return s | quotes
	case unicode.IsLetter(r):
		return s | ofWord
	case unicode.IsMark(r), unicode.IsDigit(r):
		return s | beside
	case hyphen(r):
		return s | ties
	}
	return s // splits
}

func lower(r rune) rune {
	if r < 0x800 {
		return rune(lowLetters[r])
	}
	return unicode.ToLower(r)
}
