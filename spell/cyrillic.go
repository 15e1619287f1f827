package spell

import "strings"

// readCyrillic reads a word by the habits of the languages that share the
// script, Russian first.
func readCyrillic(s string) []string {
	var list []string
	for habit := range 2 {
		list = append(list, spellCyrillic(s, habit))
	}
	return list
}

var cyrillicLetters = map[rune][2]string{
	'а': {"a", "a"}, 'б': {"b", "b"}, 'в': {"v", "v"}, 'г': {"g", "h"}, 'д': {"d", "d"}, 'е': {"e", "ye"}, 'ё': {"e", "yo"}, 'ж': {"zh", "zh"}, 'з': {"z", "z"}, 'и': {"i", "y"},
	'й': {"y", "i"}, 'к': {"k", "k"}, 'л': {"l", "l"}, 'м': {"m", "m"}, 'н': {"n", "n"}, 'о': {"o", "o"}, 'п': {"p", "p"}, 'р': {"r", "r"}, 'с': {"s", "s"}, 'т': {"t", "t"},
	'у': {"u", "u"}, 'ф': {"f", "f"}, 'х': {"kh", "h"}, 'ц': {"ts", "ts"}, 'ч': {"ch", "ch"}, 'ш': {"sh", "sh"}, 'щ': {"shch", "sht"}, 'ъ': {"", "a"}, 'ы': {"y", "y"},
	'ь': {"", ""}, 'э': {"e", "e"}, 'ю': {"yu", "iu"}, 'я': {"ya", "ia"},
}

func spellCyrillic(s string, habit int) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(cyrillicLetters[r][habit])
	}
	return b.String()
}
