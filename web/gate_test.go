package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/policy"
)

// What every answer carries (ASVS 5.0, 3.4).
func TestHeaders(t *testing.T) {
	b := serve(t, words())
	for _, c := range []*client{{t: t, base: b.server.URL}, b.as(t, entente.Analyst)} {
		for _, path := range []string{"/signin", "/inbox", "/nowhere", newPageFor("en", morning).assets.address["desk.css"]} {
			h := c.get(path).header
			for name, want := range map[string]string{
				"Content-Security-Policy":      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
				"X-Content-Type-Options":       "nosniff",
				"Referrer-Policy":              "no-referrer",
				"Cross-Origin-Opener-Policy":   "same-origin",
				"Cross-Origin-Resource-Policy": "same-origin",
			} {
				if got := h.Get(name); got != want {
					t.Errorf("%s: %s is %q, want %q", path, name, got, want)
				}
			}
			want := "no-store"
			if strings.HasPrefix(path, "/static/") {
				want = "public, max-age=31536000, immutable"
			}
			if got := h.Get("Cache-Control"); got != want {
				t.Errorf("%s: Cache-Control is %q, want %q", path, got, want)
			}
		}
	}
}

// No page has style, script or an event handler in its own text, or anything
// from elsewhere.
func TestPagesBringNothingAlong(t *testing.T) {
	b := serve(t, words())
	b.door.code = "K7Q2"
	for _, l := range leaves {
		c := &client{t: t, base: b.server.URL}
		if l.role != "" {
			c = b.as(t, l.role)
		}
		for n := range parseHTML(c.get(l.path).body).Descendants() {
			if n.Data == "style" || (n.Data == "script" && n.FirstChild != nil) || n.Data == "iframe" || n.Data == "img" {
				t.Errorf("%s has an element %s", l.name, n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: %s has an attribute %s", l.name, n.Data, a.Key)
				}
				if (a.Key == "src" || a.Key == "href" || a.Key == "action") && strings.Contains(a.Val, ":") && !strings.HasPrefix(a.Val, "tel:") && !strings.HasPrefix(a.Val, "mailto:") {
					t.Errorf("%s: %s leads outside: %s", l.name, n.Data, a.Val)
				}
			}
		}
	}
}

// Nobody gets in without a session, and comes back to where he wanted to go.
func TestGate(t *testing.T) {
	b := serve(t, words())
	out := &client{t: t, base: b.server.URL}
	for _, r := range routes {
		method, path := pathOf(r)
		if method == "POST" {
			if got := out.post(path, forms[r.pattern]); got.status != 401 {
				t.Errorf("%s without a session: status %d, want 401", r.pattern, got.status)
			}
			continue
		}
		if got := out.get(path); got.status != 303 || got.to != "/signin?next="+url.QueryEscape(path) {
			t.Errorf("%s without a session: status %d to %q", r.pattern, got.status, got.to)
		}
	}
	if len(b.office.calls) != 0 {
		t.Errorf("the doors were asked: %v", b.office.calls)
	}

	page := out.get("/signin?next=%2Fqueue")
	wrong := out.submit(page, "/signin", "Sign in", url.Values{"officer": {"anna.kern"}, "password": {"wrong"}})
	if wrong.status != 403 || !wrong.says("Officer or password is wrong.") || strings.Contains(wrong.body, `value="wrong"`) {
		t.Errorf("a wrong password: status %d: %s", wrong.status, text(parseHTML(wrong.body)))
	}
	right := out.submit(wrong, "/signin", "Sign in", url.Values{"password": {rightPassword}})
	if right.status != 303 || right.to != "/queue" || !strings.HasPrefix(right.header.Get("Set-Cookie"), cookieName+"=") {
		t.Errorf("the right password: status %d to %q", right.status, right.to)
	}

	in := b.as(t, entente.Analyst)
	gone := in.submit(in.get("/inbox"), "/inbox", "Sign out", nil)
	if gone.to != "/signin?done=signed-out" || in.get("/inbox").status != 303 {
		t.Errorf("signing out leads to %q, and the inbox answers %d", gone.to, in.get("/inbox").status)
	}
}

// A session that ends while somebody writes costs him nothing.
func TestWhatWasTypedOutlivesTheSession(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get("/messages/" + string(mid(2)))
	clear(b.door.sessions)
	typed := "Строка с <знаками> & \"кавычками\""
	ended := c.submit(page, "/messages/"+string(mid(2)), "Send the note", url.Values{"note": {typed}})
	if ended.status != 401 || !ended.says("Nothing was sent") {
		t.Fatalf("status %d: %s", ended.status, text(parseHTML(ended.body)))
	}
	again := b.as(t, entente.Analyst).submit(ended, "/messages/"+string(mid(2))+"/note", "Send again", nil)
	if again.status != 303 {
		t.Fatalf("sending again: status %d", again.status)
	}
	last := b.office.items[len(b.office.items)-1].Filed.Message.Statement
	if last.Note == nil || last.Note.Text != typed {
		t.Errorf("the note says %+v, want %q", last.Note, typed)
	}
}

// Another site cannot act in an officer's name.
func TestForeignForms(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}} {
		for _, r := range append(append([]route{}, routes...), gates...) {
			method, path := pathOf(r)
			if method != "POST" {
				continue
			}
			got := c.send("POST", path, url.Values{}, header...)
			if got.status != 403 || !got.says("another site") {
				t.Errorf("%s with %v: status %d", r.pattern, header, got.status)
			}
		}
	}
	if len(b.office.calls) != 0 {
		t.Errorf("the doors were asked: %v", b.office.calls)
	}
}

// A form that is too long is refused and not read to its end.
func TestLongForms(t *testing.T) {
	b := serve(t, words())
	got := b.as(t, entente.Analyst).post("/messages/"+string(mid(2))+"/note", url.Values{"note": {strings.Repeat("x", maxForm)}})
	if got.status != http.StatusUnprocessableEntity || !got.says("at most 4 MiB") {
		t.Errorf("status %d: %s", got.status, text(parseHTML(got.body)))
	}
}

func TestInvitation(t *testing.T) {
	b := serve(t, words())
	operator := b.as(t, entente.Operator)
	made := operator.submit(operator.get("/officers"), "/officers", "Enter and invite", url.Values{"id": {"greta.holm"}, "name": {"Greta Holm"}, "role": {"analyst"}})
	if made.status != 200 || !made.says("K7Q2-9XKD-41VT-H8ZC") {
		t.Fatalf("status %d: %s", made.status, text(parseHTML(made.body)))
	}
	if operator.get("/officers").says("K7Q2-9XKD") {
		t.Error("the code is shown a second time")
	}
	twice := operator.submit(operator.get("/officers"), "/officers", "Enter and invite", url.Values{"id": {"greta.holm"}, "name": {"Somebody Else"}, "role": {"overseer"}})
	if twice.status != 422 || !twice.says("There is an officer with this id already.") {
		t.Errorf("entering an id twice: status %d", twice.status)
	}

	guest := &client{t: t, base: b.server.URL}
	bad := guest.submit(guest.get("/invitation"), "/invitation", "Go on", url.Values{"code": {"guess"}})
	if bad.status != 403 || !bad.says("This invitation is not valid") {
		t.Errorf("a guess: status %d", bad.status)
	}
	page := guest.submit(bad, "/invitation", "Go on", url.Values{"code": {b.door.code}})
	if !page.says("Welcome") {
		t.Fatalf("status %d: %s", page.status, text(parseHTML(page.body)))
	}
	page = guest.submit(page, "/invitation", "Keep it and sign in", url.Values{"password": {"a long password indeed"}, "again": {"another"}})
	if page.status != 422 || !page.says("The two passwords differ.") {
		t.Errorf("two passwords: status %d", page.status)
	}
	page = guest.submit(page, "/invitation", "Keep it and sign in", url.Values{"password": {"short"}, "again": {"short"}})
	if page.status != 422 || !page.says("The password is too short.") {
		t.Errorf("a short password: status %d", page.status)
	}
	page = guest.submit(page, "/invitation", "Keep it and sign in", url.Values{"password": {rightPassword}, "again": {rightPassword}})
	if page.status != 303 || page.header.Get("Set-Cookie") == "" {
		t.Errorf("a good password: status %d", page.status)
	}
}

func TestAccount(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Overseer)
	page := c.get("/account")
	shown := c.submit(page, "/account", "Make a token", url.Values{"label": {"laptop"}})
	if !shown.says("ent_k3y9") || c.get("/account").says("ent_k3y9") {
		t.Error("a token is shown once")
	}
	wrong := c.submit(page, "/account", "Change it", url.Values{"now": {"x"}, "password": {rightPassword}, "again": {rightPassword}})
	if wrong.status != 422 || !wrong.says("The password that you have now is wrong.") {
		t.Errorf("a wrong password: status %d", wrong.status)
	}
	c.submit(page, "/account", "Take it away", nil)
	if !strings.Contains(b.office.asked(), "revoke p1") {
		t.Errorf("asked: %s", b.office.asked())
	}
	dark := c.submit(page, "/account", "Use it", url.Values{"theme": {"dark"}})
	if dark.to != "/account" || !strings.HasPrefix(dark.header.Get("Set-Cookie"), "entente-theme=dark") {
		t.Errorf("choosing dark: %q, %q", dark.to, dark.header.Get("Set-Cookie"))
	}
	if got := c.send("GET", "/account", nil, "Cookie", "entente-theme=dark; "+cookieName+"="+c.cookie); !strings.Contains(got.body, `data-theme="dark"`) {
		t.Error("the page is not dark")
	}
	if got := c.send("GET", "/account", nil, "Cookie", "entente-theme=x\"; "+cookieName+"="+c.cookie); strings.Contains(got.body, "data-theme") {
		t.Error("the page takes a theme that is none")
	}
	if out := c.submit(page, "/account", "Sign out everywhere", nil); out.to != "/signin?done=everywhere" || c.get("/account").status != 303 {
		t.Errorf("everywhere: to %q", out.to)
	}
}

// What waits is shown to whoever may read the list, and offered for an answer to
// a supervisor and an overseer alone; what was shown is what is confirmed.
func TestConfirmAnOfficer(t *testing.T) {
	b := serve(t, words())
	operator := b.as(t, entente.Operator).get("/officers")
	if !operator.says("To be confirmed") || operator.says("Confirm it") {
		t.Error("the operator does not see what waits, or is offered to confirm it")
	}
	c := b.as(t, entente.Supervisor)
	page := c.get("/officers")
	b.office.waiting[0].Role = entente.Overseer
	if got := c.submit(page, "/officers", "Confirm it", nil); got.status != 409 || len(b.office.waiting) != 2 {
		t.Errorf("what was not shown is confirmed: status %d", got.status)
	}
	if got := c.submit(c.get("/officers"), "/officers", "Confirm it", nil); got.to != "/officers?done=confirmed" || len(b.office.waiting) != 1 {
		t.Errorf("confirmed: status %d to %q", got.status, got.to)
	}
	overseer := b.as(t, entente.Overseer)
	if got := overseer.submit(overseer.get("/officers"), "/officers", "Refuse it", nil); got.to != "/officers?done=not-confirmed" || len(b.office.waiting) != 0 {
		t.Errorf("refused: status %d to %q", got.status, got.to)
	}
}

// A form that nobody may send is not read: an officer without the role is told so,
// whatever stands in the form, and the refusal is on record.
func TestRoleBeforeForm(t *testing.T) {
	for _, r := range routes {
		if r.op == "" || !strings.HasPrefix(r.pattern, "POST ") {
			continue
		}
		for _, role := range entente.Roles {
			if policy.May(role, r.op) || strings.Contains(r.pattern, "{") && policy.MayGoOn(role, r.op) {
				continue
			}
			b := serve(t, words())
			c := b.as(t, role)
			_, path := pathOf(r)
			req, err := http.NewRequest("POST", c.base+path, strings.NewReader("%zz=broken"))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.AddCookie(&http.Cookie{Name: cookieName, Value: c.cookie})
			if got := c.do(req); got.status != 403 || b.office.denied != 1 {
				t.Errorf("%s as %s: status %d, %d refusals on record", r.pattern, role, got.status, b.office.denied)
			}
		}
	}
}

// What is not possible now says when to try again, in the header and on the page.
func TestTryAgain(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	b.office.fail = &entente.Error{Kind: entente.Unavailable, Detail: "too many requests of yours are under way", Wait: 7 * time.Second}
	got := c.get("/inbox")
	if got.status != 503 || got.header.Get("Retry-After") != "7" || !got.says("Try again in 7 seconds.") {
		t.Errorf("status %d, Retry-After %q: %s", got.status, got.header.Get("Retry-After"), text(parseHTML(got.body)))
	}
	b.office.fail = &entente.Error{Kind: entente.Unavailable, Detail: "not now"}
	if got := c.get("/inbox"); got.status != 503 || got.header.Get("Retry-After") == "" {
		t.Errorf("status %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
}
