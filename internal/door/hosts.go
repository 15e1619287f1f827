package door

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// hosts are the names by which a server may be asked. A page of another site
// whose name suddenly leads to this machine (DNS rebinding) is asked for by that
// site's name, and refused.
type hosts []string

func newHosts(names []string) (h hosts) {
	for _, n := range names {
		if n != "" {
			h = append(h, plainHost(n))
		}
	}
	return h
}

// plainHost leaves out the port, the final dot and capitals.
func plainHost(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// refuse gives the status for a host that is not ours; 0: it is.
func (h hosts) refuse(host string) (status int, words string) {
	if host == "" {
		return http.StatusBadRequest, "The request does not say which host it asks."
	}
	name := plainHost(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return 0, ""
	}
	if a, err := netip.ParseAddr(name); err == nil && a.IsLoopback() {
		return 0, ""
	}
	for _, own := range h {
		if name == own {
			return 0, ""
		}
	}
	return http.StatusMisdirectedRequest, "This desk does not answer to that name. Ask for it by the name in its setting desk-url."
}
