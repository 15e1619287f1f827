package wire

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/seal"
)

const (
	albia = entente.PartyID("albia-ncc")
	borea = entente.PartyID("borea-sls")
	cadia = entente.PartyID("cadia-fiu")
)

// identity makes a party's root, valid for the day around now alone: its own
// dates must not matter.
func identity(t testing.TB, id entente.PartyID) Identity {
	t.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: string(id)}, NotBefore: now, NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
	}, &x509.Certificate{Subject: pkix.Name{CommonName: string(id)}}, public, key)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return Identity{Party: id, Key: key, Root: root}
}

// directory is the descriptors that a node has.
type directory struct {
	mu sync.Mutex
	of map[entente.PartyID]entente.Party
}

func (d *directory) Party(_ context.Context, id entente.PartyID) (entente.Party, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, ok := d.of[id]
	if !ok {
		return p, &entente.Error{Kind: entente.NotFound, Detail: "no such party"}
	}
	return p, nil
}

func (d *directory) put(id Identity, endpoint string) entente.Party {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of == nil {
		d.of = map[entente.PartyID]entente.Party{}
	}
	p := entente.Party{ID: id.Party, Edition: d.of[id.Party].Edition + 1, Endpoint: endpoint, Keys: entente.PartyKeys{TLSRoot: id.Root.Raw}}
	d.of[id.Party] = p
	return p
}

func (d *directory) drop(id entente.PartyID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.of, id)
}

// desk is what a test node does with what comes in: it remembers, and settles
// every delivery with a receipt. Hooks may change that.
type desk struct {
	mu       sync.Mutex
	accepted []entente.Delivery
	from     []entente.PartyID // of each call
	settled  []entente.Settlement
	waiting  []entente.Delivery
	files    map[entente.Digest]*file

	accept func(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error)
	add    func(ctx context.Context, r io.Reader) error
	open   func(ctx context.Context, whole []byte) io.Reader
}

type file struct {
	bytes []byte
	size  int64
}

func (d *desk) Accept(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
	if d.accept != nil {
		return d.accept(ctx, from, ds)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.accepted = append(d.accepted, ds...)
	d.from = append(d.from, from)
	return receipts(ds), nil
}

func receipts(ds []entente.Delivery) []entente.Settlement {
	var ss []entente.Settlement
	for _, d := range ds {
		ss = append(ss, entente.Settlement{Envelope: seal.Name(d.Envelope), Receipt: []byte("a receipt\n")})
	}
	return ss
}

func (d *desk) Compare(_ context.Context, _ entente.PartyID, hs []entente.LedgerHead) ([]entente.LedgerHead, error) {
	return hs, nil
}

func (d *desk) Records(_ context.Context, _ entente.PartyID, _ string, first int64, n int) ([]entente.Digest, error) {
	var ds []entente.Digest
	for i := range n {
		ds = append(ds, entente.DigestOf([]byte{byte(first), byte(i)}))
	}
	return ds, nil
}

func (d *desk) Collect(_ context.Context, _ entente.PartyID, max int) ([]entente.Delivery, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.waiting[:min(max, len(d.waiting))], nil
}

func (d *desk) Settle(_ context.Context, _ entente.PartyID, ss []entente.Settlement) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settled = append(d.settled, ss...)
	return nil
}

func (d *desk) file(id entente.Digest) (*file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, ok := d.files[id]
	if !ok {
		return nil, &entente.Error{Kind: entente.NotFound, Detail: "no such file"}
	}
	return f, nil
}

func (d *desk) Held(_ context.Context, _ entente.PartyID, id entente.Digest) (int64, int64, error) {
	f, err := d.file(id)
	if err != nil {
		return 0, 0, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return int64(len(f.bytes)), f.size, nil
}

func (d *desk) Add(ctx context.Context, _ entente.PartyID, id entente.Digest, offset int64, r io.Reader) (int64, error) {
	if d.add != nil {
		return offset, d.add(ctx, r)
	}
	f, err := d.file(id)
	if err != nil {
		return 0, err
	}
	if held := int64(len(f.bytes)); held != offset {
		return held, &entente.Error{Kind: entente.Conflict, Field: "offset", Detail: "not what is here"}
	}
	piece := make([]byte, 1<<10)
	for {
		n, err := r.Read(piece)
		d.mu.Lock()
		f.bytes = append(f.bytes, piece[:n]...)
		held := int64(len(f.bytes))
		d.mu.Unlock()
		if err == io.EOF {
			return held, nil
		}
		if err != nil {
			return held, err
		}
	}
}

func (d *desk) Open(ctx context.Context, _ entente.PartyID, id entente.Digest, offset int64) (io.Reader, error) {
	f, err := d.file(id)
	if err != nil {
		return nil, err
	}
	if d.open != nil {
		return d.open(ctx, f.bytes[offset:]), nil
	}
	return bytes.NewReader(f.bytes[offset:]), nil
}

// town is a server of Borea and a client of Albia who know each other.
type town struct {
	dir          *directory
	albia, borea Identity
	desk         *desk
	server       *Server
	client       *Client
	to           entente.Party // Borea
}

// meet opens Borea's node on loopback.
func meet(t testing.TB, serving, calling Options) *town {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return meetOn(t, l, serving, calling)
}

func meetOn(t testing.TB, l net.Listener, serving, calling Options) *town {
	t.Helper()
	w := &town{dir: &directory{}, albia: identity(t, albia), borea: identity(t, borea), desk: &desk{files: map[entente.Digest]*file{}}}
	w.dir.put(w.albia, "")
	w.to = w.dir.put(w.borea, "https://"+l.Addr().String())
	w.server = NewServer(w.borea, w.dir, w.desk, w.desk, w.desk, serving)
	w.client = NewClient(w.albia, w.dir, calling)
	ended := make(chan error, 1)
	go func() { ended <- w.server.Serve(l) }()
	t.Cleanup(func() {
		w.client.Close()
		w.server.Close()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return w
}

// neighbour is another party that Borea knows, with a client of its own.
func (w *town) neighbour(t testing.TB, id entente.PartyID, opts Options) *Client {
	i := identity(t, id)
	w.dir.put(i, "")
	c := NewClient(i, w.dir, opts)
	t.Cleanup(c.Close)
	return c
}

func tips(n int) []entente.Delivery {
	var ds []entente.Delivery
	for i := range n {
		ds = append(ds, entente.Delivery{Envelope: []byte{'e', byte(i), byte(i >> 8)}, Checkpoint: []byte("checkpoint\n\n— albia-ncc/ledger AAAA\n")})
	}
	return ds
}

func want(t testing.TB, err error, kind error) *entente.Error {
	t.Helper()
	e, ok := err.(*entente.Error)
	if !ok || e.Kind != kind || entente.KindOf(err) != kind {
		t.Fatalf("got %T %v, cause %v; want an *entente.Error of kind %v", err, err, causeOf(e), kind)
	}
	return e
}

func causeOf(e *entente.Error) error {
	if e == nil {
		return nil
	}
	return e.Cause
}
