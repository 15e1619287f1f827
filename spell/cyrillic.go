package spell

// Habits of writing Cyrillic in Latin letters. A letter that all write alike
// has one spelling, else one for each habit in this order.
const (
	common   = iota // Russian as in English: yu, ya, kh
	icao            // Russian passports, ICAO 9303-3 section 6B: iu, ia, i
	ukrainic        // Ukrainian and Belarusian: h, y
	bulgaric        // Bulgarian: a for ъ, sht, h, ts
	serbic          // Serbian and Macedonian Latin, less its accents: s, c, z, h, j
	cyrillicHabits
	bgn // common, but ye at the beginning and after vowels: BGN/PCGN 1947
)

var cyrillicLetters = table(cyrillicHabits, `
а a        б b        в v        д d        з z        к k        л l        м m        н n
о o        п p        р r        с s        т t        у u        ф f
г g g h g g          ґ g            ѓ g g g g dj
е e                  ё yo e yo yo jo    є ye ie ye e e      э e
ж zh zh zh zh z      и i i y i i    і i i i i i    ї yi i i i i   й y i y y j    ј j j j j j
х kh kh kh h h       ц ts ts ts ts c   ч ch ch ch ch c   ш sh sh sh sh s   щ shch shch shch sht sc
ъ - ie - a a         ы y            ь -           ю yu iu yu yu ju      я ya ia ya ya ja
ў w u w u u
љ lj lj lj lj lj     њ nj nj nj nj nj   ђ dj dj dj dj dj   ћ ch c c c c    џ dzh dz dzh dzh dz   ќ kj k kj kj kj   ѕ dz
ә a ae a a a     ғ gh g gh gh g   қ q k q q k   ң ng n ng ng n   ө o   ұ u   ү u   һ h
ҷ j dj j j j     ҳ h           ӣ i           ӯ u           җ j zh j j j    ҡ k q k k k   ҙ z   ҫ s   ӏ -   ӑ a   ӗ e   ӱ u   ӧ o   ӓ a   ѣ e e i ya je   ѫ a a u a u`)

// cyrillicRows are the same by letter, with what is asked of a letter again
// and again.
var cyrillicRows = func() (t [0x130]cyrillicRow) {
	for r, spellings := range cyrillicLetters {
		row := &t[r-0x400]
		for h, s := range spellings {
			row.habits[h] = s
			if s != spellings[common] {
				row.differs |= 1 << h
			}
		}
	}
	for trait, letters := range cyrillicTraits {
		for _, r := range letters {
			t[r-0x400].traits |= trait
		}
	}
	return t
}()

type cyrillicRow struct {
	habits  [cyrillicHabits]string
	differs uint8  // bits: habits that spell the letter otherwise than common
	traits  traits // of the letter
}

// traits are sets of letters.
type traits uint16

const (
	serbicMark     traits = 1 << iota // marks tell a language by letters that only it has
	ukrainicMark                      //
	belarusicMark                     //
	russianMark                       //
	iotates                           // a wide е behind it is ye
	syllabic                          // a vowel in Japanese and Chinese names
	japaneseLetter                    // a consonant in Japanese names
	japaneseMark                      // one of these tells that it may be one
	chineseLetter                     // a consonant in Chinese names
	chinesePart                       // a letter that Chinese names have in some pairs
)

var cyrillicTraits = map[traits]string{
	serbicMark:     "јљњћђџѓќѕ",
	ukrainicMark:   "ґєї",
	belarusicMark:  "ўі",
	russianMark:    "ыэё",
	iotates:        "аеёиоуыэюяіїєўъь",
	syllabic:       "аеёиоуыэюя",
	japaneseLetter: "бгдзйкмнпрстфхцдв",
	japaneseMark:   "сзцтёюэ",
	chineseLetter:  "бпмфдтлнгкхцчшсжвъй",
	chinesePart:    "ьрз",
}

// traitsOf gives the traits of a letter, none of what is no Cyrillic letter.
func traitsOf(r rune) traits {
	if r < 0x400 || r >= 0x530 {
		return 0
	}
	return cyrillicRows[r-0x400].traits
}

// cyrillicMarks give the habits of the languages that have some letters.
var cyrillicMarks = []struct {
	mark   traits
	habits []int
}{
	{serbicMark, []int{serbic, common}},
	{ukrainicMark, []int{ukrainic, icao}},
	{belarusicMark, []int{ukrainic, common, serbic}},
	{russianMark, []int{common, bgn, icao, serbic}},
	{0, []int{common, bgn, icao, ukrainic, bulgaric, serbic}}, // not known: Russian first
}

// readCyrillic reads a word by the habits of the languages that have its
// letters.
func (r *reader) readCyrillic() {
	r.runes = r.runes[:0]
	some, differs := traits(0), uint8(0)
	for _, c := range string(r.small) {
		r.runes = append(r.runes, c)
		if c >= 0x400 && c < 0x530 {
			row := &cyrillicRows[c-0x400]
			some, differs = some|row.traits, differs|row.differs
		}
	}
	habits := cyrillicMarks[len(cyrillicMarks)-1].habits
	for _, m := range cyrillicMarks {
		if m.mark&some != 0 {
			habits = m.habits
			break
		}
	}
	plain := false // whether the common spelling is there
	for i, h := range habits {
		if plain && h != bgn && differs>>h&1 == 0 {
			continue // the same again
		}
		plain = plain || h == common
		r.letters = appendCyrillic(r.letters[:0], r.runes, h)
		if i == 0 {
			r.other = append(r.other[:0], r.letters...)
		}
		r.offer(r.letters)
		if i == 0 {
			r.readJapanese(some)
			r.readChinese()
			r.readForeign(some)
		}
	}
	if len(r.other) > 0 && r.other[0] == 'g' {
		r.other[0] = 'h' // Гамбург
		r.offer(r.other)
	}
}

// readForeign reads a word as the learned model does, which knows how Russian
// writes names of other languages: Хьюз is Hughes, Дюпюи Dupuis. Names that are
// plainly Slavic are spared the search.
func (r *reader) readForeign(some traits) {
	if some&(serbicMark|ukrainicMark|belarusicMark) != 0 || slavicFamilies.of(string(r.small), 4) != "" {
		return
	}
	for _, s := range readings(Cyrillic, string(r.small), cyrillicLearned) {
		r.offerText(s)
	}
}

// Learned readings of a Cyrillic word: how many there are at most, and the bits
// that one may cost more than the first. The rules have the likeliest already.
const (
	cyrillicLearned = 4
	cyrillicMargin  = 10 << 3
)

// slavicFamilies are ends of names that no other language has, in bytes.
var slavicFamilies = endsOf("ов ова ев ева ёв ёва ский ская цкий цкая енко ович евич овна евна швили")

// appendCyrillic spells a word by a habit.
func appendCyrillic(b []byte, word []rune, habit int) []byte {
	ye := habit == bgn
	if ye {
		habit = common
	}
	for i, c := range word {
		switch {
		case c >= 0x400 && c < 0x530:
			if c == 'е' && ye && (i == 0 || traitsOf(word[i-1])&iotates != 0) {
				b = append(b, 'y')
			}
			b = append(b, cyrillicRows[c-0x400].habits[habit]...)
		case c < 0x80:
			b = append(b, byte(c))
		}
	}
	return b
}

func spellCyrillic(s string, habit int) string {
	return string(appendCyrillic(nil, []rune(s), habit))
}
