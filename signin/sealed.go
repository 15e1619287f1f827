package signin

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"golang.org/x/crypto/chacha20poly1305"

	"entente"
)

// sealer hands a value out and takes it back as it was, without keeping it: under
// XChaCha20-Poly1305, whose nonces may be random however many visitors ask. All
// processes of a node have the same secret, so that each opens what another sealed.
type sealer struct{ aead cipher.AEAD }

// newSealer makes one for a purpose; what was sealed for another does not open.
func newSealer(secret []byte, purpose string) (sealer, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "entente sign-in "+purpose, chacha20poly1305.KeySize)
	if err != nil {
		return sealer{}, err
	}
	aead, err := chacha20poly1305.NewX(key)
	return sealer{aead}, err
}

var sealedText = base64.RawURLEncoding.Strict()

// maxSealed bounds what is opened, in bytes of text.
const maxSealed = 16 << 10

func (s sealer) seal(v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	nonce := random(chacha20poly1305.NonceSizeX)
	return sealedText.EncodeToString(s.aead.Seal(nonce, nonce, plain, nil)), nil
}

// open reads what seal wrote into v. Its digest is the same however often it comes.
func (s sealer) open(text string, v any) (d entente.Digest, ok bool) {
	if len(text) > maxSealed {
		return d, false
	}
	b, err := sealedText.DecodeString(text)
	if err != nil || len(b) < chacha20poly1305.NonceSizeX {
		return d, false
	}
	plain, err := s.aead.Open(nil, b[:chacha20poly1305.NonceSizeX], b[chacha20poly1305.NonceSizeX:], nil)
	if err != nil || json.Unmarshal(plain, v) != nil {
		return d, false
	}
	return entente.DigestOf(b), true
}
