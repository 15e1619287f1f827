package entente

import "strconv"

// checkSlug holds the form that party and agreement ids share.
func checkSlug(field, s string) error {
	bad := func(detail string) error {
		return &Error{Kind: Invalid, Field: field, Detail: detail, Hint: "use lower-case letters, digits and single hyphens, as in \"albia-ncc\""}
	}
	if len(s) < 2 || len(s) > 40 {
		return bad("an id has 2 to 40 characters, this one has " + strconv.Itoa(len(s)))
	}
	if s[0] < 'a' || s[0] > 'z' {
		return bad("an id starts with a letter")
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '-' && s[i-1] != '-' && i+1 < len(s):
		default:
			return bad("an id holds only lower-case letters, digits and single hyphens")
		}
	}
	return nil
}
