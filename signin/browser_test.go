package signin

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"entente"
	"entente/internal/browser"
)

// deskPages is the least of a desk: pages and answers that use a Service as package
// web does.
func deskPages(t *testing.T, d func() *desk) http.Handler {
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any, err error) {
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		o, _ := d().FromRequest(r)
		fmt.Fprintf(w, `<!doctype html><title>desk</title><link rel=icon href="data:,"><p id=who>%s</p>`, o.ID)
	})
	mux.HandleFunc("POST /password", func(w http.ResponseWriter, r *http.Request) {
		token, o, err := d().Password(r.Context(), anna.ID, good, r.RemoteAddr, d().Device(r))
		if err == nil {
			err = d().Remember(w, r, token)
		}
		answer(w, o.ID, err)
	})
	mux.HandleFunc("POST /register", func(w http.ResponseWriter, r *http.Request) {
		o, err := d().FromRequest(r)
		if err != nil {
			answer(w, nil, err)
			return
		}
		c, err := d().BeginRegistration(r.Context(), o)
		answer(w, c, err)
	})
	mux.HandleFunc("POST /register/{id}", func(w http.ResponseWriter, r *http.Request) {
		o, err := d().FromRequest(r)
		body, _ := io.ReadAll(r.Body)
		if err == nil {
			err = d().FinishRegistration(r.Context(), o, r.PathValue("id"), "virtual", body)
		}
		answer(w, "kept", err)
	})
	mux.HandleFunc("POST /passkey", func(w http.ResponseWriter, r *http.Request) {
		c, err := d().BeginPasskey(r.Context(), entente.OfficerID(r.URL.Query().Get("officer")), r.RemoteAddr)
		answer(w, c, err)
	})
	mux.HandleFunc("POST /passkey/{id}", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		token, o, err := d().FinishPasskey(r.Context(), r.PathValue("id"), body)
		if err == nil {
			err = d().Remember(w, r, token)
		}
		answer(w, o.ID, err)
	})
	mux.HandleFunc("POST /out", func(w http.ResponseWriter, r *http.Request) { answer(w, "out", d().Forget(w, r)) })
	return http.NewCrossOriginProtection().Handler(mux)
}

const ask = `async (path, body) => { const r = await fetch(path, {method: "POST", body}); return r.ok ? await r.json() : "refused: " + await r.text() }`

// A real browser keeps the cookie of a desk on localhost, without TLS, and a
// real implementation of WebAuthn makes a passkey for it and signs in with it.
func TestBrowser(t *testing.T) {
	var d *desk
	s := httptest.NewServer(deskPages(t, func() *desk { return d }))
	defer s.Close()
	at := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	d = newDesk(t, func(c *Config) { c.Origins = []string{at} })
	tab := browser.Start(t).Tab(t, browser.Desktop)

	tab.Open(at)
	post := func(path string) string {
		return browser.Eval[string](tab, `(`+ask+`)("`+path+`")`)
	}
	if got := post("/register"); !strings.HasPrefix(got, "refused: you are not signed in") {
		t.Errorf("a stranger registers: %s", got)
	}
	if got := post("/password"); got != string(anna.ID) {
		t.Fatalf("password: %s", got)
	}
	tab.Open(at)
	if got := tab.Text("#who"); got != string(anna.ID) {
		t.Fatalf("signed in as %q: the browser refused the cookie", got)
	}

	virtualAuthenticator(tab)
	kept := browser.Eval[string](tab, `(async () => { const ask = `+ask+`
		const c = await ask("/register")
		const made = await navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(c.options.publicKey)})
		return await ask("/register/" + c.id, JSON.stringify(made)) })()`)
	if kept != "kept" {
		t.Fatalf("registration: %s", kept)
	}
	for _, officer := range []string{"", string(anna.ID)} {
		post("/out")
		tab.Open(at)
		if got := tab.Text("#who"); got != "" {
			t.Fatalf("still signed in as %q", got)
		}
		in := browser.Eval[string](tab, `(async () => { const ask = `+ask+`
			const c = await ask("/passkey?officer=`+officer+`")
			const got = await navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(c.options.publicKey)})
			return await ask("/passkey/" + c.id, JSON.stringify(got)) })()`)
		if in != string(anna.ID) {
			t.Fatalf("sign-in named %q: %s", officer, in)
		}
		tab.Open(at)
		if got := tab.Text("#who"); got != string(anna.ID) {
			t.Errorf("signed in as %q", got)
		}
	}
}

func virtualAuthenticator(tab *browser.Tab) {
	tab.Do(chromedp.Func(func(ctx context.Context, s *chromedp.Target) error {
		if _, err := cdp.Call(ctx, s, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, s, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		return err
	}))
}
