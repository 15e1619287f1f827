package spell

import "strings"

// table reads rows of a letter and its spellings, one for each habit, or one
// for all; "-" is none. Rows stand on a line each or side by side.
func table(habits int, text string) map[rune][]string {
	m := map[rune][]string{}
	var row []string
	var letter rune
	for _, f := range strings.Fields(text) {
		if r := []rune(f); r[0] >= 0x80 {
			letter, row = r[0], nil
			continue
		}
		if f == "-" {
			f = ""
		}
		row = append(row, f)
		all := make([]string, habits)
		for i := range all {
			all[i] = row[min(i, len(row)-1)]
		}
		m[letter] = all
	}
	return m
}
