package wire

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"entente/internal/door"
)

// Options tune a server or a client. The zero value is right for a node.
type Options struct {
	Now func() time.Time // for certificates and Entente-Time; nil: time.Now
	Log *slog.Logger     // nil: nothing is logged. It never gets content

	MaxFile  int64 // largest encrypted file in bytes; 0: 1 GiB and what encryption adds
	Limits   Limits
	Timeouts Timeouts

	// For clients.

	DialContext func(ctx context.Context, network, address string) (net.Conn, error) // nil: TCP
	Proxy       func(*http.Request) (*url.URL, error)                                // nil: none, whatever the environment says
}

// Limits hold for the serving end. Zero fields take the default.
type Limits struct {
	Connections int // of all parties and strangers together; default 1024
	Strangers   int // connections on which nobody has proven yet who he is; default 256
	PerParty    int // connections of one party; default 8

	Requests   float64 // of one party each second; default 500
	Burst      int     // requests of one party at once, after a rest; default 1000
	Bytes      float64 // of one party each second, both ways; default 64 MiB
	Concurrent int     // requests of one party at the same time; default 32
}

// Timeouts each bound one phase, so that a large file on a thin line is not cut
// off and a peer that stands still is. Zero fields take the default.
type Timeouts struct {
	Dial      time.Duration // until there is a connection; default 10 s
	Handshake time.Duration // TLS, until both know each other; default 10 s
	Call      time.Duration // a whole exchange that is not a file; default 2 min
	Stall     time.Duration // without any progress within a body; default 30 s
	Keep      time.Duration // how long an idle connection is kept; default 2 min
	Ping      time.Duration // silence after which the other end is asked whether it is there, and waited for; default 15 s
}

func (l Limits) door() door.Limits {
	return door.Limits{Connections: l.Connections, Strangers: l.Strangers, PerOwner: l.PerParty}
}

const (
	defaultMaxFile = 1<<30 + 1<<20 // age adds 16 bytes to every 64 KiB, and a header
	maxHeaderBytes = 16 << 10
)

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.MaxFile = or(o.MaxFile, defaultMaxFile)
	l := &o.Limits
	l.Connections = or(l.Connections, 1024)
	l.Strangers = or(l.Strangers, 256)
	l.PerParty = or(l.PerParty, 8)
	l.Requests = or(l.Requests, 500)
	l.Burst = or(l.Burst, 1000)
	l.Bytes = or(l.Bytes, 64<<20)
	l.Concurrent = or(l.Concurrent, 32)
	t := &o.Timeouts
	t.Dial = or(t.Dial, 10*time.Second)
	t.Handshake = or(t.Handshake, 10*time.Second)
	t.Call = or(t.Call, 2*time.Minute)
	t.Stall = or(t.Stall, 30*time.Second)
	t.Keep = or(t.Keep, 2*time.Minute)
	t.Ping = or(t.Ping, 15*time.Second)
	return o
}

func or[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// streams is how many requests a connection carries at the same time. A client
// keeps to it by itself, half for exchanges and half for files: net/http has no
// queue for this that is safe (with StrictMaxConcurrentRequests, requests that
// wait can block each other for good), and a file must never take the place of a
// message.
const streams = 8

// http2Config bounds what one connection can make either end hold in memory. A
// connection may have more bytes under way than all of its streams together, so
// that a file that nobody reads never keeps a message from passing beside it.
func http2Config(t Timeouts) *http.HTTP2Config {
	const stream = 448 << 10
	return &http.HTTP2Config{
		MaxConcurrentStreams:          streams,
		MaxReceiveBufferPerStream:     stream,
		MaxReceiveBufferPerConnection: streams*stream + 64<<10,
		SendPingTimeout:               t.Ping,
		PingTimeout:                   t.Ping,
		WriteByteTimeout:              t.Stall,
	}
}

// onlyHTTP2 leaves out HTTP/1: one framing, nothing to smuggle between two
// readings of it, and a slow request that does not hold up the next.
func onlyHTTP2() *http.Protocols {
	var p http.Protocols
	p.SetHTTP2(true)
	return &p
}
