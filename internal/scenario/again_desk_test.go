package scenario_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"entente"
	"entente/internal/testpg"
)

var formField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// page is an officer's browser at Albia's desk.
type page struct {
	r *repeats
	c *http.Client
}

func (r *repeats) browse(role entente.Role) page {
	r.t.Helper()
	jar, err := cookiejar.New(nil)
	r.ok(err)
	p := page{r, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	p.send("/signin", url.Values{"officer": {string(r.albia.Officer(role).ID)}, "password": {password}})
	return p
}

func (p page) send(path string, form url.Values) (status int, to, body string) {
	req, err := http.NewRequest("POST", p.r.albia.Desk+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.r.t.Error(err)
		return 0, "", ""
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := p.c.Do(req)
	if err != nil {
		p.r.t.Error(err)
		return 0, "", ""
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return res.StatusCode, res.Header.Get("Location"), string(b)
}

// form gives what a page has in the form to an address, with its key.
func (p page) form(at, action string) url.Values {
	p.r.t.Helper()
	res, err := p.c.Get(p.r.albia.Desk + at)
	p.r.ok(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	p.r.ok(err)
	_, rest, found := strings.Cut(string(b), `action="`+action)
	if action == "" {
		_, rest, found = strings.Cut(string(b), `<form method="post" class=`)
	}
	if !found {
		p.r.t.Fatalf("%s has no form to %q:\n%s", at, action, b)
	}
	rest, _, _ = strings.Cut(rest, "</form>")
	values := url.Values{}
	for _, m := range formField.FindAllStringSubmatch(rest, -1) {
		values.Set(m[1], m[2])
	}
	return values
}

// A form that is sent four times at once, and again later, acts once and leads to
// the first outcome each time. What was changed in it meanwhile is not lost in
// silence: the page says that the form was sent before.
func TestRepeatedForms(t *testing.T) {
	for engine, store := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return testpg.URL(t) }} {
		t.Run(engine, func(t *testing.T) { newRepeats(t, store).forms() })
	}
}

func (r *repeats) forms() {
	message := "/messages/" + string(r.letter)
	draft := r.draft(false)
	id, _ := r.fresh()
	for _, x := range []struct {
		role       entente.Role
		at, action string
		form       url.Values
		other      string // a field of which another value is another act
		acts       int
	}{
		{entente.Analyst, message, message + "/note", url.Values{"note": {"We look into it."}}, "note", 1},
		{entente.Analyst, message + "/decide", "", url.Values{"outcome": {string(nothing)}, "reason": {"Nothing found."}, "answers.q1": {"No."}, "answers.q2": {"No."}}, "reason", 1},
		{entente.Analyst, "/cases/new", "/cases/new", url.Values{"title": {"Harbour"}, "purpose": {"x"}, "tip.subjects[0].names[0].text": {"Mira Halvorsen"}}, "title", 1},
		{entente.Analyst, "/watches/new", "/watches/new", url.Values{"purpose": {"x"}, "reason": {"x"}, "tip.subjects[0].names[0].text": {"Mira Halvorsen"}}, "reason", 1},
		{entente.Analyst, "/drafts/" + string(draft.ID), "/drafts/" + string(draft.ID) + "/submit", nil, "", 1},
		{entente.Operator, "/officers", "/officers/" + string(id) + "/invite", nil, "", 1},
		{entente.Operator, "/officers", "/officers#new", url.Values{"id": {"nora.holm"}, "name": {"Nora Holm"}, "role": {"analyst"}}, "name", 2},
		{entente.Operator, "/account", "/account/token", url.Values{"label": {"laptop"}}, "label", 1},
		{entente.Supervisor, "/agreements/north-star", "/agreements/north-star/level", url.Values{"level": {"open"}, "reason": {"x"}}, "reason", 1},
	} {
		p := r.browse(x.role)
		to, _, _ := strings.Cut(x.action, "#")
		if to == "" {
			to = x.at
		}
		form := p.form(x.at, x.action)
		for k, v := range x.form {
			form[k] = v
		}
		before := r.acts()
		status, places := make([]int, 5), make([]string, 5)
		bodies := make([]string, 5)
		var all sync.WaitGroup
		for n := range 4 {
			all.Go(func() { status[n], places[n], bodies[n] = p.send(to, form) })
		}
		all.Wait()
		status[4], places[4], bodies[4] = p.send(to, form)
		for n := range status {
			if status[n] >= 400 || status[n] != status[0] || places[n] != places[0] {
				r.t.Errorf("%s, time %d: %d to %q, the first %d to %q\n%.3000s", to, n, status[n], places[n], status[0], places[0], bodies[n])
			}
		}
		if n := r.acts() - before; n != x.acts {
			r.t.Errorf("%s did %d acts, want %d", to, n, x.acts)
		}
		if x.other == "" {
			continue
		}
		form.Set(x.other, "something else")
		before = r.acts()
		code, _, body := p.send(to, form)
		if code/100 != 4 || r.acts() != before || !strings.Contains(body, "sent before") {
			r.t.Errorf("%s, changed and sent again: %d", to, code)
		}
	}
}
