package web

import (
	"net/url"
	"strings"
	"testing"

	"entente"
)

func TestCasePage(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	if list := c.get("/cases"); !list.says("شبكة فريد حداد") || strings.Index(list.body, string(theCase)) > strings.Index(list.body, string(closed)) {
		t.Error("open files do not come first")
	}
	page := c.get("/cases/" + string(theCase))
	for _, want := range []string{
		"a match that is probable or better, or 2 reasons for concern within 90 days", "borea-sls 2 reasons", "ostvik-airport 1 reason",
		"opened farah.aziz The file was opened on a message of borea-sls. Арсен Кадаев готовит поездку", "قد يكون هو نفسه", "strong match: arrival",
		"below the line KADAYEV ARSEN on a journey", "contradicting: 26 years apart", "It cannot be closed yet.",
		"its 2 questions are not answered", "Decide: Арсен Кадаев готовит", "Watch for فريد حداد",
	} {
		if !page.says(want) {
			t.Errorf("the page does not say %q: %s", want, text(parseHTML(page.body)))
		}
	}
	seen := b.as(t, entente.Overseer).get("/cases/" + string(theCase))
	if seen.status != 200 || seen.says("What you can do") || seen.says("Correct or add") {
		t.Error("the overseer is offered to act")
	}
}

// What is done on the page of a file, one after the other.
func TestCaseActions(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := "/cases/" + string(theCase)
	page := c.get(at)
	for _, x := range []struct {
		button string
		fill   url.Values
		done   string
		asked  string
	}{
		{"Keep the assessment", url.Values{"assessment": {"The same voice."}}, "case-assessed", "assess The same voice."},
		{"Note it", url.Values{"kind": {"money"}, "text": {"Three accounts."}}, "flagged", "flag money Three accounts."},
		{"Put it in", url.Values{"message": {"https://desk.example" + messagePath(9) + "?done=seen"}}, "linked", "link " + string(mid(9))},
		{"Take it out", url.Values{"unlink.message": {string(mid(3))}, "unlink.reason": {"It is about another."}}, "unlinked", "unlink " + string(mid(3)) + " It is about another."},
		{"Give it", url.Values{"owner": {"supervisor"}, "officer": {"clara.voss"}}, "assigned", "assign supervisor clara.voss"},
	} {
		got := c.submit(page, at, x.button, x.fill)
		if got.to != at+"?done="+x.done || !strings.Contains(b.office.asked(), "case.write "+string(theCase)+" "+x.asked) {
			t.Errorf("%s: status %d to %q: %s", x.button, got.status, got.to, text(parseHTML(got.body)))
		}
	}
	if got := c.submit(page, at, "Put it in", url.Values{"message": {"nonsense"}}); got.status != 422 || !got.says("There is no such message here. Copy the address of its page.") {
		t.Errorf("no such message: status %d", got.status)
	}
	if got := c.submit(page, at, "Note it", url.Values{"kind": {"money"}}); got.status != 422 || !got.says("What the concern is: It is empty.") || !strings.Contains(got.body, `id="flag" open`) {
		t.Errorf("an empty flag: status %d", got.status)
	}
	b.office.answered = true
	page = c.get(at)
	got := c.submit(page, at, "Close the file", url.Values{"outcome": {"no-link"}, "reason": {"Wages."}, "reopen.flags": {"two"}, "reopen.days": {"0"}})
	if got.status != 422 || !got.says("On so many reasons for concern: This is no whole number from 0 to 100.") || !got.says("Within so many days: This is no whole number from 1 to 3650.") {
		t.Errorf("a wild rule: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	got = c.submit(got, at, "Close the file", url.Values{"reopen.from": {"strong"}, "reopen.flags": {"0"}, "reopen.days": {"30"}})
	if rule := b.office.cases[0].Reopen; got.to != at+"?done=case-closed" || rule != (entente.ReopenRule{From: entente.BandStrong, Window: 30 * daylong}) {
		t.Errorf("closing: status %d to %q, rule %+v", got.status, got.to, rule)
	}
	page = c.get(at)
	if got := c.submit(page, at, "Open it again", url.Values{"reason": {"He came back."}}); got.to != at+"?done=case-reopened" {
		t.Errorf("reopening: status %d to %q", got.status, got.to)
	}
}

// A file in which matches wait is closed by a supervisor alone, with a reason; whoever
// may not sees which they are.
func TestCloseOverWaitingMatches(t *testing.T) {
	b := serve(t, words())
	b.office.undecided = true
	at := "/cases/" + string(theCase)
	page := b.as(t, entente.Analyst).get(at)
	if !page.says("It cannot be closed yet. Somebody in it waits to be looked at. Decide these first: Арсен Кадаев: arrival") || strings.Contains(page.body, `name="outcome"`) {
		t.Errorf("to the analyst the page says: %s", text(parseHTML(page.body)))
	}
	c := b.as(t, entente.Supervisor)
	got := c.submit(c.get(at), at, "Close the file", url.Values{"outcome": {"no-link"}, "reason": {"Wages."}})
	if got.status != 422 || !got.says("Why it can be closed nevertheless: It is empty.") {
		t.Errorf("without a reason: status %d", got.status)
	}
	got = c.submit(got, at, "Close the file", url.Values{"despite": {"The flight was cancelled."}})
	if got.to != at+"?done=case-closed" || !strings.HasSuffix(b.office.asked(), "close no-link Wages. The flight was cancelled.") {
		t.Errorf("to %q after %s", got.to, b.office.asked())
	}
}

// A file opens on a message with its people, and a spelling is added by a button
// that keeps what was typed.
func TestOpenAndCorrectACase(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get("/cases/new?message=" + string(mid(2)))
	if !strings.Contains(page.body, `value="Арсен Кадаев"`) || !strings.Contains(page.body, `value="terrorism-prevention"`) {
		t.Error("the form is not filled in from the message")
	}
	got := c.submit(page, "/cases/new", "Open the file", url.Values{"tip.subjects[0].identifiers[1].value": {"@kad4891"}, "reopen.from": {"strong"}})
	if got.status != 303 || b.office.cases[2].Reopen != (entente.ReopenRule{From: entente.BandStrong, Flags: 2, Window: 90 * daylong}) || len(b.office.cases) != 3 || b.office.cases[2].Messages[0] != mid(2) || len(b.office.cases[2].Subjects) != 2 {
		t.Fatalf("status %d: %s", got.status, text(parseHTML(got.body)))
	}
	at := "/cases/" + string(theCase) + "/correct"
	page = c.get(at)
	page = c.submit(page, at, "Add a name or spelling", nil)
	if page.status != 200 || !strings.Contains(page.body, `name="tip.subjects[0].names[5].text"`) {
		t.Fatalf("a row more: status %d", page.status)
	}
	got = c.submit(page, at, "Correct it", url.Values{"tip.subjects[0].names[5].text": {"Farid Hadad"}})
	if got.status != 422 || !got.says("Reason: It is empty.") {
		t.Errorf("without a reason: status %d", got.status)
	}
	got = c.submit(got, at, "Correct it", url.Values{"reason": {"As his visa has it."}})
	if names := b.office.cases[0].Subjects[0].Names; got.to != "/cases/"+string(theCase)+"?done=corrected" || len(names) != 6 || names[5].Text != "Farid Hadad" {
		t.Errorf("status %d to %q: %s", got.status, got.to, text(parseHTML(got.body)))
	}
}

func TestWatches(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	if list := c.get("/watches"); !list.says("end announced review 2011-03-07 supervisor") || !list.says("active review 2011-07-06 limit 2012-07-20 analyst") {
		t.Errorf("the list: %s", text(parseHTML(list.body)))
	}
	page := c.get("/watches/new?case=" + string(theCase) + "&subject=s1")
	got := c.submit(page, "/watches/new", "Open the watch", url.Values{"reason": {"Asked by Borea."}, "asked": {"Tell Borea."}, "review": {"2011-06-01"}})
	n := b.office.opened
	if got.to != "/watches/"+string(theWatch)+"?done=watch-opened" || n.Case != theCase || n.Subject.Names[0].Text != "فريد حداد" || n.Asked != "Tell Borea." || n.Review.Format("2006-01-02") != "2011-06-01" || n.Purpose != "terrorism-prevention" {
		t.Errorf("status %d to %q: %+v: %s", got.status, got.to, n, text(parseHTML(got.body)))
	}
	if got := c.submit(c.get("/watches/new"), "/watches/new", "Open the watch", nil); got.status != 422 || !got.says("Reason: It is empty.") || !got.says("Nobody is watched for.") {
		t.Errorf("an empty form: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	at := "/watches/" + string(theWatch)
	page = c.get(at)
	for _, want := range []string{"On a hit Tell Borea at once", "Still asked for.", "Corrected farah.aziz", "The passport that Borea sent. Until then it was for KADAYEV ARSEN", "1961-11-02", "Somebody else, anna.kern", "Cleared by anna.kern", "Taken back by clara.voss", "contradicting: 26 years apart"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	got = c.submit(page, at, "Announce its end", url.Values{"end.reason": {"Over."}, "end.on": {"2011-03-09"}})
	if got.status != 422 || !got.says("It ends on: The end of a watch is announced 14 days before.") {
		t.Errorf("an end too soon: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	if got = c.submit(page, at, "Announce its end", url.Values{"end.reason": {"Over."}}); got.to != at+"?done=watch-end-announced" {
		t.Errorf("the end: to %q", got.to)
	}
	if got = c.submit(page, at, "It goes on", url.Values{"continue.reason": {"Still asked for."}}); got.to != at+"?done=watch-goes-on" {
		t.Errorf("going on: to %q", got.to)
	}
	if got = c.submit(page, at, "Take it back", url.Values{"reason": {"Another photograph."}}); got.to != at+"?done=clearing-revoked" || !strings.HasSuffix(b.office.asked(), "clearing.revoke "+string(cleared)+" Another photograph.") {
		t.Errorf("taking a clearing back: to %q after %s", got.to, b.office.asked())
	}
	got = c.submit(c.get(at+"/correct"), at+"/correct", "Correct it", url.Values{"reason": {"x"}})
	if got.to != at+"?done=corrected" {
		t.Errorf("correcting: status %d to %q: %s", got.status, got.to, text(parseHTML(got.body)))
	}
}

// What is empty says what that means, and what to do.
func TestEmptyLists(t *testing.T) {
	b := serve(t, words())
	b.office.empty = true
	c := b.as(t, entente.Analyst)
	for at, want := range map[string]string{
		"/cases": "There are no files yet.", "/watches": "Nobody is watched for.", "/lists": "No list is held here.", "/feeds": "No travel has come in yet.",
		"/cases/" + string(theCase): "Nobody. A namesake whom something speaks against would stand here.", "/watches/" + string(theWatch): "None. Whoever is found to be somebody else",
		holdingPath(longOne): "Nobody so far: no traveller and no message.", "/lists/three-ports?edition=2": "Nothing: every record and every field was used.",
	} {
		b.office.empty = true
		if got := c.get(at); !got.says(want) {
			t.Errorf("%s does not say %q: %s", at, want, text(parseHTML(got.body)))
		}
	}
}
