package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"time"

	"entente"
)

// authority is a party's certification authority: it certifies the party's own
// nodes and nothing else. Partners pin its root by the descriptor, so that the
// root's dates say nothing; they are the widest that X.509 has (RFC 5280,
// section 4.1.2.5), and a replay of earlier years works.
type authority struct {
	pair *pair
	root *x509.Certificate
}

func newAuthority(p entente.PartyID, seed []byte) (*authority, error) {
	pair := newPair(seed)
	id := sha256.Sum256(pair.public())
	template := &x509.Certificate{
		SerialNumber:          new(big.Int).SetBytes(append([]byte{1}, id[:15]...)),
		Subject:               pkix.Name{CommonName: string(p)},
		NotBefore:             time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:              time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		SubjectKeyId:          id[:20],
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, pair.public(), pair.signer())
	if err != nil {
		return nil, err
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{pair, root}, nil
}

// readAuthority puts a key and its root together again.
func readAuthority(seed, der []byte) (*authority, error) {
	root, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	pair := newPair(seed)
	public, ok := root.PublicKey.(ed25519.PublicKey)
	if !ok || !bytes.Equal(public, pair.public()) {
		return nil, errors.New("the root certificate belongs to another key")
	}
	return &authority{pair, root}, nil
}
