package door

import (
	"net/netip"
	"strings"
)

// forwardedFor gives the "for" of the last element of a Forwarded header (RFC
// 7239, section 4): the hop that the nearest proxy saw. Whatever does not keep to
// the grammar is refused, also in the elements before it.
func forwardedFor(header string) (node string, ok bool) {
	rest := header
	for {
		var found string
		found, rest, ok = element(rest)
		if !ok {
			return "", false
		}
		node = found
		if rest == "" {
			return node, node != ""
		}
		rest = rest[1:] // the comma
	}
}

// element reads forwarded-pairs up to a comma or the end.
func element(s string) (node, rest string, ok bool) {
	seen := map[string]bool{}
	for {
		s = strings.TrimLeft(s, " \t")
		name, after, found := strings.Cut(s, "=")
		if name = strings.ToLower(name); !found || !token(name) || seen[name] {
			return "", "", false
		}
		seen[name] = true
		var value string
		if value, s, ok = pairValue(after); !ok {
			return "", "", false
		}
		if name == "for" {
			node = value
		}
		s = strings.TrimLeft(s, " \t")
		if s == "" || s[0] == ',' {
			return node, s, true
		}
		if s[0] != ';' {
			return "", "", false
		}
		s = s[1:]
	}
}

// pairValue reads a token or a quoted string.
func pairValue(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		n := strings.IndexAny(s, ";, \t")
		if n < 0 {
			n = len(s)
		}
		return s[:n], s[n:], token(s[:n])
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:], true
		case c == '\\':
			if i++; i == len(s) {
				return "", "", false
			}
			b.WriteByte(s[i])
		case c < ' ' && c != '\t' || c == 0x7f:
			return "", "", false
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// token is that of RFC 9110, section 5.6.2.
func token(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0) {
			return false
		}
	}
	return s != ""
}

// node reads an address, with a port or without, and gives it with one: "0" where
// none was said. An address of IPv6 may stand in brackets.
func node(s string) (addrPort string, ok bool) {
	if ap, err := netip.ParseAddrPort(s); err == nil && ap.Addr().Zone() == "" {
		return ap.String(), true
	}
	if bare, found := strings.CutPrefix(s, "["); found {
		if bare, found = strings.CutSuffix(bare, "]"); !found {
			return "", false
		}
		s = bare
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return "", false
	}
	return netip.AddrPortFrom(a, 0).String(), true
}
