package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

// A party that asks too often is told when to come back. Others are not held up.
func TestRateOfRequests(t *testing.T) {
	w := meet(t, Options{Limits: Limits{Requests: 0.01, Burst: 2}}, Options{})
	for range 2 {
		if _, err := w.client.Hello(t.Context(), w.to); err != nil {
			t.Fatal(err)
		}
	}
	_, err := w.client.Hello(t.Context(), w.to)
	e := want(t, err, entente.Unavailable)
	after, ok := errors.AsType[retryAfter](err)
	if e.Reason != entente.ReasonBusy || !ok || after.RetryAfter() < 90*time.Second || after.RetryAfter() > 101*time.Second {
		t.Errorf("got reason %q, retry after %v; want busy, and what is left of 100 s", e.Reason, after)
	}
	if _, err := w.neighbour(t, cadia, Options{}).Hello(t.Context(), w.to); err != nil {
		t.Errorf("another party: %v", err)
	}
}

// Bytes over the rate wait; nothing is refused, and it does not count as standing still.
func TestRateOfBytes(t *testing.T) {
	inTime(t, Options{Limits: Limits{Bytes: 100}}, func(t *testing.T, w *town, n *network) {
		content := noise(10_100)
		id, size := w.expect(content, 0), int64(len(content))
		started := time.Now()
		if held, err := w.client.SendFile(t.Context(), w.to, id, 0, size, bytes.NewReader(content)); err != nil || held != size {
			t.Fatalf("got %d, %v", held, err)
		}
		if took := time.Since(started).Round(time.Second); took != 100*time.Second {
			t.Errorf("10,100 bytes at 100 a second took %v, want 100 s after the first burst", took)
		}
		started = time.Now()
		r, err := w.client.FetchFile(t.Context(), w.to, id, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
			t.Fatalf("got %d bytes, %v", len(got), err)
		}
		if took := time.Since(started); took < 100*time.Second {
			t.Errorf("fetching took %v, want at least 100 s", took)
		}
	})
}

// hold makes Borea's desk wait with every delivery of a party until it is let go.
func (w *town) hold(p entente.PartyID) (waiting *atomic.Int32, let func()) {
	waiting, gate := new(atomic.Int32), make(chan struct{})
	w.desk.accept = func(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
		if from != p {
			return receipts(ds), nil
		}
		waiting.Add(1)
		select {
		case <-gate:
		case <-ctx.Done():
		}
		return receipts(ds), nil
	}
	return waiting, sync.OnceFunc(func() { close(gate) })
}

// A party that has too much going on at once is put off, and others are not.
func TestConcurrentRequests(t *testing.T) {
	inTime(t, Options{Limits: Limits{Concurrent: 3}}, func(t *testing.T, w *town, n *network) {
		other := w.neighbourAt(t, n, cadia)
		waiting, let := w.hold(albia)
		var held sync.WaitGroup
		for range 3 {
			held.Go(func() {
				if _, err := w.client.Deliver(t.Context(), w.to, tips(1)); err != nil {
					t.Errorf("held: %v", err)
				}
			})
		}
		synctest.Wait()
		if n := waiting.Load(); n != 3 {
			t.Fatalf("%d are under way, want 3", n)
		}
		_, err := w.client.Hello(t.Context(), w.to)
		if e := want(t, err, entente.Unavailable); e.Reason != entente.ReasonBusy {
			t.Errorf("got reason %q", e.Reason)
		}
		if _, err := other.Deliver(t.Context(), w.to, tips(1)); err != nil {
			t.Errorf("another party: %v", err)
		}
		let()
		held.Wait()
		if _, err := w.client.Hello(t.Context(), w.to); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// Files of which the other end reads nothing leave room on the connection for messages.
func TestStuckFilesLeaveRoom(t *testing.T) {
	inTime(t, Options{}, func(t *testing.T, w *town, n *network) {
		w.desk.add = func(ctx context.Context, _ io.Reader) error {
			<-ctx.Done()
			return ctx.Err()
		}
		ctx, cancel := context.WithCancel(t.Context())
		var files sync.WaitGroup
		for range 7 {
			files.Go(func() {
				w.client.SendFile(ctx, w.to, entente.DigestOf(nil), 0, 4<<20, bytes.NewReader(make([]byte, 4<<20)))
			})
		}
		synctest.Wait()
		ds := []entente.Delivery{{Envelope: noise(1 << 20), Checkpoint: []byte("c\n")}}
		if _, err := w.client.Deliver(t.Context(), w.to, ds); err != nil {
			t.Errorf("beside seven files: %v", err)
		}
		if got := n.dials.Load(); got != 1 {
			t.Errorf("%d connections were made, want 1", got)
		}
		cancel()
		files.Wait()
	})
}

// Strangers who say nothing cannot keep a party out, however many they are.
func TestStrangersMakeRoom(t *testing.T) {
	inTime(t, Options{Limits: Limits{Strangers: 4}}, func(t *testing.T, w *town, n *network) {
		var strangers []net.Conn
		for range 20 {
			c, err := n.dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			strangers = append(strangers, c)
		}
		synctest.Wait()
		if _, err := w.client.Hello(t.Context(), w.to); err != nil {
			t.Errorf("a party: %v", err)
		}
		for i, c := range strangers {
			c.SetReadDeadline(time.Now().Add(time.Nanosecond))
			_, err := c.Read(make([]byte, 1))
			if closed := errors.Is(err, io.EOF); closed != (i < 17) {
				t.Errorf("stranger %d: closed %v", i, closed)
			}
		}
	})
}

// A party that opens one connection after the other closes its own idle ones.
func TestConnectionsOfOneParty(t *testing.T) {
	inTime(t, Options{Limits: Limits{PerParty: 2, Connections: 4}}, func(t *testing.T, w *town, n *network) {
		other := w.neighbourAt(t, n, cadia)
		if _, err := other.Hello(t.Context(), w.to); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			c := NewClient(w.albia, w.dir, Options{DialContext: n.dial})
			defer c.Close()
			if _, err := c.Hello(t.Context(), w.to); err != nil {
				t.Fatal(err)
			}
		}
		before := n.dials.Load()
		if _, err := other.Hello(t.Context(), w.to); err != nil || n.dials.Load() != before {
			t.Errorf("another party's connection suffered: %v", err)
		}
	})
}

// Three parties at once, each with many calls: everything arrives once, under
// the right name.
func TestConcurrency(t *testing.T) {
	w := meet(t, Options{}, Options{})
	var mu sync.Mutex
	got := map[string]int{}
	w.desk.accept = func(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
		if peer, _ := PeerFrom(ctx); peer != from {
			t.Errorf("Accept was told %q, the context says %q", from, peer)
		}
		mu.Lock()
		defer mu.Unlock()
		got[string(from)+" "+string(ds[0].Envelope)]++
		return receipts(ds), nil
	}
	clients := map[entente.PartyID]*Client{albia: w.client, cadia: w.neighbour(t, cadia, Options{}), "albia-fis": w.neighbour(t, "albia-fis", Options{})}
	var all sync.WaitGroup
	for id, c := range clients {
		for i := range 40 {
			all.Go(func() {
				e := fmt.Sprintf("%s %d", id, i)
				if _, err := c.Deliver(t.Context(), w.to, []entente.Delivery{{Envelope: []byte(e), Checkpoint: []byte("c\n")}}); err != nil {
					t.Errorf("%s: %v", e, err)
				}
			})
		}
	}
	all.Wait()
	for id := range clients {
		for i := range 40 {
			if k := fmt.Sprintf("%s %s %d", id, id, i); got[k] != 1 {
				t.Errorf("%s arrived %d times", k, got[k])
			}
		}
	}
	if len(got) != 120 {
		t.Errorf("%d arrived, want 120", len(got))
	}
}
