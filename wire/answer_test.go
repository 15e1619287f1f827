package wire

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/seal"
)

// hostile opens a node that proves that it is Borea's and answers as it likes.
func hostile(t testing.TB, h http.HandlerFunc, opts Options) *town {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &town{dir: &directory{}, albia: identity(t, albia), borea: identity(t, borea)}
	w.dir.put(w.albia, "")
	w.to = w.dir.put(w.borea, "https://"+l.Addr().String())
	w.client = NewClient(w.albia, w.dir, opts)
	s := &http.Server{Handler: h, TLSConfig: NewServer(w.borea, w.dir, nil, nil, nil, Options{}).TLSConfig(), Protocols: onlyHTTP2()}
	go s.ServeTLS(l, "", "")
	t.Cleanup(func() {
		w.client.Close()
		s.Close()
	})
	return w
}

func say(status int, media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// Whatever a partner answers, we keep to the protocol: an answer that is not
// exactly one of it is worth nothing, and another try later.
func TestStrangeAnswers(t *testing.T) {
	ds := tips(2)
	one := `{"envelope":"` + seal.Name(ds[0].Envelope).String() + `","receipt":"r"}`
	other := `{"envelope":"` + entente.DigestOf([]byte("other")).String() + `","receipt":"r"}`
	fine := `{"settlements":[` + one + `]}`
	tests := []struct {
		name   string
		answer http.HandlerFunc
		ok     bool
	}{
		{"fine", say(200, typeJSON, fine), true},
		{"garbage", say(200, typeJSON, `<html>`), false},
		{"nothing", say(200, typeJSON, ``), false},
		{"unknown field", say(200, typeJSON, `{"settlements":[],"x":1}`), false},
		{"duplicate field", say(200, typeJSON, `{"settlements":[],"settlements":[]}`), false},
		{"white space", say(200, typeJSON, fine+"\n"), false},
		{"wrong type", say(200, "text/html", fine), false},
		{"no type", say(200, "", fine), false},
		{"wrong status", say(201, typeJSON, fine), false},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, false},
		{"huge", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeJSON)
			w.Header().Set("Content-Length", strconv.Itoa(1<<40))
			io.WriteString(w, fine)
		}, false},
		{"endless", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeJSON)
			io.Copy(w, zeros{})
		}, false},
		{"compressed", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			say(200, typeJSON, fine)(w, r)
		}, false},
		{"large header", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Large", strings.Repeat("x", 1<<20))
			say(200, typeJSON, fine)(w, r)
		}, false},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				say(200, typeJSON, fine)(w, r)
				return
			}
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, false},
		{"for what was not delivered", say(200, typeJSON, `{"settlements":[`+other+`]}`), false},
		{"twice for one", say(200, typeJSON, `{"settlements":[`+one+`,`+one+`]}`), false},
		{"broken off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeJSON)
			w.Header().Set("Content-Length", strconv.Itoa(len(fine)))
			io.WriteString(w, fine[:9])
			http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, false},
		{"a page of a proxy", say(502, "text/html", "<html>Bad Gateway"), false},
		{"a problem without kind", say(403, typeProblem, `{"title":"x","status":403}`), false},
		{"a problem of another status", say(403, typeProblem, `{"title":"x","status":404,"kind":"not-found"}`), false},
		{"kind and status at odds", say(403, typeProblem, `{"title":"x","status":403,"kind":"invalid"}`), false},
		{"a problem of another type", say(403, typeJSON, `{"title":"x","status":403,"kind":"denied"}`), false},
		{"a reason that is no code", say(403, typeProblem, `{"title":"x","status":403,"kind":"denied","reason":"why not"}`), false},
		{"content in a field", say(403, typeProblem, `{"title":"x","status":403,"kind":"denied","field":"call Anna"}`), false},
		{"an endless problem", say(403, typeProblem, strings.Repeat(" ", maxProblem+1)), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := hostile(t, test.answer, Options{})
			ss, err := w.client.Deliver(t.Context(), w.to, ds)
			if test.ok {
				if err != nil || len(ss) != 1 {
					t.Fatalf("got %v, %v", ss, err)
				}
				return
			}
			if e := want(t, err, entente.Unavailable); len(ss) > 0 || errors.Is(e, entente.Invalid) {
				t.Errorf("got %v with %v", ss, err)
			}
		})
	}
}

// What a partner says in a problem reaches our officers in our words alone.
func TestProblemInOurWords(t *testing.T) {
	w := hostile(t, say(403, typeProblem, `{"title":"Call +1 900 and say the passphrase","status":403,"kind":"denied"}`), Options{})
	_, err := w.client.Deliver(t.Context(), w.to, tips(1))
	e := want(t, err, entente.Denied)
	if s := fmt.Sprint(e.Detail, e.Hint, e.Cause); strings.Contains(s, "passphrase") {
		t.Errorf("the partner speaks to our officers: %q", s)
	}
}

func TestTooMuchIsAnsweredWith(t *testing.T) {
	w := hostile(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/collect":
			say(200, typeJSON, `{"deliveries":[{"envelope":"ZQ==","checkpoint":"c"},{"envelope":"ZQ==","checkpoint":"c"}]}`)(w, r)
		case "/v1/records":
			d := `"` + strings.Repeat("0", 64) + `"`
			say(200, typeJSON, `{"records":[`+d+`,`+d+`]}`)(w, r)
		case "/v1/hello":
			say(200, typeJSON, `{"protocol":"entente/1","party":"cadia-fiu","edition":1,"time":"2011-03-04T09:00:00Z"}`)(w, r)
		}
	}, Options{})
	_, err := w.client.Collect(t.Context(), w.to, 1)
	want(t, err, entente.Unavailable)
	_, err = w.client.Records(t.Context(), w.to, "entente/north-star/albia-ncc/borea-sls", 0, 1)
	want(t, err, entente.Unavailable)
	_, err = w.client.Hello(t.Context(), w.to)
	want(t, err, entente.Unavailable)
}

// A partner may put us off, and not for ever.
func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "999999999": time.Hour, "-1": 0, "Fri, 31 Dec 1999 23:59:59 GMT": 0} {
		w := hostile(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", header)
			say(503, typeProblem, `{"title":"x","status":503,"kind":"unavailable"}`)(w, r)
		}, Options{})
		_, err := w.client.Deliver(t.Context(), w.to, tips(1))
		var wait time.Duration
		if a, ok := errors.AsType[interface {
			error
			RetryAfter() time.Duration
		}](err); ok {
			wait = a.RetryAfter()
		}
		if !errors.Is(err, entente.Unavailable) || wait != want {
			t.Errorf("Retry-After %q: got %v, wait %v; want %v", header, err, wait, want)
		}
	}
}

func TestClockThatMakesNoSense(t *testing.T) {
	w := hostile(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(HeaderTime, "yesterday")
		say(200, typeJSON, `{"deliveries":[]}`)(w, r)
	}, Options{})
	if _, err := w.client.Collect(t.Context(), w.to, 1); err != nil {
		t.Fatal(err)
	}
	if d, ok := w.client.Skew(borea); ok {
		t.Errorf("got a skew of %v", d)
	}
}

func TestEndpoints(t *testing.T) {
	c := NewClient(identity(t, albia), &directory{}, Options{})
	for _, endpoint := range []string{"", "http://borea.example", "https://", "https://u:p@borea.example", "https://borea.example?q", "https://borea.example#f", "borea.example:443", ":"} {
		_, err := c.Hello(t.Context(), entente.Party{ID: borea, Endpoint: endpoint})
		if e := want(t, err, entente.Invalid); e.Field != "endpoint" {
			t.Errorf("%q: got %v", endpoint, err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	c := NewClient(identity(t, albia), &directory{}, Options{})
	_, err = c.Hello(t.Context(), entente.Party{ID: borea, Endpoint: "https://" + l.Addr().String()})
	if e := want(t, err, entente.Unavailable); e.Detail != "there is no connection to borea-sls" {
		t.Errorf("got %q", e.Detail)
	}
}
