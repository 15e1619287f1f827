package entente

import (
	"crypto/sha256"
	"encoding/hex"
)

// Digest is a SHA-256 value. It prints and encodes as 64 lower-case hex digits.
type Digest [32]byte

// DigestOf is the SHA-256 of b.
func DigestOf(b []byte) Digest { return sha256.Sum256(b) }

// ParseDigest reads 64 lower-case hex digits.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	err := d.UnmarshalText([]byte(s))
	return d, err
}

func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Short is the first eight hex digits, to show to people beside the whole.
func (d Digest) Short() string { return d.String()[:8] }

// IsZero reports whether d was never set.
func (d Digest) IsZero() bool { return d == Digest{} }

func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d *Digest) UnmarshalText(b []byte) error {
	var got Digest
	if n, err := hex.Decode(got[:], b[:min(len(b), 64)]); err != nil || n != 32 || len(b) != 64 || got.String() != string(b) {
		return &Error{Kind: Invalid, Field: "digest", Detail: "not a SHA-256 value of 64 lower-case hex digits"}
	}
	*d = got
	return nil
}
