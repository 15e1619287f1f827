package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/message/catalog"

	"entente"
)

// door stands in for package signin. Everybody has the same password.
type door struct {
	office   *office
	sessions map[string]entente.OfficerID
	held     []entente.Credential
	answers  []answer // what authenticators sent
	code     string   // the invitation that holds
}

const (
	rightPassword = "correct horse battery staple"
	cookieName    = "__Host-entente-albia-ncc"
)

func (d *door) find(id entente.OfficerID) (entente.Officer, error) {
	for _, o := range d.office.people {
		if o.ID == id && o.Disabled.IsZero() {
			return o, nil
		}
	}
	return entente.Officer{}, &entente.Error{Kind: entente.Denied, Detail: "officer or password is wrong", Hint: "check both, and whether capitals are locked"}
}

func (d *door) FromRequest(r *http.Request) (entente.Officer, error) {
	c, err := r.Cookie(cookieName)
	if err == nil {
		if id, ok := d.sessions[c.Value]; ok {
			return d.find(id)
		}
	}
	return entente.Officer{}, &entente.Error{Kind: entente.Denied, Detail: "nobody is signed in"}
}

func (d *door) Device(*http.Request) string { return "" }

func (d *door) Known(*http.Request) string { return "" }

func (d *door) enter(id entente.OfficerID) (string, entente.Officer, error) {
	o, err := d.find(id)
	if err != nil {
		return "", o, err
	}
	token := rand.Text()
	d.sessions[token] = id
	return token, o, nil
}

func (d *door) Password(_ context.Context, id entente.OfficerID, password, _, _ string) (string, entente.Officer, error) {
	if password != rightPassword {
		id = ""
	}
	return d.enter(id)
}

func (d *door) Remember(w http.ResponseWriter, _ *http.Request, token string) error {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	return nil
}

func (d *door) Forget(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(cookieName); err == nil {
		delete(d.sessions, c.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true})
	return nil
}

func (d *door) Invite(_ context.Context, by entente.Officer, id entente.OfficerID) (string, time.Time, error) {
	if err := d.office.ask(by, entente.OpManageOfficers, "invite "+string(id)); err != nil {
		return "", time.Time{}, err
	}
	d.code = "K7Q2-9XKD-41VT-H8ZC"
	return d.code, morning.Add(7 * daylong), nil
}

func (d *door) Invited(_ context.Context, code string) (entente.Officer, error) {
	if code != d.code {
		return entente.Officer{}, &entente.Error{Kind: entente.Denied, Field: "code", Detail: "this invitation is not valid, or not any more", Hint: "check the code, or ask an operator for a new one"}
	}
	return d.find("anna.kern")
}

func (d *door) Redeem(_ context.Context, _, password string) (string, entente.Officer, error) {
	if len(password) < 12 {
		return "", entente.Officer{}, &entente.Error{Kind: entente.Invalid, Field: "password", Detail: "the password is too short", Hint: "use at least 12 characters"}
	}
	return d.enter("anna.kern")
}

func (d *door) ChangePassword(_ context.Context, by entente.Officer, now, next string) error {
	if now != rightPassword {
		return &entente.Error{Kind: entente.Denied, Detail: "the password that you have now is wrong"}
	}
	if len(next) < 12 {
		return &entente.Error{Kind: entente.Invalid, Field: "password", Detail: "the password is too short", Hint: "use at least 12 characters"}
	}
	clear(d.sessions)
	return d.office.ask(by, entente.OpManageCredentials, "password")
}

func (d *door) Credentials(context.Context, entente.Officer) ([]entente.Credential, error) {
	return d.held, nil
}

func (d *door) Expires(c entente.Credential) time.Time {
	if c.Kind == "token" {
		return c.Added.Add(30 * daylong)
	}
	return time.Time{}
}

func (d *door) Revoke(_ context.Context, by entente.Officer, id string) error {
	return d.office.ask(by, entente.OpManageCredentials, "revoke "+id)
}

func (d *door) NewToken(_ context.Context, by entente.Officer, label string) (string, time.Time, error) {
	return "ent_" + strings.Repeat("k3y9", 10), morning.Add(30 * daylong), d.office.ask(by, entente.OpManageCredentials, "token "+label)
}

func (d *door) SignOutEverywhere(_ context.Context, by entente.Officer) error {
	clear(d.sessions)
	return d.office.ask(by, entente.OpManageCredentials, "everywhere")
}

// challenge is what package signin sends, in the same shape.
func (d *door) challenge(create bool) ([]byte, error) {
	raw := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	key := map[string]any{"challenge": raw("a challenge of 32 bytes, or more"), "timeout": 60000}
	if create {
		key["rp"] = map[string]any{"name": "Albia", "id": "localhost"}
		key["user"] = map[string]any{"id": raw("anna.kern"), "name": "anna.kern", "displayName": "Anna Kern"}
		key["pubKeyCredParams"] = []any{map[string]any{"type": "public-key", "alg": -7}, map[string]any{"type": "public-key", "alg": -257}}
		key["authenticatorSelection"] = map[string]any{"residentKey": "required", "userVerification": "required"}
		key["excludeCredentials"] = []any{map[string]any{"type": "public-key", "id": raw("another key")}}
	} else {
		key["rpId"], key["userVerification"] = "localhost", "required"
	}
	return json.Marshal(map[string]any{"id": "challenge-1", "options": map[string]any{"publicKey": key}})
}

func (d *door) BeginPasskey(context.Context, entente.OfficerID, string) ([]byte, error) {
	return d.challenge(false)
}

func (d *door) FinishPasskey(_ context.Context, id string, response []byte) (string, entente.Officer, error) {
	d.answers = append(d.answers, answer{ID: id, Response: response})
	return d.enter("anna.kern")
}

func (d *door) BeginRegistration(context.Context, entente.Officer) ([]byte, error) {
	return d.challenge(true)
}

func (d *door) FinishRegistration(_ context.Context, _ entente.Officer, id, label string, response []byte) error {
	d.answers = append(d.answers, answer{ID: id, Label: label, Response: response})
	return nil
}

func (d *door) BeginRedeem(_ context.Context, code string) ([]byte, error) {
	if code != d.code {
		return nil, &entente.Error{Kind: entente.Denied, Detail: "this invitation is not valid"}
	}
	return d.challenge(true)
}

func (d *door) FinishRedeem(_ context.Context, id, label string, response []byte) (string, entente.Officer, error) {
	d.answers = append(d.answers, answer{ID: id, Label: label, Response: response})
	return d.enter("anna.kern")
}

// bench is a desk under test.
type bench struct {
	*office
	door   *door
	server *httptest.Server
}

// serve starts a desk over the fake office.
func serve(t testing.TB, w catalog.Catalog) *bench {
	t.Helper()
	b := &bench{office: newOffice()}
	b.door = &door{office: b.office, sessions: map[string]entente.OfficerID{}, held: []entente.Credential{
		{ID: "p1", Kind: "password", Label: "password", Added: ago(400 * daylong), Used: ago(hour)},
		{ID: "k1", Kind: "passkey", Label: "Ключ на связке", Added: ago(100 * daylong), Used: ago(3 * daylong)},
		{ID: "t1", Kind: "token", Label: "laptop", Added: ago(20 * daylong)},
	}}
	b.server = httptest.NewServer(newDesk(Config{
		Party: albia, Name: "Albia National Coordination Centre", Outbox: b.office, Casework: b.office,
		SignIn: b.door, Passkeys: b.door, Screen: b.office, Courier: b.office, Now: func() time.Time { return morning },
	}, w))
	t.Cleanup(b.server.Close)
	return b
}

// as gives a client that is signed in as an officer of the role.
func (b *bench) as(t testing.TB, r entente.Role) *client {
	t.Helper()
	token, _, err := b.door.enter(officerOf(r).ID)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, base: b.server.URL, cookie: token}
}

// client is a browser without scripts, as bare as can be: it follows nothing.
type client struct {
	t      testing.TB
	base   string
	cookie string
}

// reply is what a page answered.
type reply struct {
	status int
	to     string // Location
	header http.Header
	body   string
}

func (c *client) send(method, path string, form url.Values, header ...string) reply {
	c.t.Helper()
	var body *strings.Reader
	if form == nil {
		body = strings.NewReader("")
	} else {
		if form.Get(keyField) == "" { // a form that was drawn for this
			form = maps.Clone(form)
			form.Set(keyField, rand.Text())
		}
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, c.base+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	if c.cookie != "" {
		req.AddCookie(&http.Cookie{Name: cookieName, Value: c.cookie})
	}
	return c.do(req)
}

func (c *client) do(req *http.Request) reply {
	c.t.Helper()
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, res.Body); err != nil {
		c.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header.Get("Location"), res.Header, b.String()}
}

func (c *client) get(path string) reply { c.t.Helper(); return c.send("GET", path, nil) }
func (c *client) post(path string, form url.Values) reply {
	c.t.Helper()
	if form == nil {
		form = url.Values{}
	}
	return c.send("POST", path, form)
}
