package spell

import (
	"slices"
	"strings"
	"unicode"

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
func readLatin(s string) []string {
	list := []string{spellLatin(s, 0), spellLatin(s, 1)}
	list = append(list, withoutAl(list[0])...)
	list = append(list, asRussian(list[0])...)
	return append(list, asHeard(list[0])...)
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
func withoutAl(s string) []string {
	switch {
	case len(s) >= 7 && (s[:2] == "al" || s[:2] == "el") && !vowel(s[2]):
		return []string{s[2:]}
	case len(s) >= 6 && (s[0] == 'a' || s[0] == 'e') && s[1] == s[2] && strings.IndexByte("dnrstz", s[1]) >= 0:
		return []string{s[2:]}
	}
	return nil
}

// frenchEnds are ends of French names, and how they sound.
var frenchEnds = strings.Fields("eaux o eau o ault o aults o aulx o aud o auds o aut o auts o ot o ots o oux u ois oa ais e ier ie iers ie quet ke")

// asHeard reads a French name without the letters that nobody hears.
func asHeard(s string) []string {
	for i := 0; i < len(frenchEnds); i += 2 {
		if rest, ok := strings.CutSuffix(s, frenchEnds[i]); ok && len(rest) > 1 {
			return []string{rest + frenchEnds[i+1]}
		}
	}
	return nil
}

// slavicEnds are ends of names by which Ukrainian and Belarusian ones are told.
var slavicEnds = strings.Fields("ov ova yov iov ev eva ovych evych ovich evich avich ovna ivna auna ouna iuna enko enka chuk niuk nyuk skiy skyi skyy ski sky ska skaya skaia iy yy ou au eu ouski auski ivskyi yna ryi oriy")

// asRussian reads Ukrainian and Belarusian spellings as Russian ones: Hryhorou
// as Gryhorov, Dzmitry as Dmitry.
func asRussian(s string) []string {
	slavic := slices.ContainsFunc(slavicEnds, func(end string) bool { return strings.HasSuffix(s, end) && len(s) > len(end)+2 })
	if !slavic && !strings.HasPrefix(s, "dzm") && !strings.HasPrefix(s, "ulad") {
		return nil
	}
	r := belarusian.Replace(s + "$")
	if slavic {
		r = ukrainian.Replace(r)
	}
	r = strings.TrimSuffix(r, "$")
	if strings.HasPrefix(r, "ul") && len(r) > 3 && vowel(r[2]) {
		r = "v" + r[1:]
	}
	if r == s {
		return nil
	}
	return []string{r}
}

var (
	belarusian = strings.NewReplacer("dzm", "dm", "dzi", "di", "tsi", "ti", "ou$", "ov$", "au$", "av$", "eu$", "ev$", "ousk", "ovsk", "ausk", "avsk", "eusk", "evsk", "auna$", "avna$", "ouna$", "ovna$", "euna$", "evna$")
	ukrainian  = strings.NewReplacer("kh", "kh", "sh", "sh", "ch", "ch", "zh", "zh", "gh", "g", "th", "th", "ph", "ph", "dh", "dh", "h", "g")
)
