package spell

import "strings"

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

// wide letters are written with an e that iotates: y is heard before them at
// the beginning of a word and after a vowel.
const cyrillicVowels = "аеёиоуыэюяіїєўъь"

// marks tell a language by letters that only it has.
var cyrillicMarks = []struct {
	letters string
	habits  []int
}{
	{"јљњћђџѓќѕ", []int{serbic, common}},
	{"ґєї", []int{ukrainic, icao}},
	{"ўі", []int{ukrainic, common, serbic}},
	{"ыэё", []int{common, bgn, icao, serbic}},
	{"", []int{common, bgn, icao, ukrainic, bulgaric, serbic}}, // not known: Russian first
}

// readCyrillic reads a word by the habits of the languages that have its
// letters.
func readCyrillic(s string) []string {
	var list []string
	for _, m := range cyrillicMarks {
		if m.letters != "" && !strings.ContainsAny(s, m.letters) {
			continue
		}
		for _, h := range m.habits {
			list = append(list, spellCyrillic(s, h))
		}
		break
	}
	if rest, ok := strings.CutPrefix(list[0], "g"); ok && len(list) < MaxOthers {
		list = append(list, "h"+rest) // Гамбург
	}
	list = append(list, readJapanese(s)...)
	return append(list, readChinese(s)...)
}

func spellCyrillic(s string, habit int) string {
	ye := habit == bgn
	if ye {
		habit = common
	}
	var b strings.Builder
	before := ' '
	for _, r := range s {
		l := cyrillicLetters[r]
		if r == 'е' && ye && (before == ' ' || strings.ContainsRune(cyrillicVowels, before)) {
			b.WriteByte('y')
		}
		if l != nil {
			b.WriteString(l[habit])
		} else if r < 0x80 {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}
