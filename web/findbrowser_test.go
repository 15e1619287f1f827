package web

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"entente"
	"entente/internal/browser"
)

// typeInto puts a text into a field, as a paste does: any script, at once.
func typeInto(tab *browser.Tab, id, value string) {
	tab.Do(chromedp.SetValue(chromedp.ID(id), value))
}

// What only a form shows: what was found, and the forms that come back with
// mistakes, in each view, and those that are folded.
func TestFoundPages(t *testing.T) {
	b := serve(t, words())
	b.office.answered = true
	tab := seated(t, b)(entente.Analyst)
	for _, view := range screens {
		tab.View(view.View)
		tab.Open(b.address() + "/people")
		typeInto(tab, "name", "Арсен Кадаев\nفريد حداد")
		typeInto(tab, "born", "1988-03-14 1971")
		tab.Follow(chromedp.Click(chromedp.CSS(".lookup button")))
		look(t, tab, "lookup-without-purpose-"+view.name, view.rules)
		typeInto(tab, "purpose", "file 11/4")
		tab.Follow(chromedp.Click(chromedp.CSS(".lookup button")))
		if got := browser.Eval[string](tab, `location.pathname + location.search`); got != "/people" {
			t.Errorf("the address is %q", got)
		}
		look(t, tab, "lookup-found-"+view.name, view.rules)
		for name, q := range map[string][3]string{ // what is asked, and born; what the page must say
			"none": {"Quorra Wendt", "", "No match."}, "weak": {"Зарема Кадаева", "", "Only a part of the name"}, "surname": {"Кадаев", "", "Same name, common"},
			"many": {"Olvek", "", "And 210 more."}, "unread": {"राहुल शर्मा", "1943-04-04", "Not read: राहुल शर्मा"},
		} {
			tab.Open(b.address() + "/people")
			typeInto(tab, "name", q[0])
			if q[1] != "" {
				typeInto(tab, "born", q[1])
			}
			typeInto(tab, "purpose", "file 11/4")
			tab.Follow(chromedp.Click(chromedp.CSS(".lookup button")))
			if said := strings.Join(strings.Fields(tab.Text("main")), " "); !strings.Contains(said, q[2]) {
				t.Errorf("%s: the page does not say %q: %s", name, q[2], said)
			}
			look(t, tab, "lookup-"+name+"-"+view.name, view.rules)
		}
		tab.Open(b.address() + "/cases/" + string(theCase))
		tab.Do(chromedp.Click(chromedp.CSS("#flag summary")))
		tab.Follow(chromedp.Click(chromedp.CSS("#flag button")))
		browser.Eval[bool](tab, `document.querySelectorAll("details.act").forEach(d => d.open = true), true`)
		look(t, tab, "case-flag-"+view.name, view.rules)
	}
}

// How far an import is can be seen without scripts: the page loads itself anew
// until it is done.
func TestImportPageGoesOn(t *testing.T) {
	b := serve(t, words())
	b.office.gate = make(chan struct{})
	got := b.as(t, entente.Analyst).sent("/import/list", "source=ports", "file:порты.csv=name,born\nMira,1970\nshort")
	v := browser.Phone
	v.NoScript = true
	tab := browser.Start(t).Tab(t, v)
	signIn(tab, b, entente.Analyst)
	tab.Open(b.address() + got.to)
	if said := tab.Text("h1"); !strings.Contains(said, "under way") {
		t.Errorf("the page says %q", said)
	}
	shoot(t, tab, "import-under-way")
	tab.Follow() // nobody does anything, and the page comes anew
	close(b.office.gate)
	b.as(t, entente.Analyst).settled(got.to)
	tab.Open(b.address() + got.to)
	if said := tab.Text("h1"); !strings.Contains(said, "failed") {
		t.Errorf("when it is done the page says %q", said)
	}
	tab.View(browser.Phone)
	check(t, tab, "import-failed")
	tab.Follow(chromedp.Click(chromedp.CSS(".mistakes button")))
	b.as(t, entente.Analyst).settled(got.to)
	tab.Open(b.address() + got.to)
	if said := tab.Text("main"); !strings.Contains(said, "edition 4 of the list") {
		t.Errorf("the removals are meant: %q", said)
	}
	shoot(t, tab, "import-done")
}

// A hit is decided with the keyboard alone, scripts switched off, after both
// sides were read.
func TestDecideAHitByKeyboard(t *testing.T) {
	b := serve(t, words())
	v := browser.Desktop
	v.NoScript = true
	tab := browser.Start(t).Tab(t, v)
	signIn(tab, b, entente.Supervisor)
	tab.Open(b.address() + "/tasks")
	tabTo(t, tab, "Арсен Кадаев: arrival, flight XB 117, NVG to OST, leaves 2011-03-08 13:05")
	tab.Follow(chromedp.KeyEvent("\r"))
	tabTo(t, tab, "answer-0")
	tab.Do(chromedp.KeyEvent(kb.ArrowDown))
	tab.Do(chromedp.KeyEvent(kb.ArrowUp))
	tab.Do(chromedp.KeyEvent("\tThe same passport."))
	tabTo(t, tab, "Decide")
	tab.Follow(chromedp.KeyEvent("\r"))
	if got := tab.Text(".done"); got != "Decided, and on record." {
		t.Errorf("after deciding: %q", got)
	}
	if d := b.office.decided; d.Answer != entente.VerdictSame || d.Reason != "The same passport." {
		t.Errorf("decided: %+v", d)
	}
	for _, f := range tab.Faults() {
		t.Error(f)
	}
}
