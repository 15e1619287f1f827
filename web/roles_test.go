package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/policy"
)

// pathOf fills the pattern of a route in with things that exist.
func pathOf(r route) (method, path string) {
	method, path, _ = strings.Cut(r.pattern, " ")
	path = strings.ReplaceAll(path, "{$}", "")
	id := mid(2)
	if strings.Contains(path, "/drafts/") {
		id = mid(42)
	}
	if strings.Contains(path, "/agreements/") {
		id = "north-star"
	}
	if strings.Contains(path, "/dead/") {
		id = mid(8)
	}
	for prefix, other := range map[string]string{"/tasks/": string(hitTask), "/clearings/": string(cleared), "/cases/": string(theCase), "/watches/": string(theWatch), "/feeds/": theFeed} {
		if strings.HasPrefix(path, prefix) {
			id = entente.MessageID(other)
		}
	}
	return method, strings.NewReplacer("{source}", "three-ports", "{number}", "9", "{event}", string(theEvent), "{run}", string(mid(1)), "{id}", string(id), "{file}", letterFiles[0].Digest.String(), "{partner}", string(borea), "{officer}", "farah.aziz").Replace(path)
}

// forms are what each action needs so that it gets as far as the door.
var forms = map[string]url.Values{
	"POST /messages/{id}/assign":       {"to": {"farah.aziz"}},
	"POST /messages/{id}/assess":       {"assessment": {"x"}, "version": {"2"}},
	"POST /messages/{id}/note":         {"note": {"x"}},
	"POST /messages/{id}/decide":       {"outcome": {"known"}, "reason": {"x"}, "answers.q1": {"x"}, "answers.q2": {"x"}},
	"POST /drafts/new":                 {"to": {string(borea)}, "agreement": {"north-star"}, "do": {"save"}},
	"POST /drafts/{id}/edit":           {"to": {string(borea)}, "agreement": {"north-star"}, "do": {"save"}, "version": {"3"}},
	"POST /courier/{partner}/part":     {"part": {"1"}},
	"POST /drafts/{id}/submit":         {"version": {"3"}},
	"POST /drafts/{id}/release":        {"seen": {entente.DigestOf(nil).String()}},
	"POST /drafts/{id}/return":         {"reason": {"x"}},
	"POST /tasks/{id}/decide":          {"answer": {"same"}, "reason": {"x"}},
	"POST /clearings/{id}/revoke":      {"reason": {"x"}, "back": {"/watches"}},
	"POST /people":                     {"name": {"Arsen Kadaev"}, "purpose": {"x"}},
	"POST /cases/new":                  {"title": {"x"}, "purpose": {"x"}},
	"POST /cases/{id}/correct":         {"reason": {"x"}},
	"POST /cases/{id}/assess":          {"assessment": {"x"}},
	"POST /cases/{id}/flag":            {"kind": {"money"}, "text": {"x"}},
	"POST /cases/{id}/link":            {"message": {string(mid(1))}},
	"POST /cases/{id}/unlink":          {"unlink.message": {string(mid(3))}, "unlink.reason": {"x"}},
	"POST /cases/{id}/assign":          {"owner": {"analyst"}},
	"POST /cases/{id}/close":           {"outcome": {"known"}, "reason": {"x"}},
	"POST /cases/{id}/reopen":          {"reason": {"x"}},
	"POST /watches/new":                {"tip.subjects[0].names[0].text": {"x"}, "purpose": {"x"}, "reason": {"x"}},
	"POST /watches/{id}/correct":       {"tip.subjects[0].names[0].text": {"x"}, "reason": {"x"}},
	"POST /watches/{id}/continue":      {"continue.reason": {"x"}},
	"POST /watches/{id}/end":           {"end.reason": {"x"}},
	"POST /agreements/{id}/level":      {"level": {"open"}, "reason": {"x"}},
	"POST /agreements/{id}/outage":     {"from": {"2011-03-01 08:00"}, "until": {"2011-03-02 08:00"}},
	"POST /officers":                   {"id": {"new.one"}, "name": {"New One"}, "role": {"analyst"}},
	"POST /officers/{officer}/role":    {"role": {"releaser"}},
	"POST /officers/{officer}/confirm": {"seen": {entente.DigestOf(nil).String()}},
	"POST /officers/{officer}/refuse":  {"seen": {entente.DigestOf(nil).String()}},
	"POST /account/password":           {"now": {rightPassword}, "password": {rightPassword}, "again": {rightPassword}},
}

// Every role at every address: who lacks the operation gets the page that names
// the roles that have it, and nothing happens; who has it gets further.
func TestEveryRoleAtEveryAddress(t *testing.T) {
	for _, r := range routes {
		for _, role := range entente.Roles {
			b := serve(t, words())
			c := b.as(t, role)
			method, path := pathOf(r)
			var form url.Values
			if method == "POST" {
				form = forms[r.pattern]
				if form == nil {
					form = url.Values{}
				}
			}
			before := snapshot(b.office)
			got := c.send(method, path, form)
			if r.pattern == "POST /drafts/{id}/files" {
				got = c.upload(path, "list.txt", "text/plain", "one")
			}
			may := r.op == "" || policy.May(role, r.op)
			denied := got.status == 403 && got.says("This is not for your role")
			if may == denied {
				t.Errorf("%s as %s: status %d, not-your-role %v; the role may: %v", r.pattern, role, got.status, denied, may)
			}
			if denied {
				for _, other := range entente.Roles {
					named := got.says(roleWords[other] + " – " + roleDuties[other])
					if named != policy.May(other, r.op) {
						t.Errorf("%s as %s: the page names %s: %v", r.pattern, role, other, named)
					}
				}
				if b.office.denied == 0 {
					t.Errorf("%s as %s was denied and is not on record", r.pattern, role)
				}
				if after := snapshot(b.office); after != before {
					t.Errorf("%s as %s was denied and changed something", r.pattern, role)
				}
			}
			if got.status >= 500 {
				t.Errorf("%s as %s: status %d: %s", r.pattern, role, got.status, text(parseHTML(got.body)))
			}
		}
	}
}

// snapshot is what actions could have changed.
func snapshot(o *office) string {
	var b strings.Builder
	for _, d := range o.drafts {
		b.WriteString(string(d.ID) + string(d.State) + d.Returned)
	}
	for _, i := range o.items {
		b.WriteString(i.Progress.Seen.String() + i.Progress.Decided.String() + string(i.Assessment.Officer) + i.Assessment.Text)
	}
	for _, p := range o.people {
		b.WriteString(string(p.ID) + string(p.Role) + p.Disabled.String())
	}
	for _, t := range o.tasks {
		b.WriteString(fmt.Sprint(t.Seen, t.Decided))
	}
	for _, c := range o.cases {
		b.WriteString(fmt.Sprint(c))
	}
	for _, s := range o.standing {
		for _, l := range s.Levels {
			b.WriteString(string(l.Level))
		}
	}
	return b.String()
}

// The navigation shows what the role may see, and nothing else.
func TestNavigation(t *testing.T) {
	b := serve(t, words())
	for _, role := range entente.Roles {
		page := b.as(t, role).get("/account")
		var shown []string
		for _, nav := range all(parseHTML(page.body), tag("nav")) {
			for _, a := range all(nav, tag("a")) {
				shown = append(shown, attr(a, "href"))
			}
		}
		for _, e := range places {
			if got, want := slices.Contains(shown, e.Path), policy.May(role, e.op); got != want {
				t.Errorf("%s sees %s: %v, want %v", role, e.Path, got, want)
			}
		}
	}
}

// No page offers an officer an action that he would be refused.
func TestButtonsLeadSomewhere(t *testing.T) {
	b := serve(t, words())
	b.door.code = "K7Q2"
	ops := map[string]entente.Operation{}
	for _, r := range routes {
		ops[r.pattern] = r.op
	}
	for _, l := range leaves {
		for _, role := range entente.Roles {
			page := b.as(t, role).get(l.path)
			if page.status != 200 {
				continue
			}
			for _, f := range all(parseHTML(page.body), tag("form")) {
				to := attr(f, "action")
				if to == "" {
					to = l.path
				}
				to, _, _ = strings.Cut(to, "#")
				to, _, _ = strings.Cut(to, "?")
				op, ok := ops[strings.ToUpper(attr(f, "method"))+" "+patternOf(to)]
				if ok && op != "" && !policy.May(role, op) && !(strings.HasSuffix(to, "/assign") && policy.May(role, entente.OpAssess)) {
					t.Errorf("%s: %s is offered %s, which wants %s", l.name, role, to, op)
				}
			}
		}
	}
}

// patternOf is the pattern of a route to which an address belongs.
func patternOf(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		switch {
		case i == 0 || p == "new":
		case parts[1] == "officers" && i == 2:
			parts[i] = "{officer}"
		case parts[1] == "import" && i == 2 && len(p) == 36:
			parts[i] = "{run}"
		case parts[1] == "queue" && i == 3 && parts[2] == "lines":
			parts[i] = "{partner}"
		case len(p) == 64:
			parts[i] = "{file}"
		case len(p) == 36 || (parts[1] == "agreements" && i == 2):
			parts[i] = "{id}"
		}
	}
	return strings.Join(parts, "/")
}
