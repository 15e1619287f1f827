package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"entente"
)

// A purpose goes with every request of the client that states it, in whatever
// script; what would not fit the access log is refused before anything is shown.
func TestStatedPurpose(t *testing.T) {
	n, _, as := serve(t)
	for _, why := range []string{"inspection 11/4", "проверка 7", ""} {
		c, err := as(entente.Overseer).WithPurpose(why)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Message(ctx, aMessage, ""); err != nil || n.why != why {
			t.Errorf("stated %q: got %q, %v", why, n.why, err)
		}
	}
	for _, why := range []string{strings.Repeat("x", 201), "a\nb", "a\xffb"} {
		if _, err := as(entente.Overseer).WithPurpose(why); kindOf(err) != entente.Invalid {
			t.Errorf("the client takes %q: %v", why, err)
		}
	}
	for name, said := range map[string][]string{"too long": {strings.Repeat("x", 201)}, "no text": {"a\xffb"}, "two": {"a", "b"}} {
		n.asked = nil
		r, err := http.NewRequest("GET", as(entente.Overseer).base.String()+prefix+"/messages/"+string(aMessage), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header["Authorization"], r.Header[PurposeHeader] = []string{"Bearer overseer"}, said
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := failure(res); kindOf(err) != entente.Invalid || n.asked != nil {
			t.Errorf("%s: %d, asked %v", name, res.StatusCode, n.asked)
		}
		res.Body.Close()
	}
	for id, op := range documented(t) {
		said := slices.ContainsFunc(op.Parameters, func(p parameter) bool { return p.Name == PurposeHeader && p.In == "header" && !p.Required })
		if said != (len(op.Security) > 0) {
			t.Errorf("%s: documents the header: %v", id, said)
		}
	}
}
