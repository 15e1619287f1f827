package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Much of what is printed here was written by somebody else: a partner's names
// and texts, the names of his files, his descriptor. A terminal obeys some
// characters, and others make one text look like another. All printing goes
// through this file, so that no command can forget it.

// steers reports whether r could move a terminal, or change how the text around
// it reads. Marks that scripts need (joiners, LRM, RLM) are not among them.
func steers(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true // ESC begins a sequence; so does U+009B alone; CR overwrites the line
	case r == '\u2028' || r == '\u2029':
		return true // line ends by another name
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u206f':
		return true // embeddings, overrides and isolates (UAX #9, 2.1 to 2.5); their deprecated kin
	case r >= 0xE0000 && r <= 0xE007F:
		return true // tags: text that is not seen
	}
	return false
}

// mark stands where a character was that is not shown.
const mark = '\uFFFD'

// harmless is a writer for people. What steers is marked, not left out: a reader
// should know that something was there.
type harmless struct {
	w    io.Writer
	rest []byte // a character that is not whole yet
}

func (h *harmless) Write(b []byte) (int, error) {
	text := append(h.rest, b...)
	cut := len(text)
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if c := text[len(text)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(text[len(text)-i:]) {
				cut = len(text) - i
			}
			break
		}
	}
	h.rest = append([]byte(nil), text[cut:]...)
	if _, err := io.WriteString(h.w, plain(string(text[:cut]))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// plain marks what steers, and what is not UTF-8.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return mark
		}
		return r
	}, strings.ToValidUTF8(s, string(mark)))
}

// escaped writes what steers in JSON as \u escapes: the values stay the same, and
// a terminal may show them. Outside of strings JSON has no such characters.
func escaped(b []byte) []byte {
	var out strings.Builder
	for _, r := range string(b) {
		switch {
		case !steers(r):
			out.WriteRune(r)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xD800+(r>>10), 0xDC00+(r&0x3FF))
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return []byte(out.String())
}

// quoted sets a text of any number of lines apart, so that no line of it can pass
// for one of ours.
func quoted(s string) string {
	return "  │ " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n  │ ")
}

// oneLine makes one line of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
