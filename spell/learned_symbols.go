package spell

import "unicode"

// A symbol is what a model reads in one step: mostly one character; two in the
// upper and lower half where the second changes the first (ג', シャ); or the
// sound of a Han character that has no statistics of its own.
type symbol uint64

const soundSymbol symbol = 1 << 62

func pairSymbol(a, b rune) symbol { return symbol(b)<<24 | symbol(a) }

// maxSymbols bounds the work for one token.
const maxSymbols = 64

// symbolsOf takes a token apart into the symbols of its script, and leaves out
// what stands for no sound: vowel points, tatweel, marks, punctuation.
func symbolsOf(s Script, token string, into []symbol) []symbol {
	if s == Hangul {
		return jamoOf(token, into)
	}
	for _, c := range token {
		c = plainRune(c)
		if n := len(into); n > 0 && modifies(s, into[n-1], c) {
			into[n-1] |= symbol(c) << 24
			continue
		}
		if len(into) == maxSymbols {
			break
		}
		if unicode.IsLetter(c) || c == 'ー' {
			into = append(into, symbol(c))
		}
	}
	return into
}

// modifies reports whether c belongs to the symbol before it: the geresh of
// ג' or צ', the small kana of シャ or ティ.
func modifies(s Script, before symbol, c rune) bool {
	if before>>24 != 0 {
		return false
	}
	switch s {
	case Hebrew:
		return c == '\''
	case Kana:
		switch c {
		case 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ヮ':
			return true
		}
	}
	return false
}

// plainRune folds characters that are written for one another.
func plainRune(c rune) rune {
	switch c {
	case '’', '׳', '‘', '`', 'ʼ', '′':
		return '\''
	case 'ى', 'ی', 'ې', 'ۍ', 'ے':
		return 'ي'
	case 'ک', 'ګ':
		return map[rune]rune{'ک': 'ك', 'ګ': 'گ'}[c]
	case 'ہ', 'ە', 'ھ', 'ۀ':
		return 'ه'
	case 'ٱ':
		return 'ا'
	case '－', '―', '—', 'ｰ', '〜':
		return 'ー'
	}
	if c >= 'ぁ' && c <= 'ゖ' { // hiragana stands as far before katakana throughout
		return c + 'ァ' - 'ぁ'
	}
	return c
}

// jamoOf takes syllables apart (Unicode 3.12). The silent initial ㅇ stays with
// its vowel as one symbol: it says where a syllable begins, which a vowel
// alone does not.
func jamoOf(token string, into []symbol) []symbol {
	for _, c := range token {
		if len(into)+3 > maxSymbols {
			break
		}
		if c < '가' || c > '힣' {
			continue
		}
		i := c - '가'
		lead, vowel, tail := 0x1100+i/588, 0x1161+i%588/28, 0x11A7+i%28
		if lead == 0x110B {
			into = append(into, pairSymbol(vowel, lead))
		} else {
			into = append(into, symbol(lead), symbol(vowel))
		}
		if tail != 0x11A7 {
			into = append(into, symbol(tail))
		}
	}
	return into
}

// place finds the symbol in the model: itself, or its sound, or its first
// half; false where the model knows nothing of it.
func (m *model) place(s symbol) (int, bool) {
	if i, ok := m.index[s]; ok {
		return i, true
	}
	if n, ok := m.pinyin[rune(s)]; ok && s>>24 == 0 {
		i, ok := m.index[soundSymbol|symbol(n)]
		return i, ok
	}
	i, ok := m.index[s&(1<<24-1)]
	return i, ok
}
