package verify

import (
	"bytes"
	"crypto/ed25519"

	"filippo.io/edwards25519"
)

// Key reports whether public may stand in a descriptor: it is the one encoding of
// a point of the prime order. Points of small order verify one signature for many
// texts; points of mixed order verify differently with and without the cofactor.
func Key(public ed25519.PublicKey) bool {
	if len(public) != ed25519.PublicKeySize || !canonical(public) || smallOrder(public) {
		return false
	}
	a, err := new(edwards25519.Point).SetBytes(public)
	return err == nil && primeOrder(a)
}

// primeOrder reports whether [L]a is the identity. A scalar is below L, so it
// adds a to [L−1]a.
func primeOrder(a *edwards25519.Point) bool {
	one := make([]byte, 32)
	one[0] = 1
	scalar, err := edwards25519.NewScalar().SetCanonicalBytes(one)
	if err != nil {
		return false
	}
	most := edwards25519.NewScalar().Negate(scalar)
	sum := new(edwards25519.Point).ScalarMult(most, a)
	return sum.Add(sum, a).Equal(edwards25519.NewIdentityPoint()) == 1
}

// smallOrder reports whether a public key encodes a point whose order divides
// eight: y is 0, 1, −1 or one of two more values.
func smallOrder(public ed25519.PublicKey) bool {
	y := bytes.Clone(public)
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
	{ // y = −1, order 2
		0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
	},
}
