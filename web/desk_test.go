package web

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente"
)

// The inbox asks for what the address says, and every row says where its
// message stands and what is due.
func TestInbox(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	page := c.get("/inbox?show=all")
	rows := all(parseHTML(page.body), tag("li"))
	var said []string
	for _, r := range rows {
		if strings.HasPrefix(attr(r, "class"), "row ") {
			said = append(said, attr(r, "class")+": "+text(r))
		}
	}
	want := []string{
		"row overdue: FLASH تهديد وشيك ضد الزوار في ميناء أوستفيك مساء اليوم from cadia-fiu new overdue by 1 hour Acknowledgement, from us nobody has it",
		"row calm: IMMEDIATE Passenger of the ferry MS Halvard, 2011-03-06 to borea-sls decided disputed 2 days ago",
		"row calm: PRIORITY Арсен Кадаев готовит поездку на север страны from borea-sls seen due in 26 days Outcome, from us with anna.kern",
	}
	if len(said) != 7 {
		t.Errorf("%d rows, want the 7 tips", len(said))
	}
	for i, w := range want {
		if i < len(said) && said[i] != w {
			t.Errorf("row %d:\n%s\nwant\n%s", i, said[i], w)
		}
	}
	if got := c.get("/inbox?way=out"); got.says("تهديد") || !got.says("Three accounts opened on one day") {
		t.Error("what went out is not told from what came in")
	}
	if got := c.get("/inbox"); got.says("Passenger of the ferry") {
		t.Error("what is decided is listed as open")
	}
	b.office.empty = true
	if got := c.get("/inbox"); !got.says("Nothing is open. Every message listed here has been seen and decided") {
		t.Error("an empty inbox does not say what that means")
	}
}

func TestQueue(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	page := c.get("/queue")
	for _, want := range []string{
		"A newer epoch of the agreement is in force at the recipient. old-epoch", "Compare the agreement with the partner’s, then write the message again.",
		"Seen by clara.voss", "Call an overseer: the two ledgers do not agree.", "57 attempts have failed The connection was refused.", "Next attempt in 7 minutes",
		"Nothing is released to this partner: Their ledger contradicts what they signed before.", "Waiting: 3 messages", "Put off by cadia-fiu", "The recipient does not accept this kind of message. kind", "A releaser decides.", "their clock is 42 seconds ahead of ours",
	} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got := c.submit(page, "/queue", "I have seen it", nil); got.to != "/queue?done=seen" || b.office.dead[0].Seen != "clara.voss" {
		t.Errorf("taking note: to %q, seen by %q", got.to, b.office.dead[0].Seen)
	}
	if got := c.submit(page, "/queue", "Try now", nil); got.to != "/queue?done=retry" || !strings.HasSuffix(b.office.asked(), "queue.retry cadia-fiu") {
		t.Errorf("trying now: to %q after %s", got.to, b.office.asked())
	}
	if got := c.submit(page, "/queue", "Offer it again", nil); got.to != "/queue?done=offered-again" || !strings.HasSuffix(b.office.asked(), "queue.retry "+string(mid(8))) {
		t.Errorf("offering again: to %q after %s", got.to, b.office.asked())
	}
	// A releaser decides what is held, where the level lets it pass; each message is ticked.
	decides := b.as(t, entente.Releaser)
	page = decides.get("/queue")
	if n := strings.Count(page.body, `name="do" value="send"`); n != 1 {
		t.Errorf("%d buttons send held mail, want one: the other channel is closed", n)
	}
	at := "/queue/held/" + string(borea) + "/north-star"
	for do, want := range map[string]string{"send": "held-sent", "withdraw": "held-withdrawn"} {
		got := decides.post(at, url.Values{"do": {do}, "message": {string(mid(34))}})
		if got.to != "/queue?done="+want || !strings.HasSuffix(b.office.asked(), "draft.release "+do+" north-star "+string(borea)+" ["+string(mid(34))+"]") {
			t.Errorf("%s: to %q after %s", do, got.to, b.office.asked())
		}
	}
	if got := decides.post(at, url.Values{"do": {"withdraw"}}); got.status != 422 && got.status != 400 {
		t.Errorf("nothing ticked: status %d to %q", got.status, got.to)
	}
	// An operator sees that something waits, and has no way to what it says.
	operator := b.as(t, entente.Operator).get("/queue")
	if strings.Contains(operator.body, `href="/messages/`) || !operator.says(string(mid(7))) {
		t.Error("the operator is led to content")
	}
}

// Every reason has a next step for whoever reads it.
func TestEveryReasonHasAdvice(t *testing.T) {
	for _, r := range reasons {
		if r.Words() == "" || !strings.HasSuffix(reasonAdvice(r), ".") {
			t.Errorf("%s: %q, %q", r, r.Words(), reasonAdvice(r))
		}
	}
}

func TestAgreement(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	list := c.get("/agreements")
	for _, want := range []string{"north-star in force open", "three-seas in force cadia-fiu warnings only", "long-lights not signed by all open"} {
		if !list.says(want) {
			t.Errorf("the list does not say %q: %s", want, text(parseHTML(list.body)))
		}
	}
	at := "/agreements/north-star"
	page := c.get(at)
	if !page.says("Two people stand behind every tip and every disposition") {
		t.Error("the page does not explain the agreement")
	}
	// Line 20 is the one to which verdicts lead.
	if line := all(parseHTML(page.body), hasID("line-20")); len(line) != 1 || !strings.HasPrefix(rawText(line[0]), "tip = 'subject.nationalities") {
		t.Error("line 20 is not the scope of tips")
	}
	got := c.submit(page, at, "Declare the level", url.Values{"level": {"suspended"}})
	if got.status != 422 || !got.says("Reason: It is empty.") || !strings.Contains(got.body, `value="suspended" checked`) {
		t.Errorf("without a reason: status %d", got.status)
	}
	got = c.submit(got, at, "Declare the level", url.Values{"reason": {"Talks broke down."}})
	if got.to != "/queue?done=level-held" || !strings.HasSuffix(b.office.asked(), "agreement.level north-star suspended  Talks broke down.") {
		t.Errorf("declaring, with mail that is held then: to %q after %s", got.to, b.office.asked())
	}
	got = c.submit(c.get(at), at, "Declare the outage", url.Values{"from": {"yesterday"}, "until": {"2011-03-02 08:00"}})
	if got.status != 422 || !got.says("It is not a day with a time.") || !strings.Contains(got.body, `value="2011-03-02 08:00"`) {
		t.Errorf("an outage since yesterday: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	got = c.submit(got, at, "Declare the outage", url.Values{"from": {"2011-03-01 08:00 UTC"}, "to": {"borea-sls"}})
	if got.to != at+"?done=outage" || !strings.HasSuffix(b.office.asked(), "agreement.outage north-star borea-sls 2011-03-01T08:00:00Z 2011-03-02T08:00:00Z") {
		t.Errorf("an outage: to %q after %s", got.to, b.office.asked())
	}
	const three = "/agreements/three-seas"
	got = c.submit(c.get(three), three, "Declare the level", url.Values{"level": {"open"}, "reason": {"Talks went well."}})
	if got.status != 422 || !got.says("Declare it to: Nothing is chosen.") {
		t.Errorf("with three parties and none chosen: status %d, to %q", got.status, got.to)
	}
	got = c.submit(got, three, "Declare the level", url.Values{"towards": {string(cadia)}})
	if got.to != three+"?done=level" || !strings.HasSuffix(b.office.asked(), "agreement.level three-seas open cadia-fiu Talks went well.") {
		t.Errorf("declaring to one party: to %q after %s", got.to, b.office.asked())
	}
	if b.as(t, entente.Analyst).get(at).says("Declare the level") {
		t.Error("an analyst is offered to change the level")
	}
	if got := c.get("/agreements/none"); got.status != 404 {
		t.Errorf("no such agreement: status %d", got.status)
	}
}

func TestPartners(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Analyst).get("/partners")
	for _, want := range []string{
		"K4TZ 2W9B 7HQN 5XCM V1DE R8GP 3JAY 6SF0", "Compared by clara.voss", "Nobody has compared it yet.", "It only calls out: messages wait until it calls.",
		"Борейская государственная служба", "дежурная часть +999 555-01-02",
	} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if !strings.Contains(page.body, `href="tel:+9995550102"`) {
		t.Error("the number cannot be called")
	}
}

func TestObligations(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	page := c.get("/obligations")
	if !page.says("Acknowledgement تهديد وشيك ضد الزوار في ميناء أوستفيك مساء اليوم to cadia-fiu overdue by 1 hour 2011-03-08 07:30 UTC deadline.acknowledge.FLASH") {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
	if !page.says("Our partners owe us nothing.") {
		t.Error("the empty half says nothing")
	}
}

func TestOversight(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Overseer)
	log := c.get("/access")
	if !log.says("240 2011-03-08 09:19 UTC anna.kern analyst acknowledged message " + string(mid(0)) + " handling") {
		t.Errorf("the newest entry: %.400s", text(parseHTML(log.body)))
	}
	if !log.says("emil.roth operator refused: looked at the inbox") {
		t.Error("what was refused does not stand out")
	}
	older := c.get("/access?before=141")
	if older.says(" 141 2011") || !older.says("140 2011") {
		t.Errorf("the older page: %.300s", text(parseHTML(older.body)))
	}
	if next := all(parseHTML(log.body), func(n *html.Node) bool { return strings.HasPrefix(attr(n, "href"), "/access?before=") }); len(next) != 1 || attr(next[0], "href") != "/access?before=141" {
		t.Error("there is no way to the older entries")
	}

	before := len(b.office.calls)
	if page := c.get("/ledgers"); !page.says("Verify every ledger") || len(b.office.calls) != before {
		t.Error("looking at the page verifies already")
	}
	page := c.submit(c.get("/ledgers"), "/ledgers", "Verify every ledger", nil)
	if !page.says("Not every ledger holds.") || !page.says("has shown a checkpoint that contradicts it") {
		t.Error("a ledger that does not hold does not stand out")
	}
	b.office.empty = true
	if !c.get("/ledgers?verify=now").says("Every ledger holds. Verified at 2011-03-08 09:30 UTC.") {
		t.Error("ledgers that hold are not said to")
	}
	b.office.empty = false
	if page := c.get("/refusals"); !page.says("out-of-scope for good") || !page.says("from-the-future may be sent again") {
		t.Errorf("refusals: %s", text(parseHTML(page.body)))
	}
	// He reads what others are still writing, and can do nothing about it.
	draft := c.get(draftPath(41))
	if !draft.says("To be written") || len(all(parseHTML(draft.body), tag("form"))) != 1 {
		t.Errorf("the overseer's page of a draft has %d forms, want only the one to sign out", len(all(parseHTML(draft.body), tag("form"))))
	}
}

func TestOfficers(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Operator)
	page := c.get("/officers")
	if got := c.post("/officers/farah.aziz/role", url.Values{"role": {"releaser"}}); got.to != "/officers?done=role" || b.office.people[5].Role != entente.Releaser || b.office.people[5].Name != "فرح عزيز" {
		t.Errorf("a role: to %q, %+v", got.to, b.office.people[5])
	}
	if got := c.post("/officers/farah.aziz/role", url.Values{"role": {"king"}}); got.status != 422 {
		t.Errorf("no such role: status %d", got.status)
	}
	if got := c.post("/officers/anna.kern/disable", nil); got.to != "/officers?done=disabled" || b.office.people[0].Disabled != morning {
		t.Errorf("closing: to %q, %+v", got.to, b.office.people[0])
	}
	if got := c.post("/officers/anna.kern/enable", nil); got.to != "/officers?done=enabled" || !b.office.people[0].Disabled.IsZero() {
		t.Errorf("opening: to %q", got.to)
	}
	if got := c.post("/officers/nobody/disable", nil); got.status != 404 {
		t.Errorf("nobody: status %d", got.status)
	}
	if got := c.submit(page, "/officers", "Enter and invite", nil); got.status != 422 || !got.says("3 fields need your attention") {
		t.Errorf("an empty form: status %d", got.status)
	}
	if got := c.submit(page, "/officers", "Enter and invite", url.Values{"id": {"Big Name"}, "name": {"X"}, "role": {"analyst"}}); got.status != 422 || !got.says("Id: An officer's id has 2 to 60") {
		t.Errorf("a bad id: status %d", got.status)
	}
	if got := c.submit(page, "/officers", "Invite anew", nil); !got.says("Invitation for \u2068anna.kern\u2069") {
		t.Error("no invitation")
	}
}

func TestNode(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Operator)
	page := c.get("/node")
	for _, want := range []string{"cadia-fiu has not been reached in 57 attempts", "v0.1.0-test", "Messages that wait 2", "entente/north-star/albia-ncc/borea-sls 12345"} {
		if !page.says(want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	b.office.empty = true
	if !c.get("/node").says("All is well.") {
		t.Error("a node without warnings does not say that all is well")
	}
	// Where an operator begins.
	if got := c.get("/"); got.to != "/queue" {
		t.Errorf("home is %q", got.to)
	}
}
