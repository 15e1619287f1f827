package passage

import (
	"slices"
	"strings"
)

// ReadMRZ reads what can be read of a machine-readable zone. A field that is
// wrong, or has a check digit that does not hold, is left empty and reported as a
// flaw; the rest of the zone is used. ReadMRZ also reads letters as digits where
// a check digit proves it, and the national layouts of some states. Only lines that have the
// width of no zone are an error.
func ReadMRZ(lines []string) (MRZ, []Flaw, error) {
	f, err := formatOf(lines)
	if err != nil {
		return MRZ{}, nil, err
	}
	if m, flaws, ok := national(lines); ok {
		return m, flaws, nil
	}
	r := zone{m: MRZ{Format: f}, shape: shapes[f], lenient: true}
	r.read(r.digits(lines))
	for _, f := range r.flaws {
		r.leaveOut(f.Field)
	}
	return r.m, r.flaws, nil
}

// leaveOut empties a field that is not to be used. Names stay: no digit guards
// them, and a letter that is wrong leaves the others right.
func (r *zone) leaveOut(field string) {
	switch field {
	case "document number":
		r.m.Number = ""
	case "birth date":
		r.m.Birth = ""
	case "expiry date":
		r.m.Expiry = ""
	case "optional data":
		r.m.Optional = ""
	}
}

// place is where a field with a check digit stands, and whether it is of digits.
type place struct {
	field          string
	line, from, to int // its digit stands at to
	digits         bool
}

var places = map[Format][]place{
	TD1:  {{"document number", 0, 5, 14, false}, {"birth date", 1, 0, 6, true}, {"expiry date", 1, 8, 14, true}},
	TD2:  {{"document number", 1, 0, 9, false}, {"birth date", 1, 13, 19, true}, {"expiry date", 1, 21, 27, true}},
	TD3:  {{"document number", 1, 0, 9, false}, {"birth date", 1, 13, 19, true}, {"expiry date", 1, 21, 27, true}},
	MRVA: {{"document number", 1, 0, 9, false}, {"birth date", 1, 13, 19, true}, {"expiry date", 1, 21, 27, true}},
	MRVB: {{"document number", 1, 0, 9, false}, {"birth date", 1, 13, 19, true}, {"expiry date", 1, 21, 27, true}},
}

// asDigits turns the letters round that cameras take for digits.
var asDigits = strings.NewReplacer("O", "0", "Q", "0", "D", "0", "I", "1", "L", "1", "Z", "2", "A", "4", "S", "5", "G", "6", "T", "7", "B", "8")

// digits reads letters as digits where only digits can stand and the check digit
// holds then, and not otherwise. What it changed is told of.
func (r *zone) digits(lines []string) []string {
	read := lines
	for _, p := range places[r.m.Format] {
		line := read[p.line]
		s, check := line[p.from:p.to], line[p.to:p.to+1]
		if digit(s) == check && !(p.digits && strings.ContainsFunc(s, isCapital)) {
			continue
		}
		t := s
		if p.digits {
			t = asDigits.Replace(s)
		}
		if c := asDigits.Replace(check); digit(t) == c && t+c != s+check {
			read = slices.Clone(read)
			read[p.line] = line[:p.from] + t + c + line[p.to+1:]
			r.flaws = append(r.flaws, Flaw{p.field + " (letters)", "letters stand where digits belong; they were read as the digits that the check digit proves", s + check})
		}
	}
	return r.last(read)
}

func isCapital(r rune) bool { return r >= 'A' && r <= 'Z' }

// last reads the digit over all in the same way.
func (r *zone) last(lines []string) []string {
	line := lines[1]
	end := len(line) - 1
	if r.m.Format == MRVA || r.m.Format == MRVB || !isLetters(line[end:]) {
		return lines
	}
	lines = slices.Clone(lines)
	lines[1] = line[:end] + asDigits.Replace(line[end:])
	return lines
}
