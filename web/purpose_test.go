package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente"
)

// An officer who states nothing looks for the purpose of the message; one who
// states a purpose sees it at the top of every page, and it is his alone.
func TestStatedPurpose(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	if page := c.get(messagePath(2)); !page.says("Your look is on record for terrorism-prevention") {
		t.Error("the page does not say for what the look is on record")
	}
	set := c.post("/account/purpose", url.Values{"purpose": {"дело 17/2011"}})
	cookie, _, _ := strings.Cut(set.header.Get("Set-Cookie"), ";")
	if set.to != "/account?done=purpose" || !strings.HasPrefix(cookie, purposeCookie+"=anna.kern:") {
		t.Fatalf("to %q, cookie %q", set.to, cookie)
	}
	with := func(r entente.Role, path string) reply {
		return b.as(t, r).send("GET", path, nil, "Cookie", cookie)
	}
	page := with(entente.Analyst, messagePath(2))
	if !page.says("Your look is on record for дело 17/2011") || !strings.Contains(page.body, `class="why"`) {
		t.Errorf("the purpose is not shown: %s", text(parseHTML(page.body))[:200])
	}
	if b.office.why != "дело 17/2011" {
		t.Errorf("casework is told %q", b.office.why)
	}
	if with(entente.Releaser, "/drafts").says("дело 17/2011") {
		t.Error("who signs in at the same browser takes the purpose over")
	}
	if got := c.post("/account/purpose", url.Values{"purpose": {"one\ntwo"}}); got.status != http.StatusUnprocessableEntity || got.header.Get("Set-Cookie") != "" {
		t.Errorf("what does not fit the log: status %d", got.status)
	}
	if got := c.post("/account/purpose", url.Values{"purpose": {" "}}); !strings.Contains(got.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("taking it back: %q", got.header.Get("Set-Cookie"))
	}
}
