package parse

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"entente"
)

// The tables are those of docs/protocol.md, "Text", and name code points and not
// properties: the properties of a character change with the version of Unicode,
// and two implementations must say the same of one text.

// Readable refuses a text with a character that is not seen and can change what
// is read: controls but newline and tab, marks that turn the direction of writing,
// line ends by another name, and characters without width where their script does
// not need them. One name could be made to look like another ("gpj.exe" as
// "exe.jpg").
func Readable(s string) error {
	if i := unseen(s); i >= 0 {
		r, _ := utf8.DecodeRuneInString(s[i:])
		return &entente.Error{
			Kind: entente.Invalid, Detail: fmt.Sprintf("it holds the character U+%04X, which is not seen and can change what is read", r),
			Hint: "type it again instead of copying it",
		}
	}
	return nil
}

// Visible leaves out of s what Readable refuses, for texts that somebody else
// wrote and that are read all the same. It reports whether there was any.
func Visible(s string) (string, bool) {
	if unseen(s) < 0 {
		return s, false
	}
	var b strings.Builder
	before, turns := rune(-1), strings.ContainsFunc(s, rightToLeft)
	for _, r := range s {
		if !refused(before, r, turns) {
			b.WriteRune(r)
			before = r
		}
	}
	return b.String(), true
}

// unseen gives the place of the first character that a text must not have, or −1.
func unseen(s string) int {
	before, turns, looked := rune(-1), false, false
	for i, r := range s {
		if r >= 0x7f && !looked {
			turns, looked = strings.ContainsFunc(s, rightToLeft), true
		}
		if refused(before, r, turns) {
			return i
		}
		before = r
	}
	return -1
}

// refused reports whether r must not stand behind the character before, in a text
// that has a letter of a script written from right to left, or has none.
func refused(before, r rune, turns bool) bool {
	switch {
	case r < 0xa0:
		return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f
	case r == '\u061c' || r == '\u200e' || r == '\u200f':
		return !turns
	case r >= '\u200b' && r <= '\u200d' || r == '\u180e':
		return !among(joining, before)
	}
	return among(never, r)
}

func rightToLeft(r rune) bool { return among(rightwards, r) }

// among reports whether a code point lies in one of the ranges, which rise.
func among(ranges [][2]rune, r rune) bool {
	for _, x := range ranges {
		if r <= x[1] {
			return r >= x[0]
		}
	}
	return false
}

var (
	// never stands in a text.
	never = [][2]rune{
		{0xad, 0xad},       // soft hyphen
		{0x34f, 0x34f},     // grapheme joiner
		{0x115f, 0x1160},   // Hangul fillers
		{0x17b4, 0x17b5},   // Khmer inherent vowels
		{0x2028, 0x202e},   // line and paragraph separator; embeddings and overrides
		{0x2060, 0x206f},   // word joiner, invisible operators, isolates, deprecated
		{0x3164, 0x3164},   // Hangul filler
		{0xfeff, 0xfeff},   // byte order mark
		{0xffa0, 0xffa0},   // Hangul filler
		{0xfff0, 0xfffb},   // interlinear annotation
		{0x1bca0, 0x1bca3}, // shorthand
		{0x1d173, 0x1d17a}, // music
		{0xe0000, 0xe00ff}, // tags
		{0xe01f0, 0xe0fff}, // reserved
	}
	// rightwards are the scripts written from right to left: U+061C, U+200E and
	// U+200F stand only in a text that has one of these.
	rightwards = [][2]rune{{0x590, 0x8ff}, {0xfb1d, 0xfdff}, {0xfe70, 0xfefc}, {0x10800, 0x10fff}, {0x1e800, 0x1efff}}
	// joining are the scripts and symbols that U+180E and U+200B to U+200D follow,
	// and only they.
	joining = [][2]rune{
		{0x600, 0x109f},    // Arabic to Myanmar
		{0x1700, 0x17ff},   // Philippine scripts, Khmer
		{0x1800, 0x180d},   // Mongolian, without U+180E
		{0x180f, 0x1cff},   // and the scripts of South-East Asia and India
		{0x2190, 0x2bff},   // symbols
		{0xa800, 0xabff},   // more of India and South-East Asia
		{0xfb50, 0xfdff},   // Arabic forms
		{0xfe0f, 0xfe0f},   // shown as an emoji
		{0xfe70, 0xfefc},   // Arabic forms
		{0x10a00, 0x11fff}, // historic scripts
		{0x1e900, 0x1e95f}, // Adlam
		{0x1f000, 0x1faff}, // emoji
	}
)
