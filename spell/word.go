package spell

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a part before it is read.
type word struct {
	text    string
	scripts uint16 // bits: the scripts of its letters; apostrophed
	tied    bool   // a hyphen before it
	pointed bool   // a point after it
	comma   bool   // a comma before it
}

// apostrophed marks a word with an apostrophe in it.
const apostrophed = 1 << 15

// script tells the script of a word, and whether all of its letters are of it.
func (w *word) script() (s Script, pure bool) {
	if m := w.scripts &^ apostrophed; m&1 == 0 && bits.OnesCount16(m) == 1 {
		return Script(bits.TrailingZeros16(m)), true
	}
	return scriptOfWord(w.text), false
}

// cut splits a name into words at spaces and signs. Hyphens split and are
// remembered, apostrophes within a word stay in it.
func (r *reader) cut(text string) {
	r.n = 0
	k := cutter{reader: r, text: r.keepText(text)}
	for i, c := range k.text {
		s := signOf(c)
		switch s.kind() {
		case ofWord:
			k.letter(i, c, 1<<s.script())
		case beside:
			k.letter(i, c, 0)
		case quotes:
			if c >= 0x80 && unicode.IsLetter(c) {
				k.letter(i, c, apostrophed|1<<Other)
			} else {
				k.letter(i, c, apostrophed)
			}
		case falls:
		case ties:
			k.end(false)
			k.tied = r.n > 0
		default:
			k.end(c == '.')
			k.tied, k.comma = false, k.comma || c == ','
		}
	}
	k.end(false)
	if r.n == 0 {
		if t := strings.TrimSpace(k.text); t != "" {
			r.words[0] = word{text: firstRunes(t, maxRunes), scripts: 1 << Other}
			r.n = 1
		}
	}
}

// cutter is the word under way: text[from:to], or the reader's letters where
// something within it fell.
type cutter struct {
	*reader
	text        string
	from, to    int
	runes       int
	scripts     uint16
	gapped      bool
	tied, comma bool
}

func (k *cutter) letter(i int, c rune, scripts uint16) {
	if k.runes == maxRunes {
		return
	}
	k.scripts |= scripts
	switch {
	case k.runes == 0:
		k.from = i
	case !k.gapped && k.to != i:
		k.gapped = true
		k.letters = append(k.letters[:0], k.text[k.from:k.to]...)
	}
	k.runes++
	if k.gapped {
		k.letters = utf8.AppendRune(k.letters, c)
		return
	}
	k.to = i + utf8.RuneLen(c)
}

func (k *cutter) end(pointed bool) {
	if k.runes == 0 {
		return
	}
	w := k.text[k.from:k.to]
	if k.gapped {
		w = k.keep(k.letters)
	}
	if k.scripts&apostrophed != 0 {
		w = trimApostrophes(w)
	}
	if w != "" {
		if k.n < maxParts {
			k.words[k.n] = word{w, k.scripts, k.tied, pointed, k.comma}
			k.n++
		}
		k.tied, k.comma = false, false
	}
	k.runes, k.scripts, k.gapped = 0, 0, false
}
