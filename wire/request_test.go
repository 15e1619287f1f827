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

const okCollect = `{"max":1}`

// Every request that is not exactly one of the protocol's gets a problem that
// names its kind, and where there is one its field and reason.
func TestRequestsAreStrict(t *testing.T) {
	w := meet(t, Options{}, Options{})
	env := `{"deliveries":[{"envelope":"ZQ==","checkpoint":"c"}]}`
	name := strings.Repeat("0", 64)
	tests := []struct {
		name    string
		request *http.Request
		status  int
		kind    string
		field   string
		reason  entente.Reason
	}{
		{"fine", w.request("POST", "/v1/collect", typeJSON, okCollect), 200, "", "", ""},
		{"fine", w.request("POST", "/v1/deliver", typeJSON, env), 200, "", "", ""},
		{"unknown path", w.request("POST", "/v1/collects", typeJSON, okCollect), 404, "not-found", "", ""},
		{"unclean path", w.request("POST", "/v1//collect", typeJSON, okCollect), 404, "not-found", "", ""},
		{"dotted path", w.request("POST", "/v1/x/../collect", typeJSON, okCollect), 404, "not-found", "", ""},
		{"query", w.request("POST", "/v1/collect?x", typeJSON, okCollect), 404, "not-found", "", ""},
		{"method", w.request("GET", "/v1/collect", typeJSON, okCollect), 404, "not-found", "", ""},
		{"type", w.request("POST", "/v1/collect", "text/json", okCollect), 415, "invalid", "", ""},
		{"parameter", w.request("POST", "/v1/collect", typeJSON+"; charset=utf-8", okCollect), 415, "invalid", "", ""},
		{"white space", w.request("POST", "/v1/collect", typeJSON, `{"max": 1}`), 400, "invalid", "", entente.ReasonMalformed},
		{"two values", w.request("POST", "/v1/collect", typeJSON, okCollect+okCollect), 400, "invalid", "", entente.ReasonMalformed},
		{"nothing", w.request("POST", "/v1/collect", typeJSON, ""), 400, "invalid", "", entente.ReasonMalformed},
		{"unknown field", w.request("POST", "/v1/collect", typeJSON, `{"max":1,"x":2}`), 400, "invalid", "x", entente.ReasonUnknownField},
		{"duplicate field", w.request("POST", "/v1/collect", typeJSON, `{"max":1,"max":2}`), 400, "invalid", "max", entente.ReasonDuplicateField},
		{"out of range", w.request("POST", "/v1/collect", typeJSON, `{"max":0}`), 400, "invalid", "max", entente.ReasonMalformed},
		{"out of range", w.request("POST", "/v1/collect", typeJSON, `{"max":257}`), 400, "invalid", "max", entente.ReasonMalformed},
		{"lax base64", w.request("POST", "/v1/deliver", typeJSON, strings.Replace(env, "ZQ==", "ZR==", 1)), 400, "invalid", "", entente.ReasonMalformed},
		{"empty envelope", w.request("POST", "/v1/deliver", typeJSON, strings.Replace(env, "ZQ==", "", 1)), 400, "invalid", "deliveries[0].envelope", entente.ReasonMalformed},
		{"empty checkpoint", w.request("POST", "/v1/deliver", typeJSON, strings.Replace(env, `"c"`, `""`, 1)), 400, "invalid", "deliveries[0].checkpoint", entente.ReasonMalformed},
		{"too large", w.request("POST", "/v1/collect", typeJSON, strings.Repeat(" ", MaxBody+1)), 413, "invalid", "", entente.ReasonTooLarge},
		{"receipt and refusal", w.request("POST", "/v1/settle", typeJSON, `{"settlements":[{"envelope":"`+name+`","receipt":"a","refusal":"b"}]}`), 400, "invalid", "settlements[0]", entente.ReasonMalformed},
		{"neither", w.request("POST", "/v1/settle", typeJSON, `{"settlements":[{"envelope":"`+name+`"}]}`), 400, "invalid", "settlements[0]", entente.ReasonMalformed},
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
	r := w.request("POST", "/v1/collect", typeJSON, okCollect)
	r.Header.Set("Content-Encoding", "gzip")
	if resp, _ := w.raw(t, r); resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("got %s", resp.Status)
	}
}

// A body whose length is not told beforehand is bounded all the same.
func TestEndlessBody(t *testing.T) {
	w := meet(t, Options{}, Options{})
	r := w.request("POST", "/v1/collect", typeJSON, "")
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
	r := w.request("POST", "/v1/collect", typeJSON, okCollect)
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
	r := w.request("POST", "/v1/deliver", typeJSON, `{"deliveries":[]}`).WithContext(context.Background())
	w.server.ServeHTTP(rec, r)
	if rec.Code != http.StatusForbidden {
		t.Errorf("got %d", rec.Code)
	}
}
