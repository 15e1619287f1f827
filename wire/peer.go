package wire

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"entente"
)

// PeerFrom gives the party at the other end of the connection on which a
// request came. The certificate proved it.
func PeerFrom(ctx context.Context) (entente.PartyID, bool) {
	id, ok := ctx.Value(peerKey{}).(entente.PartyID)
	return id, ok
}

type peerKey struct{}

// verifier finds out whose certificate the other end shows.
type verifier struct {
	parties Parties
	now     func() time.Time
	wait    time.Duration // how long a descriptor may take to be found
}

// config gives the part of the TLS configuration that both ends share.
func (v verifier) config(l *leaves) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13,
		NextProtos: []string{"h2"},
		Time:       v.now,
		// Recorded traffic must stay secret when quantum computers come, so
		// nothing weaker than the hybrid is spoken.
		CurvePreferences:       []tls.CurveID{tls.X25519MLKEM768},
		SessionTicketsDisabled: true,
		GetCertificate:         func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return l.current() },
		GetClientCertificate:   func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return l.current() },
	}
}

// server lets any party in that has a current descriptor.
func (v verifier) server(l *leaves) *tls.Config {
	c := v.config(l)
	c.ClientAuth = tls.RequireAnyClientCert // VerifyConnection, not a list of authorities, says who is welcome
	c.VerifyConnection = func(cs tls.ConnectionState) error {
		_, err := v.connection(cs, x509.ExtKeyUsageClientAuth, "")
		return err
	}
	return c
}

// client talks to one party only.
func (v verifier) client(l *leaves, to entente.PartyID) *tls.Config {
	c := v.config(l)
	c.InsecureSkipVerify = true // names of hosts and public authorities prove nothing here: VerifyConnection does all of it
	c.VerifyConnection = func(cs tls.ConnectionState) error {
		_, err := v.connection(cs, x509.ExtKeyUsageServerAuth, to)
		return err
	}
	return c
}

// connection says which party is at the other end. It runs in
// tls.Config.VerifyConnection, which runs for a resumed session too. On the
// serving end the peer has not proven then that it has the key of its leaf; the
// handshake fails a moment later if it has not.
func (v verifier) connection(cs tls.ConnectionState, use x509.ExtKeyUsage, want entente.PartyID) (entente.PartyID, error) {
	ctx, cancel := context.WithTimeout(context.Background(), v.wait)
	defer cancel()
	if cs.Version != tls.VersionTLS13 || cs.NegotiatedProtocol != "h2" {
		return "", unverified("the other end does not speak TLS 1.3 and HTTP/2", nil)
	}
	if len(cs.PeerCertificates) == 0 {
		return "", unverified("the other end shows no certificate", nil)
	}
	leaf := cs.PeerCertificates[0]
	id, err := partyOf(leaf)
	if err != nil {
		return "", err
	}
	if want != "" && id != want {
		return "", unverified("the node at the address of "+string(want)+" is not its own but that of "+string(id), nil)
	}
	p, err := v.parties.Party(ctx, id)
	if err != nil {
		return "", noDescriptor(id, err)
	}
	return id, checkLeaf(leaf, p, use, v.now())
}

// partyOf reads whose certificate it claims to be: one URI, and no other name.
func partyOf(leaf *x509.Certificate) (entente.PartyID, error) {
	if len(leaf.URIs) != 1 || len(leaf.DNSNames)+len(leaf.EmailAddresses)+len(leaf.IPAddresses) > 0 {
		return "", unverified("the certificate does not name one node of one party", nil)
	}
	id, err := entente.ParsePartyID(leaf.URIs[0].Host)
	if err != nil || leaf.URIs[0].String() != nodeURI(id).String() {
		return "", unverified("the certificate does not name the node of a party", nil)
	}
	return id, nil
}

// checkLeaf holds a leaf against the root that the party's descriptor pins.
func checkLeaf(leaf *x509.Certificate, p entente.Party, use x509.ExtKeyUsage, now time.Time) error {
	root, err := x509.ParseCertificate(p.Keys.TLSRoot)
	if err != nil {
		return unverified("the descriptor of "+string(p.ID)+" pins no readable root certificate", err)
	}
	// The root is trusted for as long as the descriptor that pins it is current:
	// a trust anchor is a name and a key, and its own dates do not count (RFC
	// 5280, section 6.1.1 d).
	anchor := *root
	anchor.NotBefore, anchor.NotAfter = now, now
	roots := x509.NewCertPool()
	roots.AddCert(&anchor)
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{use}}); err != nil {
		if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
			return unverified("the certificate of "+string(p.ID)+" is not valid now: it has expired, or one of the two clocks is days off", err)
		}
		return unverified("the certificate is not under the root that the descriptor of "+string(p.ID)+" pins", err)
	}
	switch {
	case leaf.IsCA || leaf.NotAfter.Sub(leaf.NotBefore) > leafMax:
		return unverified("the certificate of "+string(p.ID)+" is not a leaf of at most seven days", nil)
	case !slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageServerAuth) || !slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageClientAuth):
		return unverified("the certificate of "+string(p.ID)+" is not for both ends of a connection", nil)
	case !spoken(root.PublicKey) || !spoken(leaf.PublicKey):
		return unverified("a key of "+string(p.ID)+" is neither an Ed25519 key nor an ECDSA key on P-256", nil)
	}
	return nil
}

// spoken reports whether every node can check signatures by the key.
func spoken(key any) bool {
	switch k := key.(type) {
	case ed25519.PublicKey:
		return true
	case *ecdsa.PublicKey:
		return k.Curve == elliptic.P256()
	}
	return false
}

func unverified(detail string, cause error) error {
	return &entente.Error{Kind: entente.Unverified, Detail: detail, Hint: "compare the party's descriptor with its own people", Cause: cause}
}

func noDescriptor(id entente.PartyID, err error) error {
	if errors.Is(err, entente.NotFound) {
		return &entente.Error{Kind: entente.Unverified, Detail: "there is no descriptor of " + string(id) + " here", Hint: "add the party, or let it go", Reason: entente.ReasonUnknownSender}
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the descriptor of " + string(id) + " cannot be read now", Cause: plain(err)}
}
