package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"entente"
	"entente/internal/door"
)

// Headers of our own.
const (
	HeaderTime   = "Entente-Time"   // the server's clock, in the one form of times
	HeaderOffset = "Entente-Offset" // PUT of a file: where the body goes
	HeaderSize   = "Entente-Size"   // how many bytes the whole file has
	HeaderHeld   = "Entente-Held"   // how many bytes of a file are here
)

// Server is the serving end of a node. It is an http.Handler, which refuses
// every request that does not come over a connection of a party.
type Server struct {
	id       Identity
	parties  Parties
	receiver Receiver
	mailbox  Mailbox
	files    Files
	opts     Options

	verify verifier
	leaves *leaves
	meters meters
	routes map[string]handler
	http   *http.Server
}

// handler answers one request of a party that is known. What it returns as an
// error is answered as a problem.
type handler func(w http.ResponseWriter, r *request) error

// request is a request with whose it is.
type request struct {
	*http.Request
	from  entente.PartyID
	meter *meter
}

// NewServer makes a server. It serves nothing until Serve.
func NewServer(id Identity, parties Parties, r Receiver, m Mailbox, f Files, opts Options) *Server {
	opts = opts.filled()
	s := &Server{
		id: id, parties: parties, receiver: r, mailbox: m, files: f, opts: opts,
		verify: verifier{parties, opts.Now, opts.Timeouts.Handshake},
		leaves: &leaves{id: id, now: opts.Now},
		meters: meters{limits: opts.Limits},
	}
	s.routes = map[string]handler{
		"POST /v1/deliver": exchange(s, s.deliver),
		"POST /v1/collect": exchange(s, s.collect),
		"POST /v1/settle":  exchange(s, s.settle),
		"POST /v1/compare": exchange(s, s.compare),
		"POST /v1/records": exchange(s, s.records),
		"GET /v1/hello":    s.hello,
		"HEAD /v1/files/":  s.fileHeld,
		"GET /v1/files/":   s.fileGet,
		"PUT /v1/files/":   s.filePut,
	}
	t := opts.Timeouts
	s.http = &http.Server{
		Handler:           s,
		TLSConfig:         s.TLSConfig(),
		Protocols:         onlyHTTP2(),
		HTTP2:             http2Config(t),
		ReadHeaderTimeout: t.Handshake,      // bounds the handshake, too
		IdleTimeout:       t.Keep + t.Stall, // the client gives up first, so that it never asks on a connection that just closed
		MaxHeaderBytes:    maxHeaderBytes,
		ConnContext:       withLink,
		ErrorLog:          slog.NewLogLogger(opts.Log.Handler(), slog.LevelDebug), // strangers who fail their handshake
	}
	return s
}

// TLSConfig gives the configuration with which the server must be reached.
func (s *Server) TLSConfig() *tls.Config { return s.verify.server(s.leaves) }

// Serve accepts connections until Shutdown or Close, and then returns nil.
func (s *Server) Serve(l net.Listener) error {
	err := s.http.ServeTLS(door.New(l, s.opts.Limits.door(), door.Proxies{}), "", "")
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Shutdown takes no more requests and waits until those under way are answered,
// or until ctx ends: then it cuts them off. What was cut off comes again.
func (s *Server) Shutdown(ctx context.Context) error {
	if err := s.http.Shutdown(ctx); err != nil {
		return errors.Join(err, s.http.Close())
	}
	return nil
}

// Close cuts everything off at once.
func (s *Server) Close() error { return s.http.Close() }

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	started := time.Now()
	var from entente.PartyID
	err := s.guarded(w, r, &from)
	s.log(r, from, time.Since(started), err)
	if err != nil {
		s.fail(w, r, err)
	}
}

// log tells what happened, and never of what: of an error it has the kind, the
// field and the reason. Only where the node itself is at fault does it have the
// words of the error too.
func (s *Server) log(r *http.Request, from entente.PartyID, took time.Duration, err error) {
	attrs := []slog.Attr{slog.String("party", string(from)), slog.String("route", route(r)), slog.Duration("took", took)}
	level := slog.LevelDebug
	if err != nil {
		p := problemOf(err)
		attrs = append(attrs, slog.String("kind", p.Kind), slog.String("field", p.Field), slog.String("reason", string(p.Reason)))
		if entente.KindOf(err) == nil && r.Context().Err() == nil {
			level = slog.LevelError
			attrs = append(attrs, slog.String("err", err.Error()))
		}
	}
	s.opts.Log.LogAttrs(r.Context(), level, "wire: request", attrs...)
}

// guarded answers a request, and makes an error of a panic.
func (s *Server) guarded(w http.ResponseWriter, r *http.Request, from *entente.PartyID) (err error) {
	defer func() {
		p := recover()
		if p == http.ErrAbortHandler {
			panic(p)
		}
		if p != nil {
			// What was panicked with may hold content: the log gets only where.
			s.opts.Log.Error("wire: panic", "route", route(r), "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return s.serve(w, r, from)
}

var errPanic = errors.New("a handler panicked")

func (s *Server) serve(w http.ResponseWriter, r *http.Request, from *entente.PartyID) error {
	p, err := s.peer(r)
	if err != nil {
		w.Header().Set("Connection", "close") // HTTP/2: GOAWAY, so that the next request shows a new leaf
		return err
	}
	*from = p
	l, _ := r.Context().Value(linkKey{}).(*link)
	if !l.begin(p) {
		w.Header().Set("Connection", "close")
		return busy(w, time.Second)
	}
	defer l.end()
	m := s.meters.meter(p)
	leave, wait := m.enter()
	if wait > 0 {
		return busy(w, wait)
	}
	defer leave()
	h, ok := s.routes[route(r)]
	if !ok || r.URL.RawQuery != "" {
		return &entente.Error{Kind: entente.NotFound, Detail: "there is no such address in the protocol"}
	}
	if r.Header.Get("Content-Encoding") != "" {
		return &entente.Error{Kind: entente.Invalid, Detail: "bodies are not compressed", Cause: status(http.StatusUnsupportedMediaType)}
	}
	r = r.WithContext(context.WithValue(r.Context(), peerKey{}, p))
	return h(w, &request{r, p, m})
}

// busy is what a party is told that asks for too much at once.
func busy(w http.ResponseWriter, wait time.Duration) error {
	w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	return &entente.Error{Kind: entente.Unavailable, Detail: "too much at once", Reason: entente.ReasonBusy, Cause: status(http.StatusTooManyRequests)}
}

// route names the handler of a request. It leaves the name of a file out.
func route(r *http.Request) string {
	path := r.URL.Path
	if strings.HasPrefix(path, filesPath) {
		path = filesPath
	}
	return r.Method + " " + path
}
