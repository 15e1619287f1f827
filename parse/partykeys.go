package parse

import (
	"crypto/ed25519"
	"crypto/x509"

	"entente"
)

// KeyUse is one public key of a descriptor with the role that it has there.
type KeyUse struct {
	Role string         // "identity", "message", "ledger", "seal" or "tls-root", as in the text
	Key  entente.Digest // of the public key; of a root, of the key in the certificate
}

// KeysOf lists the public keys of a descriptor that CheckParty accepts.
func KeysOf(k entente.PartyKeys) []KeyUse {
	return []KeyUse{
		{"identity", entente.DigestOf(k.Identity)},
		{"message", entente.DigestOf(k.Message)},
		{"ledger", entente.DigestOf(k.Ledger)},
		{"seal", entente.DigestOf(k.Seal)},
		{"tls-root", entente.DigestOf(rootKey(k.TLSRoot))},
	}
}

// rootKey gives the public key of a certificate: the 32 bytes of an Ed25519 key,
// so that it is found in another role, or the SubjectPublicKeyInfo.
func rootKey(der []byte) []byte {
	root, err := x509.ParseCertificate(der)
	if err != nil {
		return der
	}
	if key, ok := root.PublicKey.(ed25519.PublicKey); ok {
		return key
	}
	return root.RawSubjectPublicKeyInfo
}
