package spell

import "strings"

// Habits of writing Arabic script in Latin letters.
const (
	arab     = iota // BGN/PCGN 1956: th dh d z, w
	persian         // BGN/PCGN 1958, also Dari, Pashto, Urdu: s z z z, v
	egyptian        // g for ج
	foreign         // names of other languages, which know p and g
	arabicHabits
)

// arabicLetters reads consonants. Long vowels depend on what stands beside
// them, short ones are unwritten.
var arabicLetters = table(arabicHabits, `
ء -   أ a   إ i   آ a   ا a   ٱ a   ى a   ع a   ؤ u   ئ i   ۀ a   ة a a a
ب b b b p   ت t   ث th s th   ج j j g g   ح h   خ kh   د d   ذ dh z dh   ر r   ز z   س s   ش sh   ص s   ض d z d   ط t   ظ z z d   غ gh gh gh g   ف f   ق q q q k   ك k   ل l   م m   ن n   ه h   و w v w   ي y
پ p   چ ch   ژ zh   گ g   ک k   ی y   ڤ v   ڨ g   ڭ ng   ہ h   ھ h   ە a   ے e   ټ t   ٹ t   څ ts s ts   ځ dz z dz   ډ d   ڈ d   ړ r   ڑ r   ږ zh   ښ sh kh sh   ڼ n   ں n   ې e   ۍ y   ئ i   ڰ g   ګ g   ێ e   ۆ o   ڵ l   ۇ u   ۋ v   ێ e`)

// arabicMarks are short vowels, where somebody wrote them.
var arabicMarks = map[rune]string{'\u064e': "a", '\u0650': "i", '\u064f': "u", '\u0670': "a"}

// readArabic reads a word with its article and without.
func readArabic(s string) []string {
	s = hamzaBelow(s)
	var list []string
	if rest, ok := strings.CutPrefix(s, "ال"); ok && len([]rune(rest)) >= 3 {
		list = append(list, readings(Arabic, rest, 3)...)
		for h := range arabicHabits {
			list = append(list, spellArabic(rest, h))
		}
		return append(list, "al"+list[0], spellArabic(s, arab))
	}
	list = readings(Arabic, s, 4)
	for h := range arabicHabits {
		list = append(list, spellArabic(s, h))
	}
	return list
}

// hamzaBelow writes letters that only look different as one.
var hamzaBelow = strings.NewReplacer("ك", "ك", "ي", "ي", "ھ", "ه").Replace

// spellArabic reads letter by letter. A و or ي is a vowel between consonants,
// a consonant beside a vowel.
func spellArabic(s string, habit int) string {
	letters := []rune(s)
	var heard []string
	open := true // a vowel stands last, or nothing
	at := func(i int) rune {
		if i < 0 || i >= len(letters) {
			return 0
		}
		return letters[i]
	}
	for i, r := range letters {
		if v := arabicMarks[r]; v != "" {
			heard, open = append(heard, v), true
			continue
		}
		l := arabicLetters[r]
		if l == nil {
			continue
		}
		sound := l[habit]
		switch next := at(i + 1); {
		case r == 'ت' && next == 'ش': // Чехов, Čapek, Chirac
			sound, letters[i+1] = "ch", 0
		case r == 'ت' && (next == 'س' || next == 'ز'):
			sound, letters[i+1] = "ts", 0
		case r == 'د' && next == 'ج':
			sound, letters[i+1] = "j", 0
		case i > 0 && glide(r) && !arabicVowel(next) && (!open || at(i-1) == 'أ' || at(i-1) == 'إ' || at(i-1) == 'ا' && i == 1):
			sound = "i"
			if r == 'و' {
				sound = "u"
			}
		}
		if sound != "" {
			heard, open = append(heard, sound), vowel(sound[len(sound)-1])
		}
	}
	return vocalise(heard)
}

// vocalise puts an a where Arabic syllables need a vowel: one consonant before
// a vowel, at most one behind it. Rhmn becomes rahman, hsn hasan, slman salman.
func vocalise(heard []string) string {
	is := func(i int) bool { return i >= 0 && i < len(heard) && vowel(heard[i][0]) }
	fill := make([]bool, len(heard)) // an a behind this sound
	for i := len(heard) - 2; i >= 0; i-- {
		if is(i) || is(i+1) {
			continue
		}
		onset := is(i+2) || fill[i+1] // the next consonant opens a syllable
		fill[i] = !onset || i == 0
	}
	var b strings.Builder
	for i, h := range heard {
		b.WriteString(h)
		if fill[i] {
			b.WriteByte('a')
		}
	}
	return b.String()
}

func glide(r rune) bool { return r == 'و' || r == 'ي' || r == 'ی' }

func arabicVowel(r rune) bool {
	return r == 'ا' || r == 'ى' || r == 'ة' || r == 'آ' || glide(r)
}
