package verify

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"filippo.io/edwards25519"
)

var update = flag.Bool("update", false, "write testdata/vectors/ed25519.json again")

const vectorFile = "../testdata/vectors/ed25519.json"

// vectors is what testdata/vectors/ed25519.json has for other implementations.
type vectors struct {
	About      string     `json:"about"`
	Signatures signatures `json:"signatures"`
	Keys       keys       `json:"keys"`
}

type signatures struct {
	Accepted []signature `json:"accepted"`
	Refused  []signature `json:"refused"`
}

type signature struct {
	What      string `json:"what"`
	Public    string `json:"public_hex"`
	Message   string `json:"message_hex"`
	Signature string `json:"signature_hex"`
}

type keys struct {
	Accepted []key `json:"accepted"`
	Refused  []key `json:"refused"`
}

type key struct {
	What   string `json:"what"`
	Public string `json:"public_hex"`
}

func TestVectors(t *testing.T) {
	v := makeVectors(t)
	for _, s := range v.Signatures.Accepted {
		if !Signature(unhex(t, s.Public), unhex(t, s.Message), unhex(t, s.Signature)) {
			t.Errorf("refused: %s", s.What)
		}
	}
	for _, s := range v.Signatures.Refused {
		if Signature(unhex(t, s.Public), unhex(t, s.Message), unhex(t, s.Signature)) {
			t.Errorf("accepted: %s", s.What)
		}
	}
	for _, k := range v.Keys.Accepted {
		if !Key(unhex(t, k.Public)) {
			t.Errorf("refused: %s", k.What)
		}
	}
	for _, k := range v.Keys.Refused {
		if Key(unhex(t, k.Public)) {
			t.Errorf("accepted: %s", k.What)
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(vectorFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(vectorFile); err != nil || !bytes.Equal(have, b.Bytes()) {
		t.Errorf("%s is not what the program makes (%v): run go test ./verify -run Vectors -update", vectorFile, err)
	}
}

func unhex(t *testing.T, s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// maker makes signatures with any points.
type maker struct {
	*testing.T
	a       *edwards25519.Scalar // the private scalar
	A       *edwards25519.Point
	r       *edwards25519.Scalar
	R       *edwards25519.Point
	message []byte
}

func newMaker(t *testing.T) maker {
	h := sha512.Sum512(fixed("vectors").Seed())
	a, err := edwards25519.NewScalar().SetBytesWithClamping(h[:32])
	if err != nil {
		t.Fatal(err)
	}
	n := sha512.Sum512([]byte("entente test nonce"))
	r, err := edwards25519.NewScalar().SetUniformBytes(n[:])
	if err != nil {
		t.Fatal(err)
	}
	return maker{t, a, new(edwards25519.Point).ScalarBaseMult(a), r, new(edwards25519.Point).ScalarBaseMult(r), []byte("entente")}
}

// h is the hash that Ed25519 makes of R, A and the message (RFC 8032, 5.1.7).
func (m maker) h(R, A []byte) *edwards25519.Scalar {
	sum := sha512.New()
	sum.Write(R)
	sum.Write(A)
	sum.Write(m.message)
	s, err := edwards25519.NewScalar().SetUniformBytes(sum.Sum(nil))
	if err != nil {
		m.Fatal(err)
	}
	return s
}

// with signs with a nonce r and these encodings of R and A.
func (m maker) with(what string, r *edwards25519.Scalar, R, A []byte) signature {
	s := edwards25519.NewScalar().MultiplyAdd(m.h(R, A), m.a, r)
	return m.of(what, A, append(bytes.Clone(R), s.Bytes()...))
}

func (m maker) of(what string, A, sig []byte) signature {
	return signature{what, hex.EncodeToString(A), hex.EncodeToString(m.message), hex.EncodeToString(sig)}
}

// plus adds a point of small order.
func (m maker) plus(p *edwards25519.Point, small [32]byte) []byte {
	q, err := new(edwards25519.Point).SetBytes(small[:])
	if err != nil {
		m.Fatal(err)
	}
	return q.Add(p, q).Bytes()
}

// order is L as 32 bytes, little-endian.
var order = [32]byte{
	0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
	31: 0x10,
}

// plusOrder adds L to S: the same number modulo L.
func plusOrder(sig []byte) []byte {
	sig = bytes.Clone(sig)
	carry := 0
	for i, b := range order {
		carry += int(sig[32+i]) + int(b)
		sig[32+i], carry = byte(carry), carry>>8
	}
	return sig
}

func makeVectors(t *testing.T) vectors {
	m := newMaker(t)
	zero := edwards25519.NewScalar()
	R, A := m.R.Bytes(), m.A.Bytes()
	own := m.with("an ordinary signature", m.r, R, A)
	identity, negative := smallOrderY[1], smallOrderY[1]
	negative[31] |= 0x80
	above, aboveZero := smallOrderY[4], smallOrderY[4]
	above[0], aboveZero[0] = 0xee, 0xed
	empty := m
	empty.message = nil
	mixed := m.plus(m.A, smallOrderY[2])
	return vectors{
		About: "Ed25519 as docs/protocol.md has it. Each refused entry breaks one rule. Keys are what a descriptor may name.",
		Signatures: signatures{
			Accepted: []signature{
				own,
				empty.with("of an empty message", m.r, R, A),
				m.with("R is the identity: R may have a small order", zero, identity[:], A),
				m.even("by a key of mixed order, where the cofactor makes no difference: descriptors refuse the key, not the signature", mixed, true),
			},
			Refused: []signature{
				m.of("S + L instead of S", A, plusOrder(unhex(t, own.Signature))),
				m.of("S = L", A, append(bytes.Clone(R), order[:]...)),
				m.of("S of which the highest bits are set", A, append(unhex(t, own.Signature)[:63:63], 0xf0)),
				m.with("R is the identity in another encoding: y = p + 1", zero, above[:], A),
				m.with("R is the identity in another encoding: the sign of x is set", zero, negative[:], A),
				m.with("R has a part of small order: right only if the cofactor is multiplied in", m.r, m.plus(m.R, smallOrderY[2]), A),
				m.even("by a key of mixed order: right only if the cofactor is multiplied in", mixed, false),
				m.of("A is the identity: any S is right", identity[:], append(bytes.Clone(R), m.r.Bytes()...)),
				m.of("A is the identity in another encoding: y = p + 1", above[:], append(bytes.Clone(R), m.r.Bytes()...)),
				m.of("A is the identity in another encoding: the sign of x is set", negative[:], append(bytes.Clone(R), m.r.Bytes()...)),
				m.small("A has order 2", smallOrderY[4]),
				m.small("A has order 4", smallOrderY[0]),
				m.small("A has order 4, in another encoding: y = p", aboveZero),
				m.small("A has order 8", smallOrderY[3]),
				m.of("A is no point: no x belongs to its y", noPoint(t), unhex(t, own.Signature)),
				m.of("R is no point", A, append(noPoint(t), unhex(t, own.Signature)[32:]...)),
				{"of another message", own.Public, hex.EncodeToString([]byte("Entente")), own.Signature},
				m.of("63 bytes", A, unhex(t, own.Signature)[:63]),
				m.of("65 bytes", A, append(unhex(t, own.Signature), 0)),
			},
		},
		Keys: keys{
			Accepted: []key{{"an ordinary key", hex.EncodeToString(A)}, {"another", hex.EncodeToString(fixed("verify").Public().(ed25519.PublicKey))}},
			Refused: []key{
				{"the identity", hex.EncodeToString(identity[:])},
				{"the identity, with the sign of x set", hex.EncodeToString(negative[:])},
				{"the identity, as y = p + 1", hex.EncodeToString(above[:])},
				{"order 2", hex.EncodeToString(smallOrderY[4][:])},
				{"order 4", hex.EncodeToString(smallOrderY[0][:])},
				{"order 8", hex.EncodeToString(smallOrderY[2][:])},
				{"order 8, another", hex.EncodeToString(smallOrderY[3][:])},
				{"mixed order: with a part of order 8", hex.EncodeToString(mixed)},
				{"mixed order: with a part of order 2", hex.EncodeToString(m.plus(m.A, smallOrderY[4]))},
				{"a point, with y above the prime", hex.EncodeToString(pointAbove(t))},
				{"no point", hex.EncodeToString(noPoint(t))},
			},
		},
	}
}

// even signs with a key of mixed order a message whose hash is a multiple of
// eight, or is not.
func (m maker) even(what string, A []byte, multiple bool) signature {
	for n := byte(0); ; n++ {
		m.message = []byte{n}
		if (m.h(m.R.Bytes(), A).Bytes()[0]%8 == 0) == multiple {
			return m.with(what, m.r, m.R.Bytes(), A)
		}
	}
}

// small forges a signature for a key of small order that Go's own function
// accepts: S is zero, and R one of the points of small order.
func (m maker) small(what string, A [32]byte) signature {
	for n := byte(0); n < 255; n++ {
		m.message = []byte{n}
		for _, R := range encodings() {
			if sig := append(bytes.Clone(R), make([]byte, 32)...); ed25519.Verify(A[:], m.message, sig) {
				return m.of(what, A[:], sig)
			}
		}
	}
	m.Fatalf("%x: nothing forged", A)
	return signature{}
}

// noPoint is the smallest y to which no x belongs.
func noPoint(t *testing.T) []byte { return smallest(t, make([]byte, 32), false) }

// pointAbove is an encoding of an ordinary point with y above the prime.
func pointAbove(t *testing.T) []byte {
	y := smallOrderY[4]
	y[0] = 0xef
	return smallest(t, y[:], true)
}

func smallest(t *testing.T, from []byte, point bool) []byte {
	y := bytes.Clone(from)
	for ; y[0] < 0xff; y[0]++ {
		if _, err := new(edwards25519.Point).SetBytes(y); (err == nil) == point {
			return y
		}
	}
	t.Fatal("none found")
	return nil
}
