// Package verify checks Ed25519 signatures and public keys exactly, so that every
// implementation says the same of the same bytes.
//
// RFC 8032 leaves open which encodings are read and whether the cofactor is
// multiplied in; docs/protocol.md, "Ed25519", says what holds here.
package verify

import "crypto/ed25519"

// Signature reports whether sig is a signature of message by public.
//
// It refuses a public key that is not the one encoding of its point or is of small
// order. [ed25519.Verify] refuses S ≥ L, computes sB − hA without the cofactor and
// compares its one encoding with R byte for byte, so that R is canonical too.
func Signature(public ed25519.PublicKey, message, sig []byte) bool {
	return len(public) == ed25519.PublicKeySize && canonical(public) && !smallOrder(public) && ed25519.Verify(public, message, sig)
}

// canonical reports whether the y of an encoded point is below the prime
// 2^255 − 19. A sign bit beside x = 0 occurs only with points of small order.
func canonical(point []byte) bool {
	if point[31]&0x7f != 0x7f || point[0] < 0xed {
		return true
	}
	for _, b := range point[1:31] {
		if b != 0xff {
			return true
		}
	}
	return false
}
