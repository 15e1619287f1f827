package spell

import "strings"

// Russian writes Japanese by the system of Polivanov and Chinese by that of
// Palladius. Letter by letter neither leads back: Ёсида Кэндзи is Yoshida Kenji,
// Чжан Цзюнь is Zhang Jun.

// readJapanese reads a Cyrillic word that is built of Japanese syllables.
func readJapanese(s string) []string {
	if !openSyllables(s, "бгдзйкмнпрстфхцдв", "нйъ") || !strings.ContainsAny(s, "сзцтёюэ") {
		return nil
	}
	return []string{spellCyrillic(polivanov.Replace(s), common)}
}

// readChinese reads a Cyrillic word that is built of Chinese syllables.
func readChinese(s string) []string {
	if !containsAny(s, "нь", "цз", "чж", "юй", "юэ", "эй", "ао", "оу", "ян", "ин", "ун", "эн", "сю", "ся", "си") {
		return nil
	}
	if !openSyllables(chineseSounds.Replace(s), "бпмфдтлнгкхцчшсжвъй", "нйъ") {
		return nil
	}
	return []string{spellCyrillic(palladius.Replace(s+"$"), common)}
}

// openSyllables reports whether a word has only the given consonants, each before a
// vowel but those that may close a syllable or are doubled.
func openSyllables(s, consonants, closing string) bool {
	letters := []rune(s)
	for i, r := range letters {
		switch {
		case strings.ContainsRune("аеёиоуыэюя", r):
		case !strings.ContainsRune(consonants, r):
			return false
		case strings.ContainsRune(closing, r):
		case i+1 == len(letters):
			return false
		case letters[i+1] != r && !strings.ContainsRune("аеёиоуыэюя", letters[i+1]) && !(r == 'д' && letters[i+1] == 'з'):
			return false
		}
	}
	return true
}

func containsAny(s string, list ...string) bool {
	for _, l := range list {
		if strings.Contains(s, l) {
			return true
		}
	}
	return false
}

var (
	polivanov = strings.NewReplacer("сси", "sshi", "си", "shi", "сё", "sho", "сю", "shu", "ся", "sha", "тти", "cchi", "ти", "chi", "тё", "cho", "тю", "chu", "тя", "cha",
		"дзи", "ji", "дзё", "jo", "дзю", "ju", "дзя", "ja", "дз", "z", "цу", "tsu", "х", "h", "ъ", "")
	// chineseSounds are one where Palladius writes two letters.
	chineseSounds = strings.NewReplacer("нь", "н", "эр", "э", "чж", "ч", "цз", "ц")
	palladius     = strings.NewReplacer("чж", "zh", "цзи", "ji", "цзю", "ju", "цзя", "jia", "цзе", "jie", "цз", "z", "ци", "qi", "цю", "qu", "ця", "qia", "це", "qie", "ц", "c",
		"си", "xi", "сю", "xu", "ся", "xia", "се", "xie", "ж", "r", "х", "h", "нь", "n", "уй", "ui", "юй", "yu", "ун", "ong", "нъ", "n",
		"на", "na", "нэ", "ne", "ни", "ni", "но", "no", "ну", "nu", "ню", "nu", "ня", "nia", "не", "nie", "н", "ng", "ъ", "", "$", "")
)
