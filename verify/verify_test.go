package verify

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"filippo.io/edwards25519"
)

// fixed gives the same key every time.
func fixed(name string) ed25519.PrivateKey {
	sum := sha512.Sum512([]byte("entente test key " + name))
	return ed25519.NewKeyFromSeed(sum[:32])
}

func TestSignatureIsWhatEd25519Makes(t *testing.T) {
	key := fixed("verify")
	public := key.Public().(ed25519.PublicKey)
	message := []byte("text")
	sig := ed25519.Sign(key, message)
	if !Signature(public, message, sig) || !Key(public) {
		t.Fatal("an ordinary signature or key is refused")
	}
	for i := range sig {
		for bit := range 8 {
			changed := bytes.Clone(sig)
			changed[i] ^= 1 << bit
			if Signature(public, message, changed) {
				t.Fatalf("accepted with bit %d of byte %d changed", bit, i)
			}
		}
	}
	if Signature(public, message, sig[:63]) || Signature(public, message, append(sig, 0)) || Signature(public[:31], message, sig) || Signature(nil, message, sig) || Key(nil) {
		t.Error("accepted with a key or signature of another length")
	}
}

// With a key of small order, one signature holds for many texts: whoever published
// it could say that they signed another. Go's own function accepts them, as this
// forgery shows for each encoding.
func TestSmallOrderKeysForge(t *testing.T) {
	for _, y := range encodings() {
		forged := 0
		for text := range byte(20) {
			for _, r := range smallOrderY {
				sig := append(bytes.Clone(r[:]), make([]byte, 32)...)
				if ed25519.Verify(y, []byte{text}, sig) {
					forged++
				}
				if Signature(y, []byte{text}, sig) {
					t.Fatalf("%x: a forged signature is accepted", y)
				}
			}
		}
		if forged < 2 || Key(y) {
			t.Errorf("%x: is it a key of small order? Key: %v", y, Key(y))
		}
	}
}

// encodings gives every encoding of a point of small order that Go's own decoder
// reads: y below and above the prime, with either sign of x.
func encodings() (out []ed25519.PublicKey) {
	list := smallOrderY[:]
	for _, lowest := range []byte{0xed, 0xee} { // y = 0 and y = 1, plus the prime
		y := smallOrderY[4]
		y[0] = lowest
		list = append(list, y)
	}
	for _, y := range list {
		for _, sign := range []byte{0, 0x80} {
			public := bytes.Clone(y[:])
			public[31] |= sign
			out = append(out, public)
		}
	}
	return out
}

// No value of y above the prime is read, whatever point it would be.
func TestNotCanonical(t *testing.T) {
	read := 0
	for lowest := 0xed; lowest <= 0xff; lowest++ {
		y := smallOrderY[4]
		y[0] = byte(lowest)
		if _, err := new(edwards25519.Point).SetBytes(y[:]); err == nil {
			read++
		}
		if Key(y[:]) || canonical(y[:]) {
			t.Errorf("%x is accepted", y)
		}
	}
	if read < 5 {
		t.Errorf("the library reads only %d of them: the test shows nothing", read)
	}
	below := smallOrderY[4]
	below[0] = 0xeb
	if !canonical(below[:]) {
		t.Error("a y below the prime is refused")
	}
}

func TestMixedOrder(t *testing.T) {
	a, err := new(edwards25519.Point).SetBytes(fixed("mixed").Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	for i, y := range smallOrderY {
		part, err := new(edwards25519.Point).SetBytes(y[:])
		if err != nil {
			t.Fatal(err)
		}
		mixed := new(edwards25519.Point).Add(a, part).Bytes()
		if ordinary := i == 1; Key(mixed) != ordinary { // y = 1 is the identity
			t.Errorf("with the point %x: accepted is %v", y, !ordinary)
		}
	}
}

// The text of the protocol lists the points by their bytes.
func TestProtocolListsSmallOrder(t *testing.T) {
	doc, err := os.ReadFile("../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range smallOrderY {
		if !strings.Contains(string(doc), "    "+hex.EncodeToString(y[:])+"\n") {
			t.Errorf("the point %x of small order is missing", y)
		}
	}
}
