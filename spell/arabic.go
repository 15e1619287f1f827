package spell

import "strings"

// arabicLetters reads consonants and long vowels; short vowels are unwritten.
var arabicLetters = map[rune]string{
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ء': "", 'ؤ': "u", 'ئ': "i", 'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z",
	'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q", 'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "w", 'ي': "y",
	'ى': "a", 'ة': "a", 'پ': "p", 'چ': "ch", 'ژ': "zh", 'گ': "g", 'ک': "k", 'ی': "y", 'ڤ': "v",
}

func readArabic(s string) []string {
	if rest, ok := strings.CutPrefix(s, "ال"); ok && len([]rune(rest)) >= 3 {
		return []string{spellArabic(rest), "al" + spellArabic(rest)}
	}
	return []string{spellArabic(s)}
}

func spellArabic(s string) string {
	var b strings.Builder
	last := true // a vowel stands last
	for _, r := range s {
		l := arabicLetters[r]
		if l == "" {
			continue
		}
		if !vowel(l[0]) && !last {
			b.WriteByte('a')
		}
		b.WriteString(l)
		last = vowel(l[len(l)-1])
	}
	return b.String()
}
