package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func (t *Terms) explainAssurance() []string {
	if t.assurance == nil {
		return nil
	}
	return []string{
		"The assurances (" + t.assurances() + ") are not enforced by this version. What may pass only under them is refused: every tip, disposition or note for which this rule is true (" + t.assurance.quote() + ").",
	}
}

// explainKept says which clauses nobody is held to by this version. They are
// signed all the same, and people may hold one another to them.
func (t *Terms) explainKept() []string {
	var says []string
	for _, kept := range []struct {
		clause string
		values map[string]any
	}{{"retention", t.a.Retention}, {"blind", t.a.Blind}} {
		if len(kept.values) > 0 {
			says = append(says, "Kept, not enforced by this version: "+kept.clause+" ("+settings(kept.values)+").")
		}
	}
	for _, p := range t.a.Parties {
		if promised := t.a.Commitment[p]; len(promised) > 0 {
			says = append(says, "Kept, not enforced by this version: "+string(p)+" has promised "+list(quoted(promised), "and")+".")
		}
	}
	return says
}

// settings writes a table of the text on one line, in the order of its keys.
func settings(values map[string]any) string {
	var all []string
	for _, k := range slices.Sorted(maps.Keys(values)) {
		all = append(all, k+" = "+setting(values[k]))
	}
	return strings.Join(all, ", ")
}

func setting(v any) string {
	switch x := v.(type) {
	case map[string]any:
		return "{" + settings(x) + "}"
	case []any:
		all := make([]string, len(x))
		for i, e := range x {
			all[i] = setting(e)
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	return fmt.Sprint(v)
}
