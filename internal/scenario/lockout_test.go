package scenario_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/internal/scenario"
	"entente/internal/testpg"
)

// browserOf is an officer's browser without scripts.
func browserOf(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func signInAs(t *testing.T, c *http.Client, desk string, o entente.OfficerID, password string) *http.Response {
	t.Helper()
	res, err := c.PostForm(desk+"/signin", url.Values{"officer": {string(o)}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res
}

// Three hundred half-sent forms, 64 empty passkey requests and more than thirty
// wrong passwords from one address, the officer's own: desk and wire still answer.
func TestStrangersAtTheDoor(t *testing.T) {
	borea, albia, _ := desks(t)
	ctx := t.Context()
	at := strings.TrimPrefix(albia.Desk, "http://")
	var crowd []net.Conn
	for range 300 {
		c, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		crowd = append(crowd, c)
		fmt.Fprintf(c, "POST /signin HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nofficer=", at)
	}
	for range 3 * 64 {
		res, err := http.Post(albia.Desk+"/signin/passkey", "application/json", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Fatalf("a passkey's challenge: %s", res.Status)
		}
	}
	anna := albia.Officer(entente.Analyst)
	for i := range 35 {
		signInAs(t, http.DefaultClient, albia.Desk, entente.OfficerID(fmt.Sprintf("nobody.%d", i)), "not this password")
	}
	b := browserOf(t)
	if res := signInAs(t, b, albia.Desk, anna.ID, password); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("the officer signs in: %s", res.Status)
	}
	for range 8 {
		if res := signInAs(t, http.DefaultClient, albia.Desk, anna.ID, "not this password"); res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
			t.Error("who has to wait is not told how long")
		}
	}
	if res := signInAs(t, b, albia.Desk, anna.ID, password); res.StatusCode != http.StatusSeeOther {
		t.Errorf("the officer signs in again, on a device that signed in before: %s", res.Status)
	}
	res, err := b.Get(albia.Desk + "/inbox")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("the inbox: %v, %v", res, err)
	}
	res.Body.Close()
	if _, err := borea.Node.Client().Hello(ctx, albia.Party); err != nil {
		t.Errorf("the wire: %v", err)
	}
	closed := 0
	for _, c := range crowd {
		c.SetReadDeadline(time.Now().Add(50 * time.Microsecond))
		if _, err := c.Read(make([]byte, 1)); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			closed++
		}
	}
	if closed < 300-256 {
		t.Errorf("%d of 300 half-sent forms were cut off: the desk holds as many as come", closed)
	}
}

// Nobody reaches the desk by another's name.
func TestForeignHost(t *testing.T) {
	_, albia, _ := desks(t)
	for _, path := range []string{"/signin", "/static/style.css", "/api/openapi.json", "/api/v1/me"} {
		r, err := http.NewRequest("GET", albia.Desk+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "rebound.example"
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

// leaver hangs up while the node reads what it sends.
type leaver struct {
	io.Reader
	leave func()
}

func (l leaver) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	l.leave()
	return n, err
}

// A visitor who hangs up writes no error into the node's log: at the desk and over the
// API, before and after the gate, on both engines.
func TestHangUpIsNoError(t *testing.T) {
	for engine, store := range map[string]func(*testing.T) string{"sqlite": func(*testing.T) string { return "" }, "postgres": func(t *testing.T) string { return testpg.URL(t) }} {
		t.Run(engine, func(t *testing.T) {
			var log bytes.Buffer
			ctx := context.Background()
			s := scenario.Albia
			s.Dir, s.Store, s.DeskAddr, s.Password = t.TempDir(), store(t), "127.0.0.1:0", password
			s.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
			a, err := scenario.New(ctx, scenario.NewClock(scenario.FirstDay), s)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			if err := a.Start(ctx); err != nil {
				t.Fatal(err)
			}
			session, _, err := a.Node.SignIn.Password(ctx, a.Officer(entente.Analyst).ID, password, "192.0.2.7:1", "")
			if err != nil {
				t.Fatal(err)
			}
			token, _, err := a.Node.SignIn.NewToken(ctx, a.Officer(entente.Analyst), "test")
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{"/signin", "/inbox", "/tasks", "/drafts", "/cases", "/lists", "/account", "/api/v1/me", "/api/v1/drafts", "/api/v1/inbox"} {
				gone, leave := context.WithCancel(ctx)
				leave()
				ask(a, httptest.NewRequestWithContext(gone, "GET", a.Desk+path, nil), session, token)
			}
			for path, body := range map[string]string{
				"/people":             "name=Arsen+Kadaev&purpose=x",
				"/cases/new":          "title=x&purpose=x",
				"/account/token":      "label=x",
				"/signin":             "officer=anna.kern&password=x",
				"/invitation":         "code=x&password=y&again=y",
				"/api/v1/search":      `{"subject":{"names":[{"text":"Arsen Kadaev"}]},"purpose":"x"}`,
				"/api/v1/drafts":      `{}`,
				"/api/v1/sign-in":     `{"officer":"anna.kern","password":"x"}`,
				"/api/v1/feeds/a":     "x",
				"/api/v1/invitations": `{"officer":"anna.kern","code":"x","password":"y"}`,
			} {
				gone, leave := context.WithCancel(ctx)
				r := httptest.NewRequestWithContext(gone, "POST", a.Desk+path, leaver{strings.NewReader(body), leave})
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if strings.HasPrefix(path, "/api/") {
					r.Header.Set("Content-Type", "application/json")
				}
				ask(a, r, session, token)
				leave()
			}
			a.Stop()
			if strings.Contains(log.String(), "ERROR") {
				t.Errorf("the log says:\n%s", &log)
			}
		})
	}
}

func ask(a *scenario.Agency, r *http.Request, session, token string) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		r.Header.Set("Authorization", "Bearer "+token)
	} else {
		r.AddCookie(&http.Cookie{Name: "__Host-entente-" + string(a.ID), Value: session})
	}
	a.Node.Handler().ServeHTTP(httptest.NewRecorder(), r)
}
