package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente"
)

// Each kind of error, on the way from the node to the command line.
func TestErrors(t *testing.T) {
	n, _, as := serve(t)
	for _, k := range kinds {
		cause := &entente.Error{Kind: entente.Invalid, Detail: "SECRET"} // of another kind
		n.err = fmt.Errorf("wrapped: %w", &entente.Error{Kind: k.kind, Field: "tip.title", Detail: "what", Hint: "do this", Reason: entente.ReasonScope, Cause: cause, Wait: 90 * time.Second})
		err := as(entente.Analyst).Withdraw(ctx, aMessage)
		want := &entente.Error{Kind: k.kind, Field: "tip.title", Detail: "what", Hint: "do this", Reason: entente.ReasonScope}
		if k.kind == entente.Unavailable {
			want.Wait = 90 * time.Second // in the header Retry-After
		}
		got, _ := errors.AsType[*entente.Error](err)
		if got == nil || *got != *want {
			t.Errorf("%s: got %+v", k.name, err)
		}
		status, p, raw := request(t, as(entente.Analyst), "POST", "/drafts/"+string(aMessage)+"/withdrawal", "", "")
		if status != k.status || p.Status != status || p.Title != http.StatusText(status) || p.Kind != k.name || strings.Contains(raw, "SECRET") {
			t.Errorf("%s: %d %s", k.name, status, raw)
		}
	}
	if n.log.Len() != 0 {
		t.Errorf("ordinary answers are in the log: %s", &n.log)
	}
}

// A fault of the node is told in its log and nowhere else.
func TestFaults(t *testing.T) {
	n, _, as := serve(t)
	for _, err := range []error{errors.New("SECRET"), &entente.Error{Detail: "SECRET"}, &entente.Error{Kind: errors.New("odd"), Detail: "SECRET"}} {
		n.log.Reset()
		n.err = err
		_, got := as(entente.Analyst).Message(ctx, aMessage, "")
		if kindOf(got) != entente.Unavailable || strings.Contains(fmt.Sprintf("%+v", got), "SECRET") {
			t.Errorf("told as %v", got)
		}
		status, p, raw := request(t, as(entente.Analyst), "GET", "/messages/"+string(aMessage), "", "")
		if status != http.StatusInternalServerError || p.Kind != internal || strings.Contains(raw, "SECRET") {
			t.Errorf("%d %s", status, raw)
		}
		if !strings.Contains(n.log.String(), "SECRET") || !strings.Contains(n.log.String(), "readMessage") {
			t.Errorf("the log says %q", &n.log)
		}
	}
}

// Everybody's kind has its row, once.
func TestKindsAreWhole(t *testing.T) {
	names := map[string]bool{internal: true}
	for _, k := range kinds {
		if names[k.name] || http.StatusText(k.status) == "" || entente.KindOf(k.kind) != k.kind {
			t.Errorf("row %+v", k)
		}
		names[k.name] = true
	}
	schema := newServer(Config{}).api.OpenAPI().Components.Schemas.Map()["Problem"].Properties["kind"]
	for _, v := range schema.Enum {
		if !names[v.(string)] {
			t.Errorf("the document has the kind %v", v)
		}
		delete(names, v.(string))
	}
	if len(names) != 0 {
		t.Errorf("the document lacks %v", names)
	}
}

// What is behind the interface and does not answer as it should.
func TestClientWithoutNode(t *testing.T) {
	answers := map[string]func(*http.Request) (*http.Response, error){
		"nothing": func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") },
		"a page": func(*http.Request) (*http.Response, error) {
			return response(502, "text/html", "<h1>Bad gateway</h1>"), nil
		},
		"no kind": func(*http.Request) (*http.Response, error) {
			return response(403, "application/problem+json", `{"detail":"x"}`), nil
		},
		"not JSON": func(*http.Request) (*http.Response, error) {
			return response(200, "application/json", "<h1>Welcome</h1>"), nil
		},
		"redirect": func(*http.Request) (*http.Response, error) {
			r := response(302, "text/plain", "")
			r.Header.Set("Location", "https://evil.example/")
			return r, nil
		},
	}
	for name, answer := range answers {
		asked := 0
		c, err := New("https://desk.albia.example/", "ent_x", &http.Client{Transport: spy(func(r *http.Request) (*http.Response, error) {
			asked++
			return answer(r)
		})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.WhoAmI(ctx)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Kind != entente.Unavailable || e.Detail == "" || e.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
		if asked != 1 {
			t.Errorf("%s: asked %d times", name, asked)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	c, _ := New("http://localhost:1", "", nil)
	if _, err := c.WhoAmI(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func response(status int, media, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {media}}, Body: io.NopCloser(strings.NewReader(body))}
}

func TestClientAddresses(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://desk.albia.example": true, "https://desk.albia.example:8443/": true, "http://localhost:8080": true,
		"http://albia.localhost:8080": true, "http://127.0.0.1:8080": true, "http://[::1]:8080": true,
		"http://desk.albia.example": false, "http://192.0.2.1": false, "desk.albia.example": false, "": false, "ftp://localhost": false,
		"https://u:p@desk.albia.example": false, "https://desk.albia.example?x=1": false, "http://localhost.evil.example": false,
	} {
		_, err := New(address, "", nil)
		if (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// A client reads what a newer node says beyond what it knows.
func TestClientIsPatient(t *testing.T) {
	c, err := New("http://localhost:1", "", &http.Client{Transport: spy(func(*http.Request) (*http.Response, error) {
		return response(200, "application/json", `{"id":"anna.kern","name":"Anna","role":"analyst","mood":"good"}`), nil
	})})
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.WhoAmI(ctx)
	if want := (Officer{ID: "anna.kern", Name: "Anna", Role: entente.Analyst}); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// The document is served as it is published, to whoever asks.
func TestDocumentIsServed(t *testing.T) {
	_, srv, _ := serve(t)
	res, err := srv.Client().Get(srv.URL + "/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var doc struct{ OpenAPI string }
	if err := json.NewDecoder(res.Body).Decode(&doc); err != nil || doc.OpenAPI != "3.1.0" || res.Header.Get("Content-Type") != "application/openapi+json" {
		t.Errorf("%v %v %v", doc, res.Header, err)
	}
	if _, err := Handler(Config{}); kindOf(err) != entente.Invalid {
		t.Errorf("a handler of nothing: %v", err)
	}
}
