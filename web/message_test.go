package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente"
)

func messagePath(n int) string { return "/messages/" + string(mid(n)) }

// The page of the letter says everything that the letter says.
func TestMessagePageSaysItAll(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Analyst).get(messagePath(2))
	tip := letter()
	want := []string{
		tip.Title, "Просим сообщить", "Арсен Кадаев", "KADAEV<<ARSEN", "as in a passport’s machine-readable zone · Latin script", "Cyrillic script",
		"1987-03-14", "1988", "C3 fairly reliable source, possibly true", "F6 source whose reliability cannot be judged, truth cannot be judged",
		"fact", "assessment", "mother of", "A1 completely reliable source, confirmed by other sources",
		"42.9849, 47.5047", "42.7, 47.1", "no coordinates", "Выезжал ли он", "записи трёх телефонных разговоров", "По письменному запросу",
		"Obtained under the law of the sender’s country.", "2010-12 to 2011-02", "A man living in Ostvik may travel to northern Borea.",
		"TLP:AMBER+STRICT", "TLP:GREEN", "PAP:AMBER", "passive checks elsewhere", "ask the originator each time", "terrorism-prevention",
		"письмо-2011-03-04.pdf", "178.3 KiB", "Held here whole and verified since 2011-03-04 09:31 UTC", "On its way: 202.1 MiB of 699.8 MiB are here.",
		"It may pass.", "scope.tip line 20", `subject.nationalities = ["XB"]`, "The parties do not mean the same",
		"delivered 2011-03-04 09:30 UTC", "seen by a person 2011-03-04 11:30 UTC", "decided not yet", "due in 26 days", "anna.kern",
		"Fingerprint of \u2068borea-sls\u2069 compared by \u2068clara.voss\u2069", "entente/north-star/borea-sls/albia-ncc place 2", "U+202E",
		"Passport number does not match any that we issued.", "Уточнение",
	}
	for _, w := range want {
		if !page.says(w) {
			t.Errorf("the page does not say %q", w)
		}
	}
	if strings.Contains(page.body, "\u202e") {
		t.Error("the page passes on a mark that turns the direction of writing")
	}
	if strings.Contains(page.body, "AGE-SECRET-KEY") {
		t.Error("the page shows the key of an attachment")
	}
}

// The address may say why the officer looks; it goes where the access log is written.
func TestPurposeOfALook(t *testing.T) {
	b := serve(t, words())
	b.as(t, entente.Overseer).get(messagePath(2) + "?why=inspection+11%2F4")
	if !strings.Contains(b.office.asked(), string(mid(2))+" inspection 11/4") {
		t.Errorf("asked: %s", b.office.asked())
	}
}

func TestAcknowledge(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get(messagePath(1))
	done := c.submit(page, messagePath(1), "Acknowledge", nil)
	if done.status != 303 || done.to != messagePath(1)+"?done=acknowledged" {
		t.Fatalf("status %d to %q", done.status, done.to)
	}
	after := c.get(done.to)
	if !after.says("Acknowledged. The sender will see") || !after.says("seen by a person 2011-03-08 09:30 UTC") || after.says("Tells the sender that a person has seen it") {
		t.Errorf("after: %s", text(parseHTML(after.body)))
	}
}

// The sentence on top comes from a list, never from the address.
func TestDoneSaysNothingForeign(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Analyst).get("/inbox?done=Call+%2B1+555+now")
	if page.says("Call") || strings.Contains(page.body, `class="done"`) {
		t.Error("the page repeats what the address says")
	}
}

func TestAssign(t *testing.T) {
	b := serve(t, words())
	supervisor := b.as(t, entente.Supervisor)
	page := supervisor.get(messagePath(9))
	if page.says("Дмитрий Орлов (overseer)") || page.says("Gone Away") || !page.says("فرح عزيز (analyst)") {
		t.Error("the list of colleagues is not the analysts at work")
	}
	done := supervisor.submit(page, messagePath(9), "Assign", url.Values{"to": {"farah.aziz"}})
	if done.status != 303 || !supervisor.get(messagePath(9)).says("It is with farah.aziz") {
		t.Errorf("status %d", done.status)
	}
	bad := supervisor.submit(page, messagePath(9), "Assign", url.Values{"to": {"nobody"}})
	if bad.status != 422 || !bad.says("There is no officer of that name at work here.") {
		t.Errorf("to nobody: status %d", bad.status)
	}
	analyst := b.as(t, entente.Analyst)
	if took := analyst.submit(analyst.get(messagePath(1)), messagePath(1), "Take it", nil); took.status != 303 || !analyst.get(messagePath(1)).says("It is with anna.kern") {
		t.Errorf("taking it: status %d", took.status)
	}
}

// Two officers assess at once: neither text is lost, and the second learns of it.
func TestAssessTwice(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	first, second := c.get(messagePath(2)), c.get(messagePath(2))
	if got := c.submit(first, messagePath(2), "Keep the assessment", url.Values{"assessment": {"The first one."}}); got.status != 303 {
		t.Fatalf("first: status %d", got.status)
	}
	got := c.submit(second, messagePath(2), "Keep the assessment", url.Values{"assessment": {"The second one."}})
	if got.status != 409 || !got.says("The assessment was changed since you opened it.") || !got.says("What is kept now The first one.") || !strings.Contains(got.body, "The second one.</textarea>") {
		t.Fatalf("second: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	if got := c.submit(got, messagePath(2), "Keep the assessment", url.Values{"assessment": {"Both."}}); got.status != 303 {
		t.Errorf("third: status %d", got.status)
	}
}

func TestNote(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get(messagePath(3))
	if got := c.submit(page, messagePath(3), "Send the note", url.Values{"note": {"  "}}); got.status != 422 || !got.says("It is empty.") {
		t.Errorf("an empty note: status %d", got.status)
	}
	got := c.submit(page, messagePath(3), "Send the note", url.Values{"note": {"One\r\nTwo"}})
	if got.status != 303 || !strings.HasSuffix(got.to, "done=noted") {
		t.Fatalf("status %d to %q", got.status, got.to)
	}
	if last := b.office.items[len(b.office.items)-1].Filed.Message.Statement.Note.Text; last != "One\nTwo" {
		t.Errorf("the note says %q: a browser's line ends are not the protocol's", last)
	}
	if !c.get(messagePath(3)).says("One Two") {
		t.Error("the thread does not show the note")
	}
}

// A message with an open question cannot be decided, and nothing typed is lost.
func TestDecide(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := messagePath(2) + "/decide"
	got := c.submit(c.get(at), at, "Decide", url.Values{"outcome": {"no-link"}, "answers.q2": {"Nothing speaks for it."}})
	if got.status != 422 || !got.says("2 fields need your attention") || !got.says("Reason: It is empty.") || !got.says("Question \u2068q1\u2069: This question is not answered.") {
		t.Fatalf("status %d: %s", got.status, text(parseHTML(got.body)))
	}
	if b.office.items[1].Progress.Decided != b.office.items[0].Progress.Decided {
		t.Error("it was decided all the same")
	}
	for _, a := range all(parseHTML(got.body), tag("a")) {
		if to, ok := strings.CutPrefix(attr(a, "href"), "#"); ok && to != "main" {
			if len(all(parseHTML(got.body), hasID(to))) != 1 {
				t.Errorf("the summary leads to #%s, which is not there", to)
			}
		}
	}
	got = c.submit(got, at, "Decide", url.Values{"reason": {"Checked against the border records."}, "answers.q1": {"It would show how we know."}, "answers.q1.as": {"refuse"}})
	if got.status != 303 || got.to != messagePath(2)+"?done=decision-waits" {
		t.Fatalf("status %d to %q: %s", got.status, got.to, text(parseHTML(got.body)))
	}
	if p := b.office.items[1].Progress; p.Outcome != entente.OutcomeNoLink {
		t.Errorf("the outcome is %q", p.Outcome)
	}
}

// Attachments and evidence are saved, never shown.
func TestFilesAreSavedNotShown(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	for _, page := range []string{messagePath(2), draftPath(42)} {
		got := b.as(t, entente.Releaser).get(page + "/files/" + letterFiles[0].Digest.String())
		if got.status != 200 || got.body != "<script>alert(1)</script>" {
			t.Fatalf("%s: status %d: %q", page, got.status, got.body)
		}
		for name, want := range map[string]string{
			"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
			"Content-Disposition": "attachment; filename*=utf-8''%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%BE-2011-03-04.pdf",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", page, name, got.header.Get(name), want)
			}
		}
	}
	if got := c.get(messagePath(2) + "/files/" + entente.DigestOf(nil).String()); got.status != 404 {
		t.Errorf("a file that is not there: status %d", got.status)
	}
	if got := c.get(messagePath(2) + "/files/..%2Fetc"); got.status != 404 {
		t.Errorf("a name that is no digest: status %d", got.status)
	}
	proof := b.as(t, entente.Overseer).get(messagePath(2) + "/evidence")
	if proof.body != "PK evidence" || !strings.HasPrefix(proof.header.Get("Content-Disposition"), "attachment; filename=evidence-") {
		t.Errorf("evidence: %q, %q", proof.body, proof.header.Get("Content-Disposition"))
	}
}

// A file that breaks off half way reaches the browser as broken, not as short.
func TestBrokenFileIsSeenAsBroken(t *testing.T) {
	b := serve(t, words())
	b.office.broken = true
	c := b.as(t, entente.Analyst)
	req, err := http.NewRequest("GET", c.base+messagePath(2)+"/files/"+letterFiles[0].Digest.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: cookieName, Value: c.cookie})
	res, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		_, err = io.ReadAll(res.Body)
		res.Body.Close()
	}
	if err == nil {
		t.Error("the browser sees a whole file")
	}
}

// Every kind of failure has its status and a page with the next step; what
// failed inside is not told.
func TestFailures(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	for _, f := range []struct {
		err    error
		status int
		says   string
	}{
		{&entente.Error{Kind: entente.Invalid, Detail: "the level is wrong", Hint: "choose one"}, 422, "The level is wrong. Choose one."},
		{&entente.Error{Kind: entente.NotFound, Detail: "there is no such message here"}, 404, "There is no such message here."},
		{&entente.Error{Kind: entente.Denied, Detail: "this account is not in use any more"}, 403, "That is not allowed"},
		{&entente.Error{Kind: entente.Conflict, Detail: "it was released already"}, 409, "Somebody was faster"},
		{&entente.Error{Kind: entente.Unverified, Detail: "a signature does not hold"}, 409, "The proof does not hold"},
		{&entente.Error{Kind: entente.Unavailable, Detail: "the store is busy", Hint: "try again"}, 503, "Not now"},
		{errors.New("dial tcp 10.1.2.3: secret"), 500, "The node could not do that"},
		{&entente.Error{Kind: entente.Unavailable, Detail: "not now", Cause: errors.New("secret")}, 503, "Not now."},
	} {
		b.office.fail = f.err
		got := c.get("/inbox")
		if got.status != f.status || !got.says(f.says) {
			t.Errorf("%v: status %d, want %d with %q: %s", f.err, got.status, f.status, f.says, text(parseHTML(got.body)))
		}
		if strings.Contains(got.body, "secret") {
			t.Errorf("%v: the page tells what failed inside", f.err)
		}
	}
}

// What we answered is "on its way" until the other side has receipted it; one that
// was refused for good is to be said again, and the deadline stands.
func TestOurAnswerOnItsWay(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	i := &b.office.items[0]
	i.Progress.Answer = &entente.Underway{Message: mid(9), Kind: entente.KindDisposition, Outcome: entente.OutcomeNoLink}
	for _, x := range []struct {
		reason    entente.Reason
		says, row string
		again     bool
	}{
		{"", "Our answer is on its way. The other side has not receipted it.", "answered, on its way", false},
		{entente.ReasonFutureTerms, "It is offered again by itself.", "answer put off", false},
		{entente.ReasonSignature, "Our answer was refused: The sender's signature does not hold. Say it again: the deadline stands.", "answer refused", true},
	} {
		if x.reason != "" {
			i.Progress.Answer.Refused = &entente.Refusal{Reason: x.reason, Final: x.again}
		}
		page := c.get(messagePath(1))
		if !page.says(x.says) || page.says("Acknowledge Tells the sender") != x.again {
			t.Errorf("%s: the page says %s", x.reason, text(parseHTML(page.body)))
		}
		if list := c.get("/inbox?show=all"); !list.says(x.row) {
			t.Errorf("%s: the list says %s", x.reason, text(parseHTML(list.body)))
		}
	}
}

// An answer that came late and says that it was written in time has both times
// beside it, and no page calls it met.
func TestLateAndSaidToBeInTime(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	o := &b.office.items[0].Obligations[0]
	o.Met = &entente.Met{By: mid(9), At: o.Due.Add(48 * hour), Received: o.Due.Add(48 * hour), Written: o.Due.Add(-hour)}
	want := "late, said to be written in time " + exact(o.Met.Received) + " Said to be written on " + exact(o.Met.Written) + "."
	if page := c.get(messagePath(1)); !page.says(want) {
		t.Errorf("the page does not say %q: %s", want, text(parseHTML(page.body)))
	}
	o.Met.At, o.Met.Under = o.Met.Written, entente.AllowedOutage
	want = "met " + exact(o.Met.Received) + " Said to be written on " + exact(o.Met.Written) + ". It counts from then: the node that was to receive it was out of reach."
	if page := c.get(messagePath(1)); !page.says(want) {
		t.Errorf("the page does not say %q: %s", want, text(parseHTML(page.body)))
	}
}
