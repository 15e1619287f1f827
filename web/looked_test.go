package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/casework"
)

// looksOf are officers who had to do with a thing, one of whom might not.
func looksOf(op entente.Operation) []casework.Look {
	return []casework.Look{
		{Officer: "anna.kern", Role: entente.Analyst, Operation: op, Purpose: "дело 11/4 – فريد حداد", Times: 12, Last: ago(2 * hour)},
		{Officer: "boris.lang", Role: entente.Releaser, Operation: op, Denied: true, Times: 2, Last: ago(daylong)},
		{Officer: "maximiliana.von-wolkenstein-trostburg.of-the-harbour-desk", Role: entente.Supervisor, Operation: entente.OpCase, Purpose: strings.Repeat("terrorism-prevention ", 9), Times: 1, Last: ago(3 * daylong)},
		{Officer: "ines.weber", Role: entente.Overseer, Operation: op, Times: 1, Last: ago(40 * 24 * time.Hour)},
	}
}

// A person, a file and a watch say who looked; only who may read the access log
// gets on to it.
func TestWhoLooked(t *testing.T) {
	b := serve(t, words())
	for path, thing := range map[string]string{
		holdingPath(longOne):           "holding " + string(longOne),
		"/cases/" + string(theCase):    "case " + string(theCase),
		"/watches/" + string(theWatch): "watch " + string(theWatch),
	} {
		to := "/access?object=" + url.QueryEscape(thing)
		page := b.as(t, entente.Analyst).get(path)
		for _, want := range []string{"Who looked anna.kern analyst opened it, 12 times 2 hours ago", "for дело 11/4 – فريد حداد", "boris.lang releaser was refused, 2 times", "supervisor changed it 3 days ago"} {
			if !page.says(want) {
				t.Errorf("%s does not say %q: %s", path, want, text(parseHTML(page.body)))
			}
		}
		if strings.Contains(page.body, "/access?") {
			t.Errorf("%s offers an analyst the access log", path)
		}
		c := b.as(t, entente.Overseer)
		page = c.get(path)
		found := false
		for _, a := range all(parseHTML(page.body), tag("a")) {
			found = found || attr(a, "href") == to
		}
		if !found {
			t.Errorf("%s does not lead to %s", path, to)
		}
		if got := c.get(to); got.status != 200 || !strings.HasSuffix(b.office.asked(), "access.read "+thing) {
			t.Errorf("%s: status %d after %s", to, got.status, b.office.asked())
		}
	}
	b.office.empty = true
	if page := b.as(t, entente.Analyst).get(holdingPath(longOne)); !page.says("Nobody before you. That you look is on record.") {
		t.Error("that nobody looked is not said")
	}
}

// The log of one thing is asked, page by page, and keeps to it.
func TestAccessLogOfOneThing(t *testing.T) {
	b := serve(t, words())
	for n := range 250 {
		b.office.log = append(b.office.log, entente.AccessEntry{Seq: int64(1250 - n), Access: entente.Access{
			At: ago(hour), Officer: "anna.kern", Role: entente.Analyst, Operation: entente.OpFetchAttachment, Object: "message m & n file 1a2b3c4d",
		}})
	}
	c := b.as(t, entente.Overseer)
	page := c.get("/access?object=" + url.QueryEscape(" message m & n "))
	for _, want := range []string{"1250", "took a file", "The whole log"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if page.says("Nothing in the log") || strings.Contains(page.body, string(mid(2))) {
		t.Error("the log of one thing has another")
	}
	next := "/access?before=1151&object=message+m+%26+n"
	if !strings.Contains(page.body, strings.ReplaceAll(next, "&", "&amp;")) {
		t.Errorf("the next page is not %s", next)
	}
	if page = c.get(next); !page.says("1150") || page.says("1151") {
		t.Error("the next page is another")
	}
	if page = c.get("/access?object=nobody"); !page.says("Nothing in the log is about this.") {
		t.Error("that nothing is about it is not said")
	}
}
