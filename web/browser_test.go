package web

import (
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"entente"
	"entente/internal/browser"
)

// shots is a folder for a picture of every page: go test ./web -run TestPages -shots /tmp/desk
var shots = flag.String("shots", "", "folder for a picture of every page")

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

//go:embed testdata/axe/axe.min.js
var axe string

// leaf is a page that the browser looks at.
type leaf struct {
	name string
	role entente.Role // empty: before the gate
	path string
}

var leaves = []leaf{
	{"signin", "", "/signin"},
	{"invitation-code", "", "/invitation"},
	{"invitation", "", "/invitation?code=K7Q2"},
	{"inbox", entente.Analyst, "/inbox"},
	{"inbox-all", entente.Supervisor, "/inbox?show=all"},
	{"message-cyrillic", entente.Analyst, "/messages/" + string(mid(2))},
	{"message-arabic", entente.Supervisor, "/messages/" + string(mid(1))},
	{"message-cjk", entente.Overseer, "/messages/" + string(mid(10))},
	{"message-ours", entente.Analyst, "/messages/" + string(mid(3)) + "?done=noted"},
	{"message-refused", entente.Releaser, "/messages/" + string(mid(8))},
	{"decide", entente.Analyst, "/messages/" + string(mid(2)) + "/decide"},
	{"tasks", entente.Analyst, "/tasks"},
	{"tasks-all", entente.Supervisor, "/tasks?of=all"},
	{"task-hit", entente.Supervisor, "/tasks/" + string(hitTask)},
	{"task-link", entente.Analyst, "/tasks/" + string(linkTask)},
	{"task-flood", entente.Analyst, "/tasks/" + string(floodTask)},
	{"task-watch", entente.Analyst, "/tasks/" + string(watchTask)},
	{"task-flags", entente.Overseer, "/tasks/" + string(flagTask)},
	{"task-done", entente.Analyst, "/tasks/" + string(doneTask)},
	{"people", entente.Analyst, "/people"},
	{"holding", entente.Analyst, holdingPath(longOne)},
	{"holding-arabic", entente.Overseer, holdingPath("ofac-sdn/1180")},
	{"holding-removed", entente.Analyst, holdingPath("three-ports/9")},
	{"travel", entente.Analyst, "/travel/" + string(theEvent)},
	{"cases", entente.Analyst, "/cases"},
	{"case", entente.Analyst, "/cases/" + string(theCase)},
	{"case-closed", entente.Supervisor, "/cases/" + string(closed)},
	{"case-overseen", entente.Overseer, "/cases/" + string(closed)},
	{"case-new", entente.Analyst, "/cases/new?message=" + string(mid(2))},
	{"case-correct", entente.Analyst, "/cases/" + string(theCase) + "/correct"},
	{"watches", entente.Analyst, "/watches"},
	{"watch", entente.Analyst, "/watches/" + string(theWatch)},
	{"watch-ending", entente.Supervisor, "/watches/" + string(oldWatch)},
	{"watch-new", entente.Analyst, "/watches/new?case=" + string(theCase) + "&subject=s1"},
	{"watch-correct", entente.Analyst, "/watches/" + string(theWatch) + "/correct"},
	{"lists", entente.Analyst, "/lists"},
	{"list", entente.Analyst, "/lists/three-ports"},
	{"feeds", entente.Analyst, "/feeds"},
	{"feed", entente.Analyst, "/feeds/" + theFeed},
	{"import", entente.Operator, "/import?source=three-ports"},
	{"drafts", entente.Analyst, "/drafts"},
	{"compose", entente.Analyst, "/drafts/new?to=borea-sls&agreement=north-star"},
	{"compose-ways", entente.Analyst, "/drafts/new"},
	{"compose-check", entente.Analyst, "/drafts/" + string(mid(41)) + "/edit?check=1"},
	{"compose-full", entente.Analyst, "/drafts/" + string(mid(46)) + "/edit"},
	{"draft-incomplete", entente.Analyst, "/drafts/" + string(mid(41))},
	{"draft-returned", entente.Analyst, "/drafts/" + string(mid(43))},
	{"draft-release", entente.Releaser, "/drafts/" + string(mid(42))},
	{"draft-own-release", entente.Releaser, "/drafts/" + string(mid(44))},
	{"release", entente.Releaser, "/release"},
	{"obligations", entente.Analyst, "/obligations"},
	{"queue", entente.Supervisor, "/queue"},
	{"agreements", entente.Analyst, "/agreements"},
	{"agreement", entente.Supervisor, "/agreements/north-star"},
	{"partners", entente.Analyst, "/partners"},
	{"access", entente.Overseer, "/access"},
	{"ledgers", entente.Overseer, "/ledgers?verify=now"},
	{"refusals", entente.Overseer, "/refusals"},
	{"officers", entente.Operator, "/officers"},
	{"officers-confirm", entente.Supervisor, "/officers"},
	{"node", entente.Operator, "/node"},
	{"account", entente.Analyst, "/account"},
	{"not-your-role", entente.Operator, "/inbox"},
	{"not-found", entente.Analyst, "/nowhere"},
}

// signIn signs an officer of the role in by hand, as he would.
func signIn(tab *browser.Tab, b *bench, r entente.Role) {
	tab.Open(b.address() + "/signin")
	browser.Eval[bool](tab, `document.getElementById("officer").focus(), true`)
	tab.Follow(chromedp.KeyEvent(string(officerOf(r).ID) + "\t" + rightPassword + "\r"))
}

// address is the desk on localhost, by name: passkeys and __Host- cookies want
// a secure context, and this one counts as such.
func (b *bench) address() string {
	return strings.Replace(b.server.URL, "127.0.0.1", "localhost", 1)
}

// check looks at the page that is open: no fault, nothing that axe finds, no
// scrolling to the side.
func check(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	look(t, tab, name, everyRule)
}

// look is check with some of axe's rules, or none, and a picture.
func look(t *testing.T, tab *browser.Tab, name, rules string) {
	t.Helper()
	fits(t, tab, name)
	if rules != "" {
		for _, v := range violations(tab, rules) {
			t.Errorf("%s: axe: %s", name, v)
		}
	}
	shoot(t, tab, name)
}

// fits is the part of check that does not ask axe.
func fits(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	for _, f := range tab.Faults() {
		t.Errorf("%s: %s", name, f)
	}
	if wide := browser.Eval[string](tab, `document.documentElement.scrollWidth > document.documentElement.clientWidth ? [...document.querySelectorAll("main *, header *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 || e.getBoundingClientRect().left < -1).slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join("\n") || "page" : ""`); wide != "" {
		t.Errorf("%s scrolls to the side:\n%s", name, wide)
	}
	if cramped := browser.Eval[string](tab, `[...document.querySelectorAll("main *")].filter(e => [...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data.trim()).join("").length > 8 && e.getBoundingClientRect().width < 40 && e.getBoundingClientRect().height > 100).slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join("\n")`); cramped != "" {
		t.Errorf("%s has few letters a line:\n%s", name, cramped)
	}
}

// What axe looks for: everything, or only what a change of colours can break,
// or a finger and a narrow page.
const (
	everyRule = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	colours   = `{type: "rule", values: ["color-contrast", "link-in-text-block"]}`
	touch     = `{type: "rule", values: ["target-size", "meta-viewport"]}`
)

func violations(tab *browser.Tab, rules string) []string {
	if !browser.Eval[bool](tab, `typeof axe == "object"`) {
		browser.Eval[int](tab, axe+";0")
	}
	raw := browser.Eval[string](tab, `axe.run(document, {resultTypes: ["violations"], runOnly: `+rules+`}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.map(n => n.html.slice(0, 200) + "\n  " + n.failureSummary).slice(0, 3).join("\n"))))`)
	var list []string
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return []string{err.Error()}
	}
	return list
}

// views are how people look at a page. What axe looks for first is everything,
// and then what the view can change.
var views = []struct {
	name  string
	rules string
	browser.View
	again bool // the page is opened again, and not only shown in other colours
}{
	{"light", everyRule, browser.Desktop, true},
	{"dark", colours, browser.View{Width: browser.Desktop.Width, Height: browser.Desktop.Height, Dark: true}, false},
	{"phone", touch, browser.Phone, true},
	{"print", "", browser.Upright, false},
	{"print-across", "", browser.Across, false},
}

// screens are the views on which a reader can act.
var screens = views[:3]

// Every page, as light, dark, on a phone and on paper: nothing is refused by the
// browser, axe finds nothing, nothing scrolls to the side or is squeezed.
func TestPages(t *testing.T) {
	b := serve(t, words())
	b.door.code = "K7Q2"
	tabs := seated(t, b)
	for _, l := range leaves {
		tab := tabs(l.role)
		for _, view := range views {
			tab.View(view.View)
			if view.again {
				tab.Open(b.address() + l.path)
			}
			look(t, tab, l.name+"-"+view.name, view.rules)
		}
	}
}

// seated gives the tab of each role, who signs in once.
func seated(t *testing.T, b *bench) func(entente.Role) *browser.Tab {
	chrome := browser.Start(t)
	tabs := map[entente.Role]*browser.Tab{}
	return func(r entente.Role) *browser.Tab {
		if tabs[r] == nil {
			tabs[r] = chrome.Tab(t, browser.Desktop)
			if r != "" {
				signIn(tabs[r], b, r)
			}
		}
		return tabs[r]
	}
}

func shoot(t *testing.T, tab *browser.Tab, name string) {
	if *shots == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), tab.Shot(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// axe sees what it is there for: it is really looking.
func TestAxeBites(t *testing.T) {
	b := serve(t, words())
	tab := browser.Start(t).Tab(t, browser.Desktop)
	tab.Open(b.address() + "/signin")
	browser.Eval[bool](tab, `document.querySelector("h1").style.color = "#eee", document.querySelector("label").remove(), true`)
	got := strings.Join(violations(tab, everyRule), "\n")
	for _, want := range []string{"color-contrast", "label"} {
		if !strings.Contains(got, want) {
			t.Errorf("axe does not find %s:\n%s", want, got)
		}
	}
}

// focused is what the keyboard would act on now.
func focused(tab *browser.Tab) string {
	return browser.Eval[string](tab, `(document.activeElement.innerText || document.activeElement.id || document.activeElement.tagName).trim().split("\n")[0]`)
}

// tabTo presses the tabulator until the keyboard is at something, as a person
// would who cannot use a mouse; at every stop the focus must be visible.
func tabTo(t *testing.T, tab *browser.Tab, want string) {
	t.Helper()
	for range 150 {
		tab.Do(chromedp.KeyEvent("\t"))
		at := focused(tab)
		if !browser.Eval[bool](tab, `(() => { const e = document.activeElement, s = getComputedStyle(e); return e === document.body || s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 })()`) {
			t.Errorf("the focus on %q cannot be seen", at)
		}
		if at == want {
			return
		}
	}
	t.Fatalf("the keyboard does not get to %q", want)
}

// From the sign-in page to a released message with the keyboard alone, scripts
// switched off.
func TestReleaseByKeyboardWithoutScripts(t *testing.T) {
	b := serve(t, words())
	v := browser.Desktop
	v.NoScript = true
	tab := browser.Start(t).Tab(t, v)
	tab.Open(b.address() + "/release")
	tabTo(t, tab, "officer")
	tab.Do(chromedp.KeyEvent("boris.lang\t" + rightPassword))
	tab.Follow(chromedp.KeyEvent("\r"))
	if got := tab.Text("h1"); got != "Release" {
		t.Fatalf("after signing in: %q", got)
	}
	tabTo(t, tab, letter().Title)
	tab.Follow(chromedp.KeyEvent("\r"))
	tabTo(t, tab, "Release it")
	tab.Follow(chromedp.KeyEvent("\r"))
	if got := tab.Text(".done"); got != "Released. It is sealed, in the ledger and on its way." {
		t.Errorf("after the release: %q", got)
	}
	if b.office.drafts[1].State != entente.DraftReleased {
		t.Errorf("the draft is %s", b.office.drafts[1].State)
	}
	for _, f := range tab.Faults() {
		t.Error(f)
	}
}

// A tip is decided with the keyboard alone: choosing an outcome, refusing one
// question and answering the other.
func TestDecideByKeyboard(t *testing.T) {
	b := serve(t, words())
	tab := browser.Start(t).Tab(t, browser.Desktop)
	signIn(tab, b, entente.Analyst)
	tab.Open(b.address() + messagePath(2))
	tabTo(t, tab, "Decide and answer")
	tab.Follow(chromedp.KeyEvent("\r"))
	tabTo(t, tab, "outcome-0")
	for range 5 { // the arrow keys go through a group of radio buttons
		tab.Do(chromedp.KeyEvent(kb.ArrowDown))
	}
	tab.Do(chromedp.KeyEvent("\tChecked against the border records."))
	tabTo(t, tab, "answers-q1")
	tab.Do(chromedp.KeyEvent("No.\t" + kb.ArrowDown + "\tIt would show how we know."))
	tabTo(t, tab, "Decide")
	tab.Follow(chromedp.KeyEvent("\r"))
	if got := tab.Text(".done"); !strings.HasPrefix(got, "Your decision waits for release") {
		t.Errorf("after deciding: %q", got)
	}
	if got := b.office.items[1].Progress.Outcome; got != entente.OutcomeNoLink {
		t.Errorf("the outcome is %q", got)
	}
	for _, f := range tab.Faults() {
		t.Error(f)
	}
}

// A row that is added is where the keyboard goes on.
func TestAddedRowHasTheFocus(t *testing.T) {
	b := serve(t, words())
	tab := browser.Start(t).Tab(t, browser.Phone)
	signIn(tab, b, entente.Analyst)
	tab.Open(b.address() + "/drafts/new?to=borea-sls&agreement=north-star")
	tabTo(t, tab, "Add a claim")
	tab.Follow(chromedp.KeyEvent("\r"))
	// The browser moves to a field with autofocus when it draws the page (HTML,
	// 6.6.7), which may be after loading.
	browser.Eval[bool](tab, `(async () => { for (let n = 0; n < 500 && document.activeElement == document.body; n++) await new Promise(later => setTimeout(later, 10)); return true })()`)
	if got := focused(tab); got != "tip-claims-1--text" {
		t.Errorf("the keyboard is at %q", got)
	}
	check(t, tab, "form with a row more")
}

// On a phone the menu opens without scripts and closes with Escape.
func TestMenuOnAPhone(t *testing.T) {
	b := serve(t, words())
	v := browser.Phone
	v.NoScript = true
	tab := browser.Start(t).Tab(t, v)
	signIn(tab, b, entente.Analyst)
	shown := func() bool {
		return browser.Eval[bool](tab, `document.querySelector("#menu").checkVisibility()`)
	}
	if shown() {
		t.Error("the menu covers the page")
	}
	tabTo(t, tab, "Menu")
	tab.Do(chromedp.KeyEvent("\r"))
	if !shown() {
		t.Fatal("the menu does not open")
	}
	shoot(t, tab, "menu-phone")
	tab.View(browser.Phone) // axe is a script itself
	check(t, tab, "open menu")
	tab.Do(chromedp.KeyEvent(kb.Escape))
	if shown() {
		t.Error("the menu does not close")
	}
}

// A language that is written from right to left fits, wide and narrow.
func TestRightToLeft(t *testing.T) {
	b := serve(t, marked(t))
	b.door.code = "K7Q2"
	tabs := seated(t, b)
	for _, l := range leaves {
		switch l.name {
		case "inbox", "task-hit", "case", "list", "message-cyrillic", "draft-release", "compose-check", "partners", "agreement", "signin":
		default:
			continue
		}
		tab := tabs(l.role)
		tab.Language("ar")
		for _, view := range views {
			if !view.again {
				continue // the direction has no colours
			}
			tab.View(view.View)
			tab.Open(b.address() + l.path)
			if got := browser.Eval[string](tab, `document.dir`); got != "rtl" {
				t.Fatalf("the page reads %q", got)
			}
			look(t, tab, l.name+"-rtl-"+view.name, view.rules)
		}
	}
}

// A passkey is made and used by the page's script, in the form that package
// signin reads (WebAuthn level 3, 5.1).
func TestPasskey(t *testing.T) {
	b := serve(t, words())
	tab := browser.Start(t).Tab(t, browser.Desktop)
	tab.Authenticator()
	signIn(tab, b, entente.Analyst)
	tab.Open(b.address() + "/account")
	tab.Do(chromedp.SetValue(chromedp.ID("passkey-label"), "Ключ"))
	tab.Follow(chromedp.Click(chromedp.CSS(".passkey button")))
	if got := tab.Text(".done"); got != "The passkey is added." {
		t.Fatalf("after adding a passkey: %q (%q)", got, tab.Text(".passkey [role=status]"))
	}
	tab.Open(b.address() + "/account")
	tab.Follow(chromedp.Click(chromedp.CSS(`form[action="/signout"] button`)))
	tab.Open(b.address() + "/signin?next=/drafts")
	tab.Follow(chromedp.Click(chromedp.CSS(".passkey button")))
	if got := tab.Text("h1"); got != "Drafts" {
		t.Fatalf("after signing in: %q (%q)", got, tab.Text(".passkey [role=status]"))
	}
	if len(b.door.answers) != 2 || b.door.answers[0].Label != "Ключ" {
		t.Fatalf("answers: %+v", b.door.answers)
	}
	for i, want := range []string{"webauthn.create", "webauthn.get"} {
		var got struct {
			ID, RawID, Type string
			Response        struct{ ClientDataJSON, AttestationObject, AuthenticatorData, Signature string }
		}
		if err := json.Unmarshal(b.door.answers[i].Response, &got); err != nil {
			t.Fatal(err)
		}
		client, err := base64.RawURLEncoding.DecodeString(got.Response.ClientDataJSON)
		if err != nil || !strings.Contains(string(client), want) || !strings.Contains(string(client), base64.RawURLEncoding.EncodeToString([]byte("a challenge of 32 bytes, or more"))) {
			t.Errorf("%s: client data %s, %v", want, client, err)
		}
		if got.ID == "" || got.ID != got.RawID || got.Type != "public-key" || (got.Response.AttestationObject == "") == (got.Response.Signature == "") {
			t.Errorf("%s: %+v", want, got)
		}
	}
	for _, f := range tab.Faults() {
		t.Error(f)
	}
}

// An authenticator that does not answer leaves the officer at the same page,
// with a sentence and his password.
func TestPasskeyThatFails(t *testing.T) {
	b := serve(t, words())
	tab := browser.Start(t).Tab(t, browser.Desktop)
	tab.Open(b.address() + "/invitation?code=nonsense")
	b.door.code = "K7Q2"
	tab.Open(b.address() + "/invitation?code=K7Q2")
	b.door.code = "another"
	tab.Do(chromedp.Click(chromedp.CSS(".passkey button")))
	got := browser.Eval[string](tab, `new Promise(done => setInterval(() => { const s = document.querySelector(".passkey [role=status]").innerText; if (!s.startsWith("Follow")) done(s) }, 20))`)
	if got != "This invitation is not valid." {
		t.Errorf("the page says %q", got)
	}
	if browser.Eval[bool](tab, `document.querySelector(".passkey button").disabled`) {
		t.Error("the button cannot be pressed again")
	}
}
