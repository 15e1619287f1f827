package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente"
	"entente/parse"
)

func draftPath(n int) string { return "/drafts/" + string(mid(n)) }

// What the releaser reads are the very bytes: the block of the page, with its
// named signs turned back, is the payload, and the digest in the form is its own.
func TestReleaserSeesTheExactBytes(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Releaser).get(draftPath(42))
	doc := parseHTML(page.body)
	payload := b.office.drafts[1].Payload
	if !strings.Contains(string(payload), "\u200b") {
		t.Fatal("the draft of this test has no hidden sign")
	}
	var shown strings.Builder
	for d := range all(doc, tag("pre"))[0].Descendants() {
		if d.Type != html.TextNode {
			continue
		}
		if attr(d.Parent, "class") == "hidden-sign" {
			shown.WriteString(map[string]string{"U+200B": "\u200b"}[d.Data])
		} else {
			shown.WriteString(d.Data)
		}
	}
	want := regexp.MustCompile("AGE-SECRET-KEY-PQ-1[A-Z0-9]+").ReplaceAllString(string(payload), "[attachment key]")
	if shown.String() != want || want == string(payload) {
		t.Errorf("shown:\n%s\nwould leave:\n%s", shown.String(), payload)
	}
	digest := entente.DigestOf(payload).String()
	if !page.says("SHA-256 "+digest) || attr(all(doc, func(n *html.Node) bool { return attr(n, "name") == "seen" })[0], "value") != digest {
		t.Error("the page does not carry the digest of the bytes")
	}
}

// The releaser is offered every file that leaves, by the digest in the bytes.
func TestReleaserIsOfferedTheFiles(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Releaser).get(draftPath(42))
	s, err := parse.Statement(b.office.drafts[1].Payload)
	if err != nil || len(s.Attachments) == 0 {
		t.Fatalf("the draft of this test has no file: %v", err)
	}
	for _, a := range s.Attachments {
		links := all(parseHTML(page.body), func(n *html.Node) bool {
			return attr(n, "href") == draftPath(42)+"/files/"+a.Digest.String()
		})
		if len(links) != 1 || !page.says(a.Digest.Short()) {
			t.Errorf("%s: %d links", a.Name, len(links))
		}
	}
}

// What is shown to people is read from the bytes too: where a draft's own fields
// say something else, the bytes win.
func TestReleaserReadsTheBytesNotTheDraft(t *testing.T) {
	b := serve(t, words())
	tip := *b.office.drafts[1].Statement.Tip
	tip.Title = "Something harmless"
	b.office.drafts[1].Statement.Tip = &tip
	page := b.as(t, entente.Releaser).get(draftPath(42))
	if page.says("Something harmless") || !page.says(letter().Title) {
		t.Error("the page shows the draft's fields and not what would leave")
	}
}

func TestRelease(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Releaser)
	done := c.submit(c.get(draftPath(42)), draftPath(42), "Release it", nil)
	if done.status != 303 || done.to != "/messages/"+string(mid(42))+"?done=released" {
		t.Fatalf("status %d to %q", done.status, done.to)
	}
	if b.office.drafts[1].State != entente.DraftReleased {
		t.Error("it is not released")
	}
	if c.get(draftPath(42)).says("Release it") {
		t.Error("what is released is offered for release")
	}
}

// Somebody changed the draft after the releaser opened it: nothing leaves.
func TestReleaseOfOtherBytes(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Releaser)
	page := c.get(draftPath(42))
	b.office.drafts[1].Payload = []byte(`{"changed":true}`)
	got := c.submit(page, draftPath(42), "Release it", nil)
	if got.status != 409 || !got.says("What you were shown is not what would leave.") || b.office.drafts[1].State != entente.DraftSubmitted {
		t.Errorf("status %d, state %s", got.status, b.office.drafts[1].State)
	}
}

// Who wrote a draft is told why he cannot release it, and gets no button; one
// who presses all the same is refused.
func TestAuthorIsNotTheReleaser(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Releaser)
	page := c.get(draftPath(44))
	if page.says("Release it") || !page.says("You wrote this one. A second officer must read and release it.") {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
	got := c.post(draftPath(44)+"/release", url.Values{"seen": {b.office.drafts[3].Digest().String()}})
	if got.status != 403 || !got.says("The author of a draft cannot release it.") {
		t.Errorf("status %d", got.status)
	}
}

func TestReturn(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Releaser)
	page := c.get(draftPath(42))
	if got := c.submit(page, draftPath(42), "Return it to its author", nil); got.status != 422 || !got.says("Reason: It is empty.") {
		t.Errorf("without a reason: status %d", got.status)
	}
	if got := c.submit(page, draftPath(42), "Return it to its author", url.Values{"reason": {"Say how we know."}}); got.status != 303 || got.to != "/release?done=returned" {
		t.Fatalf("status %d to %q", got.status, got.to)
	}
	author := b.as(t, entente.Analyst)
	if !author.get(draftPath(42)).says("Why it came back Say how we know.") || !author.get(draftPath(42)+"/edit").says("Say how we know.") {
		t.Error("the author does not read why")
	}
}

// From an empty form to a submitted tip, with nothing but forms.
func TestComposeWithoutScripts(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := "/drafts/new?to=borea-sls&agreement=north-star"
	page := c.get(at)
	press := func(button string, fill url.Values) {
		t.Helper()
		page = c.submit(page, at, button, fill)
		if page.status != 200 {
			t.Fatalf("%s: status %d: %s", button, page.status, text(parseHTML(page.body)))
		}
	}
	press("Add a name or spelling", url.Values{"tip.title": {"Поездка <на> север"}, "tip.subjects[0].names[0].text": {"Арсен Кадаев"}, "tip.subjects[0].names[0].script": {"Cyrl"}, "tip.text": {"Line one.\r\nLine two."}})
	press("Add a claim", url.Values{"tip.subjects[0].names[1].text": {"Kadayev"}, "tip.claims[0].text": {"He travels."}, "tip.claims[0].grade": {"B"}, "tip.claims[0].grade.information": {"3"}, "tip.claims[0].nature": {"assessment"}})
	press("Add a subject", url.Values{"tip.claims[1].text": {"to be dropped"}})
	press("Add a link", url.Values{"tip.subjects[1].names[0].text": {"Зарема Кадаева"}})
	press("Take out claim 2", url.Values{"tip.links[0].from": {"s2"}, "tip.links[0].to": {"s1"}, "tip.links[0].as": {"mother of"}, "tip.links[0].grade": {"A"}, "tip.links[0].grade.information": {"1"}})
	press("Add a place", url.Values{"tip.questions[0].text": {"Will he travel?"}})
	press("Add withheld material", url.Values{"tip.places[0].name": {"Nordhaven"}, "tip.places[0].geometry": {"42.98, 47.50"}})
	if !strings.Contains(page.body, "Поездка &lt;на&gt; север") || page.says("to be dropped") {
		t.Fatal("the form does not come back with what was typed")
	}

	// Two things cannot be read, and some are missing: the first keep it from being saved.
	fill := url.Values{
		"tip.withheld[0].what": {"three recordings"}, "tip.withheld[0].ask": {"in writing"},
		"tip.subjects[0].births[0].date": {"14 March 1987"}, "tip.subjects[0].nationalities": {"Borea"}, "expires": {"soon"},
	}
	drafts := len(b.office.drafts)
	page = c.submit(page, at, "Save and review", fill)
	if page.status != 422 || len(b.office.drafts) != drafts {
		t.Fatalf("status %d, %d new drafts", page.status, len(b.office.drafts)-drafts)
	}
	for _, want := range []string{"Subject 1, date of birth 1: The date is not written as year, month and day.", "Subject 1, nationality: It is not a country code.", "Give up delivery after: The date is not written as year, month and day.", "Purpose: Nothing is chosen.", "What we attest: Nothing is chosen."} {
		if !page.says(want) {
			t.Errorf("the summary does not say %q", want)
		}
	}
	checkSummaryLinks(t, page)
	if !strings.Contains(page.body, `value="14 March 1987"`) {
		t.Error("the wrong date is not kept for mending")
	}

	// Readable and incomplete: saved, and the form says what is missing.
	page = c.submit(page, at, "Save and review", url.Values{"tip.subjects[0].births[0].date": {"1987-03"}, "tip.subjects[0].nationalities": {"xb, XA"}, "expires": {"2011-04-01"}})
	if page.status != 303 || !strings.HasSuffix(page.to, "/edit?check=1") {
		t.Fatalf("status %d to %q: %s", page.status, page.to, text(parseHTML(page.body)))
	}
	at = page.to
	page = c.get(at)
	if !page.says("Purpose: Nothing is chosen.") || !page.says("Subject 1, grading of date of birth 1: It is not graded.") {
		t.Fatalf("what is missing: %s", text(parseHTML(page.body)))
	}
	checkSummaryLinks(t, page)
	page = c.submit(page, at, "Save and review", url.Values{
		"purpose": {"terrorism-prevention"}, "precedence": {"PRIORITY"}, "tip.category": {"attack-planning"}, "tip.provenance.attestation": {"lawful"},
		"tip.subjects[0].births[0].grade": {"C"}, "tip.subjects[0].births[0].grade.information": {"3"}, "tip.subjects[0].births[0].nature": {"fact"},
	})
	if page.status != 303 || strings.Contains(page.to, "edit") {
		t.Fatalf("status %d to %q", page.status, page.to)
	}
	at, _, _ = strings.Cut(page.to, "?")
	page = c.submit(c.get(at), at, "Submit for release", nil)
	if page.status != 303 {
		t.Fatalf("submit: status %d: %s", page.status, text(parseHTML(page.body)))
	}

	d := b.office.drafts[len(b.office.drafts)-1]
	s, err := parse.Statement(d.Payload)
	if err != nil {
		t.Fatal(err)
	}
	tip := s.Tip
	switch {
	case tip.Title != "Поездка <на> север", tip.Text != "Line one.\nLine two.", len(tip.Subjects) != 2, len(tip.Claims) != 1,
		tip.Subjects[0].Names[1].Text != "Kadayev", tip.Subjects[0].Births[0].Date.String() != "1987-03", len(tip.Subjects[0].Nationalities) != 2,
		tip.Links[0].From != "s2", tip.Questions[0].Text != "Will he travel?", string(tip.Places[0].Geometry) != `{"type":"Point","coordinates":[47.5,42.98]}`,
		tip.Withheld[0].Ask != "in writing", s.Caveats.TLP != entente.TLPAmberStrict, d.Expires.Format("2006-01-02 15:04") != "2011-04-01 23:59":
		t.Errorf("what would leave: %s", d.Payload)
	}
}

// checkSummaryLinks: every link of the summary leads to a field, once there.
func checkSummaryLinks(t *testing.T, page reply) {
	t.Helper()
	doc := parseHTML(page.body)
	n := 0
	for _, box := range all(doc, func(n *html.Node) bool { return attr(n, "class") == "mistakes" }) {
		for _, a := range all(box, tag("a")) {
			n++
			if id := strings.TrimPrefix(attr(a, "href"), "#"); len(all(doc, hasID(id))) != 1 {
				t.Errorf("%q leads to #%s, of which there are %d", text(a), id, len(all(doc, hasID(id))))
			}
		}
	}
	if n == 0 {
		t.Error("the summary has no links")
	}
}

// No page has the same id twice: labels, hints and links would point astray.
func TestIDsAreUnique(t *testing.T) {
	b := serve(t, words())
	b.door.code = "K7Q2"
	for _, l := range leaves {
		c := &client{t: t, base: b.server.URL}
		if l.role != "" {
			c = b.as(t, l.role)
		}
		seen := map[string]bool{}
		doc := parseHTML(c.get(l.path).body)
		for _, n := range all(doc, func(n *html.Node) bool { return hasAttr(n, "id") }) {
			if id := attr(n, "id"); seen[id] {
				t.Errorf("%s: id %q twice", l.name, id)
			} else {
				seen[id] = true
			}
		}
		for _, n := range all(doc, tag("label")) {
			if to := attr(n, "for"); to != "" && !seen[to] {
				t.Errorf("%s: a label points to %q, which is not there", l.name, to)
			}
		}
	}
}

// Two windows on one draft: the second does not overwrite the first, and keeps
// what was typed in it.
func TestTwoWindowsOnOneDraft(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	at := draftPath(46) + "/edit"
	first, second := c.get(at), c.get(at)
	if got := c.submit(first, at, "Save and go on", url.Values{"tip.title": {"First"}}); got.status != 303 || !strings.HasSuffix(got.to, "/edit?done=saved") {
		t.Fatalf("first: status %d to %q", got.status, got.to)
	}
	second = c.submit(second, at, "Add a claim", url.Values{"tip.title": {"Second"}})
	got := c.submit(second, at, "Save and go on", nil)
	if got.status != 409 || !got.says("The draft was changed since you opened it.") || !strings.Contains(got.body, `value="Second"`) {
		t.Errorf("second: status %d", got.status)
	}
	if b.office.drafts[5].Statement.Tip.Title != "First" {
		t.Errorf("the title is %q", b.office.drafts[5].Statement.Tip.Title)
	}
}

// Only its author changes a draft, and only while it is his.
func TestWhoEdits(t *testing.T) {
	b := serve(t, words())
	if got := b.as(t, entente.Releaser).get(draftPath(43) + "/edit"); got.status != 403 {
		t.Errorf("another officer: status %d", got.status)
	}
	if got := b.as(t, entente.Analyst).get(draftPath(42) + "/edit"); got.status != 409 {
		t.Errorf("a submitted draft: status %d", got.status)
	}
}

func TestAttachToADraft(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	big := strings.Repeat("x", maxForm+1) // files have a bound of their own
	if got := c.upload(draftPath(43)+"/files", "../../письмо.txt", "text/plain; charset=utf-8", big); got.status != 303 {
		t.Fatalf("status %d: %s", got.status, text(parseHTML(got.body)))
	}
	a := b.office.drafts[2].Statement.Attachments[0]
	if a.Name != "письмо.txt" || a.Media != "text/plain" || a.Size != maxForm+1 {
		t.Errorf("attached: %+v", a)
	}
	page := c.get(draftPath(43))
	if !page.says("письмо.txt 4.0 MiB · text/plain") {
		t.Errorf("the page of the draft: %s", text(parseHTML(page.body)))
	}
	if got := c.submit(page, draftPath(43), "Take it off", nil); got.status != 303 || len(b.office.drafts[2].Statement.Attachments) != 0 {
		t.Errorf("taking it off: status %d", got.status)
	}
	if got := c.upload(draftPath(43)+"/files", "", "text/plain", ""); got.status != 422 || !got.says("No file came with the form.") {
		t.Errorf("no file: status %d", got.status)
	}
}

func TestWithdraw(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	if got := c.submit(c.get(draftPath(43)), draftPath(43), "Withdraw it", nil); got.to != "/drafts?done=withdrawn" || b.office.drafts[2].State != entente.DraftWithdrawn {
		t.Errorf("to %q, %s", got.to, b.office.drafts[2].State)
	}
}

// To whom one may write: partners of agreements that all have signed and that
// are in force.
func TestWays(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get("/drafts/new")
	for partner, want := range map[string]bool{"borea-sls under north-star": true, "cadia-fiu under three-seas": true, "long-lights": false} {
		if page.says(partner) != want {
			t.Errorf("the page offers %q: %v", partner, page.says(partner))
		}
	}
	b.office.empty = true
	if !c.get("/drafts/new").says("There is nobody to write to.") {
		t.Error("without agreements the page says nothing")
	}
	b.office.empty = false
	b.office.standing = b.office.standing[:1]
	if !c.get("/drafts/new").says("Save and review") {
		t.Error("with one way out the page asks which")
	}
}
