package scenario_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"entente"
	"entente/internal/browser"
	"entente/internal/scenario"
	"entente/policy"
)

const password = "north star over albia"

// desks starts both agencies with their desks and plays the letter.
func desks(t *testing.T) (borea, albia *scenario.Agency, letter entente.MessageID) {
	t.Helper()
	return desksOn(t, func() string { return "" })
}

// desksOn does so on stores of its own choice; "": SQLite.
func desksOn(t *testing.T, store func() string) (borea, albia *scenario.Agency, letter entente.MessageID) {
	t.Helper()
	ctx := context.Background()
	clock := scenario.NewClock(scenario.FirstDay)
	var both []*scenario.Agency
	for _, s := range []scenario.Setup{scenario.Borea, scenario.Albia} {
		s.Dir, s.DeskAddr, s.Password, s.Store = t.TempDir(), "127.0.0.1:0", password, store()
		a, err := scenario.New(ctx, clock, s)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		both = append(both, a)
	}
	if err := scenario.Introduce(ctx, both...); err != nil {
		t.Fatal(err)
	}
	if _, err := scenario.Agree(ctx, scenario.NorthStar, both...); err != nil {
		t.Fatal(err)
	}
	for _, a := range both {
		if err := a.Start(ctx); err != nil {
			t.Fatal(err)
		}
	}
	id, err := scenario.Letter(ctx, both[0], both[1], func(scenario.Step) {})
	if err != nil {
		t.Fatal(err)
	}
	return both[0], both[1], id
}

// seat is an officer at a desk.
type seat struct {
	*browser.Tab
	t    testing.TB
	desk string
}

func sit(t testing.TB, b *browser.Browser, a *scenario.Agency, o entente.Officer, v browser.View) *seat {
	t.Helper()
	s := &seat{b.Tab(t, v), t, a.Desk}
	s.open("/signin", 200)
	s.fill("#officer", string(o.ID))
	s.fill("#password", password)
	s.press("form.stack button[type=submit]")
	return s
}

func (s *seat) open(path string, want int) {
	s.t.Helper()
	if got := s.Open(s.desk + path); got != want {
		s.t.Fatalf("%s: status %d, want %d\n%s", path, got, want, s.Text("main"))
	}
}

func (s *seat) fill(css, text string) {
	s.t.Helper()
	s.Do(chromedp.SetValue(css, text))
}

// press sends the form of a button and waits for the page that follows.
func (s *seat) press(css string) {
	s.t.Helper()
	s.Follow(chromedp.Click(css))
}

func (s *seat) want(text string) {
	s.t.Helper()
	if got := s.Text("body"); !strings.Contains(got, text) {
		s.t.Fatalf("the page does not say %q:\n%s", text, got)
	}
}

// keep writes a picture of the page into the folder that ENTENTE_SHOTS names,
// for people to look at.
func (s *seat) keep(name string) {
	s.t.Helper()
	if faults := s.Faults(); len(faults) > 0 {
		s.t.Errorf("%s: %s", name, strings.Join(faults, "\n"))
	}
	dir := os.Getenv("ENTENTE_SHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), s.Shot(), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// TestTwoDesks has a releaser at Borea and an analyst at Albia do their part of
// the exchange in a real browser, with scripts switched off.
func TestTwoDesks(t *testing.T) {
	borea, albia, letter := desks(t)
	if err := scenario.LeaveWork(context.Background(), borea, albia); err != nil {
		t.Fatal(err)
	}
	b := browser.Start(t)
	plain := browser.Desktop
	plain.NoScript = true

	ivan := sit(t, b, borea, borea.Officer(entente.Releaser), plain)
	ivan.open("/release", 200)
	ivan.want("Поездка группы")
	ivan.press("main a[href^='/drafts/']")
	ivan.want("The exact bytes that leave")
	ivan.keep("release")
	ivan.press("form[action$='/release'] button[type=submit]")
	ivan.keep("released")

	anna := sit(t, b, albia, albia.Officer(entente.Analyst), plain)
	anna.open("/messages/"+string(letter), 200)
	anna.want("Арсен Кадаев")
	anna.want("1987-03-14")
	anna.keep("message")
	if err := scenario.Until(t.Context(), "the second tip is there", func() (bool, error) {
		anna.open("/", 200)
		return strings.Contains(anna.Text("main"), "Поездка группы"), nil
	}); err != nil {
		t.Fatal(err)
	}
	anna.keep("inbox")
	anna.press("main a[href^='/messages/']") // the most urgent comes first
	anna.want("Visitors of the central market")
	anna.press("form[action$='/acknowledge'] button")
	anna.press("a[href$='/decide']")
	anna.press("form.stack button[type=submit]") // nothing filled in
	anna.want("Reason")
	anna.keep("decide-mistakes")
	anna.Do(chromedp.SetAttributeValue("input[name=outcome][value=acted]", "checked", "checked"))
	anna.fill("[name=reason]", "The market was closed on Saturday.")
	anna.press("form.stack button[type=submit]")
	anna.want("It led to a measure.")
	anna.keep("decided")

	vera := sit(t, b, borea, borea.Officer(entente.Analyst), browser.Phone)
	if err := scenario.Until(t.Context(), "Borea sees the outcome", func() (bool, error) {
		vera.open("/inbox?show=all&way=out", 200)
		vera.open(browser.Eval[string](vera.Tab, `[...document.querySelectorAll("main a")].find(a => a.textContent.includes("central market")).getAttribute("href")`), 200)
		return strings.Contains(vera.Text("main"), "The market was closed on Saturday."), nil
	}); err != nil {
		t.Fatal(err)
	}
	vera.keep("phone-message")
}

// pages are the desk's pages with the operation that each stands for.
var pages = []struct {
	path string
	op   entente.Operation
}{
	{"/", entente.OpReadInbox},
	{"/drafts", entente.OpReadDrafts},
	{"/drafts/new", entente.OpDraft},
	{"/release", entente.OpRelease},
	{"/obligations", entente.OpReadObligations},
	{"/queue", entente.OpReadQueue},
	{"/agreements", entente.OpReadAgreement},
	{"/agreements/north-star", entente.OpReadAgreement},
	{"/partners", entente.OpReadParties},
	{"/access", entente.OpReadAccessLog},
	{"/ledgers", entente.OpVerify},
	{"/refusals", entente.OpVerify},
	{"/officers", entente.OpReadOfficers},
	{"/node", entente.OpNodeStatus},
	{"/account", ""},
}

// TestEveryPageForEveryRole opens every page as every role, in a browser, on a
// node that has been used: each is shown, or says that it is not for this role.
func TestEveryPageForEveryRole(t *testing.T) {
	_, albia, letter := desks(t)
	b := browser.Start(t)
	for _, role := range entente.Roles {
		s := sit(t, b, albia, albia.Officer(role), browser.Desktop)
		at := append([]struct {
			path string
			op   entente.Operation
		}{{"/messages/" + string(letter), entente.OpReadMessage}}, pages...)
		for _, p := range at {
			want := 200
			if p.op != "" && !policy.May(role, p.op) {
				want = 403
			}
			if p.path == "/" && want == 403 {
				continue // the front page leads each role to a page of its own
			}
			s.open(p.path, want)
			s.keep(string(role) + strings.ReplaceAll(strings.Split(p.path, "/0")[0], "/", "-"))
		}
	}
}
