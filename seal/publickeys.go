package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"

	"entente"
)

// checkKeys refuses public keys that have the right form, which package parse
// holds, and still must not stand in a descriptor: keys of small order, for which
// one signature can hold for many texts, so that whoever made it could disown any;
// a seal key to which nothing can be sealed; a root that did not sign itself.
func checkKeys(k entente.PartyKeys) error {
	bad := func(field, detail string) error {
		return &entente.Error{Kind: entente.Invalid, Field: "keys." + field, Detail: detail, Hint: "make keys with the program itself", Reason: entente.ReasonMalformed}
	}
	for _, s := range []struct {
		name string
		key  ed25519.PublicKey
	}{{"identity", k.Identity}, {"message", k.Message}, {"ledger", k.Ledger}} {
		if smallOrder(s.key) {
			return bad(s.name, "it is a key for which signatures can be forged")
		}
	}
	if _, err := kem.NewPublicKey(k.Seal); err != nil {
		return bad("seal", "it is not an MLKEM768-X25519 public key")
	}
	if root, err := x509.ParseCertificate(k.TLSRoot); err != nil || root.CheckSignatureFrom(root) != nil {
		return bad("tls-root", "it is not a certificate signed by itself")
	}
	return nil
}

// smallOrder reports whether a public key encodes a point whose order divides
// eight: y is 0, 1, -1 or one of two more values, or one of them plus the prime.
func smallOrder(k ed25519.PublicKey) bool {
	y := bytes.Clone(k)
	y[31] &= 0x7f // the sign of x
	for _, s := range smallOrderY {
		if bytes.Equal(y, s[:]) {
			return true
		}
	}
	return false
}

var smallOrderY = [...][32]byte{
	{},     // y = 0, order 4
	{0: 1}, // y = 1, order 1
	{ // order 8
		0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
		0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
	},
	{ // order 8
		0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
		0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
	},
	nearPrime(0xec), // p-1: y = -1, order 2
	nearPrime(0xed), // p: y = 0 again
	nearPrime(0xee), // p+1: y = 1 again
}

// nearPrime is 2^255-19 with another lowest byte.
func nearPrime(lowest byte) (y [32]byte) {
	for i := range y {
		y[i] = 0xff
	}
	y[0], y[31] = lowest, 0x7f
	return y
}
