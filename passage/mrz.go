package passage

import (
	"strings"

	"entente"
)

// Format is the shape of a machine-readable zone.
type Format string

// The formats of ICAO 9303: identity cards (part 5), larger cards (part 6),
// passports (part 4), and visas of two sizes (part 7).
const (
	TD1  Format = "TD1"
	TD2  Format = "TD2"
	TD3  Format = "TD3"
	MRVA Format = "MRV-A"
	MRVB Format = "MRV-B"
)

// MRZ is what a machine-readable zone says, as it says it: fillers at the end of
// a field are left off, those within the names are spaces. Nothing is
// interpreted, so that Lines gives the same lines again.
type MRZ struct {
	Format      Format
	Code        string // of the document: "P", "PN", "V", "I", "AC"
	Issuer      string // three letters, "XA" or "D"
	Surname     string // "KADAEV"; primary identifier
	Given       string // "ARSEN IBRAGIM"; secondary identifier, may be empty
	Number      string // of the document; longer than 9 characters only in TD1 and TD2
	Nationality string
	Birth       string // YYMMDD; "<<" for a part that is not known
	Sex         string // "M", "F", "X"; empty: not said
	Expiry      string // YYMMDD; "<<<<<<" where there is none
	Optional    string // first optional field; what a state puts there
	Optional2   string // second optional field, TD1 alone
}

// Truncated reports whether the names fill their field, so that some of them may
// have been cut (ICAO 9303-3 section 4.6).
func (m MRZ) Truncated() bool {
	switch m.Format {
	case FRID:
		return len(m.Surname) >= 25 || len(m.Given) >= 14
	case DL1:
		return len(m.Surname) >= 8
	}
	width := shapes[m.Format].names
	return width > 0 && len(nameField(m)) >= width
}

// shape is the geometry of a format.
type shape struct {
	lines, width int
	names        int    // width of the name field
	optional     int    // width of the first optional field
	codes        string // first letters that its document code may have
}

var shapes = map[Format]shape{
	TD1:  {lines: 3, width: 30, names: 30, optional: 15, codes: "ACI"},
	TD2:  {lines: 2, width: 36, names: 31, optional: 7, codes: "ACIP"},
	TD3:  {lines: 2, width: 44, names: 39, optional: 14, codes: "P"},
	MRVA: {lines: 2, width: 44, names: 39, optional: 16, codes: "V"},
	MRVB: {lines: 2, width: 36, names: 31, optional: 8, codes: "V"},
}

// Lines writes the zone with its check digits. A value that ParseMRZ would not
// give is cut or filled to its field and makes lines that do not parse.
func (m MRZ) Lines() []string {
	s, ok := shapes[m.Format]
	if !ok {
		return nil
	}
	front := fill(m.Code, 2) + fill(m.Issuer, 3)
	names := fill(nameField(m), s.names)
	sex := fill(strings.ReplaceAll(m.Sex, " ", "<"), 1)
	birth, expiry := checked(fill(m.Birth, 6)), checked(fill(m.Expiry, 6))
	number, optional := numbered(m, s.optional)
	nation := fill(m.Nationality, 3)
	switch m.Format {
	case TD1:
		one := front + number + optional
		two := birth + sex + expiry + nation + fill(m.Optional2, 11)
		return []string{one, two + digit(one[5:]+birth+expiry+two[18:]), names}
	case TD2:
		two := number + nation + birth + sex + expiry + optional
		return []string{front + names, two + digit(number+birth+expiry+optional)}
	case TD3:
		own := fill(m.Optional, s.optional)
		if m.Optional == "" {
			own += "<" // section 4.2.2.2: the check digit may be a filler
		} else {
			own = checked(own)
		}
		two := number + nation + birth + sex + expiry + own
		return []string{front + names, two + digit(number+birth+expiry+own)}
	}
	return []string{front + names, number + nation + birth + sex + expiry + optional} // visas have no check digit over all
}

// nameField writes the names with their fillers between.
func nameField(m MRZ) string {
	name := m.Surname
	if m.Given != "" {
		name += "  " + m.Given
	}
	return strings.ReplaceAll(name, " ", "<")
}

// numbered writes the number with its check digit, and the first optional
// field. A number of more than nine characters goes on in the optional field,
// with its check digit and a filler after it (ICAO 9303-5 section 4.2.2).
func numbered(m MRZ, width int) (number, optional string) {
	if len(m.Number) <= 9 || m.Format != TD1 && m.Format != TD2 {
		return checked(fill(m.Number, 9)), fill(m.Optional, width)
	}
	rest := m.Number[9:] + digit(m.Number)
	if m.Optional != "" {
		rest += "<" + m.Optional
	}
	return m.Number[:9] + "<", fill(rest, width)
}

// fill brings a value to its width.
func fill(s string, width int) string {
	if len(s) >= width {
		return s[:width]
	}
	return s + strings.Repeat("<", width-len(s))
}

func checked(s string) string { return s + digit(s) }

// digit computes a check digit: weights 7, 3, 1, modulo 10 (ICAO 9303-3
// section 4.9). Characters whose values differ by ten or twenty weigh the same,
// as 0, A, K, U and the filler do: the standard cannot tell them apart.
func digit(parts ...string) string {
	weights := [...]int{7, 3, 1}
	sum, n := 0, 0
	for _, s := range parts {
		for i := range len(s) {
			sum += weights[n%3] * value(s[i])
			n++
		}
	}
	const digits = "0123456789"
	return digits[sum%10 : sum%10+1]
}

func value(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 0
}

// mrzError says what is wrong with a zone, without what stands in it.
func mrzError(field, detail string) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: "read the document again"}
}
