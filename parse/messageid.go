package parse

import "entente"

// MessageID reads a UUID of version 7 (RFC 9562, 5.7) in its canonical form:
// lower-case hex digits in groups of 8-4-4-4-12.
func MessageID(s string) (entente.MessageID, error) {
	if !isUUID(s) || s[14] != '7' || s[19] != '8' && s[19] != '9' && s[19] != 'a' && s[19] != 'b' {
		return "", &entente.Error{
			Kind: entente.Invalid, Field: "id", Detail: "it is not a message id",
			Hint: "a message id is a UUID of version 7 in lower case, as in \"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7\"", Reason: entente.ReasonMalformed,
		}
	}
	return entente.MessageID(s), nil
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if (s[i] < '0' || s[i] > '9') && (s[i] < 'a' || s[i] > 'f') {
				return false
			}
		}
	}
	return true
}
