package door

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/pires/go-proxyproto"

	"entente"
)

// Proxies are the addresses whose word about a visitor's address is believed,
// and how they say it. The zero value believes nobody.
type Proxies struct {
	trusted []netip.Prefix
	says    string
}

// How a proxy says a visitor's address.
const (
	SaysProxyProtocol = "proxy-protocol"  // PROXY protocol, version 1 or 2, before the first byte
	SaysForwarded     = "forwarded"       // the last element of Forwarded (RFC 7239)
	SaysXForwardedFor = "x-forwarded-for" // the last element of X-Forwarded-For
)

// ParseProxies reads addresses and networks ("127.0.0.1", "10.2.0.0/24") and how
// they say a visitor's address.
func ParseProxies(addresses []string, says string) (p Proxies, err error) {
	for _, s := range addresses {
		prefix, err := netip.ParsePrefix(s)
		if a, addrErr := netip.ParseAddr(s); addrErr == nil {
			a = a.Unmap()
			prefix, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return p, &entente.Error{Kind: entente.Invalid, Field: "trusted-proxy", Detail: "\"" + s + "\" is neither an address nor a network", Hint: "write it as 127.0.0.1 or 10.2.0.0/24", Cause: err}
		}
		p.trusted = append(p.trusted, prefix.Masked())
	}
	p.says = says
	known := says == SaysProxyProtocol || says == SaysForwarded || says == SaysXForwardedFor
	switch {
	case says == "" && len(addresses) == 0:
		return p, nil
	case !known:
		return p, &entente.Error{Kind: entente.Invalid, Field: "proxy-says", Detail: "this is no way in which a proxy says who asks", Hint: "write " + SaysProxyProtocol + ", " + SaysForwarded + " or " + SaysXForwardedFor + ", as the proxy is set"}
	case len(addresses) == 0:
		return p, &entente.Error{Kind: entente.Invalid, Field: "trusted-proxy", Detail: "proxy-says is set, and no proxy is trusted", Hint: "name the address from which the proxy calls, such as 127.0.0.1"}
	}
	return p, nil
}

func (p Proxies) trust(addr string) bool {
	ap, err := netip.ParseAddrPort(addr)
	if err != nil {
		return false
	}
	a := ap.Addr().Unmap().WithZone("")
	for _, t := range p.trusted {
		if t.Contains(a) {
			return true
		}
	}
	return false
}

// proxied is a connection on which a proxy says first who comes.
type proxied struct {
	*proxyproto.Conn
	below *Conn
}

// announced waits for the proxy's word before the first byte of the visitor. It
// does so when somebody reads or asks, and not before.
func (p Proxies) announced(c *Conn) net.Conn {
	if p.says != SaysProxyProtocol || !p.trust(c.Conn.RemoteAddr().String()) {
		return c
	}
	return &proxied{proxyproto.NewConn(c), c}
}

// RemoteAddr gives the visitor's address. A server asks once, before it reads.
func (c *proxied) RemoteAddr() net.Addr {
	a := c.Conn.RemoteAddr()
	c.below.door.move(c.below, Place(a.String()))
	return a
}

// sharesConn reports whether a proxy carries requests of many visitors on the
// connection of r.
func (p Proxies) sharesConn(r *http.Request) bool {
	return (p.says == SaysForwarded || p.says == SaysXForwardedFor) && p.trust(r.RemoteAddr)
}

// visitor gives the address from which r comes. It is false when a trusted proxy
// says something that cannot be read.
func (p Proxies) visitor(r *http.Request) (addr string, ok bool) {
	if !p.sharesConn(r) {
		return r.RemoteAddr, true
	}
	header := "X-Forwarded-For"
	if p.says == SaysForwarded {
		header = "Forwarded"
	}
	said := strings.Join(r.Header.Values(header), ",")
	if strings.TrimSpace(said) == "" {
		return r.RemoteAddr, true // the proxy itself asks, to see whether we live
	}
	if p.says == SaysForwarded {
		said, ok = forwardedFor(said)
	} else {
		said, ok = strings.TrimSpace(said[strings.LastIndexByte(said, ',')+1:]), true
	}
	if !ok {
		return "", false
	}
	a, ok := node(said)
	if !ok {
		return "", false
	}
	return a, true
}

// CloseWrite is that of the connection below.
func (c *proxied) CloseWrite() error { return c.below.CloseWrite() }
