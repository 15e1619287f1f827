package spell

import (
	"bytes"
	"unicode/utf8"
)

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

// arabicRows are both by letter.
var arabicRows = func() (t [0x100]arabicRow) {
	for r, spellings := range arabicLetters {
		row := &t[r-0x600]
		row.letter = true
		for h, s := range spellings {
			row.habits[h] = s
			if s != spellings[arab] {
				row.differs |= 1 << h
			}
		}
	}
	for r, vowel := range arabicMarks {
		t[r-0x600] = arabicRow{habits: [arabicHabits]string{vowel, vowel, vowel, vowel}}
	}
	return t
}()

type arabicRow struct {
	habits  [arabicHabits]string
	letter  bool
	differs uint8 // bits: habits that read the letter otherwise than arab
}

// readArabic reads a word with its article and without.
func (r *reader) readArabic() {
	const article = "ال"
	r.runes = r.runes[:0]
	for _, c := range string(r.small) {
		r.runes = append(r.runes, plainHeh(c))
	}
	if len(r.runes) < 5 || !bytes.HasPrefix(r.small, []byte(article)) {
		r.readArabicWord(r.runes, 4)
		return
	}
	head := r.readArabicWord(r.runes[2:], 3)
	r.letters = append(append(r.letters[:0], "al"...), head...)
	r.offer(r.letters)
	r.letters = r.appendArabic(r.letters[:0], r.runes, arab)
	r.offer(r.letters)
}

// readArabicWord reads a word as the learned model does, in at most so many
// ways, then by all habits. It returns the first reading.
func (r *reader) readArabicWord(word []rune, most int) (head string) {
	r.other = r.other[:0]
	differs := uint8(0)
	for _, c := range word {
		r.other = utf8.AppendRune(r.other, c)
		if c >= 0x600 && c < 0x700 {
			differs |= arabicRows[c-0x600].differs
		}
	}
	for _, s := range readings(Arabic, string(r.other), most) {
		r.offerText(s)
	}
	for h := range arabicHabits {
		if h != arab && differs>>h&1 == 0 {
			continue // the same again
		}
		r.letters = r.appendArabic(r.letters[:0], word, h)
		r.offer(r.letters)
	}
	if r.count == 0 {
		return ""
	}
	return r.list[0]
}

// plainHeh writes a heh that only looks different as the other.
func plainHeh(c rune) rune {
	if c == 'ھ' {
		return 'ه'
	}
	return c
}

// appendArabic reads letter by letter. A و or ي is a vowel between consonants,
// a consonant beside a vowel.
func (r *reader) appendArabic(b []byte, letters []rune, habit int) []byte {
	heard := r.heard[:0]
	open := true // a vowel stands last, or nothing
	taken := -1  // the letter that was read with the one before it
	for i, c := range letters {
		if i == taken || c < 0x600 || c >= 0x700 {
			continue
		}
		row := &arabicRows[c-0x600]
		sound := row.habits[habit]
		if row.letter {
			next := rune(0)
			if i+1 < len(letters) {
				next = letters[i+1]
			}
			switch {
			case c == 'ت' && next == 'ش': // Чехов, Čapek, Chirac
				sound, taken = "ch", i+1
			case c == 'ت' && (next == 'س' || next == 'ز'):
				sound, taken = "ts", i+1
			case c == 'د' && next == 'ج':
				sound, taken = "j", i+1
			case i > 0 && glide(c) && !arabicVowel(next) && (!open || letters[i-1] == 'أ' || letters[i-1] == 'إ' || letters[i-1] == 'ا' && i == 1):
				sound = "i"
				if c == 'و' {
					sound = "u"
				}
			}
		}
		if sound != "" {
			heard, open = append(heard, sound), vowel(sound[len(sound)-1])
		}
	}
	r.heard = heard
	return vocalise(b, heard)
}

// vocalise puts an a where Arabic syllables need a vowel: one consonant before
// a vowel, at most one behind it. Rhmn becomes rahman, hsn hasan, slman salman.
func vocalise(b []byte, heard []string) []byte {
	is := func(i int) bool { return i < len(heard) && vowel(heard[i][0]) }
	var fill [maxRunes + 2]bool // an a behind this sound
	for i := len(heard) - 2; i >= 0; i-- {
		if is(i) || is(i+1) {
			continue
		}
		onset := is(i+2) || fill[i+1] // the next consonant opens a syllable
		fill[i] = !onset || i == 0
	}
	for i, h := range heard {
		b = append(b, h...)
		if fill[i] {
			b = append(b, 'a')
		}
	}
	return b
}

func glide(r rune) bool { return r == 'و' || r == 'ي' || r == 'ی' }

func arabicVowel(r rune) bool {
	return r == 'ا' || r == 'ى' || r == 'ة' || r == 'آ' || glide(r)
}
