package spell

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
)

// Unread reports whether letters of the part could not be read. It is compared
// by the others; where there are none, see Opaque.
func (p Part) Unread() bool { return p.unread }

// Opaque reports whether nothing of the part could be read. Only the very same
// word meets it.
func (p Part) Opaque() bool { return p.opaque }

// ScriptOf names the script of the first letter of a text that no table reads:
// "Devanagari", as Unicode names it. It is empty where all letters are read.
func ScriptOf(text string) string {
	for _, c := range text {
		if !unreadLetter(c) {
			continue
		}
		for name, table := range unicode.Scripts {
			if unicode.Is(table, c) {
				return strings.ReplaceAll(name, "_", " ")
			}
		}
	}
	return ""
}

// losesLetters reports whether a word has letters that no table of its script
// reads, and which are missing in its readings.
func losesLetters(w *word, script Script) bool {
	if script == Latin && plainLatin(w.text) {
		return false
	}
	return strings.ContainsFunc(w.text, unreadLetter)
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// strays reports whether a word of an alphabet has letters of another script,
// which its tables do not read.
func strays(small []byte, script Script) bool {
	return script < Hangul && script != Other && bytes.ContainsFunc(small, func(c rune) bool {
		s := scriptOf(c)
		return s != script && s != Other && unicode.IsLetter(c)
	})
}

// unreadLetter tells letters that no table reads. Of scripts whose signs are
// syllables or words only the whole tells.
func unreadLetter(c rune) bool {
	if c < 0x180 || !unicode.IsLetter(c) || apostrophe(c) || presentation(c) {
		return false
	}
	switch script := scriptOf(c); {
	case script == Other:
		return !unicode.Is(unicode.Lm, c)
	case script < Hangul:
		return unreadLetters()[lower(c)]
	}
	return false
}

// unreadLetters are the letters of the alphabets that have no reading: those
// that no table of names knows.
var unreadLetters = sync.OnceValue(func() map[rune]bool {
	unread := map[rune]bool{}
	r := new(reader)
	r.room(64)
	for script := Latin; script < Hangul; script++ {
		for _, table := range scripts[script].table.R16 {
			for c := rune(table.Lo); c <= rune(table.Hi); c += rune(table.Stride) {
				if !unicode.IsLetter(c) || unicode.Is(unicode.Lm, c) || lower(c) != c {
					continue
				}
				r.small = append(r.small[:0], string(c)...)
				r.collected.reset()
				if r.readScript(script, string(c)); r.count == 0 {
					unread[c] = true
				}
			}
		}
	}
	return unread
})
