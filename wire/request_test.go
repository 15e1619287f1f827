package wire

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entente"
)

// raw sends any request over Albia's proven connection.
func (w *town) raw(t testing.TB, r *http.Request) (*http.Response, string) {
	t.Helper()
	l, err := w.client.line(w.to)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := l.transport.RoundTrip(r.WithContext(t.Context()))
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	return resp, string(b)
}

func (w *town) request(method, path, media, body string) *http.Request {
	r, err := http.NewRequest(method, w.to.Endpoint+path, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", media)
	return r
}

var (
	okCollect   = "\x00\x01" // one delivery at the most
	typeCollect = collect{}.media()
	typeDeliver = deliveries{}.media()
	typeSettle  = settlements{}.media()
)

// Every request that is not exactly one of the protocol's gets a problem that
// names its kind, and where there is one its field and reason.
func TestRequestsAreStrict(t *testing.T) {
	w := meet(t, Options{}, Options{})
	env := written(t, deliveries{{Envelope: []byte("e"), Checkpoint: []byte("c")}})
	name := strings.Repeat("0", 64)
	tests := []struct {
		name    string
		request *http.Request
		status  int
		kind    string
		field   string
		reason  entente.Reason
	}{
		{"fine", w.request("POST", "/v1/collect", typeCollect, okCollect), 200, "", "", ""},
		{"fine", w.request("POST", "/v1/deliver", typeDeliver, env), 200, "", "", ""},
		{"unknown path", w.request("POST", "/v1/collects", typeCollect, okCollect), 404, "not-found", "", ""},
		{"unclean path", w.request("POST", "/v1//collect", typeCollect, okCollect), 404, "not-found", "", ""},
		{"dotted path", w.request("POST", "/v1/x/../collect", typeCollect, okCollect), 404, "not-found", "", ""},
		{"query", w.request("POST", "/v1/collect?x", typeCollect, okCollect), 404, "not-found", "", ""},
		{"method", w.request("GET", "/v1/collect", typeCollect, okCollect), 404, "not-found", "", ""},
		{"type", w.request("POST", "/v1/collect", "text/json", okCollect), 415, "invalid", "", ""},
		{"another sort", w.request("POST", "/v1/collect", typeDeliver, okCollect), 415, "invalid", "", ""},
		{"a later version", w.request("POST", "/v1/collect", strings.Replace(typeCollect, "v=1", "v=2", 1), okCollect), 415, "invalid", "", ""},
		{"no version", w.request("POST", "/v1/collect", strings.TrimSuffix(typeCollect, "; v=1"), okCollect), 415, "invalid", "", ""},
		{"parameter", w.request("POST", "/v1/collect", typeCollect+"; charset=utf-8", okCollect), 415, "invalid", "", ""},
		{"two values", w.request("POST", "/v1/collect", typeCollect, okCollect+okCollect), 400, "invalid", "", entente.ReasonMalformed},
		{"nothing", w.request("POST", "/v1/collect", typeCollect, ""), 400, "invalid", "max", entente.ReasonMalformed},
		{"out of range", w.request("POST", "/v1/collect", typeCollect, "\x00\x00"), 400, "invalid", "max", entente.ReasonMalformed},
		{"out of range", w.request("POST", "/v1/collect", typeCollect, "\x01\x01"), 413, "invalid", "max", entente.ReasonTooLarge},
		{"empty envelope", w.request("POST", "/v1/deliver", typeDeliver, "\x00\x01\x00\x00\x00\x00"), 400, "invalid", "deliveries[0].envelope", entente.ReasonMalformed},
		{"empty checkpoint", w.request("POST", "/v1/deliver", typeDeliver, "\x00\x01\x00\x00\x00\x01e\x00\x00"), 400, "invalid", "deliveries[0].checkpoint", entente.ReasonMalformed},
		{"too large", w.request("POST", "/v1/collect", typeCollect, strings.Repeat(" ", MaxBody+1)), 413, "invalid", "", entente.ReasonTooLarge},
		{"neither receipt nor refusal", w.request("POST", "/v1/settle", typeSettle, "\x00\x01"+strings.Repeat("\x00", 32)+"\x03\x00\x01x"), 413, "invalid", "settlements[0].answer", entente.ReasonTooLarge},
		{"an empty receipt", w.request("POST", "/v1/settle", typeSettle, "\x00\x01"+strings.Repeat("\x00", 32)+"\x01\x00\x00"), 400, "invalid", "settlements[0].receipt", entente.ReasonMalformed},
		{"no file", w.request("GET", filesPath+name, "", ""), 404, "not-found", "", ""},
		{"bad file", w.request("GET", filesPath+strings.ToUpper(name[1:])+"F", "", ""), 400, "invalid", "digest", ""},
		{"escape", w.request("GET", filesPath+"../hello", "", ""), 400, "invalid", "digest", ""},
		{"put without offset", w.request("PUT", filesPath+name, typeFile, "x"), 400, "invalid", "offset", entente.ReasonMalformed},
		{"put of JSON", w.request("PUT", filesPath+name, typeJSON, "x"), 415, "invalid", "", ""},
	}
	for _, test := range tests {
		resp, body := w.raw(t, test.request)
		if resp.StatusCode != test.status {
			t.Errorf("%s: got %s %s, want %d", test.name, resp.Status, body, test.status)
			continue
		}
		if resp.Header.Get(HeaderTime) == "" {
			t.Errorf("%s: no %s", test.name, HeaderTime)
		}
		if test.status == 200 {
			continue
		}
		if spoken := resp.Header.Get("Accept"); test.status == 415 && test.request.Method == "POST" && spoken != typeCollect {
			t.Errorf("%s: it is told that %q is spoken", test.name, spoken)
		}
		p, err := readProblem([]byte(body))
		if err != nil || !only(resp.Header, "Content-Type", typeProblem) {
			t.Errorf("%s: got %q: %v", test.name, body, err)
			continue
		}
		if p.Kind != test.kind || p.Field != test.field || p.Reason != test.reason || p.Status != test.status {
			t.Errorf("%s: got %+v, want kind %q, field %q, reason %q", test.name, p, test.kind, test.field, test.reason)
		}
	}
}

func TestCompressedBodyIsRefused(t *testing.T) {
	w := meet(t, Options{}, Options{})
	r := w.request("POST", "/v1/collect", typeCollect, okCollect)
	r.Header.Set("Content-Encoding", "gzip")
	if resp, _ := w.raw(t, r); resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("got %s", resp.Status)
	}
}

// A body whose length is not told beforehand is bounded all the same.
func TestEndlessBody(t *testing.T) {
	w := meet(t, Options{}, Options{})
	r := w.request("POST", "/v1/collect", typeCollect, "")
	r.ContentLength = -1
	r.Body = io.NopCloser(zeros{})
	resp, body := w.raw(t, r)
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("got %s %s", resp.Status, body)
	}
	if _, err := w.client.Hello(t.Context(), w.to); err != nil {
		t.Errorf("after it: %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestLargeHeader(t *testing.T) {
	w := meet(t, Options{}, Options{})
	r := w.request("POST", "/v1/collect", typeCollect, okCollect)
	r.Header.Set("X-Large", strings.Repeat("x", 2*maxHeaderBytes))
	l, err := w.client.line(w.to)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := l.transport.RoundTrip(r.WithContext(t.Context()))
	if err == nil {
		resp.Body.Close()
		if resp.StatusCode < 400 {
			t.Errorf("got %s", resp.Status)
		}
	}
	if _, err := w.client.Hello(t.Context(), w.to); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// Mounted anywhere else, the handler serves nobody whom a certificate does not prove.
func TestHandlerByItself(t *testing.T) {
	w := meet(t, Options{}, Options{})
	rec := httptest.NewRecorder()
	r := w.request("POST", "/v1/deliver", typeDeliver, written(t, deliveries{})).WithContext(context.Background())
	w.server.ServeHTTP(rec, r)
	if rec.Code != http.StatusForbidden {
		t.Errorf("got %d", rec.Code)
	}
}
