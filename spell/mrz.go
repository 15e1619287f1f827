package spell

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente"
)

// MRZ writes a name as the machine-readable zone of a passport prints it, in
// A–Z and '<', by ICAO 9303-3 section 6: national letters by table A, Cyrillic
// by table B, Arabic by table C. Spaces and hyphens become one '<', a comma
// behind the family name two; apostrophes and points fall. Letters for which
// there is no table are printed by their likeliest reading.
func MRZ(text string) (string, error) {
	if len(text) > maxBytes {
		return "", notPrintable("the name is too long")
	}
	var b strings.Builder
	for primary := range strings.SplitSeq(clean(text), ",") {
		var words []string
		for _, w := range strings.FieldsFunc(primary, func(r rune) bool { return unicode.IsSpace(r) || hyphen(r) || r == '<' }) {
			w, err := mrzWord(w)
			if err != nil {
				return "", err
			}
			if w != "" {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("<<")
		}
		b.WriteString(strings.Join(words, "<"))
	}
	if b.Len() == 0 {
		return "", notPrintable("the name has no letter that a passport can print")
	}
	return b.String(), nil
}

func notPrintable(detail string) error {
	return &entente.Error{Kind: entente.Invalid, Field: "name", Detail: detail, Hint: "write the name in letters, as in the passport"}
}

// mrzWord prints one word.
func mrzWord(w string) (string, error) {
	kept := strings.Map(func(r rune) rune {
		if ignored(r) || apostrophe(r) || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, w)
	for _, r := range kept {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return "", notPrintable("a passport prints no figures or signs in a name")
		}
	}
	out := ""
	switch script := scriptOfWord(kept); script {
	case Latin:
		out = mrzLatin(kept)
	case Cyrillic:
		out = mrzCyrillic(kept)
	case Arabic:
		out = mrzArabic(kept)
	case Other:
		if kept != "" {
			return "", notPrintable("the name has letters that no table of ICAO 9303 prints")
		}
	default:
		if list := readScript(script, kept); len(list) > 0 {
			out = list[0]
		}
	}
	return strings.ToUpper(lettersOnly(out)), nil
}

// mrzLetters are the letters of table A that are more than their base letter.
var mrzLetters = map[rune]string{
	'ä': "ae", 'å': "aa", 'æ': "ae", 'ð': "d", 'ö': "oe", 'ø': "oe", 'ü': "ue", 'þ': "th", 'ß': "ss", 'đ': "d", 'ħ': "h", 'ı': "i", 'ĳ': "ij", 'ł': "l", 'ŀ': "l", 'ŋ': "n", 'œ': "oe", 'ŧ': "t", 'ĸ': "q", 'ə': "a",
}

func mrzLatin(s string) string {
	var b strings.Builder
	for _, r := range s {
		if l, ok := mrzLetters[r]; ok {
			b.WriteString(l)
			continue
		}
		for _, d := range norm.NFKD.String(string(r)) {
			if l, ok := mrzLetters[d]; ok {
				b.WriteString(l)
			} else {
				b.WriteRune(d)
			}
		}
	}
	return b.String()
}

// mrzCyrillic prints by table B, which is Russian but for letters and
// languages that it names.
func mrzCyrillic(s string) string {
	switch {
	case strings.ContainsAny(s, cyrillicTraits[serbicMark]):
		return spellCyrillic(s, serbic)
	case strings.ContainsAny(s, "ґєїўі"):
		s = strings.NewReplacer("г", "h", "и", "y", "ё", "io").Replace(s)
	}
	return spellCyrillic(s, icao)
}

// arabicCodes is table C. X escapes the letter or two behind it; no code is the
// beginning of another.
var arabicCodes = table(1, `
ء XE   آ XAA   أ XAE   ؤ U   إ I   ئ XI   ا A   ب B   ة XTA   ت T   ث XTH   ج J   ح XH   خ XKH   د D   ذ XDH   ر R   ز Z   س S   ش XSH
ص XSS   ض XDZ   ط XTT   ظ XZZ   ع E   غ G   ف F   ق Q   ك K   ل L   م M   ن N   ه H   و W   ى XAY   ي Y   ٱ XXA
ٹ XXT   ټ XRT   پ P   ځ XKE   څ XXH   چ XC   ڈ XXD   ډ XDR   ڑ XXR   ړ XRR   ږ XRX   ژ XJ   ښ XXS   ک XKK   ګ XXK   ڭ XNG   گ XGG
ں XNN   ڼ XXN   ھ XDO   ۀ XYH   ہ XXG   ۂ XGE   ۃ XTG   ی XYA   ۍ XXY   ې Y   ے XYB   ۓ XBE`)

// mrzArabic prints by table C: a shadda doubles its letter, other marks fall,
// and a ة at the end of a word is an h.
func mrzArabic(s string) string {
	letters := []rune(s)
	var b strings.Builder
	last := ""
	for i, r := range letters {
		switch code := arabicCodes[r]; {
		case r == '\u0651':
			b.WriteString(last)
		case code == nil:
		case r == 'ة' && strings.TrimFunc(string(letters[i+1:]), unicode.IsMark) == "":
			b.WriteString("XAH")
		default:
			last = code[0]
			b.WriteString(last)
		}
	}
	return strings.ToLower(b.String())
}

// FromMRZ returns what may have stood where a passport printed text, in small
// letters with single spaces, likeliest first, at most eight. Text is A–Z and
// '<', as MRZ writes it; the first reading is text itself, unless it is Arabic
// by table C of ICAO 9303-3: then Arabic comes first.
func FromMRZ(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == '<' || r == ' ' })
	as := strings.ToLower(strings.Join(words, " "))
	if as == "" || len(text) > maxBytes {
		return nil
	}
	var list []string
	if arabic, ok := fromArabic(words); ok {
		list = append(list, arabic)
	}
	list = append(list, as)
	for _, letters := range fromLatin {
		if back := letters.Replace(as); back != as {
			list = append(list, back)
		}
	}
	return list
}

// fromLatin are the ways back through table A, by groups of languages.
var fromLatin = []*strings.Replacer{
	strings.NewReplacer("nxx", "ñ", "uxx", "ü"),
	strings.NewReplacer("ae", "ä", "oe", "ö", "ue", "ü", "uxx", "ü"),
	strings.NewReplacer("ae", "æ", "oe", "ø", "aa", "å"),
	strings.NewReplacer("aa", "å", "ae", "ä", "oe", "ö"),
	strings.NewReplacer("ss", "ß"),
	strings.NewReplacer("th", "þ", "ae", "æ"),
}

// arabicLettersOf is table C backwards. Where two letters have one code, the
// Arabic one stands.
var arabicLettersOf = func() map[string]rune {
	m := map[string]rune{"XAH": 'ة'}
	for r, code := range arabicCodes {
		if old, ok := m[code[0]]; !ok || r < old {
			m[code[0]] = r
		}
	}
	return m
}()

// fromArabic reads table C backwards. Text is Arabic if all of it can be read
// and some letter is escaped.
func fromArabic(words []string) (string, bool) {
	var b strings.Builder
	escaped := false
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		for w != "" {
			size := 1
			for size < min(3, len(w)) && arabicLettersOf[w[:size]] == 0 {
				size++
			}
			r := arabicLettersOf[w[:size]]
			if r == 0 {
				return "", false
			}
			escaped = escaped || size > 1
			b.WriteRune(r)
			w = w[size:]
		}
	}
	return b.String(), escaped
}
