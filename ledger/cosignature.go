package ledger

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strconv"
	"time"

	"entente"
	"entente/verify"

	"golang.org/x/mod/sumdb/note"
)

// cosigner makes a timestamped Ed25519 cosignature (C2SP tlog-cosignature,
// signed-note type 0x04). The time is an argument, which is why the one of
// github.com/transparency-dev/formats, that reads the clock, does not serve.
type cosigner struct {
	name string
	key  crypto.Signer
	pub  ed25519.PublicKey
	at   time.Time
}

func newCosigner(name string, key crypto.Signer, at time.Time) (note.Signer, error) {
	pub, err := publicOf(key)
	if err == nil && !cosignable(at.Unix()) {
		err = &entente.Error{Kind: entente.Invalid, Field: "at", Detail: "the time cannot be written in a receipt", Hint: "set the clock of this machine"}
	}
	return cosigner{name, key, pub, at}, err
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return keyHash(c.name, algCosignature, c.pub) }

// Sign gives the time, 8 bytes, big-endian, and the signature.
func (c cosigner) Sign(body []byte) ([]byte, error) {
	sig, err := c.key.Sign(nil, cosigned(c.at.Unix(), body), crypto.Hash(0))
	if err != nil {
		return nil, err
	}
	return append(binary.BigEndian.AppendUint64(nil, uint64(c.at.Unix())), sig...), nil
}

// coverifier checks a cosignature.
type coverifier struct{ verifier }

func (v coverifier) KeyHash() uint32 { return keyHash(v.name, algCosignature, v.pub) }

func (v coverifier) Verify(body, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	at := int64(binary.BigEndian.Uint64(sig))
	return cosignable(at) && verify.Signature(v.pub, cosigned(at, body), sig[8:])
}

// cosigned is the message under a cosignature.
func cosigned(at int64, body []byte) []byte {
	b := append(make([]byte, 0, 40+len(body)), "cosignature/v1\ntime "...)
	b = strconv.AppendInt(b, at, 10)
	b = append(b, '\n')
	return append(b, body...)
}

// cosignable reports whether a receipt can carry the time: the years that
// RFC 3339 can write, from 1970. The specification allows 2^63-1.
func cosignable(at int64) bool { return at >= 0 && at < 253402300800 }

// cosignedAt reads the time out of a verified cosignature.
func cosignedAt(sig note.Signature) (time.Time, error) {
	raw, err := base64.StdEncoding.DecodeString(sig.Base64)
	if err != nil || len(raw) < 4+8 {
		return time.Time{}, errors.New("not a cosignature")
	}
	return time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC(), nil
}
