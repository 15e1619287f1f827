package policy

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"entente"
)

const equivalenceClause = "equivalence"

// Mismatches says in sentences where the recipient must not read the message
// under its own definitions. A difference is shown and never smoothed over; it
// stops nothing.
func (t *Terms) Mismatches(m entente.Message) []string {
	tip := m.Statement.Tip
	if tip == nil {
		return nil
	}
	if _, ok := t.equivalent(m.Header.From, tip.Category, m.Header.To); ok {
		return nil
	}
	from, to := string(m.Header.From), string(m.Header.To)
	return []string{from + "'s category " + strconv.Quote(tip.Category) + " has no equivalent in " + to + "'s definitions: read it under " +
		from + "'s own definition" + t.definition(m.Header.From, tip.Category)}
}

// category puts the mismatch into the verdict, as a finding that always holds.
func (t *Terms) category(f Facts) entente.Finding {
	tip := f.Message.Statement.Tip
	if tip == nil {
		return entente.Finding{}
	}
	from, to := f.Message.Header.From, f.Message.Header.To
	value := entente.Value{Name: "category", Value: tip.Category}
	if theirs, ok := t.equivalent(from, tip.Category, to); ok {
		return t.yes(equivalenceClause, string(from)+"'s category "+strconv.Quote(tip.Category)+" is "+string(to)+"'s "+strconv.Quote(theirs), value)
	}
	return t.yes(equivalenceClause, t.Mismatches(f.Message)[0], value)
}

// equivalent gives the recipient's own category for one of the sender's.
func (t *Terms) equivalent(from entente.PartyID, category string, to entente.PartyID) (string, bool) {
	for _, e := range t.a.Equivalence {
		if theirs, ok := e[to]; ok && category != "" && e[from] == category {
			return theirs, true
		}
	}
	return "", false
}

// definition quotes what a party defines: the term of that name, or else every
// term, because one of them holds the category.
func (t *Terms) definition(p entente.PartyID, term string) string {
	d := t.a.Definitions[p]
	if text, ok := d.Terms[term]; ok {
		return ": " + strconv.Quote(text)
	}
	if len(d.Terms) == 0 {
		return ", which the agreement does not give: ask them"
	}
	var all []string
	for _, term := range slices.Sorted(maps.Keys(d.Terms)) {
		all = append(all, term+": "+strconv.Quote(d.Terms[term]))
	}
	return " (" + strings.Join(all, "; ") + ")"
}

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
