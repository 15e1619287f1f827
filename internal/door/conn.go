package door

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
)

// Conn is a connection that tells its door when it ends.
type Conn struct {
	net.Conn
	door *Door

	place  string // where it comes from
	owner  string // empty: a stranger's
	busy   int    // requests of its owner under way
	shared bool   // a proxy carries requests of many visitors on it
	gone   bool
}

// Close ends the connection and takes it out of the door's count.
func (c *Conn) Close() error {
	c.door.leave(c)
	return c.Conn.Close()
}

// Begin notes that a request of owner is under way on c, which is owner's from
// now on. It reports false when owner has no room for another one. A nil Conn,
// which no door let in, has room for all.
func (c *Conn) Begin(owner string) bool {
	if c == nil {
		return true
	}
	ok, victim := c.door.begin(c, owner)
	if victim != nil {
		victim.Close()
	}
	return ok
}

// End notes that a request is answered for which Begin reported true.
func (c *Conn) End() {
	if c != nil {
		c.door.end(c)
	}
}

type connKey struct{}

// Remember is an http.Server.ConnContext: requests then know their connection.
func Remember(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, Of(c))
}

// Of gives the door's connection below c; nil: no door let it in.
func Of(c net.Conn) *Conn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	switch c := c.(type) {
	case *Conn:
		return c
	case *proxied:
		return c.below
	}
	return nil
}

func from(ctx context.Context) *Conn {
	c, _ := ctx.Value(connKey{}).(*Conn)
	return c
}

// Place reduces a remote address to what one visitor cannot easily change: the
// address without its port; of IPv6, the network of 64 bits that a site gets.
func Place(addr string) string {
	if ap, err := netip.ParseAddrPort(addr); err == nil {
		return network(ap.Addr())
	}
	if a, err := netip.ParseAddr(addr); err == nil {
		return network(a)
	}
	return addr
}

func network(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is4() {
		return a.String()
	}
	p, _ := a.Prefix(64)
	return p.String()
}

// CloseWrite says that nothing more is sent, and lets the other end read what was:
// a refusal reaches a visitor who is still sending.
func (c *Conn) CloseWrite() error {
	if w, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return w.CloseWrite()
	}
	return nil
}
