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
		"It is in force from "+day(t.a.From)+" through "+day(t.a.Until)+". The last day counts in full: it ends at 24:00 UTC.")
}

func (t *Terms) explainScope() []string {
	var says []string
	var without []string
	for _, k := range entente.Kinds {
		if r, ok := t.scope[k]; ok {
			says = append(says, r.explain(k)...)
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
		"Each party may declare how far it holds the agreement open. The most closed declaration counts, at once, for what is sent after it; what was owed stays owed.",
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

func (t *Terms) explainHandling() []string {
	c := t.a.Handling
	says := []string{"Every message says itself how it may be handled. Where its author says nothing else:"}
	for _, l := range []struct{ label, words string }{
		{"TLP " + string(c.TLP), tlpWords[c.TLP]},
		{"PAP " + string(c.PAP), papWords[c.PAP]},
		{"onward " + string(c.Onward), onwardWords[c.Onward]},
		{"court-use " + string(c.CourtUse), courtWords[c.CourtUse]},
	} {
		if l.words != "" {
			says = append(says, l.label+": "+l.words+".")
		}
	}
	if len(c.Purposes) > 0 {
		says = append(says, "It may be used only for "+list(words(c.Purposes), "and")+".")
	}
	if len(says) == 1 {
		return []string{"Every message says itself how it may be handled; the agreement has no default."}
	}
	return says
}

// What the labels mean, in a line each: TLP 2.0 (FIRST, 2022), PAP, and ours.
var (
	tlpWords = map[entente.TLP]string{
		entente.TLPRed: "for its recipients alone", entente.TLPAmberStrict: "stays inside the recipient's organisation",
		entente.TLPAmber: "for those in the recipient's organisation and its clients who need it",
		entente.TLPGreen: "for the recipient's community, and not in public", entente.TLPClear: "may be shown to anyone",
	}
	papWords = map[entente.PAP]string{
		entente.PAPRed: "only passive use that nobody outside can notice", entente.PAPAmber: "passive checks with others are allowed",
		entente.PAPGreen: "active measures are allowed, as long as the subject does not notice", entente.PAPClear: "no limit on measures",
	}
	onwardWords = map[entente.Onward]string{
		entente.OnwardOriginator: "may be passed to a third party only when the originator has agreed, each time",
		entente.OnwardNever:      "may not be passed on", entente.OnwardParties: "may be passed on among the parties of the agreement",
	}
	courtWords = map[entente.CourtUse]string{
		entente.CourtUseAsk: "may be used in proceedings only when the originator has agreed",
		entente.CourtUseNo:  "may not be used in proceedings", entente.CourtUseYes: "may be used in proceedings",
	}
)

func (t *Terms) explainDefinitions() []string {
	terms := map[string]bool{}
	for _, d := range t.a.Definitions {
		for term := range d.Terms {
			terms[term] = true
		}
	}
	var says []string
	for _, term := range slices.Sorted(maps.Keys(terms)) {
		var each []string
		for _, p := range t.a.Parties {
			text, ok := t.a.Definitions[p].Terms[term]
			if !ok {
				each = append(each, string(p)+" gives no definition")
				continue
			}
			each = append(each, string(p)+" says "+strconv.Quote(text))
		}
		says = append(says, "What is "+strconv.Quote(term)+": "+strings.Join(each, "; ")+".")
	}
	for _, p := range t.a.Parties {
		if lists := t.a.Definitions[p].Lists; len(lists) > 0 {
			says = append(says, string(p)+" refers to "+count(len(lists), "list", "lists")+": "+list(lists, "and")+".")
		}
	}
	return append(says, t.explainEquivalence()...)
}

func (t *Terms) explainEquivalence() []string {
	var says []string
	for _, e := range t.a.Equivalence {
		var each []string
		for _, p := range slices.Sorted(maps.Keys(e)) {
			each = append(each, string(p)+"'s "+strconv.Quote(e[p]))
		}
		says = append(says, "These categories are recognised as one: "+list(each, "and")+".")
	}
	if len(says) == 0 {
		return []string{"No category of one party is recognised by another: each tip is read under its sender's definitions."}
	}
	return append(says, "A tip of any other category passes as far as its scope allows, and is shown as a mismatch: it is read under its sender's definitions.")
}
