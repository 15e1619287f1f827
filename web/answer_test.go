package web

import (
	"net/url"
	"testing"

	"entente"
)

// returnedTo has a releaser's reason stand on a draft of an officer's.
func returnedTo(b *bench, by entente.OfficerID, s entente.Statement) *entente.Draft {
	s.ID, s.Purpose, s.Precedence, s.Caveats = mid(95), "terrorism-prevention", entente.Routine, northStar().Handling
	b.office.drafts = []entente.Draft{{
		ID: mid(95), Author: by, To: borea, Agreement: "north-star", State: entente.DraftReturned, Statement: s, Returned: "Name the day.", Version: 3,
	}}
	return &b.office.drafts[0]
}

// A supervisor writes notes and no tips. A note of hers that came back she mends
// and submits again, as she could write it.
func TestMendANote(t *testing.T) {
	b := serve(t, words())
	d := returnedTo(b, officerOf(entente.Supervisor).ID, entente.Statement{Kind: entente.KindNote, Refs: inAnswerTo(mid(2)), Note: &entente.Note{Text: "He travels soon."}})
	if got := b.as(t, entente.Analyst).get(draftPath(95) + "/edit"); got.status != 403 {
		t.Errorf("another's draft opens: %d", got.status)
	}
	c := b.as(t, entente.Supervisor)
	page := c.get(draftPath(95) + "/edit")
	if page.status != 200 || !page.says("Name the day.") || !page.says("He travels soon.") || !c.get(draftPath(95)).says("Change it") {
		t.Fatalf("status %d: %s", page.status, text(parseHTML(page.body)))
	}
	if got := c.submit(page, draftPath(95)+"/edit", "Save and review", url.Values{"note": {""}}); got.status != 422 {
		t.Errorf("an empty note: status %d", got.status)
	}
	got := c.submit(page, draftPath(95)+"/edit", "Save and review", url.Values{"note": {"He travels on 3 May."}})
	if got.status != 303 || got.to != draftPath(95)+"?done=saved" || d.Statement.Note.Text != "He travels on 3 May." || d.Version != 4 {
		t.Fatalf("status %d to %q: %+v", got.status, got.to, d)
	}
	if got := c.submit(c.get(draftPath(95)), draftPath(95), "Submit for release", nil); got.status != 303 || d.State != entente.DraftSubmitted {
		t.Errorf("submit: status %d, %s", got.status, d.State)
	}
	if got := c.submit(c.get(draftPath(95)), draftPath(95), "Withdraw it", nil); got.status != 303 || d.State != entente.DraftWithdrawn {
		t.Errorf("withdraw: status %d, %s", got.status, d.State)
	}
}

// A disposition comes back with its answers in the form; a refused answer stays refused.
func TestMendADisposition(t *testing.T) {
	b := serve(t, words())
	d := returnedTo(b, "anna.kern", entente.Statement{Kind: entente.KindDisposition, Refs: inAnswerTo(mid(2)), Disposition: &entente.Disposition{
		Outcome: entente.OutcomeNoLink, Reason: "Nothing.", Answers: []entente.Answer{{Question: "q1", Text: "No."}, {Question: "q2", Refused: "It is secret."}},
	}})
	c := b.as(t, entente.Analyst)
	page := c.get(draftPath(95) + "/edit")
	got := c.submit(page, draftPath(95)+"/edit", "Save and review", url.Values{"reason": {"Nothing is known here."}})
	x := d.Statement.Disposition
	if got.status != 303 || x.Reason != "Nothing is known here." || x.Outcome != entente.OutcomeNoLink || len(x.Answers) != 2 || x.Answers[0].Text != "No." || x.Answers[1].Refused != "It is secret." || x.Answers[1].Text != "" {
		t.Errorf("status %d: %+v", got.status, x)
	}
	returnedTo(b, officerOf(entente.Releaser).ID, d.Statement)
	if got := b.as(t, entente.Releaser).get(draftPath(95) + "/edit"); got.status != 403 {
		t.Errorf("who decides nothing mends a disposition: status %d", got.status)
	}
}
