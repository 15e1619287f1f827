package passage

import "strings"

// Layouts of states that are not those of ICAO 9303.
const (
	FRID  Format = "FR-ID" // identity cards of France until 2021: two lines of 36
	DL1   Format = "DL"    // driving licences of the European Union's states: one line of 30
	width        = 36
)

// national reads a zone in the layout of a state, if it is one.
func national(lines []string) (MRZ, []Flaw, bool) {
	if len(lines) == 2 && len(lines[0]) == width && strings.HasPrefix(lines[0], "IDFRA") && !isDate(lines[1][13:19]) {
		m, flaws := french(lines[0], lines[1])
		return m, flaws, true
	}
	return MRZ{}, nil, false
}

// french reads an identity card of France: surname in the first line, twelve
// digits of the number, given names, birth date and sex in the second. It has no
// nationality, for only the French have one.
func french(one, two string) (MRZ, []Flaw) {
	r := zone{m: MRZ{Format: FRID, Code: "ID", Issuer: "FRA", Nationality: "FRA"}, lenient: true}
	r.names(strings.TrimRight(one[5:30], "<") + "<<" + strings.ReplaceAll(strings.TrimRight(two[13:27], "<"), "<<", "<"))
	r.number(two[:12], two[12])
	birth := two[27:34]
	if t := asDigits.Replace(birth); digit(birth[:6]) != birth[6:] && digit(t[:6]) == t[6:] {
		birth = t
	}
	r.m.Birth = birth[:6]
	r.check("birth date", birth[:6], birth[6])
	r.birth()
	switch sex := two[34]; sex {
	case 'M', 'F', 'X':
		r.m.Sex = string(rune(sex))
	case '<':
	default:
		r.bad("sex", "it is not M, F, X or a filler", string(rune(sex)))
	}
	r.over(two[35], one, two[:27], birth, two[34:35])
	for _, f := range r.flaws {
		r.leaveOut(f.Field)
	}
	return r.m, r.flaws
}

// isLicence reports whether a line is the only one of a driving licence.
func isLicence(line string) bool {
	return len(line) == 30 && strings.HasPrefix(line, "D1") && isLetters(line[2:5])
}

// licence reads the line of a driving licence: state, number, expiry, and the
// first eight letters of the surname.
func licence(line string) (MRZ, []Flaw) {
	r := zone{m: MRZ{Format: DL1, Code: "DL", Issuer: line[2:5], Number: strings.TrimRight(line[5:14], "<"), Expiry: line[15:21]}, lenient: true}
	r.names(line[21:29])
	if digit(line[:14]) != line[14:15] {
		r.bad("document number", "its check digit does not hold", line[5:14])
	}
	if digit(line[:29]) != line[29:] {
		r.bad("whole zone", "its check digit does not hold", line[29:])
	}
	for _, f := range r.flaws {
		r.leaveOut(f.Field)
	}
	return r.m, r.flaws
}

// coded reports whether the names are those of a passport that is used within
// Russia: each letter or digit stands for one Cyrillic letter.
func (r *zone) coded() bool { return r.lenient && r.m.coded() }

func (m *MRZ) coded() bool { return m.Format == TD3 && m.Code == "PN" && m.Issuer == "RUS" }

// cyrillic are the letters of such names, in the order of the alphabet.
var cyrillic = strings.NewReplacer(
	"A", "А", "B", "Б", "V", "В", "G", "Г", "D", "Д", "E", "Е", "2", "Ё", "J", "Ж", "Z", "З", "I", "И", "Q", "Й", "K", "К", "L", "Л", "M", "М", "N", "Н", "O", "О", "P", "П",
	"R", "Р", "S", "С", "T", "Т", "U", "У", "F", "Ф", "H", "Х", "C", "Ц", "3", "Ч", "4", "Ш", "W", "Щ", "X", "Ъ", "Y", "Ы", "9", "Ь", "6", "Э", "7", "Ю", "8", "Я",
)

// series puts the number of such a passport together: its fourth digit stands at
// the front of the optional data.
func (m *MRZ) series() string {
	if len(m.Number) != 9 || m.Optional == "" || !isDigit(m.Optional[0]) {
		return m.Number
	}
	return m.Number[:3] + m.Optional[:1] + m.Number[3:]
}
