package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"

	"entente"
)

// broken says in words why a connection did not hold.
func broken(to entente.PartyID, err error) error {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return e // ours: the other end did not prove who it is
	}
	e := &entente.Error{Kind: entente.Unavailable, Detail: "the connection to " + string(to) + " broke off", Hint: "it is tried again by itself", Cause: err}
	if n, ok := errors.AsType[net.Error](err); ok && n.Timeout() {
		e.Detail = string(to) + " did not answer in time"
	}
	if dialing(err) {
		e.Detail = "there is no connection to " + string(to)
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		e.Detail = "the address of " + string(to) + " cannot be found"
	}
	return e
}

func dialing(err error) bool {
	o, ok := errors.AsType[*net.OpError](err)
	return ok && o.Op == "dial"
}

// unanswered says why a request got no answer. In TLS 1.3 a server refuses our
// certificate when we think that the handshake is over, and the alert that says
// so is often lost under what we send by then. So when a connection just breaks
// off we make another one and only listen: an operator who has to exchange
// descriptors must not look for a fault in the network.
func (c *Client) unanswered(l *line, r *http.Request, to entente.PartyID, err error) error {
	e := broken(to, err)
	if entente.KindOf(e) != entente.Unavailable || dialing(err) || r.Context().Err() != nil || !c.refused(r.Context(), l) {
		return e
	}
	return &entente.Error{Kind: entente.Denied, Detail: string(to) + " does not accept our certificate", Hint: "ask its people whether they have our current descriptor", Cause: err}
}

// refused reports whether the server at the end of a line answers our handshake
// with an alert.
func (c *Client) refused(ctx context.Context, l *line) bool {
	if c.opts.Proxy != nil {
		return false // which way the proxy would take is the transport's to know
	}
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeouts.Handshake)
	defer cancel()
	port := or(l.base.Port(), "443")
	raw, err := l.transport.DialContext(ctx, "tcp", net.JoinHostPort(l.base.Hostname(), port))
	if err != nil {
		return false
	}
	defer raw.Close()
	defer context.AfterFunc(ctx, func() { raw.Close() })()
	t := tls.Client(raw, c.verify.client(c.leaves, l.to))
	if err := t.HandshakeContext(ctx); err != nil {
		return alert(err)
	}
	_, err = t.Read(make([]byte, 1)) // its first frame, or the alert
	return alert(err)
}

func alert(err error) bool {
	o, ok := errors.AsType[*net.OpError](err)
	return ok && o.Op == "remote error"
}
