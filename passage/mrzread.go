package passage

import (
	"strconv"
	"strings"
)

// ParseMRZ reads a machine-readable zone of two or three lines, strictly: every
// check digit must hold, every date exist, and every field have its own
// characters. Errors are of kind Invalid, name the field and hold no content.
//
// What a check digit does not protect may be misread without a trace: names,
// issuer, nationality, sex and the document code; in visas also the optional
// field. In a field that is protected, a character passes for one that weighs
// the same modulo ten, as A for K or 0: the standard cannot see it. The zone does not say whether an empty optional field of a passport has
// 0 or a filler for its check digit; Lines writes the filler.
func ParseMRZ(lines []string) (MRZ, error) {
	f, err := formatOf(lines)
	if err != nil {
		return MRZ{}, err
	}
	r := zone{m: MRZ{Format: f}, shape: shapes[f]}
	r.read(lines)
	if len(r.flaws) > 0 {
		return MRZ{}, mrzError(r.flaws[0].Field, r.flaws[0].Detail)
	}
	return r.m, nil
}

// read reads the fields by their places.
func (r *zone) read(lines []string) {
	one, two := lines[0], lines[1]
	r.front(one[:5])
	switch r.m.Format {
	case TD1:
		r.names(lines[2])
		r.numberLong(one[5:14], one[14], one[15:])
		r.personal(two[:7], two[7], two[8:15], two[15:18])
		r.m.Optional2 = r.optional(two[18:29])
		r.over(two[29], one[5:], two[:7], two[8:15], two[18:29])
	case TD2:
		r.names(one[5:])
		r.numberLong(two[:9], two[9], two[28:35])
		r.personal(two[13:20], two[20], two[21:28], two[10:13])
		r.over(two[35], two[:10], two[13:20], two[21:35])
	default:
		r.names(one[5:])
		r.number(two[:9], two[9])
		r.personal(two[13:20], two[20], two[21:28], two[10:13])
		r.tail(two)
	}
}

// formatOf tells the format by the number and width of lines, and by the V of
// visas.
func formatOf(lines []string) (Format, error) {
	for i, l := range lines {
		for j := range len(l) {
			if c := l[j]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '<' {
				return "", mrzError("line "+strconv.Itoa(i+1), "character "+strconv.Itoa(j+1)+" is not one of A to Z, 0 to 9 and <")
			}
		}
	}
	for _, f := range [...]Format{TD1, TD2, TD3, MRVA, MRVB} {
		s := shapes[f]
		if len(lines) != s.lines || !widths(lines, s.width) || (lines[0][0] == 'V') != (f == MRVA || f == MRVB) {
			continue
		}
		return f, nil
	}
	return "", mrzError("lines", "a machine-readable zone has two lines of 44 or 36 characters, or three of 30")
}

func widths(lines []string, n int) bool {
	for _, l := range lines {
		if len(l) != n {
			return false
		}
	}
	return true
}

// zone is a machine-readable zone being read.
type zone struct {
	m       MRZ
	shape   shape
	lenient bool // what is wrong costs its field, not the zone
	flaws   []Flaw
}

// Flaw is what is wrong with one field of a zone.
type Flaw struct {
	Field  string
	Detail string
	Value  string // what stands there, for people to see
}

func (r *zone) bad(field, detail, value string) {
	r.flaws = append(r.flaws, Flaw{field, detail, strings.TrimRight(value, "<")})
}

// front reads document code and issuer.
func (r *zone) front(s string) {
	r.m.Code = strings.TrimRight(s[:2], "<")
	if r.m.Code == "" || !strings.Contains(r.shape.codes, r.m.Code[:1]) || !isLetters(r.m.Code) {
		r.bad("document code", "no document of this size has such a code", s[:2])
		if r.lenient {
			r.m.Code = ""
		}
	}
	r.m.Issuer = r.state("issuer", s[2:])
}

// state reads a code of one to three letters.
func (r *zone) state(field, s string) string {
	code := strings.TrimRight(s, "<")
	if code == "" || !isLetters(code) {
		r.bad(field, "it is not a code of one to three letters", s)
		if r.lenient {
			return ""
		}
	}
	return code
}

func isLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// names reads surname and given names, which two fillers part. Who has one name
// only may have it as surname or, behind two fillers, as given name.
func (r *zone) names(s string) {
	s = strings.TrimRight(s, "<")
	if s == "" {
		r.bad("names", "there are none", s)
		return
	}
	if s[0] == '<' && !strings.HasPrefix(s, "<<") {
		r.bad("names", "they begin with a filler", s)
	}
	if strings.ContainsAny(s, "0123456789") && !r.coded() {
		r.bad("names", "a name has no digits", s)
	}
	surname, given, _ := strings.Cut(s, "<<")
	r.m.Surname = strings.ReplaceAll(surname, "<", " ")
	r.m.Given = strings.ReplaceAll(given, "<", " ")
}

func (r *zone) number(s string, check byte) {
	r.m.Number = strings.TrimRight(s, "<")
	if r.m.Number == "" || s[0] == '<' {
		r.bad("document number", "it is missing", s)
	}
	r.check("document number", s, check)
}

// numberLong reads the number and the first optional field. A filler for the
// check digit says that the number goes on in the optional field.
func (r *zone) numberLong(s string, check byte, optional string) {
	if check != '<' {
		r.number(s, check)
		r.m.Optional = r.optional(optional)
		return
	}
	rest, own, _ := strings.Cut(optional, "<")
	if len(rest) < 2 || strings.Contains(s, "<") {
		r.bad("document number", "it has no check digit", s)
		return
	}
	r.m.Number = s + rest[:len(rest)-1]
	r.check("document number", r.m.Number, rest[len(rest)-1])
	r.m.Optional = r.optional(own)
}

func (r *zone) optional(s string) string { return strings.TrimRight(s, "<") }

// personal reads birth date, sex, expiry and nationality.
func (r *zone) personal(birth string, sex byte, expiry, nation string) {
	r.m.Birth, r.m.Expiry = birth[:6], expiry[:6]
	r.check("birth date", birth[:6], birth[6])
	r.check("expiry date", expiry[:6], expiry[6])
	r.birth()
	if !isDate(r.m.Expiry) {
		r.bad("expiry date", "it is not a date that exists", r.m.Expiry)
	}
	switch sex {
	case 'M', 'F', 'X':
		r.m.Sex = string(rune(sex))
	case '<':
	default:
		r.bad("sex", "it is not M, F, X or a filler", string(rune(sex)))
	}
	r.m.Nationality = r.state("nationality", nation)
}

// birth holds the birth date to the calendar. Of one that lacks its middle, the
// year stands.
func (r *zone) birth() {
	v := r.m.Birth
	switch {
	case isDate(v), isPartly(v):
	case r.lenient && isDate(v[:2]+"<<<<") && strings.Contains(v, "<") && !strings.ContainsFunc(v, isCapital):
		r.bad("birth date (part)", "only its year can be read", v)
		r.m.Birth = v[:2] + "<<<<"
	default:
		r.bad("birth date", "it is not a date that exists", v)
	}
}

// tail reads what follows the expiry date of a passport or a visa.
func (r *zone) tail(two string) {
	if r.m.Format != TD3 {
		r.m.Optional = r.optional(two[28:])
		return
	}
	own := two[28:42]
	r.m.Optional = r.optional(own)
	if r.m.Optional != "" || two[42] != '<' {
		r.check("optional data", own, two[42])
	}
	r.over(two[43], two[:10], two[13:20], two[21:43])
}

// check holds a field against its check digit. Some print a filler for the digit
// of a field that has only fillers.
func (r *zone) check(field, s string, check byte) {
	if digit(s)[0] != check && !(r.lenient && check == '<' && strings.Trim(s, "<") == "") {
		r.bad(field, "its check digit does not hold", s)
	}
}

// over checks the last digit, over all fields that have one of their own. Where
// one of those fails by its own digit, this one says no more. Where none does,
// what it speaks against is a field that is not used: the optional data, or the
// digit itself.
func (r *zone) over(check byte, parts ...string) {
	for _, f := range r.flaws {
		if f.Detail == "its check digit does not hold" {
			return
		}
	}
	if digit(parts...)[0] != check {
		r.bad("whole zone", "its check digit does not hold", string(rune(check)))
	}
}

// isDate holds s to YYMMDD in which day, month and day, or all may be unknown.
func isDate(s string) bool {
	known := strings.TrimRight(s, "<")
	if known == "" {
		return true
	}
	n, ok := number(known)
	if !ok {
		return false
	}
	switch len(known) {
	case 2:
		return true
	case 4:
		return n%100 >= 1 && n%100 <= 12
	case 6:
		month, day := n/100%100, n%100
		return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(2000+n/10000%4, month)
	}
	return false
}

// isPartly reports whether s is YYMMDD with 00 for a day, or a month and a day,
// that is not known: so some states print what the standard prints as fillers.
func isPartly(s string) bool {
	n, ok := number(s)
	return ok && n%100 == 0 && n/100%100 <= 12
}
