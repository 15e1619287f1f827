package web

import (
	"strings"
	"testing"

	"entente"
	"entente/internal/browser"

	"github.com/chromedp/chromedp"
)

// A reader who typed something is asked before the page goes, and no other reader.
func TestLeavingAskedOnlyWithSomethingTyped(t *testing.T) {
	b := serve(t, words())
	tab := seated(t, b)(entente.Analyst)
	asked := func() bool {
		return browser.Eval[bool](tab, `(() => { const e = new Event("beforeunload", {cancelable: true}); dispatchEvent(e); return e.defaultPrevented })()`)
	}
	at := b.address() + "/drafts/new?to=borea-sls&agreement=north-star"
	tab.Open(at)
	if asked() {
		t.Error("an untouched form asks before it is left")
	}
	tab.Do(chromedp.SendKeys("#tip-title", "A warning"))
	if !asked() {
		t.Error("what was typed is lost without a question")
	}
	// A button of the form itself brings the page back: it is still not saved.
	tab.Follow(chromedp.Click(`button[value="add:tip.claims"]`))
	if !asked() {
		t.Error("after a row was added, what was typed is lost without a question")
	}
	tab.Follow(chromedp.Click(`button[value="save"]`))
	if asked() {
		t.Error("a saved draft asks before it is left")
	}
	if said := tab.Text(".done"); !strings.Contains(said, "Saved as a draft") {
		t.Errorf("saved, and the page says %q", said)
	}
	// Looking for something is not writing.
	tab.Open(b.address() + "/inbox")
	if asked() {
		t.Error("the inbox asks before it is left")
	}
}

// A tip in which nothing is written is not saved, keeps its prepared rows, and
// has no precedence that nobody chose.
func TestEmptyTip(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := "/drafts/new?to=borea-sls&agreement=north-star"
	drafts := len(b.office.drafts)
	got := c.submit(c.get(at), at, "Save and go on", nil)
	if got.status != 422 || len(b.office.drafts) != drafts || !got.says("Nothing is written yet, so nothing was saved.") {
		t.Fatalf("status %d, %d new drafts: %s", got.status, len(b.office.drafts)-drafts, text(parseHTML(got.body)))
	}
	prepared := []string{"Subject 1", "Date of birth 1", "Claim 1", "Question 1"}
	for _, row := range prepared {
		if !got.says(row) {
			t.Errorf("the form lost its row %q", row)
		}
	}
	got = c.submit(got, at, "Save and go on", map[string][]string{"tip.title": {"A warning"}})
	if got.status != 303 || len(b.office.drafts) != drafts+1 {
		t.Fatalf("status %d, %d new drafts", got.status, len(b.office.drafts)-drafts)
	}
	got = c.get(got.to)
	for _, row := range append(prepared, "Some required fields are still empty") {
		if !got.says(row) {
			t.Errorf("the saved draft does not say %q", row)
		}
	}
}
