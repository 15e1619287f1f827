package spell

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// latinLetters gives letters that no accent explains, and those with accents
// that more than one habit exists for: first without the accent, then as
// ICAO 9303-3 section 6A or the sound has it.
var latinLetters = map[rune][2]string{
	'ä': {"a", "ae"}, 'ö': {"o", "oe"}, 'ü': {"u", "ue"}, 'å': {"a", "aa"}, 'ø': {"o", "oe"}, 'æ': {"ae", "a"}, 'œ': {"oe", "o"},
	'ß': {"ss", "sz"}, 'þ': {"th", "t"}, 'ð': {"d", "dh"}, 'đ': {"d", "dj"}, 'ł': {"l", "l"}, 'ı': {"i", "i"}, 'ĸ': {"k", "q"},
	'ħ': {"h", "h"}, 'ŧ': {"t", "t"}, 'ŋ': {"n", "ng"}, 'ĳ': {"ij", "y"}, 'ŀ': {"l", "l"}, 'ŉ': {"n", "n"}, 'ſ': {"s", "s"}, 'ə': {"a", "e"},
	'ñ': {"n", "ny"}, 'š': {"s", "sh"}, 'ş': {"s", "sh"}, 'ș': {"s", "sh"}, 'ž': {"z", "zh"}, 'č': {"c", "ch"}, 'ć': {"c", "ch"}, 'ç': {"c", "ch"}, 'ţ': {"t", "ts"},
	'ț': {"t", "ts"}, 'ğ': {"g", ""}, 'ż': {"z", "zh"}, 'ś': {"s", "sh"}, 'ř': {"r", "rzh"}, 'ģ': {"g", "gh"},
}

// readLatin reads a word without its accents, then as its letters sound.
func (r *reader) readLatin(text string) {
	var plain string
	if ascii(r.small) {
		plain = r.same(text, r.small)
		r.offerText(withoutCourtesy(plain))
		r.offerText(plain)
	} else {
		plain = spellLatin(string(r.small), 0)
		r.offerText(plain)
		r.offerText(spellLatin(string(r.small), 1))
	}
	r.offerText(withoutAl(plain))
	r.asRussian(plain)
	r.asHeard(plain)
	r.asArabic(plain)
}

func ascii(s []byte) bool {
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func spellLatin(s string, habit int) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		if l, ok := latinLetters[r]; ok {
			b.WriteString(l[habit])
			continue
		}
		for _, d := range norm.NFKD.String(string(r)) {
			if l, ok := latinLetters[d]; ok {
				b.WriteString(l[habit])
			} else if !unicode.IsMark(d) {
				b.WriteRune(unicode.ToLower(d))
			}
		}
	}
	return b.String()
}

// withoutAl reads a word that begins with the Arabic article, written
// together: Alhusayn, Elmasri, Essaidi.
func withoutAl(s string) string {
	switch {
	case len(s) < 6 || s[0] != 'a' && s[0] != 'e':
	case len(s) >= 7 && s[1] == 'l' && (!vowel(s[2]) || s[2] == 'o' || s[2] == 'u' || s[2] == 'a'):
		return s[2:]
	case s[1] == s[2] && strings.IndexByte("dnrstz", s[1]) >= 0:
		return s[2:]
	}
	return ""
}

// ends are ends of words by their last letter.
type ends [256][]string

func endsOf(words string) (t ends) {
	for _, w := range strings.Fields(words) {
		last := w[len(w)-1]
		t[last] = append(t[last], w)
	}
	return t
}

// of is the first of the ends with which a word ends, and the word has more
// than so many letters before it.
func (t *ends) of(s string, more int) string {
	if s == "" {
		return ""
	}
	for _, end := range t[s[len(s)-1]] {
		if len(s) > len(end)+more && strings.HasSuffix(s, end) {
			return end
		}
	}
	return ""
}

// frenchEnds are ends of French names, and how they sound.
var (
	frenchEnds   = endsOf("eaux eau ault aults aulx aud auds aut auts ot ots oux ois ais ier iers quet")
	frenchSounds = map[string]string{
		"eaux": "o", "eau": "o", "ault": "o", "aults": "o", "aulx": "o", "aud": "o", "auds": "o", "aut": "o", "auts": "o", "ot": "o", "ots": "o",
		"oux": "u", "ois": "oa", "ais": "e", "ier": "ie", "iers": "ie", "quet": "ke",
	}
)

// asHeard reads a French name without the letters that nobody hears.
func (r *reader) asHeard(s string) {
	if end := frenchEnds.of(s, 1); end != "" {
		r.letters = append(append(r.letters[:0], s[:len(s)-len(end)]...), frenchSounds[end]...)
		r.offer(r.letters)
	}
}

// asArabic reads a Somali name as Arabic ones are spelt: Somali writes x for ḥ
// and c for ʿayn, Maxamed and Cumar.
func (r *reader) asArabic(s string) {
	if len(s) < 4 || s[0] != 'c' && strings.IndexByte(s, 'x') < 0 {
		return
	}
	for _, w := range somali {
		if strings.HasPrefix(s, w.head) {
			r.letters = append(append(r.letters[:0], w.arabic...), s[len(w.head):]...)
			r.offer(r.letters)
			return
		}
	}
}

// somali are beginnings of names that came with Islam.
var somali = func() (list []struct{ head, arabic string }) {
	f := strings.Fields("cabd abd cali ali cumar omar cusm usm cism usm ciis eis caaq aaq caruur arur maxam maham maxm mahm axm ahm xasa hasa xass hass xus hus xirs hirs saalax salah faarax farah fatax fatah faatax fatah raxm rahm raxi rahi yaxy yahy nuux nuh")
	for i := 0; i < len(f); i += 2 {
		list = append(list, struct{ head, arabic string }{f[i], f[i+1]})
	}
	return list
}()

// slavicEnds are ends of names by which Ukrainian and Belarusian ones are told.
const slavicEndings = "ov ova yov iov ev eva ovych evych ovich evich avich ovna ivna auna ouna iuna enko enka chuk niuk nyuk skiy skyi skyy ski sky ska skaya skaia iy yy ou au eu ouski auski ivskyi yna ryi oriy"

var slavicEnds = endsOf(slavicEndings)

// asRussian reads Ukrainian and Belarusian spellings as Russian ones: Hryhorou
// as Gryhorov, Dzmitry as Dmitry.
func (r *reader) asRussian(s string) {
	slavic := slavicEnds.of(s, 2) != ""
	if !slavic && !strings.HasPrefix(s, "dzm") && !strings.HasPrefix(s, "ulad") {
		return
	}
	r.letters = append(append(r.letters[:0], s...), '$')
	out := belarusian.rewrite(r.other[:0], r.letters)
	r.other = out
	if slavic {
		out = ukrainian.rewrite(r.letters[:0], out)
		r.letters = out
	}
	out = bytes.TrimSuffix(out, []byte("$"))
	if len(out) > 3 && out[0] == 'u' && out[1] == 'l' && vowel(out[2]) {
		out[0] = 'v'
	}
	r.offer(out)
}

var (
	belarusian = newRewriter("dzm", "dm", "dzi", "di", "tsi", "ti", "ou$", "ov$", "au$", "av$", "eu$", "ev$", "ousk", "ovsk", "ausk", "avsk", "eusk", "evsk", "auna$", "avna$", "ouna$", "ovna$", "euna$", "evna$")
	ukrainian  = newRewriter("kh", "kh", "sh", "sh", "ch", "ch", "zh", "zh", "gh", "g", "th", "th", "ph", "ph", "dh", "dh", "h", "g")
)
