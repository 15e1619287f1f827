package spell

import (
	"strings"

	"entente"
)

// MRZ writes a name as a machine-readable passport prints it: A–Z and '<'
// (ICAO 9303-3 section 6).
func MRZ(text string) (string, error) {
	var out []string
	for _, p := range Parse(text).Parts {
		out = append(out, strings.ToUpper(p.Latin))
	}
	if len(out) == 0 {
		return "", &entente.Error{Kind: entente.Invalid, Field: "name", Detail: "no letter that a passport can print", Hint: "write the name"}
	}
	return strings.Join(out, "<"), nil
}

// FromMRZ returns what may have stood before a machine-readable name was
// written, likeliest first, in small letters with single spaces.
func FromMRZ(text string) []string {
	return []string{strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '<' || r == ' ' }), " "))}
}
