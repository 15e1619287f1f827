package web

import (
	"testing"

	"entente"
)

// Who is asked anew what was decided reads what the decision did not know, apart
// from what was decided.
func TestTaskSaysWhatIsToldOtherwise(t *testing.T) {
	b := serve(t, words())
	page := b.as(t, entente.Supervisor).get("/tasks/" + string(linkTask))
	if !page.says("It was decided before, and is told otherwise since: birth 1986-03-14, before none") {
		t.Errorf("the page: %s", text(parseHTML(page.body)))
	}
	decided := hit(1, onWatch(), entente.Sighting{Event: theEvent}, onBoard(), kadaev(), hitTask)
	next, onFile := decided, decided
	decided.Decided = &entente.Verdict{Answer: entente.VerdictOther}
	next.Was, next.Changed = decided.ID, "birth 1986-03-14, before none"
	onFile.Changed = next.Changed
	var who traveller
	for _, h := range []entente.Hit{next, decided, onFile} {
		who.add(h)
	}
	if met := who.Seen[0].Met; len(met) != 2 || len(met[0].Hits) != 2 || met[0].decided() != nil || met[1].decided() == nil {
		t.Errorf("what was decided and what waits are mixed: %+v", met)
	}
}
