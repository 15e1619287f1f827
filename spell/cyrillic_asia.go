package spell

// Russian writes Japanese by the system of Polivanov and Chinese by that of
// Palladius. Letter by letter neither leads back: Ёсида Кэндзи is Yoshida Kenji,
// Чжан Цзюнь is Zhang Jun.

// readJapanese reads a Cyrillic word that is built of Japanese syllables; some
// are the traits of its letters.
func (r *reader) readJapanese(some traits) {
	if some&japaneseMark == 0 || !openSyllables(r.runes, japaneseLetter) {
		return
	}
	r.letters = polivanov.rewrite(r.letters[:0], r.small)
	r.offerCyrillic(r.letters)
}

// readChinese reads a Cyrillic word that is built of Chinese syllables.
func (r *reader) readChinese() {
	pairs := false
	for i, c := range r.runes {
		if traitsOf(c)&(syllabic|chineseLetter|chinesePart) == 0 {
			return
		}
		pairs = pairs || i > 0 && chinesePair(r.runes[i-1], c)
	}
	if !pairs {
		return
	}
	r.letters = chineseSounds.rewrite(r.letters[:0], r.small)
	if !openSyllables([]rune(string(r.letters)), chineseLetter) {
		return
	}
	r.letters = palladius.rewrite(r.letters[:0], append(r.small, '$'))
	r.offerCyrillic(r.letters)
}

// offerCyrillic adds what a rewriter has left of a word.
func (r *reader) offerCyrillic(s []byte) {
	r.offer(appendCyrillic(nil, []rune(string(s)), common))
}

// chinesePair tells pairs of letters that Chinese names are known by.
func chinesePair(a, b rune) bool {
	switch [2]rune{a, b} {
	case [2]rune{'н', 'ь'}, [2]rune{'ц', 'з'}, [2]rune{'ч', 'ж'}, [2]rune{'ю', 'й'}, [2]rune{'ю', 'э'}, [2]rune{'э', 'й'}, [2]rune{'а', 'о'}, [2]rune{'о', 'у'},
		[2]rune{'я', 'н'}, [2]rune{'и', 'н'}, [2]rune{'у', 'н'}, [2]rune{'э', 'н'}, [2]rune{'с', 'ю'}, [2]rune{'с', 'я'}, [2]rune{'с', 'и'}:
		return true
	}
	return false
}

// openSyllables reports whether a word has only vowels and the given
// consonants, each before a vowel but those that may close a syllable or are
// doubled.
func openSyllables(letters []rune, consonants traits) bool {
	for i, c := range letters {
		t := traitsOf(c)
		switch {
		case t&syllabic != 0:
		case t&consonants == 0:
			return false
		case c == 'н' || c == 'й' || c == 'ъ': // these may close a syllable
		case i+1 == len(letters):
			return false
		case letters[i+1] != c && traitsOf(letters[i+1])&syllabic == 0 && !(c == 'д' && letters[i+1] == 'з'):
			return false
		}
	}
	return true
}

var (
	polivanov = newRewriter("сси", "sshi", "си", "shi", "сё", "sho", "сю", "shu", "ся", "sha", "тти", "cchi", "ти", "chi", "тё", "cho", "тю", "chu", "тя", "cha",
		"дзи", "ji", "дзё", "jo", "дзю", "ju", "дзя", "ja", "дз", "z", "цу", "tsu", "х", "h", "ъ", "")
	// chineseSounds are one where Palladius writes two letters.
	chineseSounds = newRewriter("нь", "н", "эр", "э", "чж", "ч", "цз", "ц")
	palladius     = newRewriter("чж", "zh", "цзи", "ji", "цзю", "ju", "цзя", "jia", "цзе", "jie", "цз", "z", "ци", "qi", "цю", "qu", "ця", "qia", "це", "qie", "ц", "c",
		"си", "xi", "сю", "xu", "ся", "xia", "се", "xie", "ж", "r", "х", "h", "нь", "n", "уй", "ui", "юй", "yu", "ун", "ong", "нъ", "n",
		"на", "na", "нэ", "ne", "ни", "ni", "но", "no", "ну", "nu", "ню", "nu", "ня", "nia", "не", "nie", "н", "ng", "ъ", "", "$", "")
)
