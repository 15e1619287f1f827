package policy

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"entente"
)

// Explain says in plain sentences, in the order of the text, what the agreement
// lets pass, what it asks for in return, and which of its clauses this version
// keeps without enforcing. The agreement's own text is what binds.
func (t *Terms) Explain() []string {
	var all []string
	for _, part := range []func() []string{
		t.explainParties, t.explainDefinitions, t.explainScope, t.explainLevels,
		t.explainDeadlines, t.explainRelease, t.explainHandling, t.explainAssurance, t.explainKept,
	} {
		all = append(all, part()...)
	}
	return all
}

func (t *Terms) explainParties() []string {
	purposes := "Its purposes are " + list(words(t.a.Purposes), "and") + "."
	if len(t.a.Purposes) == 1 {
		purposes = "Its only purpose is " + string(t.a.Purposes[0]) + "."
	}
	if !slices.Contains(t.a.Purposes, entente.ThreatToLife) {
		purposes += " A threat to life is a purpose of every agreement, too."
	}
	says := []string{t.name() + ", epoch " + strconv.Itoa(t.a.Epoch) + ", is between " + list(words(t.a.Parties), "and") + "."}
	if t.a.Objective != "" {
		says = append(says, "Its objective: "+t.a.Objective)
	}
	return append(says, purposes,
		"It is in force from "+day(t.a.From)+" through "+day(t.a.Until)+". The last day counts in full: it ends at 24:00 UTC. Acknowledgements and outcomes of earlier messages pass after it, too: what was owed stays owed.")
}

func (t *Terms) explainScope() []string {
	var says []string
	var without []string
	for _, k := range entente.Kinds {
		if r, ok := t.scope[k]; ok {
			says = append(says, r.explain(k)...)
			if e, ok := t.country(r).(*entente.Error); ok {
				says = append(says, "Mind: "+e.Detail+". In the next epoch, "+e.Hint+".")
			}
		} else {
			without = append(without, kindWords(k))
		}
	}
	if len(without) > 0 {
		says = append(says, upper(list(without, "and"))+" have no scope rule: their content is not restricted by one.")
	}
	for _, k := range entente.LaterKinds {
		if r, ok := t.scope[k]; ok {
			says = append(says, "The scope rule for "+kindWords(k)+" ("+r.text+") is kept, not enforced by this version, which neither sends nor accepts "+kindWords(k)+".")
		}
	}
	return says
}

func (t *Terms) explainLevels() []string {
	return []string{
		"Each party may declare to each other party how far it keeps the agreement open. Between two parties the most closed of their two declarations counts, at once; a third party's says nothing. What was owed stays owed.",
		"While it is open, all that the scope allows passes.",
		"While it is restricted, these pass: tips of precedence PRIORITY and above, notes on a thread, and all that passes while it is suspended.",
		"While it is warnings-only, these pass: notes on a thread, and all that passes while it is suspended.",
		"While it is suspended, these pass: tips whose purpose is threat-to-life, acknowledgements and dispositions, and notices.",
		"At every level the other clauses still apply.",
	}
}

func (t *Terms) explainDeadlines() []string {
	var says []string
	if len(t.a.Deadline.Acknowledge) == 0 {
		says = append(says, "There is no deadline for a person to have seen a tip.")
	}
	for _, p := range slices.Backward(entente.Precedences) {
		if len(t.a.Deadline.Acknowledge) == 0 {
			break
		}
		if d := t.a.Deadline.Acknowledge[p]; d > 0 {
			says = append(says, string(p)+": a person must have seen a tip within "+span(d)+" of its receipt, and said so.")
		} else {
			says = append(says, string(p)+": no deadline for a person to have seen a tip.")
		}
	}
	if d := t.a.Deadline.Dispose; d > 0 {
		says = append(says, "What came of a tip must be said within "+span(d)+" of its receipt.")
	} else {
		says = append(says, "There is no deadline for saying what came of a tip.")
	}
	says = append(says, "An answer is in time when the party that sent the tip received it in time, by its receipt. What the answer says of itself counts only where that party declared an outage of its own node.")
	if d := t.a.Deadline.Courier; d > 0 {
		says = append(says, "An answer that a courier brought counts from when it was written, if that was at most "+span(d)+" before its receipt.")
	}
	if len(t.a.Deadline.Answer) > 0 {
		var all []string
		for _, k := range slices.Sorted(maps.Keys(t.a.Deadline.Answer)) {
			all = append(all, k+" "+span(t.a.Deadline.Answer[k]))
		}
		says = append(says, "Deadlines for answers to requests ("+strings.Join(all, ", ")+") are kept, not enforced by this version.")
	}
	return says
}

func (t *Terms) explainRelease() []string {
	var two, one []string
	for _, k := range entente.Kinds {
		if four, _ := t.a.Release.NeedsFourEyes(k); four {
			two = append(two, kindWords(k))
		} else {
			one = append(one, kindWords(k))
		}
	}
	var says []string
	if len(two) > 0 {
		says = append(says, upper(list(two, "and"))+" leave only when a second officer has released them.")
	}
	if len(one) > 0 {
		says = append(says, upper(list(one, "and"))+" may be sent by one officer.")
	}
	for _, s := range t.a.Release.Standing {
		says = append(says, "The standing clause "+strconv.Quote(s)+" is kept; in this version it releases nothing by itself.")
	}
	return says
}
