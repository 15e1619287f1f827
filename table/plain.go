package table

import (
	"strings"

	"entente"
)

// A feed has millions of rows, and most of their cells are written plainly. What
// is read here without a look at the rest is what the full reading gives.

// plainDate reads YYYY, YYYY-MM, YYYY-MM-DD, DD.MM.YYYY and "10 Dec 1948".
func plainDate(s string) (d entente.PartialDate, ok bool) {
	switch {
	case len(s) == 10 && s[2] == '.' && s[5] == '.':
		d = entente.PartialDate{Year: decimal(s[6:]), Month: decimal(s[3:5]), Day: decimal(s[:2])}
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		d = entente.PartialDate{Year: decimal(s[:4]), Month: decimal(s[5:7]), Day: decimal(s[8:])}
	case len(s) == 7 && s[4] == '-':
		d = entente.PartialDate{Year: decimal(s[:4]), Month: decimal(s[5:]), Day: 1}
	case len(s) == 11 && s[2] == ' ' && s[6] == ' ':
		d = entente.PartialDate{Year: decimal(s[7:]), Month: months[strings.ToLower(s[3:6])], Day: decimal(s[:2])}
	case len(s) == 4:
		d = entente.PartialDate{Year: decimal(s), Month: 1, Day: 1}
	}
	if d.Year < 1800 || d.Year > 2200 || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 28 {
		return d, false
	}
	if len(s) < 10 {
		d.Day = 0
	}
	if len(s) < 7 {
		d.Month = 0
	}
	return d, true
}

// decimal reads digits; -1: there is something else.
func decimal(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// plainTime reads YYYY-MM-DD, and the same with hh:mm behind a space or T.
func plainTime(s string) (entente.LocalTime, bool) {
	if len(s) != len("2006-01-02") && len(s) != len("2006-01-02T15:04") {
		return "", false
	}
	d, ok := plainDate(s[:10])
	if !ok || s[4] != '-' || d.Year < 1900 {
		return "", false
	}
	if len(s) == 10 {
		return entente.LocalTime(s), true
	}
	hour, minute := decimal(s[11:13]), decimal(s[14:])
	if s[10] != 'T' && s[10] != ' ' || s[13] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return "", false
	}
	return entente.LocalTime(s[:10] + "T" + s[11:]), true
}

// beginMarks are the words with which a mark of names.go begins.
var beginMarks = set("alias aliases aka fka nka also now formerly previously better known good low high strong weak connu connue dit dite auch besser bekannt genannt recte " +
	"conocido conocida apodado apodada conhecido conhecida vulgo detto detta anche noto nota conosciuto conosciuta ook bekend genaamd vel zvana kallad kaldet " +
	"nom kunya maiden born nee ne geb geborene geborener z nacida nata or oder ou lub veya o")

// isOneName reports whether a cell is one name of ASCII letters, with at most one
// comma, and without anything that could part two.
func isOneName(s string) bool {
	if s == "" || len(s) > 200 || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	comma, words := 0, 1
	for i := range len(s) {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c == '-' && i > 0 && s[i-1] != ' ', c == '\'' && i > 0 && i < len(s)-1:
		case c == ' ':
			words++
		case c == ',' && i > 0 && i < len(s)-1:
			comma++
		default:
			return false
		}
	}
	if comma > 1 || comma == 1 && words > 3 {
		return false
	}
	var room [16]byte
	for w := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ' ' || c == ',' }) {
		if len(w) > len(room) {
			continue
		}
		b := room[:0]
		for i := range len(w) {
			c := w[i]
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			b = append(b, c)
		}
		if beginMarks[string(b)] {
			return false
		}
	}
	return true
}
