package signin

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

func TestSessionEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		token := d.in()
		time.Sleep(30*time.Minute - time.Second)
		_, err := d.Session(ctx, token)
		want(t, "used just in time", err, nil)
		time.Sleep(30 * time.Minute)
		_, err = d.Session(ctx, token)
		want(t, "left alone for half an hour", err, entente.Denied)

		token = d.in()
		for start := time.Now(); time.Since(start) < 12*time.Hour; time.Sleep(10 * time.Minute) {
			_, err = d.Session(ctx, token)
			want(t, "in use", err, nil)
		}
		_, err = d.Session(ctx, token)
		want(t, "after twelve hours of work", err, entente.Denied)
		if hint := err.(*entente.Error).Hint; hint == "" {
			t.Error("no next step")
		}

		d.in()
		if n := len(d.store.state.sessions); n != 1 {
			t.Errorf("%d sessions kept, want the new one alone", n)
		}
	})
}

func TestBusySessionWritesSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		token := d.in()
		writes := d.store.writes
		for range 600 {
			d.Session(ctx, token)
			time.Sleep(time.Second)
		}
		if n := d.store.writes - writes; n != 9 {
			t.Errorf("%d writes in ten minutes of a request a second, want 9", n)
		}
	})
}

// What the store keeps opens nothing.
func TestStoreHoldsNoSecret(t *testing.T) {
	d := newDesk(t)
	session := d.in()
	bearer, _, err := d.NewToken(ctx, anna, "laptop")
	want(t, "token", err, nil)
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	all := fmt.Sprintf("%+v %s", d.store.state, fmt.Sprint(d.store.state.credentials))
	for _, c := range d.store.state.credentials {
		all += c.ID + string(c.Data)
	}
	for _, secret := range []string{session, bearer, strings.TrimPrefix(bearer, tokenPrefix), code, plainCode(code), good} {
		if strings.Contains(all, secret) {
			t.Errorf("the store holds %q", secret)
		}
	}
	for digest := range d.store.state.sessions {
		_, err := d.Session(ctx, digest.String())
		want(t, "the stored hash as a token", err, entente.Denied)
	}
	for id := range d.store.state.credentials {
		_, err := d.Bearer(ctx, tokenPrefix+strings.TrimPrefix(id, kindToken+":"))
		want(t, "the stored hash as a bearer token", err, entente.Denied)
	}
}

func TestDisabledIsOutAtOnce(t *testing.T) {
	d := newDesk(t)
	session := d.in()
	bearer, _, err := d.NewToken(ctx, anna, "")
	want(t, "token", err, nil)
	d.disable(anna.ID)
	_, err = d.Session(ctx, session)
	want(t, "session", err, entente.Denied)
	_, err = d.Bearer(ctx, bearer)
	want(t, "token", err, entente.Denied)
	_, _, _, err = d.Token(ctx, anna.ID, good, "", home, "")
	want(t, "new token by password", err, entente.Denied)
	_, _, err = d.NewToken(ctx, anna, "")
	want(t, "new token by a request under way", err, entente.Denied)
}

func TestRoleIsReadEachTime(t *testing.T) {
	d := newDesk(t)
	token := d.in()
	promoted := anna
	promoted.Role = entente.Releaser
	want(t, "promote", d.store.Update(ctx, func(tx entente.Tx) error { return tx.PutOfficer(promoted) }), nil)
	if got, err := d.Session(ctx, token); err != nil || got.Role != entente.Releaser {
		t.Errorf("the session still has %+v (%v)", got, err)
	}
}

func TestSignOutEverywhere(t *testing.T) {
	d := newDesk(t)
	a, b := d.in(), d.in()
	bearer, _, err := d.NewToken(ctx, anna, "")
	want(t, "token", err, nil)
	other, _, err := d.Password(ctx, otto.ID, good, home, "")
	want(t, "another officer", err, nil)
	want(t, "sign out everywhere", d.SignOutEverywhere(ctx, anna), nil)
	for _, token := range []string{a, b} {
		_, err := d.Session(ctx, token)
		want(t, "session", err, entente.Denied)
	}
	_, err = d.Bearer(ctx, bearer)
	want(t, "token", err, entente.Denied)
	_, err = d.Session(ctx, other)
	want(t, "another officer's session", err, nil)
	d.in() // the password stays
}

func TestCookie(t *testing.T) {
	d := newDesk(t)
	token := d.in()
	r := httptest.NewRequest("GET", "/", nil)
	w := httptest.NewRecorder()
	want(t, "remember", d.Remember(w, r, token), nil)
	got := w.Header().Get("Set-Cookie")
	for _, part := range []string{"__Host-entente=" + token, "Path=/", "HttpOnly", "Secure", "SameSite=Strict"} {
		if !strings.Contains(got, part) {
			t.Errorf("cookie %q lacks %s", got, part)
		}
	}
	for _, part := range []string{"Domain", "Expires", "Max-Age"} {
		if strings.Contains(got, part) {
			t.Errorf("cookie %q has %s", got, part)
		}
	}
	r.AddCookie(w.Result().Cookies()[0])
	if o, err := d.FromRequest(r); err != nil || o != anna {
		t.Errorf("the cookie opens %+v (%v)", o, err)
	}

	// A new sign-in in the same browser ends the session before it.
	second := d.in()
	want(t, "remember", d.Remember(httptest.NewRecorder(), r, second), nil)
	_, err := d.Session(ctx, token)
	want(t, "the session before", err, entente.Denied)
	_, err = d.Session(ctx, second)
	want(t, "the session after", err, nil)

	r = httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: "__Host-entente", Value: second})
	w = httptest.NewRecorder()
	want(t, "forget", d.Forget(w, r), nil)
	if got := w.Header().Get("Set-Cookie"); !strings.Contains(got, "Max-Age=0") {
		t.Errorf("the cookie stays: %q", got)
	}
	_, err = d.Session(ctx, second)
	want(t, "after signing out", err, entente.Denied)
}

func TestInsecureCookie(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.Insecure, c.Cookie = true, "entente-albia" })
	w := httptest.NewRecorder()
	want(t, "remember", d.Remember(w, httptest.NewRequest("GET", "/", nil), d.in()), nil)
	if got := w.Header().Get("Set-Cookie"); !strings.HasPrefix(got, "entente-albia=") || strings.Contains(got, "Secure") {
		t.Errorf("cookie %q", got)
	}
}

func TestFromRequest(t *testing.T) {
	d := newDesk(t)
	session := d.in()
	bearer, _, err := d.NewToken(ctx, otto, "")
	want(t, "token", err, nil)
	for _, tc := range []struct {
		name, cookie, header string
		want                 entente.OfficerID
	}{
		{"nothing", "", "", ""},
		{"cookie", session, "", anna.ID},
		{"bearer", "", "Bearer " + bearer, otto.ID},
		{"scheme in another case", "", "bearer " + bearer, otto.ID},
		{"both: the explicit one", session, "Bearer " + bearer, otto.ID},
		{"a wrong bearer does not fall back", session, "Bearer ent_aaaa", ""},
		{"basic", session, "Basic YTpi", ""},
		{"bearer in the cookie", bearer, "", ""},
		{"session as bearer", "", "Bearer " + session, ""},
		{"long cookie", strings.Repeat("a", 5000), "", ""},
		{"long bearer", "", "Bearer ent_" + strings.Repeat("a", 5000), ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		if tc.cookie != "" {
			r.AddCookie(&http.Cookie{Name: "__Host-entente", Value: tc.cookie})
		}
		if tc.header != "" {
			r.Header.Set("Authorization", tc.header)
		}
		o, err := d.FromRequest(r)
		if o.ID != tc.want || (tc.want == "") != (entente.KindOf(err) == entente.Denied) {
			t.Errorf("%s: %q, %v, want %q", tc.name, o.ID, err, tc.want)
		}
	}
}

func TestRequire(t *testing.T) {
	d := newDesk(t)
	h := d.Require(func(w http.ResponseWriter, _ *http.Request, o entente.Officer) { fmt.Fprint(w, o.ID) },
		func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusUnauthorized)
		})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 401 {
		t.Errorf("a stranger gets %d %s", w.Code, w.Body)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: "__Host-entente", Value: d.in()})
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Body.String() != string(anna.ID) {
		t.Errorf("Anna gets %d %s", w.Code, w.Body)
	}
}

// A browser keeps what tells its device from a stranger's, for each officer who
// signed in on it, and that alone lets nobody in.
func TestDeviceCookie(t *testing.T) {
	d := newDesk(t)
	r := httptest.NewRequest("GET", "/", nil)
	if d.Known(r) != "" {
		t.Error("a new browser is known")
	}
	for _, o := range []entente.Officer{anna, otto} {
		token, _, err := d.Password(ctx, o.ID, good, home, d.Device(r))
		want(t, "sign in", err, nil)
		w := httptest.NewRecorder()
		want(t, "remember", d.Remember(w, r, token), nil)
		r = httptest.NewRequest("GET", "/", nil)
		for _, c := range w.Result().Cookies() {
			if strings.HasSuffix(c.Name, "-device") {
				r.AddCookie(c)
			}
		}
	}
	if d.knows(anna.ID, d.Device(r)) == "" || d.knows(otto.ID, d.Device(r)) == "" || d.knows(idle.ID, d.Device(r)) != "" || d.Known(r) == "" {
		t.Errorf("the browser keeps %q", d.Device(r))
	}
	_, err := d.FromRequest(r)
	want(t, "with the device alone", err, entente.Denied)
}
