package wire

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entente"
)

func TestHandshake(t *testing.T) {
	w := meet(t, Options{}, Options{})
	if _, err := w.client.Hello(t.Context(), w.to); err != nil {
		t.Fatal(err)
	}
	c, err := tls.Dial("tcp", w.to.Endpoint[len("https://"):], w.client.verify.client(w.client.leaves, borea))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	cs := c.ConnectionState()
	if cs.Version != tls.VersionTLS13 || cs.CurveID != tls.X25519MLKEM768 || cs.NegotiatedProtocol != "h2" {
		t.Errorf("got version %x, curve %v, protocol %q; want TLS 1.3, X25519MLKEM768, h2", cs.Version, cs.CurveID, cs.NegotiatedProtocol)
	}
}

// Whoever cannot prove whose he is does not get in, and nothing he sends is read.
func TestWrongCaller(t *testing.T) {
	later := func(d time.Duration) Options {
		return Options{Now: func() time.Time { return time.Now().Add(d) }}
	}
	tests := []struct {
		name   string
		caller func(w *town) (Identity, Options)
		let    bool
	}{
		{"the party itself", func(w *town) (Identity, Options) { return w.albia, Options{} }, true},
		{"an impostor under a root of his own", func(w *town) (Identity, Options) { return identity(t, albia), Options{} }, false},
		{"another party's root with Albia's name", func(w *town) (Identity, Options) {
			c := identity(t, cadia)
			w.dir.put(c, "")
			c.Party = albia
			return c, Options{}
		}, false},
		{"a party that is not known", func(w *town) (Identity, Options) { return identity(t, cadia), Options{} }, false},
		{"a clock an hour behind", func(w *town) (Identity, Options) { return w.albia, later(-time.Hour) }, true},
		{"a clock an hour ahead", func(w *town) (Identity, Options) { return w.albia, later(time.Hour) }, true},
		{"an expired leaf", func(w *town) (Identity, Options) { return w.albia, later(-50 * time.Hour) }, false},
		{"a leaf of the future", func(w *town) (Identity, Options) { return w.albia, later(50 * time.Hour) }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := meet(t, Options{}, Options{})
			id, opts := test.caller(w)
			c := NewClient(id, w.dir, opts)
			defer c.Close()
			if test.name[0] == 'a' && strings.Contains(test.name, "leaf") {
				c.verify.now = time.Now // only his leaf is to be wrong
			}
			_, err := c.Deliver(t.Context(), w.to, tips(1))
			if test.let {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			want(t, err, entente.Denied)
			if len(w.desk.accepted) > 0 {
				t.Error("the delivery was accepted")
			}
		})
	}
}

// Nothing is sent to whoever cannot prove that he is the party it is for.
func TestWrongServer(t *testing.T) {
	later := func(d time.Duration) func() time.Time {
		return func() time.Time { return time.Now().Add(d) }
	}
	tests := []struct {
		name  string
		serve func(w *town) (Identity, Options)
		let   bool
	}{
		{"the party itself", func(w *town) (Identity, Options) { return w.borea, Options{} }, true},
		{"a clock an hour off", func(w *town) (Identity, Options) { return w.borea, Options{Now: later(time.Hour)} }, true},
		{"an impostor under a root of his own", func(w *town) (Identity, Options) { return identity(t, borea), Options{} }, false},
		{"another party that we know", func(w *town) (Identity, Options) {
			c := identity(t, cadia)
			w.dir.put(c, "")
			return c, Options{}
		}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := meet(t, Options{}, Options{})
			id, opts := test.serve(w)
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			s := NewServer(id, w.dir, w.desk, w.desk, w.desk, opts)
			go s.Serve(l)
			defer s.Close()
			to := w.to
			to.Endpoint = "https://" + l.Addr().String()
			_, err = w.client.Deliver(t.Context(), to, tips(1))
			if test.let {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			want(t, err, entente.Unverified)
			if len(w.desk.accepted) > 0 {
				t.Error("the delivery was sent")
			}
		})
	}
}

// A party that was dropped is out at once: on the connection that it has, and
// on every new one.
func TestDroppedParty(t *testing.T) {
	w := meet(t, Options{}, Options{})
	if _, err := w.client.Deliver(t.Context(), w.to, tips(1)); err != nil {
		t.Fatal(err)
	}
	w.dir.drop(albia)
	for range 3 {
		_, err := w.client.Deliver(t.Context(), w.to, tips(1))
		want(t, err, entente.Denied)
	}
	if n := len(w.desk.accepted); n != 1 {
		t.Errorf("%d deliveries were accepted, want only the first", n)
	}
	w.dir.put(w.albia, "")
	if _, err := w.client.Deliver(t.Context(), w.to, tips(1)); err != nil {
		t.Errorf("back again: %v", err)
	}
}

// When a descriptor pins another root, certificates under the old one are worth
// nothing from then on, at either end.
func TestNewRoot(t *testing.T) {
	w := meet(t, Options{}, Options{})
	if _, err := w.client.Hello(t.Context(), w.to); err != nil {
		t.Fatal(err)
	}
	next := identity(t, albia)
	w.dir.put(next, "")
	_, err := w.client.Hello(t.Context(), w.to)
	want(t, err, entente.Denied)
	c := NewClient(next, w.dir, Options{})
	defer c.Close()
	if _, err := c.Hello(t.Context(), w.to); err != nil {
		t.Errorf("under the new root: %v", err)
	}
	moved := w.dir.put(identity(t, borea), w.to.Endpoint)
	_, err = c.Hello(t.Context(), moved)
	want(t, err, entente.Unverified)
}

// A session is never resumed, whatever the other end would like.
func TestNoResumption(t *testing.T) {
	w := meet(t, Options{}, Options{})
	cfg := w.client.verify.client(w.client.leaves, borea)
	cfg.SessionTicketsDisabled = false
	cfg.ClientSessionCache = tls.NewLRUClientSessionCache(4)
	for range 3 {
		c, err := tls.Dial("tcp", w.to.Endpoint[len("https://"):], cfg)
		if err != nil {
			t.Fatal(err)
		}
		c.SetReadDeadline(time.Now().Add(time.Minute))
		c.Read(make([]byte, 1)) // the server's first frame; tickets would come before it
		if c.ConnectionState().DidResume {
			t.Error("a session was resumed")
		}
		c.Close()
	}
}

// Weaker ways to talk are refused in the handshake.
func TestWeakHandshake(t *testing.T) {
	w := meet(t, Options{}, Options{})
	for name, weaken := range map[string]func(*tls.Config){
		"TLS 1.2":                func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS12, tls.VersionTLS12 },
		"no hybrid key exchange": func(c *tls.Config) { c.CurvePreferences = []tls.CurveID{tls.X25519, tls.CurveP256} },
		"HTTP/1.1":               func(c *tls.Config) { c.NextProtos = []string{"http/1.1"} },
		"no protocol":            func(c *tls.Config) { c.NextProtos = nil },
		"no certificate":         func(c *tls.Config) { c.GetClientCertificate = nil },
	} {
		cfg := w.client.verify.client(w.client.leaves, borea)
		cfg.VerifyConnection = nil // the server is to refuse, not we
		weaken(cfg)
		if speaks(w, cfg) {
			t.Errorf("%s: the server speaks to us", name)
		}
	}
	if !speaks(w, w.client.verify.client(w.client.leaves, borea)) {
		t.Error("the server does not even speak to a proper client")
	}
}

// speaks reports whether the server says anything after the handshake. An alert
// is an error and so says nothing.
func speaks(w *town, cfg *tls.Config) bool {
	c, err := tls.Dial("tcp", w.to.Endpoint[len("https://"):], cfg)
	if err != nil {
		return false
	}
	defer c.Close()
	n, _ := c.Read(make([]byte, 1))
	return n == 1
}

// A certificate is no secret: whoever has a copy, and not its key, neither gets
// in nor costs its owner the one connection that he may have.
func TestCopiedCertificate(t *testing.T) {
	var dials atomic.Int32
	w := meet(t, Options{Limits: Limits{PerParty: 1}}, Options{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			dials.Add(1)
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	})
	if _, err := w.client.Hello(t.Context(), w.to); err != nil {
		t.Fatal(err)
	}
	cfg := w.client.verify.client(w.client.leaves, borea)
	cfg.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		real, err := w.client.leaves.current()
		_, other, _ := ed25519.GenerateKey(rand.Reader)
		return &tls.Certificate{Certificate: real.Certificate, PrivateKey: other}, err
	}
	if speaks(w, cfg) {
		t.Error("the server speaks to the holder of a copied certificate")
	}
	if _, err := w.client.Hello(t.Context(), w.to); err != nil || dials.Load() != 1 {
		t.Errorf("the owner's connection suffered: %v, %d connections made", err, dials.Load())
	}
}

func TestCheckLeaf(t *testing.T) {
	id := identity(t, albia)
	party := entente.Party{ID: albia, Keys: entente.PartyKeys{TLSRoot: id.Root.Raw}}
	now := time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)
	uri := func(s string) []*url.URL {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return []*url.URL{u}
	}
	tests := []struct {
		name   string
		change func(c *x509.Certificate)
		ok     bool
	}{
		{"as it is made", func(*x509.Certificate) {}, true},
		{"a life of eight days", func(c *x509.Certificate) { c.NotAfter = c.NotBefore.Add(8 * 24 * time.Hour) }, false},
		{"an authority", func(c *x509.Certificate) { c.IsCA = true; c.KeyUsage |= x509.KeyUsageCertSign }, false},
		{"for servers only", func(c *x509.Certificate) { c.ExtKeyUsage = c.ExtKeyUsage[:1] }, false},
		{"two names", func(c *x509.Certificate) { c.URIs = append(c.URIs, nodeURI(borea)) }, false},
		{"no name", func(c *x509.Certificate) { c.URIs = nil }, false},
		{"a host name beside it", func(c *x509.Certificate) { c.DNSNames = []string{"node.albia.example"} }, false},
		{"an address beside it", func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)} }, false},
		{"another scheme", func(c *x509.Certificate) { c.URIs = uri("spiffe://albia-ncc/node") }, false},
		{"another path", func(c *x509.Certificate) { c.URIs = uri("entente://albia-ncc/admin") }, false},
		{"a query", func(c *x509.Certificate) { c.URIs = uri("entente://albia-ncc/node?x") }, false},
		{"a port", func(c *x509.Certificate) { c.URIs = uri("entente://albia-ncc:1/node") }, false},
		{"capitals", func(c *x509.Certificate) { c.URIs = uri("entente://Albia-ncc/node") }, false},
	}
	for _, test := range tests {
		made, err := newLeaf(id, now)
		if err != nil {
			t.Fatal(err)
		}
		c := *made.Leaf
		c.RawSubject, c.ExtraExtensions, c.Extensions = nil, nil, nil
		test.change(&c)
		der, err := x509.CreateCertificate(rand.Reader, &c, id.Root, c.PublicKey, id.Key)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		leaf, err := x509.ParseCertificate(der)
		if err != nil {
			continue // not even a certificate
		}
		_, err = partyOf(leaf)
		if err == nil {
			err = checkLeaf(leaf, party, x509.ExtKeyUsageClientAuth, now)
		}
		if (err == nil) != test.ok {
			t.Errorf("%s: got %v, want ok %v", test.name, err, test.ok)
		}
	}
	if err := checkLeaf(id.Root, party, x509.ExtKeyUsageClientAuth, now); err == nil {
		t.Error("the root itself passes for a leaf")
	}
}

// The leaf in use is never older than half a day, whichever way the clock goes.
func TestLeafIsRenewed(t *testing.T) {
	now := time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)
	l := &leaves{id: identity(t, albia), now: func() time.Time { return now }}
	first, err := l.current()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		by   time.Duration
		same bool
	}{{11 * time.Hour, true}, {2 * time.Hour, false}, {-26 * time.Hour, false}} {
		now = now.Add(step.by)
		c, err := l.current()
		if err != nil {
			t.Fatal(err)
		}
		if same := c == first; same != step.same {
			t.Errorf("at %v: same leaf %v, want %v", now, same, step.same)
		}
		if !c.Leaf.NotBefore.Before(now.Add(-24*time.Hour)) || !c.Leaf.NotAfter.After(now.Add(24*time.Hour)) {
			t.Errorf("at %v the leaf is valid from %v to %v, which leaves no day for a wrong clock", now, c.Leaf.NotBefore, c.Leaf.NotAfter)
		}
		first = c
	}
}
