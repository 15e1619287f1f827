package parse

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// endpoint checks the address of a node: https, a host and perhaps a port, in
// the one form in which it can be written.
func (c *checker) endpoint(p *path, s string) {
	c.maybeLine(p, s, maxLabel)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || s != "https://"+u.Host || !isHost(u.Hostname()) || !isPort(u.Port(), strings.HasSuffix(u.Host, ":")) {
		c.bad(p, "it is not the address of a node", "write it as in \"https://node.albia.example\" or \"https://192.0.2.7:8443\", with nothing after it")
	}
}

// isHost accepts an IP address or a host name in lower case (RFC 1123, 2.1).
func isHost(s string) bool {
	if a, err := netip.ParseAddr(s); err == nil {
		return a.String() == s && a.Zone() == ""
	}
	if len(s) == 0 || len(s) > 253 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
		return false
	}
	for _, label := range strings.Split(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

func isPort(s string, colon bool) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return s == "" && !colon || err == nil && n > 0 && strconv.FormatUint(n, 10) == s
}
