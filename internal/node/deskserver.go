package node

import (
	"context"
	"crypto/tls"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"entente/internal/door"
)

// Door is what stands before the desk and the API. Zero fields take the default.
type Door struct {
	Limits  door.Limits
	Proxies door.Proxies // zero: nobody's word about a visitor's address is believed
	Guard   door.Config  // its hosts and proxies are set here
}

func (d Door) filled(deskURL string) Door {
	if d.Limits.Connections == 0 {
		d.Limits, _, _ = door.Shares(door.Wanted)
	}
	d.Guard.Proxies = d.Proxies
	if u, err := url.Parse(deskURL); err == nil {
		d.Guard.Hosts = []string{u.Hostname()}
	}
	return d
}

// DeskServer serves the desk and the API.
type DeskServer struct {
	door Door
	http *http.Server
}

// DeskServer gives the server of desk and API. It serves nothing until Serve.
func (n *Node) DeskServer() *DeskServer {
	return &DeskServer{n.cfg.Door, &http.Server{
		Handler:           n.desk,
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS13},
		HTTP2:             deskStreams(),
		ReadHeaderTimeout: 10 * time.Second, // bounds the handshake, too; a Guard bounds the rest
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ConnContext:       door.Remember,
		ErrorLog:          log.New(faults{n.cfg.Log}, "", 0),
	}}
}

// deskStreams bounds what one connection of a browser can make the node hold.
func deskStreams() *http.HTTP2Config {
	return &http.HTTP2Config{
		MaxConcurrentStreams:          16,
		MaxReceiveBufferPerStream:     256 << 10,
		MaxReceiveBufferPerConnection: 512 << 10,
		SendPingTimeout:               15 * time.Second,
		PingTimeout:                   15 * time.Second,
		WriteByteTimeout:              30 * time.Second,
	}
}

// Serve answers officers on l until Shutdown or Close: with TLS where there is a
// certificate.
func (s *DeskServer) Serve(l net.Listener, cert, key string) error {
	l = door.New(l, s.door.Limits, s.door.Proxies)
	if cert != "" {
		return s.http.ServeTLS(l, cert, key)
	}
	return s.http.Serve(l)
}

// Shutdown takes no more requests and waits until those under way are answered, or ctx ends.
func (s *DeskServer) Shutdown(ctx context.Context) error { return s.http.Shutdown(ctx) }

// Close cuts everything off at once.
func (s *DeskServer) Close() error { return s.http.Close() }

// faults hears what the web server complains of. What it says of visitors is
// their address, and what it says of a panic may be content: the node's log gets
// only where a panic happened.
type faults struct{ log *slog.Logger }

func (f faults) Write(b []byte) (int, error) {
	head, stack, _ := strings.Cut(string(b), "\n")
	if strings.Contains(head, "panic serving") {
		f.log.Error("desk: panic", "stack", stack)
	}
	return len(b), nil
}
