package web

import (
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"entente"
	"entente/internal/browser"
)

// shots is a folder for a picture of every page: go test ./web -run TestPages -shots /tmp/desk
var shots = flag.String("shots", "", "folder for a picture of every page")

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
	{"node", entente.Operator, "/node"},
	{"account", entente.Analyst, "/account"},
	{"not-your-role", entente.Operator, "/inbox"},
	{"not-found", entente.Analyst, "/nowhere"},
}

// signIn signs an officer of the role in by hand, as he would.
func signIn(tab *browser.Tab, b *bench, r entente.Role) {
	tab.Open(b.address() + "/signin")
	tab.Follow(
		chromedp.SendKeys(chromedp.ID("officer"), string(officerOf(r).ID)),
		chromedp.SendKeys(chromedp.ID("password"), rightPassword+"\r"),
	)
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
	for _, f := range tab.Faults() {
		t.Errorf("%s: %s", name, f)
	}
	if wide := browser.Eval[string](tab, `document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll("main *, header *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1).slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join("\n") || "page" : ""`); wide != "" {
		t.Errorf("%s scrolls to the side:\n%s", name, wide)
	}
	for _, v := range violations(tab) {
		t.Errorf("%s: axe: %s", name, v)
	}
}

func violations(tab *browser.Tab) []string {
	if !browser.Eval[bool](tab, `typeof axe == "object"`) {
		browser.Eval[int](tab, axe+";0")
	}
	raw := browser.Eval[string](tab, `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.map(n => n.html.slice(0, 200) + "\n  " + n.failureSummary).slice(0, 3).join("\n"))))`)
	var list []string
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return []string{err.Error()}
	}
	return list
}

// Every page, as light, dark and on a phone: nothing is refused by the browser,
// axe finds nothing, nothing scrolls to the side.
func TestPages(t *testing.T) {
	b := serve(t, words())
	b.door.code = "K7Q2"
	chrome := browser.Start(t)
	dark := browser.Desktop
	dark.Dark = true
	phone := browser.Phone
	for _, view := range []struct {
		name string
		browser.View
	}{{"light", browser.Desktop}, {"dark", dark}, {"phone", phone}} {
		tabs := map[entente.Role]*browser.Tab{}
		for _, l := range leaves {
			tab := tabs[l.role]
			if tab == nil {
				tab = chrome.Tab(t, view.View)
				if l.role != "" {
					signIn(tab, b, l.role)
				}
				tabs[l.role] = tab
			}
			tab.Open(b.address() + l.path)
			name := fmt.Sprintf("%s-%s", l.name, view.name)
			check(t, tab, name)
			shoot(t, tab, name)
		}
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
