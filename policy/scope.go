package policy

import (
	"entente"
)

func scopeClause(k entente.Kind) string { return "scope." + string(k) }

// scoped asks the scope rule of the message's kind: a message about two people
// passes only if it may pass about each. What cannot be answered does not pass.
func (t *Terms) scoped(f Facts) entente.Finding {
	k := f.Message.Statement.Kind
	r, ok := t.scope[k]
	if !ok {
		return t.yes("scope", t.name()+" has no scope rule for "+kindWords(k)+": they pass")
	}
	out := r.over(f, false)
	switch {
	case out.failed:
		return t.no(r.clause, entente.ReasonScope, "the scope rule of "+t.name()+" cannot be answered for "+f.its()+", so it does not pass", out.values...)
	case out.stopped && out.subjects > 1:
		return t.no(r.clause, entente.ReasonScope, "the scope rule of "+t.name()+" must hold for each of the "+count(out.subjects, "subject", "subjects")+" of "+f.its()+", and for one it does not", out.values...)
	case out.stopped:
		return t.no(r.clause, entente.ReasonScope, "the scope rule of "+t.name()+" does not let "+f.its()+" pass", out.values...)
	case out.subjects > 1:
		return t.yes(r.clause, "the scope rule of "+t.name()+" holds for each of the "+count(out.subjects, "subject", "subjects")+" of "+f.its(), out.values...)
	}
	return t.yes(r.clause, "the scope rule of "+t.name()+" lets "+f.its()+" pass", out.values...)
}

// outcome is what a rule said of a message over all its subjects.
type outcome struct {
	stopped  bool // the answer that stops was given
	failed   bool // no answer
	subjects int  // over how many the rule ranged; 0: it asks of none
	values   []entente.Value
}

// over asks the rule once for each subject of the message and stops at the first
// answer that equals stop. A message about nobody is asked once, with a subject
// of whom nothing is known.
func (r *rule) over(f Facts, stop bool) outcome {
	var out outcome
	subjects := []entente.Subject{{}}
	if tip := f.Message.Statement.Tip; tip != nil && len(tip.Subjects) > 0 && r.asks("subject") {
		subjects, out.subjects = tip.Subjects, len(tip.Subjects)
	}
	v := &facts{message: viewMessage(f.Message), now: f.Now}
	for i, s := range subjects {
		v.subject = viewSubject(s)
		a, err := r.ask(v)
		if out.subjects > 1 { // say of whom the values are
			a.values = append([]entente.Value{{Name: "subject", Value: s.ID}}, a.values...)
		}
		if err != nil {
			return outcome{failed: true, subjects: out.subjects, values: a.values}
		}
		if a.yes == stop {
			return outcome{stopped: true, subjects: out.subjects, values: a.values}
		}
		if i < maxShown {
			out.values = append(out.values, a.values...)
		}
	}
	return out
}
