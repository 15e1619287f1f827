package policy

import (
	"fmt"
	"strings"

	"entente"
)

const assuranceClause = "assurance.when"

// compileAssurance compiles the rule that says which messages rely on the
// recipient's assurances. An assurance without such a rule would cover every
// message, and this version would have to refuse them all.
func (t *Terms) compileAssurance() error {
	if len(t.a.Assurance) == 0 {
		return nil
	}
	when, ok := t.a.Assurance["when"].(string)
	if !ok {
		return t.bad(assuranceClause, "the agreement asks for assurances and does not say for which messages", "write the rule that is true for them, as in: when = 'message.purpose == \"terrorism-prosecution\"'")
	}
	var err error
	t.assurance, err = t.compileRule(assuranceClause, when, messageSchema)
	return err
}

// assured refuses a message that may pass only under assurances: this version
// cannot hold anybody to them, and to let it pass would say that it does. One
// subject that needs them is enough, and so is a rule that cannot be answered.
// An acknowledgement or a notice carries nothing that an assurance protects.
func (t *Terms) assured(f Facts) entente.Finding {
	k := f.Message.Statement.Kind
	if t.assurance == nil || k == entente.KindAcknowledgement || k == entente.KindNotice {
		return entente.Finding{}
	}
	out := t.assurance.over(f, true)
	if out.stopped || out.failed {
		return t.no(assuranceClause, entente.ReasonNotEnforced, f.its()+" may pass only under assurances ("+t.assurances()+"), which are not enforced by this version", out.values...)
	}
	return t.yes(assuranceClause, f.its()+" needs none of the assurances of "+t.name(), out.values...)
}

func (t *Terms) assurances() string {
	required, _ := t.a.Assurance["requires"].([]any)
	names := make([]string, len(required))
	for i, r := range required {
		names[i] = fmt.Sprint(r)
	}
	if len(names) == 0 {
		return "not named"
	}
	return strings.Join(names, ", ")
}
