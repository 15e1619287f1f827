package ledger

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"

	"entente"
	"entente/verify"

	"golang.org/x/mod/sumdb/note"
)

// signer signs the text of a checkpoint as its owner (signed-note type 0x01).
type signer struct {
	name string
	key  crypto.Signer
	pub  ed25519.PublicKey
}

func newSigner(name string, key crypto.Signer) (note.Signer, error) {
	pub, err := publicOf(key)
	return signer{name, key, pub}, err
}

func (s signer) Name() string                    { return s.name }
func (s signer) KeyHash() uint32                 { return keyHash(s.name, s.pub) }
func (s signer) Sign(msg []byte) ([]byte, error) { return s.key.Sign(nil, msg, crypto.Hash(0)) }

// verifier checks what signer signed.
type verifier struct {
	name string
	pub  ed25519.PublicKey
}

func newVerifier(p entente.Party) (verifier, error) {
	if len(p.Keys.Ledger) != ed25519.PublicKeySize {
		return verifier{}, &entente.Error{Kind: entente.Invalid, Field: "keys.ledger", Detail: "the party has no ledger key"}
	}
	return verifier{KeyName(p.ID), p.Keys.Ledger}, nil
}

func (v verifier) Name() string                { return v.name }
func (v verifier) KeyHash() uint32             { return keyHash(v.name, v.pub) }
func (v verifier) Verify(msg, sig []byte) bool { return verify.Signature(v.pub, msg, sig) }

func publicOf(key crypto.Signer) (ed25519.PublicKey, error) {
	if key != nil {
		if pub, ok := key.Public().(ed25519.PublicKey); ok && len(pub) == ed25519.PublicKeySize {
			return pub, nil
		}
	}
	return nil, &entente.Error{Kind: entente.Invalid, Field: "ledger key", Detail: "there is no Ed25519 key to sign the ledger with", Hint: "unlock the node's keys"}
}

func sha256Of(parts ...[]byte) (sum entente.Digest) {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(sum[:0])
	return sum
}
