package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"entente"
)

// Headers of our own.
const (
	HeaderTime   = "Entente-Time"   // the server's clock, RFC 3339 in UTC with milliseconds
	HeaderOffset = "Entente-Offset" // PUT of a file: where the body goes
	HeaderSize   = "Entente-Size"   // how many bytes the whole file has
	HeaderHeld   = "Entente-Held"   // how many bytes of a file are here
)

const timeFormat = "2006-01-02T15:04:05.000Z"

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
		ReadHeaderTimeout: t.Handshake, // bounds the handshake, too
		IdleTimeout:       t.Keep,
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
	err := s.http.ServeTLS(newDoor(l, s.opts.Limits), "", "")
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
	if err != nil {
		s.fail(w, r, err)
	}
	level := slog.LevelDebug
	if err != nil && entente.KindOf(err) == nil && r.Context().Err() == nil {
		level = slog.LevelError
	}
	s.opts.Log.LogAttrs(r.Context(), level, "wire",
		slog.String("party", string(from)), slog.String("route", route(r)), slog.Duration("took", time.Since(started)), slog.Any("err", err))
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
	conn *conn

	mu   sync.Mutex
	root entente.Digest // of the root under which its leaf was proven
}

type linkKey struct{}

func withLink(ctx context.Context, c net.Conn) context.Context {
	t, ok := c.(*tls.Conn)
	if !ok {
		return ctx
	}
	raw, ok := t.NetConn().(*conn)
	if !ok {
		return ctx
	}
	return context.WithValue(ctx, linkKey{}, &link{conn: raw})
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

func (l *link) begin(p entente.PartyID) bool { return l == nil || l.conn.door.begin(l.conn, p) }

func (l *link) end() {
	if l != nil {
		l.conn.door.end(l.conn)
	}
}
