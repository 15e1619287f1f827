package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/parse"
	"entente/seal"
)

func TestDeliver(t *testing.T) {
	w := meet(t, Options{}, Options{})
	ds := tips(3)
	ds[1].Before = []entente.Digest{entente.DigestOf([]byte("gone"))}
	ss, err := w.client.Deliver(t.Context(), w.to, ds)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ss, receipts(ds); !reflect.DeepEqual(got, want) {
		t.Errorf("settlements: got %v, want %v", got, want)
	}
	if got := w.desk.accepted; !reflect.DeepEqual(got, ds) {
		t.Errorf("accepted: got %v, want %v", got, ds)
	}
	if got := w.desk.from; !reflect.DeepEqual(got, []entente.PartyID{albia}) {
		t.Errorf("Accept was told that it is from %v, want Albia", got)
	}
}

func TestPeerReachesTheReceiver(t *testing.T) {
	w := meet(t, Options{}, Options{})
	var got entente.PartyID
	w.desk.accept = func(ctx context.Context, _ entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
		got, _ = PeerFrom(ctx)
		return nil, nil
	}
	if _, err := w.client.Deliver(t.Context(), w.to, tips(1)); err != nil {
		t.Fatal(err)
	}
	if got != albia {
		t.Errorf("PeerFrom: got %q, want %q", got, albia)
	}
	if p, ok := PeerFrom(t.Context()); ok {
		t.Errorf("PeerFrom of no request: got %q", p)
	}
}

// A party that only dials out gets what waits for it and brings the outcome back.
func TestCollectAndSettle(t *testing.T) {
	w := meet(t, Options{}, Options{})
	w.desk.waiting = tips(5)
	ds, err := w.client.Collect(t.Context(), w.to, 3)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(ds, w.desk.waiting[:3]) {
		t.Errorf("collected %v, want the first three that wait", ds)
	}
	ss := receipts(ds[:2])
	ss = append(ss, entente.Settlement{Envelope: seal.Name(ds[2].Envelope), Refusal: []byte("a refusal\n")})
	if err := w.client.Settle(t.Context(), w.to, ss); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(w.desk.settled, ss) {
		t.Errorf("settled %v, want %v", w.desk.settled, ss)
	}
}

func TestCompareAndRecords(t *testing.T) {
	w := meet(t, Options{}, Options{})
	hs := []entente.LedgerHead{
		{Origin: "entente/north-star/albia-ncc/borea-sls", Size: 7, Checkpoint: []byte("c\n"), Cosigned: []byte("r\n")},
		{Origin: "entente/north-star/borea-sls/albia-ncc"},
	}
	got, err := w.client.Compare(t.Context(), w.to, hs)
	if err != nil || !reflect.DeepEqual(got, hs) {
		t.Errorf("Compare: got %v, %v; want %v", got, err, hs)
	}
	ds, err := w.client.Records(t.Context(), w.to, hs[0].Origin, 5, 3)
	want := []entente.Digest{entente.DigestOf([]byte{5, 0}), entente.DigestOf([]byte{5, 1}), entente.DigestOf([]byte{5, 2})}
	if err != nil || !reflect.DeepEqual(ds, want) {
		t.Errorf("Records: got %v, %v; want %v", ds, err, want)
	}
}

func TestHelloAndSkew(t *testing.T) {
	noon := time.Date(2011, 3, 4, 12, 0, 0, 0, time.UTC)
	ahead := Options{Now: func() time.Time { return noon.Add(61*time.Minute + 5*time.Millisecond) }}
	w := meet(t, ahead, Options{Now: func() time.Time { return noon }})
	if d, ok := w.client.Skew(borea); ok {
		t.Errorf("Skew before any answer: got %v", d)
	}
	h, err := w.client.Hello(t.Context(), w.to)
	if want := (Hello{Protocol, borea, 1, ahead.Now()}); err != nil || h != want {
		t.Errorf("Hello: got %v, %v; want %v", h, err, want)
	}
	if d, ok := w.client.Skew(borea); !ok || d != 61*time.Minute+5*time.Millisecond {
		t.Errorf("Skew: got %v, %v; want 1h1m0.005s", d, ok)
	}
}

// What does not fit one exchange waits for the next.
func TestDeliverSendsWhatFits(t *testing.T) {
	w := meet(t, Options{}, Options{})
	var ds []entente.Delivery
	for i := range 6 {
		ds = append(ds, entente.Delivery{Envelope: bytes.Repeat([]byte{byte(i)}, 2<<20), Checkpoint: []byte("c\n")})
	}
	ss, err := w.client.Deliver(t.Context(), w.to, ds)
	if err != nil || len(ss) == 0 || len(ss) == len(ds) {
		t.Fatalf("got %d settlements, %v; want some and not all", len(ss), err)
	}
	w.desk.waiting = ds
	got, err := w.client.Collect(t.Context(), w.to, 100)
	if err != nil || len(got) != len(ss) {
		t.Errorf("collected %d, %v; want the %d that fit the other way, too", len(got), err, len(ss))
	}
}

// A kind survives the way over the wire; the words for our own officers, the
// cause, and a field that holds more than a path do not.
func TestErrorsCross(t *testing.T) {
	w := meet(t, Options{}, Options{})
	for _, k := range kinds {
		sent := &entente.Error{
			Kind: k.kind, Field: "deliveries[0].envelope", Detail: "Arsen Kadaev is on file", Hint: "call Anna Kern",
			Reason: entente.ReasonScope, Cause: errors.New("SELECT * FROM subject"),
		}
		w.desk.accept = func(context.Context, entente.PartyID, []entente.Delivery) ([]entente.Settlement, error) {
			return nil, sent
		}
		_, err := w.client.Deliver(t.Context(), w.to, tips(1))
		e := want(t, err, k.kind)
		if e.Field != sent.Field || e.Reason != sent.Reason {
			t.Errorf("%s: got field %q, reason %q; want %q, %q", k.name, e.Field, e.Reason, sent.Field, sent.Reason)
		}
		b, err := parse.Encode(problemOf(sent))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"Arsen", "Kern", "SELECT"} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s: the problem tells %q: %s", k.name, secret, b)
			}
		}
		sent.Field = "Arsen Kadaev, born 1986"
		_, err = w.client.Deliver(t.Context(), w.to, tips(1))
		if e := want(t, err, k.kind); e.Field != "" {
			t.Errorf("%s: the field %q crossed", k.name, e.Field)
		}
	}
}

// An error without a kind, and a panic, are the server's own fault: the sender
// tries again, and learns nothing of it.
func TestFaultsAreUnavailable(t *testing.T) {
	w := meet(t, Options{}, Options{})
	faults := map[string]func() error{
		"error":    func() error { return errors.New("disk I/O error at Arsen Kadaev") },
		"panic":    func() error { panic("Arsen Kadaev") },
		"no sense": func() error { return nil }, // a settlement without receipt and refusal cannot be sent
	}
	for name, fault := range faults {
		w.desk.accept = func(context.Context, entente.PartyID, []entente.Delivery) ([]entente.Settlement, error) {
			return []entente.Settlement{{}}, fault()
		}
		_, err := w.client.Deliver(t.Context(), w.to, tips(1))
		if e := want(t, err, entente.Unavailable); e.Field != "" {
			t.Errorf("%s: got field %q", name, e.Field)
		}
	}
}

// The log tells that something went wrong and where, and nothing of whom it was about.
func TestLogHasNoContent(t *testing.T) {
	var mu sync.Mutex
	var log bytes.Buffer
	w := meet(t, Options{Log: slog.New(slog.NewTextHandler(locked{&mu, &log}, &slog.HandlerOptions{Level: slog.LevelDebug}))}, Options{})
	for _, fault := range []func() error{
		func() error {
			return &entente.Error{Kind: entente.Invalid, Field: "tip.title", Detail: "Arsen Kadaev", Hint: "Arsen", Cause: errors.New("Kadaev")}
		},
		func() error { panic("Arsen Kadaev") },
		func() error { panic(errors.New("Arsen Kadaev")) },
		func() error { return errors.New("the disk is full") },
	} {
		w.desk.accept = func(context.Context, entente.PartyID, []entente.Delivery) ([]entente.Settlement, error) {
			return nil, fault()
		}
		if _, err := w.client.Deliver(t.Context(), w.to, []entente.Delivery{{Envelope: []byte("Arsen Kadaev"), Checkpoint: []byte("Arsen Kadaev")}}); err == nil {
			t.Fatal("no error")
		}
	}
	w.client.FileHeld(t.Context(), w.to, entente.DigestOf([]byte("a file")))
	mu.Lock()
	defer mu.Unlock()
	for _, secret := range []string{"Arsen", "Kadaev", entente.DigestOf([]byte("a file")).String()} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q:\n%s", secret, &log)
		}
	}
	for _, fact := range []string{"party=albia-ncc", "POST /v1/deliver", "kind=invalid", "field=tip.title", "the disk is full", "wire: panic", "HEAD /v1/files/"} {
		if !strings.Contains(log.String(), fact) {
			t.Errorf("the log lacks %q:\n%s", fact, &log)
		}
	}
}

type locked struct {
	mu *sync.Mutex
	w  io.Writer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
