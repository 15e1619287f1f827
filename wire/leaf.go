package wire

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"net/url"
	"sync"
	"time"

	"entente"
)

const (
	// leafSlack is how long before and after its making a leaf is valid: a clock
	// that is hours off does no harm.
	leafSlack = 48 * time.Hour
	// leafUse is how long a leaf is used, so that even at its end most of its
	// life is still to come.
	leafUse = 12 * time.Hour
	// leafMax is the longest life of a leaf that a peer may show. Short lives are
	// the only revocation there is below the descriptor.
	leafMax = 7 * 24 * time.Hour
)

// leaves makes the node's certificates, one after the other. Their keys never
// leave memory.
type leaves struct {
	id  Identity
	now func() time.Time

	mu   sync.Mutex
	cert *tls.Certificate
	made time.Time
}

// current gives the leaf in use, a new one if it is due. A clock that was set
// back also makes it due.
func (l *leaves) current() (*tls.Certificate, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if age := now.Sub(l.made); l.cert != nil && age < leafUse && age > -leafUse {
		return l.cert, nil
	}
	cert, err := newLeaf(l.id, now)
	if err != nil {
		return nil, err
	}
	l.cert, l.made = cert, now
	return cert, nil
}

func newLeaf(id Identity, now time.Time) (*tls.Certificate, error) {
	fail := func(err error) (*tls.Certificate, error) {
		return nil, &entente.Error{Kind: entente.Unavailable, Detail: "this node cannot make its TLS certificate", Hint: "check that its keys are unlocked and belong to its descriptor", Cause: err}
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fail(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		NotBefore:             now.Add(-leafSlack),
		NotAfter:              now.Add(leafSlack),
		URIs:                  []*url.URL{nodeURI(id.Party)},
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true,
	}, id.Root, public, id.Key)
	if err != nil {
		return fail(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return fail(err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private, Leaf: leaf}, nil
}

// nodeURI names the node of a party in its certificate: entente://albia-ncc/node.
func nodeURI(p entente.PartyID) *url.URL {
	return &url.URL{Scheme: "entente", Host: string(p), Path: "/node"}
}
