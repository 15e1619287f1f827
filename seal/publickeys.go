package seal

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/x509"

	"entente"
	"entente/verify"
)

// checkKeys refuses public keys that have the right form, which package parse
// checks, and still must not stand in a descriptor: signing keys that are not of
// the prime order, for which one signature can be right for many texts or for one
// reader and not for the next; a seal key to which nothing can be sealed; a root
// that did not sign itself, or has a key of another algorithm.
func checkKeys(k entente.PartyKeys) error {
	bad := func(field, detail string) error {
		return &entente.Error{Kind: entente.Invalid, Field: "keys." + field, Detail: detail, Hint: "make keys with the program itself", Reason: entente.ReasonMalformed}
	}
	for _, s := range []struct {
		name string
		key  ed25519.PublicKey
	}{{"identity", k.Identity}, {"message", k.Message}, {"ledger", k.Ledger}} {
		if !verify.Key(s.key) {
			return bad(s.name, "it is a key for which signatures can be forged")
		}
	}
	if _, err := kem.NewPublicKey(k.Seal); err != nil {
		return bad("seal", "it is not an MLKEM768-X25519 public key")
	}
	root, err := x509.ParseCertificate(k.TLSRoot)
	if err != nil || root.CheckSignatureFrom(root) != nil {
		return bad("tls-root", "it is not a certificate signed by itself")
	}
	if !tlsKey(root.PublicKey) {
		return bad("tls-root", "its key is neither an Ed25519 key nor an ECDSA key on P-256")
	}
	return nil
}

// tlsKey reports whether a certificate may have this public key.
func tlsKey(public any) bool {
	switch k := public.(type) {
	case ed25519.PublicKey:
		return verify.Key(k)
	case *ecdsa.PublicKey:
		return k.Curve == elliptic.P256()
	}
	return false
}
