package wire

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"sync"

	"entente"
	"entente/internal/door"
)

// peer says whose request it is. The handshake proved the certificate against
// the descriptor of that time; a party that has gone since, or has another root
// now, is held to the present one.
func (s *Server) peer(r *http.Request) (entente.PartyID, error) {
	if r.TLS == nil || !r.TLS.HandshakeComplete || len(r.TLS.PeerCertificates) == 0 {
		return "", &entente.Error{Kind: entente.Denied, Detail: "the connection is not that of a party"}
	}
	leaf := r.TLS.PeerCertificates[0]
	id, err := partyOf(leaf)
	if err != nil {
		return "", denied(err)
	}
	p, err := s.parties.Party(r.Context(), id)
	if err != nil {
		return "", denied(noDescriptor(id, err))
	}
	l, _ := r.Context().Value(linkKey{}).(*link)
	if l.proved(p.Keys.TLSRoot) {
		return id, nil
	}
	if err := checkLeaf(leaf, p, x509.ExtKeyUsageClientAuth, s.opts.Now()); err != nil {
		return "", denied(err)
	}
	l.prove(p.Keys.TLSRoot)
	return id, nil
}

// denied is what a party is told whose certificate does not hold any more.
func denied(err error) error {
	e, ok := errors.AsType[*entente.Error](err)
	if ok && e.Kind == entente.Unverified {
		return &entente.Error{Kind: entente.Denied, Detail: e.Detail, Hint: e.Hint, Reason: e.Reason, Cause: plain(err)}
	}
	return err
}

// link is what is known of a connection. A nil one is a connection that this
// server did not accept itself: of that nothing is remembered.
type link struct {
	conn *door.Conn

	mu   sync.Mutex
	root entente.Digest // of the root under which its leaf was proven
}

type linkKey struct{}

func withLink(ctx context.Context, c net.Conn) context.Context {
	if d := door.Of(c); d != nil {
		return context.WithValue(ctx, linkKey{}, &link{conn: d})
	}
	return ctx
}

func (l *link) proved(root []byte) bool {
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.root == entente.DigestOf(root)
}

func (l *link) prove(root []byte) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.root = entente.DigestOf(root)
}

func (l *link) begin(p entente.PartyID) bool { return l == nil || l.conn.Begin(string(p)) }

func (l *link) end() {
	if l != nil {
		l.conn.End()
	}
}
