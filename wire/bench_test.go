package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"testing"

	"entente"
)

// benchDelivery is as large as an ordinary tip.
func benchDelivery() []entente.Delivery {
	return []entente.Delivery{{Envelope: noise(6 << 10), Checkpoint: []byte("entente/north-star/albia-ncc/borea-sls\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— albia-ncc/ledger AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n")}}
}

// BenchmarkDeliver is one tip over loopback, one after the other, with a
// recipient that does nothing. Its floors are BenchmarkFloorTLS, the same bytes
// over the same TLS, and BenchmarkFloorHTTP2, the same bytes over net/http.
func BenchmarkDeliver(b *testing.B) {
	w := meet(b, Options{Limits: Limits{Requests: 1e9, Burst: 1e9, Bytes: 1 << 40}}, Options{})
	w.desk.accept = nothing
	ds := benchDelivery()
	b.SetBytes(int64(len(ds[0].Envelope)))
	for b.Loop() {
		if _, err := w.client.Deliver(b.Context(), w.to, ds); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDeliverBatch is a hundred tips at a time.
func BenchmarkDeliverBatch(b *testing.B) {
	w := meet(b, Options{Limits: Limits{Requests: 1e9, Burst: 1e9, Bytes: 1 << 40}}, Options{})
	w.desk.accept = nothing
	var ds []entente.Delivery
	for i := range 100 {
		ds = append(ds, benchDelivery()...)
		ds[i].Envelope[0] = byte(i)
	}
	b.SetBytes(int64(len(ds) * len(ds[0].Envelope)))
	for b.Loop() {
		if _, err := w.client.Deliver(b.Context(), w.to, ds); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFloorTLS sends the bytes of one Deliver there and those of its answer
// back over a bare TLS connection of the same configuration.
func BenchmarkFloorTLS(b *testing.B) {
	w := meet(b, Options{}, Options{})
	question, err := writeBody(deliveries(benchDelivery()))
	if err != nil {
		b.Fatal(err)
	}
	answer, err := writeBody(settlements(receipts(benchDelivery())))
	if err != nil {
		b.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", w.server.TLSConfig())
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	go echo(l, len(question), answer)
	c, err := tls.Dial("tcp", l.Addr().String(), w.client.verify.client(w.client.leaves, borea))
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	b.SetBytes(int64(len(benchDelivery()[0].Envelope)))
	for b.Loop() {
		if _, err := c.Write(question); err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadFull(c, answer[:]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFloorHTTP2 sends the same bytes through net/http as we configure it.
func BenchmarkFloorHTTP2(b *testing.B) {
	answer, err := writeBody(settlements(receipts(benchDelivery())))
	if err != nil {
		b.Fatal(err)
	}
	w := hostile(b, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Write(answer)
	}, Options{})
	question, err := writeBody(deliveries(benchDelivery()))
	if err != nil {
		b.Fatal(err)
	}
	l, err := w.client.line(w.to)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(benchDelivery()[0].Envelope)))
	for b.Loop() {
		r, err := http.NewRequestWithContext(b.Context(), "POST", w.to.Endpoint, bytes.NewReader(question))
		if err != nil {
			b.Fatal(err)
		}
		resp, err := l.transport.RoundTrip(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); err != nil {
			b.Fatal(err)
		}
		resp.Body.Close()
	}
}

func echo(l net.Listener, n int, answer []byte) {
	c, err := l.Accept()
	if err != nil {
		return
	}
	defer c.Close()
	question, reply := make([]byte, n), append([]byte(nil), answer...)
	for {
		if _, err := io.ReadFull(c, question); err != nil {
			return
		}
		if _, err := c.Write(reply); err != nil {
			return
		}
	}
}

// BenchmarkHandshake is a new connection and a hello on it.
func BenchmarkHandshake(b *testing.B) {
	w := meet(b, Options{Limits: Limits{Requests: 1e9, Burst: 1e9, PerParty: 1 << 20}}, Options{})
	for b.Loop() {
		if _, err := w.client.Hello(b.Context(), w.to); err != nil {
			b.Fatal(err)
		}
		w.client.Close()
	}
}

// BenchmarkSendFile is a file of 64 MiB over loopback.
func BenchmarkSendFile(b *testing.B) {
	w := meet(b, Options{Limits: Limits{Requests: 1e9, Burst: 1e9, Bytes: 1 << 40}}, Options{})
	w.desk.add = drain
	const size = 64 << 20
	b.SetBytes(size)
	for b.Loop() {
		if _, err := w.client.SendFile(b.Context(), w.to, entente.DigestOf(nil), 0, size, io.LimitReader(zeros{}, size)); err != nil {
			b.Fatal(err)
		}
	}
}

func nothing(_ context.Context, _ entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
	return receipts(ds), nil
}

func drain(_ context.Context, r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}
