package door

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

// pipes is a network within a bubble: each dial is a connection that arrives.
type pipes struct {
	arrive chan net.Conn
	done   chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.arrive:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return addr("desk") }

type addr string

func (a addr) Network() string { return "tcp" }
func (a addr) String() string  { return string(a) }

// placed is an end of a pipe that comes from somewhere.
type placed struct {
	net.Conn
	from addr
}

func (c placed) RemoteAddr() net.Addr { return c.from }

func (p *pipes) dial(from string) net.Conn {
	here, there := net.Pipe()
	p.arrive <- placed{there, addr(from)}
	return here
}

// town is a server behind a door and a guard, in a bubble.
type town struct {
	*pipes
	t      *testing.T
	door   *Door
	served atomic.Int64 // requests that a handler began
	read   atomic.Int64 // bytes of bodies that handlers got
	ended  chan error   // how reading a body ended
}

// An officer says "Officer: name"; everybody else is a stranger.
func (w *town) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.served.Add(1)
	if o := r.Header.Get("Officer"); o != "" {
		if err := Admit(r.Context(), o); err != nil {
			http.Error(rw, err.Error(), http.StatusServiceUnavailable)
			return
		}
	}
	if r.URL.Path == "/page" {
		_, err := rw.Write(make([]byte, 1<<20))
		w.ended <- err
		return
	}
	n, err := io.Copy(io.Discard, r.Body)
	w.read.Add(n)
	if r.Body != http.NoBody {
		select {
		case w.ended <- err:
		default:
		}
	}
	if err == nil {
		fmt.Fprintf(rw, "read %d from %s", n, r.RemoteAddr)
	}
}

func inTown(t *testing.T, limits Limits, cfg Config, test func(*town)) {
	synctest.Test(t, func(t *testing.T) {
		w := &town{pipes: &pipes{make(chan net.Conn), make(chan struct{})}, t: t, ended: make(chan error, 1000)}
		w.door = New(w.pipes, limits, cfg.Proxies)
		s := &http.Server{Handler: NewGuard(cfg, w), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ConnContext: Remember}
		go s.Serve(w.door)
		test(w)
		s.Close()
		time.Sleep(time.Minute) // the server waits a moment before it closes what it refused
		synctest.Wait()
	})
}

// ask sends a request and gives the answer.
func (w *town) ask(c net.Conn, request string) (status int, body string) {
	w.t.Helper()
	go io.WriteString(c, request)
	c.SetReadDeadline(time.Now().Add(time.Minute))
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, err.Error()
	}
	b, _ := io.ReadAll(res.Body)
	res.Body.Close()
	return res.StatusCode, string(b)
}

const asOfficer = "GET / HTTP/1.1\r\nHost: localhost\r\nOfficer: anna\r\n\r\n"

// Half-sent forms hold neither an officer out nor memory: the numbers are those
// that once starved the desk, all of them from the officer's own address.
func TestHalfSentForms(t *testing.T) {
	inTown(t, Limits{Connections: 96, Strangers: 48, PerOwner: 8}, Config{}, func(w *town) {
		long := w.dial("192.0.2.7:1")
		if status, body := w.ask(long, asOfficer); status != 200 {
			t.Fatalf("an officer before: %d %s", status, body)
		}
		for i := range 300 {
			c := w.dial(fmt.Sprintf("192.0.2.7:%d", 1000+i))
			go func() {
				fmt.Fprintf(c, "POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n%s", strings.Repeat("x", 1<<20))
			}()
		}
		synctest.Wait()
		if open := w.open(); open > 49 {
			t.Errorf("%d connections are open", open)
		}
		if read := w.read.Load(); read > 300*(64<<10) {
			t.Errorf("%d bytes were read of strangers", read)
		}
		if status, body := w.ask(w.dial("192.0.2.7:2"), asOfficer); status != 200 {
			t.Errorf("a new connection of the officer: %d %s", status, body)
		}
		if status, body := w.ask(long, asOfficer); status != 200 {
			t.Errorf("the officer's connection suffered: %d %s", status, body)
		}
		time.Sleep(45 * time.Second)
		synctest.Wait()
		if open := w.open(); open > 2 {
			t.Errorf("%d connections are open after the time for strangers", open)
		}
	})
}

func (w *town) open() int {
	w.door.mu.Lock()
	defer w.door.mu.Unlock()
	return w.door.open
}

// Before the gate a body has a size and a time in all; after it a pace.
func TestBodies(t *testing.T) {
	drip := func(c net.Conn, head string, each, bytes int, pause time.Duration) {
		io.WriteString(c, head)
		for range each {
			if _, err := io.WriteString(c, strings.Repeat("x", bytes)); err != nil {
				return
			}
			time.Sleep(pause)
		}
	}
	for name, x := range map[string]struct {
		officer      string
		size         int
		each, bytes  int
		pause        time.Duration
		whole        bool
		tooLong      bool
		longestUntil time.Duration
	}{
		"a stranger's small form":             {"", 64 << 10, 64, 1 << 10, time.Millisecond, true, false, time.Second},
		"a stranger's large one":              {"", 1 << 20, 1024, 1 << 10, time.Millisecond, false, true, time.Second},
		"a stranger who drips":                {"", 1000, 1000, 1, time.Second, false, false, 10 * time.Second},
		"an officer's long file, slow enough": {"anna", 4 << 20, 128, 32 << 10, 8 * time.Second, true, false, 2000 * time.Second},
		"an officer's file that stands still": {"anna", 4 << 20, 1, 32 << 10, 80 * time.Second, false, false, 31 * time.Second},
		"an officer's file that drips":        {"anna", 4 << 20, 4000, 100, time.Second, false, false, 40 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			inTown(t, Limits{Connections: 9, Strangers: 9}, Config{}, func(w *town) {
				c := w.dial("192.0.2.7:1")
				go io.Copy(io.Discard, c)
				began := time.Now()
				go drip(c, fmt.Sprintf("POST / HTTP/1.1\r\nHost: localhost\r\nOfficer: %s\r\nContent-Length: %d\r\n\r\n", x.officer, x.size), x.each, x.bytes, x.pause)
				err := <-w.ended
				took := time.Since(began)
				_, tooLong := errors.AsType[*http.MaxBytesError](err)
				if (err == nil) != x.whole || tooLong != x.tooLong || took > x.longestUntil {
					t.Errorf("after %s: %v", took, err)
				}
				if err != nil && !tooLong && !HungUp(t.Context(), err) {
					t.Errorf("a visitor who is too slow counts as a failure of the node: %v", err)
				}
				c.Close()
			})
		})
	}
}

// Readers who take nothing of their pages hold so many bytes and no more, and who
// holds most goes first. The officer who reads gets the page.
func TestSlowReaders(t *testing.T) {
	inTown(t, Limits{Connections: 500, Strangers: 300, PerOwner: 300}, Config{Kept: 8 << 20}, func(w *town) {
		for range 120 {
			c := w.dial("192.0.2.7:1")
			go io.WriteString(c, "GET /page HTTP/1.1\r\nHost: localhost\r\nOfficer: greedy\r\n\r\n")
		}
		synctest.Wait()
		if cut := len(w.ended); cut != 120-8 {
			t.Errorf("%d slow readers were cut off, want all but 8", cut)
		}
		if status, body := w.ask(w.dial("192.0.2.8:1"), strings.Replace(strings.Replace(asOfficer, "GET /", "GET /page", 1), "anna", "anna", 1)); status != 200 || len(body) != 1<<20 {
			t.Errorf("an officer who reads: %d, %d bytes", status, len(body))
		}
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if cut := len(w.ended); cut != 121 {
			t.Errorf("%d answers have ended, want all: nobody reads them", cut)
		}
	})
}

// The strangers of one address crowd out each other and nobody from elsewhere.
func TestStrangersOfOneAddress(t *testing.T) {
	inTown(t, Limits{Connections: 20, Strangers: 10}, Config{}, func(w *town) {
		elsewhere := w.dial("198.51.100.1:1")
		for i := range 200 {
			w.dial(fmt.Sprintf("192.0.2.7:%d", i))
		}
		synctest.Wait()
		if status, body := w.ask(elsewhere, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); status != 200 {
			t.Errorf("the stranger from elsewhere: %d %s", status, body)
		}
	})
}

// One owner has so many connections and requests; who has too much is told when to
// come back.
func TestOwnersBounds(t *testing.T) {
	inTown(t, Limits{Connections: 20, Strangers: 10, PerOwner: 4, Requests: 2}, Config{}, func(w *town) {
		for range 3 {
			c := w.dial("192.0.2.7:1")
			go io.WriteString(c, "POST / HTTP/1.1\r\nHost: localhost\r\nOfficer: anna\r\nContent-Length: 10\r\n\r\n")
		}
		synctest.Wait()
		if status, body := w.ask(w.dial("192.0.2.7:1"), asOfficer); status != 503 || !strings.Contains(body, "too many requests") {
			t.Errorf("a third request at the same time: %d %s", status, body)
		}
		if status, body := w.ask(w.dial("192.0.2.7:1"), strings.Replace(asOfficer, "anna", "otto", 1)); status != 200 {
			t.Errorf("another officer: %d %s", status, body)
		}
	})
	if err := Admit(context.Background(), "anna"); err != nil {
		t.Errorf("a request that came by no door: %v", err)
	}
}

// Only its own names are answered.
func TestHosts(t *testing.T) {
	g := NewGuard(Config{Hosts: []string{"desk.albia.example"}}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for host, want := range map[string]int{
		"desk.albia.example": 200, "DESK.albia.example:8443": 200, "desk.albia.example.": 200,
		"localhost": 200, "localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "127.8.8.8": 200, "desk.localhost": 200,
		"evil.example": 421, "desk.albia.example.evil.example": 421, "192.0.2.7": 421, "[2001:db8::1]:80": 421, "evil.example:8080": 421, "xlocalhost": 421,
		"": 400,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		// What a proxy may add changes nothing.
		r.Header.Set("X-Forwarded-Host", "desk.albia.example")
		rec := httptest.NewRecorder()
		g.ServeHTTP(rec, r)
		if rec.Code != want {
			t.Errorf("%q: status %d, want %d", host, rec.Code, want)
		}
	}
}

// Desk and wire never have more connections than the files that may be open allow,
// and each has its own.
func TestShares(t *testing.T) {
	for _, files := range []uint64{1, 64, 128, 256, 1024, Wanted - 1, Wanted, 1 << 20} {
		desk, wire, short := Shares(files)
		if short != (files < Wanted) {
			t.Errorf("%d files: short is %v", files, short)
		}
		if files >= 64 && uint64(desk.Connections+wire.Connections) > files*3/4 {
			t.Errorf("%d files: %d and %d connections leave too few", files, desk.Connections, wire.Connections)
		}
		for _, l := range []Limits{desk, wire} {
			if l.Strangers < 1 || l.Strangers >= l.Connections || l.PerOwner < 1 {
				t.Errorf("%d files: %+v", files, l)
			}
		}
	}
}

func TestHungUp(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	broken := &Gone{io.ErrUnexpectedEOF}
	for name, x := range map[string]struct {
		ctx  context.Context
		err  error
		want bool
	}{
		"nothing":                {gone, nil, false},
		"a failure":              {t.Context(), errors.New("the disk is gone"), false},
		"after the visitor left": {gone, errors.New("interrupted"), true},
		"the visitor's line":     {t.Context(), fmt.Errorf("attach: %w", broken), true},
		"deep below":             {t.Context(), &entente.Error{Kind: entente.Unavailable, Cause: broken}, true},
	} {
		if got := HungUp(x.ctx, x.err); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
