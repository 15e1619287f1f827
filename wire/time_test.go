package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

// network joins nodes by pipes, in time that only passes when all wait. It may
// be down (nobody can connect) or silent (whatever is sent is lost).
type network struct {
	conns        chan net.Conn
	done         chan struct{}
	once         sync.Once
	down, silent atomic.Bool
	dials        atomic.Int32
}

func newNetwork() *network {
	return &network{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.conns:
		return c, nil
	case <-n.done:
		return nil, net.ErrClosed
	}
}

func (n *network) Close() error {
	n.once.Do(func() { close(n.done) })
	return nil
}

func (n *network) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 443} }

func (n *network) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	n.dials.Add(1)
	if n.down.Load() || n.silent.Load() {
		return nil, &net.OpError{Op: "dial", Err: errors.New("no route to host")}
	}
	here, there := net.Pipe()
	select {
	case n.conns <- &lossy{there, n}:
		return &lossy{here, n}, nil
	case <-n.done:
		return nil, &net.OpError{Op: "dial", Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// lossy loses what is sent while the network is silent.
type lossy struct {
	net.Conn
	net *network
}

func (l *lossy) Write(p []byte) (int, error) {
	if l.net.silent.Load() {
		return len(p), nil
	}
	return l.Conn.Write(p)
}

// inTime runs a story in a bubble of its own time.
func inTime(t *testing.T, serving Options, story func(t *testing.T, w *town, n *network)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		story(t, meetOn(t, n, serving, Options{DialContext: n.dial}), n)
	})
}

func (w *town) neighbourAt(t *testing.T, n *network, id entente.PartyID) *Client {
	return w.neighbour(t, id, Options{DialContext: n.dial})
}

// A partner that is down for three days gets everything once, and certificates
// that expired meanwhile do no harm.
func TestThreeDaysDown(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		if _, err := w.client.Deliver(t.Context(), w.to, tips(1)); err != nil {
			t.Fatal(err)
		}
		n.down.Store(true)
		w.client.Close()
		time.AfterFunc(72*time.Hour, func() { n.down.Store(false) })
		tries := 0
		for wait := time.Second; ; wait = min(2*wait, time.Hour) {
			tries++
			_, err := w.client.Deliver(t.Context(), w.to, tips(3))
			if err == nil {
				break
			}
			want(t, err, entente.Unavailable)
			time.Sleep(wait)
		}
		if n := len(w.desk.accepted); n != 4 || tries < 72 {
			t.Errorf("%d accepted after %d tries", n, tries)
		}
	})
}

// A line that goes dead without a word is noticed, and the next call makes a new one.
func TestSilentLine(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		if _, err := w.client.Hello(t.Context(), w.to); err != nil {
			t.Fatal(err)
		}
		n.silent.Store(true)
		_, err := w.client.Deliver(t.Context(), w.to, tips(1))
		want(t, err, entente.Unavailable)
		time.Sleep(time.Hour)
		n.silent.Store(false)
		if _, err := w.client.Deliver(t.Context(), w.to, tips(1)); err != nil {
			t.Fatal(err)
		}
		if got := n.dials.Load(); got < 2 {
			t.Errorf("%d connections were made", got)
		}
	})
}

// Whoever connects and says nothing is gone after ten seconds.
func TestSilentStranger(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		c, err := n.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		started := time.Now()
		io.ReadAll(c)
		if took := time.Since(started); took != 10*time.Second {
			t.Errorf("the stranger was there for %v", took)
		}
	})
}

// A party that sends its request byte by byte gets its time and no more, and
// others do not notice.
func TestSlowBody(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		other := w.neighbourAt(t, n, cadia)
		r := w.request("POST", "/v1/deliver", typeDeliver, "")
		r.ContentLength = 1000
		r.Body = io.NopCloser(readerFunc(func(p []byte) (int, error) {
			time.Sleep(20 * time.Second)
			if _, err := other.Deliver(t.Context(), w.to, tips(1)); err != nil {
				t.Errorf("another party: %v", err)
			}
			return copy(p, " "), nil
		}))
		started := time.Now()
		resp, body := w.raw(t, r)
		if took := time.Since(started); resp.StatusCode != 503 || took > 150*time.Second {
			t.Errorf("got %s %s after %v, want 503 within the piece that comes after 2m", resp.Status, body, took)
		}
	})
}

// A file on a thin line may take days; one that stands still may not.
func TestSlowFileOut(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		content := noise(600)
		id := w.expect(content, 0)
		slow := readerFunc(func() func(p []byte) (int, error) {
			left := content
			return func(p []byte) (int, error) {
				time.Sleep(25 * time.Second)
				if len(left) == 0 {
					return 0, io.EOF
				}
				k := copy(p, left[:1])
				left = left[k:]
				return k, nil
			}
		}())
		held, err := w.client.SendFile(t.Context(), w.to, id, 0, int64(len(content)), slow)
		if err != nil || held != int64(len(content)) {
			t.Fatalf("got %d, %v", held, err)
		}

		id = w.expect(content[1:], 0)
		stuck := io.MultiReader(bytes.NewReader(content[1:400]), readerFunc(func([]byte) (int, error) {
			time.Sleep(time.Hour)
			return 0, io.EOF
		}))
		_, err = w.client.SendFile(t.Context(), w.to, id, 0, int64(len(content)-1), stuck)
		want(t, err, entente.Unavailable)
		if got, _, err := w.client.FileHeld(t.Context(), w.to, id); err != nil || got != 399 {
			t.Errorf("after it stood still: %d held, %v; want 399", got, err)
		}
	})
}

// A partner that takes a file and then stands still, or gives one and does, is given up.
func TestStuckPartner(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		w.desk.add = func(ctx context.Context, r io.Reader) error {
			<-ctx.Done()
			return ctx.Err()
		}
		// Gives the first bytes of a file, and then nothing for an hour.
		w.desk.open = func(ctx context.Context, whole []byte) io.Reader {
			return io.MultiReader(bytes.NewReader(whole[:100_000]), readerFunc(func([]byte) (int, error) {
				select {
				case <-ctx.Done():
				case <-time.After(time.Hour):
				}
				return 0, io.EOF
			}))
		}
		started := time.Now()
		_, err := w.client.SendFile(t.Context(), w.to, w.expect(noise(4<<20), 0), 0, 4<<20, bytes.NewReader(noise(4<<20)))
		e := want(t, err, entente.Unavailable)
		if took := time.Since(started); took > time.Minute || e.Detail != "borea-sls did not answer in time" {
			t.Errorf("after %v: %v", took, e)
		}

		content := noise(4 << 20)
		id := w.expect(content, len(content))
		r, err := w.client.FetchFile(t.Context(), w.to, id, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		started = time.Now()
		got, err := io.ReadAll(r)
		want(t, err, entente.Unavailable)
		if took := time.Since(started); took != 30*time.Second || !bytes.Equal(got, content[:len(got)]) {
			t.Errorf("got %d bytes after %v", len(got), took)
		}
	})
}

// A reader that pauses for an hour between two pieces is not a partner that
// stands still, as long as what it asks for comes; but the partner need not
// keep the file open for it.
func TestSlowReader(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		content := noise(100_000)
		id := w.expect(content, len(content))
		r, err := w.client.FetchFile(t.Context(), w.to, id, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(time.Hour) // all of it is in the window by now
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("got %d bytes, %v", len(got), err)
		}

		large := noise(4 << 20)
		id = w.expect(large, len(large))
		r, err = w.client.FetchFile(t.Context(), w.to, id, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(time.Hour)
		got, err = io.ReadAll(r)
		want(t, err, entente.Unavailable)
		if !bytes.Equal(got, large[:len(got)]) {
			t.Error("what came before it broke off is wrong")
		}
	})
}

// What is under way is answered before the server goes; nothing new begins.
func TestShutdown(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		w.desk.accept = func(_ context.Context, _ entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
			time.Sleep(5 * time.Second)
			return receipts(ds), nil
		}
		answered := make(chan error)
		go func() {
			_, err := w.client.Deliver(context.Background(), w.to, tips(1))
			answered <- err
		}()
		time.Sleep(time.Second)
		down := make(chan error)
		go func() { down <- w.server.Shutdown(context.Background()) }()
		if err := <-answered; err != nil {
			t.Errorf("under way: %v", err)
		}
		if err := <-down; err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		_, err := w.client.Hello(t.Context(), w.to)
		want(t, err, entente.Unavailable)
	})
}

// When the time to shut down is over, what is still under way is cut off.
func TestShutdownCutsOff(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		w.desk.accept = func(ctx context.Context, _ entente.PartyID, _ []entente.Delivery) ([]entente.Settlement, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		answered := make(chan error)
		go func() {
			_, err := w.client.Deliver(context.Background(), w.to, tips(1))
			answered <- err
		}()
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := w.server.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Shutdown: got %v", err)
		}
		want(t, <-answered, entente.Unavailable)
	})
}

// The caller's own context ends a call at once, and can be told from the partner's fault.
func TestCallerGivesUp(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		w.desk.accept = func(ctx context.Context, _ entente.PartyID, _ []entente.Delivery) ([]entente.Settlement, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := w.client.Deliver(ctx, w.to, tips(1))
		if want(t, err, entente.Unavailable); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		_, err = w.client.Deliver(t.Context(), w.to, tips(1))
		if e := want(t, err, entente.Unavailable); !strings.Contains(e.Detail, "in time") {
			t.Errorf("after two minutes: got %v", e)
		}
	})
}
