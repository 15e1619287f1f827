package seal

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"unicode"

	"entente"
)

// alphabet is that of Crockford's base 32, without the letters that are misread.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var crockford = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// Fingerprint is what two people read to each other to know that they hold the
// same descriptor: the first 160 bits of SHA-256(identity public key ∥ party id)
// as eight groups of four characters.
func Fingerprint(p entente.Party) string {
	sum := sha256.Sum256(append(append([]byte{}, p.Keys.Identity...), p.ID...))
	s := crockford.EncodeToString(sum[:20])
	groups := make([]string, 0, 8)
	for ; s != ""; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(groups, " ")
}

// fingerprintSize is how many letters and digits a fingerprint has.
const fingerprintSize = 32

// SameFingerprint compares what somebody read aloud, and somebody else typed, with
// the fingerprint of a party. Case and whatever stands between the characters do
// not count; O is read as 0, I and L as 1. What cannot be a fingerprint is Invalid;
// another one is Unverified.
func SameFingerprint(p entente.Party, typed string) error {
	heard, err := hear(typed)
	if err != nil {
		return err
	}
	if heard != strings.ReplaceAll(Fingerprint(p), " ", "") {
		return &entente.Error{Kind: entente.Unverified, Detail: "the fingerprints differ: what is here is not the descriptor that they hold", Hint: "do not exchange anything; get the descriptor again by another way"}
	}
	return nil
}

// hear writes a fingerprint in the one form that it is compared in.
func hear(typed string) (string, error) {
	var b strings.Builder
	for _, r := range typed {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			continue // spaces of every width, dashes, colons, invisible characters
		}
		if r >= 0xff01 && r <= 0xff5e { // full width, as East Asian keyboards write it
			r -= 0xfee0
		}
		switch r = unicode.ToUpper(r); r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if !strings.ContainsRune(alphabet, r) {
			return "", &entente.Error{
				Kind: entente.Invalid, Field: "fingerprint", Detail: strconv.Quote(string(r)) + " does not occur in a fingerprint",
				Hint: "type digits and the letters A to Z of the Latin alphabet, without U; ask them to read it again",
			}
		}
		b.WriteRune(r)
	}
	if n := b.Len(); n != fingerprintSize {
		return "", &entente.Error{
			Kind: entente.Invalid, Field: "fingerprint", Detail: "it has " + strconv.Itoa(n) + " characters, and a fingerprint has " + strconv.Itoa(fingerprintSize) + ": eight groups of four",
			Hint: "type it whole; ask them to read it again",
		}
	}
	return b.String(), nil
}
