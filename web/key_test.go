package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente"
	"entente/policy"
)

// Every form that is drawn has a key, each its own, and a page drawn again has others.
func TestEveryFormHasAKey(t *testing.T) {
	b := serve(t, words())
	seen := map[string]string{}
	for range 2 {
		for _, l := range leaves {
			c := &client{t: t, base: b.server.URL}
			if l.role != "" {
				c = b.as(t, l.role)
			}
			for _, f := range all(parseHTML(c.get(l.path).body), tag("form")) {
				if !strings.EqualFold(attr(f, "method"), "post") {
					continue
				}
				key := fields(f).Get(keyField)
				if len(key) < 22 || seen[key] != "" {
					t.Errorf("%s: the form to %q has the key %q, which was that of %s", l.name, attr(f, "action"), key, seen[key])
				}
				seen[key] = l.name
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d forms were drawn", len(seen))
	}
}

// A form without a key, or with what is none, does nothing, and says what to do.
func TestFormsWithoutKey(t *testing.T) {
	for pattern := range keyless {
		found := false
		for _, r := range routes {
			found = found || r.pattern == pattern
		}
		if !found {
			t.Errorf("keyless has %s, and there is no such address", pattern)
		}
	}
	for _, r := range routes {
		method, path := pathOf(r)
		if method != "POST" || keyless[r.pattern] != "" {
			continue
		}
		for _, role := range entente.Roles {
			if r.op != "" && !policy.May(role, r.op) {
				continue
			}
			b := serve(t, words())
			c := b.as(t, role)
			before := snapshot(b.office)
			for _, key := range []string{"", "short"} {
				form := url.Values{keyField: {key}}
				for k, v := range forms[r.pattern] {
					form[k] = v
				}
				got := c.sendAs(path, form)
				if got.status/100 != 4 || snapshot(b.office) != before {
					t.Errorf("%s with the key %q: status %d", r.pattern, key, got.status)
				}
			}
			break
		}
	}
}

// sendAs posts a form as it is.
func (c *client) sendAs(path string, form url.Values) reply {
	c.t.Helper()
	req, err := http.NewRequest("POST", c.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(&http.Cookie{Name: cookieName, Value: c.cookie})
	return c.do(req)
}
