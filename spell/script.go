package spell

import "unicode"

// Script is a writing system.
type Script uint8

const (
	Other Script = iota
	Latin
	Cyrillic
	Arabic // also Persian and Pashto
	Hebrew
	Greek
	Armenian
	Georgian
	Hangul
	Han
	Kana
)

var scripts = [...]struct {
	name, code string
	table      *unicode.RangeTable
}{
	Other:    {"other", "Zyyy", nil},
	Latin:    {"Latin", "Latn", unicode.Latin},
	Cyrillic: {"Cyrillic", "Cyrl", unicode.Cyrillic},
	Arabic:   {"Arabic", "Arab", unicode.Arabic},
	Hebrew:   {"Hebrew", "Hebr", unicode.Hebrew},
	Greek:    {"Greek", "Grek", unicode.Greek},
	Armenian: {"Armenian", "Armn", unicode.Armenian},
	Georgian: {"Georgian", "Geor", unicode.Georgian},
	Hangul:   {"Hangul", "Hang", unicode.Hangul},
	Han:      {"Han", "Hani", unicode.Han},
	Kana:     {"kana", "Kana", nil},
}

func (s Script) String() string { return scripts[s].name }

// Code is the script's ISO 15924 code, as entente.Name carries it: "Cyrl".
func (s Script) Code() string { return scripts[s].code }

// Vowelless reports whether the script leaves most vowels unwritten, so that
// vowels of the other spelling are no evidence.
func (s Script) Vowelless() bool { return s == Arabic || s == Hebrew }

// scriptOf tells a letter's script; Other for signs that all scripts share.
func scriptOf(r rune) Script {
	switch {
	case r < 0x80:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return Latin
		}
		return Other
	case unicode.In(r, unicode.Hiragana, unicode.Katakana) || r == 'ー':
		return Kana
	case r == 'ʼ' || r == 'ʻ' || r == 'ʹ' || r == 'ʺ':
		return Other
	}
	for s := Latin; s < Kana; s++ {
		if unicode.Is(scripts[s].table, r) {
			return s
		}
	}
	return Other
}
