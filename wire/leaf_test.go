package wire

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"net/url"
	"testing"
	"time"

	"entente"
)

// A leaf serves both ends of a connection, with a key that every node can check.
func TestLeafForm(t *testing.T) {
	id, now := identity(t, albia), time.Now()
	both := []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	must(t, err)
	rsa2048, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	for what, x := range map[string]struct {
		key  crypto.Signer
		uses []x509.ExtKeyUsage
		life time.Duration
		ok   bool
	}{
		"Ed25519":           {ed, both, leafMax, true},
		"ECDSA P-256":       {p256, both, leafMax, true},
		"ECDSA P-384":       {p384, both, leafMax, false},
		"RSA":               {rsa2048, both, leafMax, false},
		"for servers alone": {ed, both[:1], leafMax, false},
		"for clients alone": {ed, both[1:], leafMax, false},
		"for nothing named": {ed, nil, leafMax, false},
		"for too long":      {ed, both, leafMax + time.Second, false},
	} {
		der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
			NotBefore: now.Add(-time.Hour).Truncate(time.Second), NotAfter: now.Add(-time.Hour).Truncate(time.Second).Add(x.life),
			URIs: []*url.URL{nodeURI(albia)}, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: x.uses, BasicConstraintsValid: true,
		}, id.Root, x.key.Public(), id.Key)
		must(t, err)
		leaf, err := x509.ParseCertificate(der)
		must(t, err)
		for _, use := range both {
			err := checkLeaf(leaf, entente.Party{ID: albia, Keys: entente.PartyKeys{TLSRoot: id.Root.Raw}}, use, now)
			if (err == nil) != x.ok {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
