package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"entente"
	"entente/match"
	"entente/spell"
)

// worstShown is how many of the worst a table has.
const worstShown = 10

// reasons counts why a figure is not what it should be: by kind, and by the
// rules by which two people were compared. Nobody is named.
type reasons struct {
	what  string // is counted: "missed", "false alarms"
	alone bool   // rules stand without their kind, which they say themselves
	all   int
	kinds map[string]int
	rules map[string]*ruled
}

// ruled is how often one rule did it, and between which scores.
type ruled struct {
	n         int
	low, high float64 // scores
}

func (r *reasons) add(kind, rule string, score float64) {
	if r.kinds == nil {
		r.kinds, r.rules = map[string]int{}, map[string]*ruled{}
	}
	r.all++
	r.kinds[kind]++
	k := kind + ": " + rule
	if r.alone {
		k = rule
	}
	if r.rules[k] == nil {
		r.rules[k] = &ruled{low: score, high: score}
	}
	w := r.rules[k]
	w.n++
	w.low, w.high = min(w.low, score), max(w.high, score)
}

// tables are one by kind and one of the ten worst rules: those that did it most
// often, and of those the ones with the highest score.
func (r *reasons) tables(title string) []Table {
	if r.all == 0 {
		return nil
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(r.all) }
	kinds := Table{Title: title + ", " + r.what + ": by kind", Columns: []Column{{r.what, "n"}, {"of them", "%"}}}
	for k, n := range r.kinds {
		kinds.Rows = append(kinds.Rows, Row{k, []float64{float64(n), share(n)}})
	}
	slices.SortFunc(kinds.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Values[0], a.Values[0]), strings.Compare(a.Name, b.Name))
	})
	worst := Table{Title: title + ", " + r.what + ": the ten worst by rule", Columns: []Column{{r.what, "n"}, {"of them", "%"}, {"scored from", ""}, {"to", ""}}}
	for k, w := range r.rules {
		worst.Rows = append(worst.Rows, Row{k, []float64{float64(w.n), share(w.n), w.low, w.high}})
	}
	slices.SortFunc(worst.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Values[0], a.Values[0]), cmp.Compare(b.Values[3], a.Values[3]), strings.Compare(a.Name, b.Name))
	})
	worst.Rows = worst.Rows[:min(len(worst.Rows), worstShown)]
	return []Table{kinds, worst}
}

// ruleOf says by which rules two people were compared.
func ruleOf(asked, held entente.Subject) string { return strings.Join(match.Rules(asked, held), "; ") }

// scriptOf names the script of a subject's first name.
func scriptOf(s entente.Subject) string {
	if len(s.Names) > 0 {
		for _, p := range spell.Parse(s.Names[0].Text).Parts {
			if p.Script != spell.Other {
				return p.Script.String()
			}
		}
	}
	return spell.Other.String()
}

// wordsOf counts the words of a subject's first name.
func wordsOf(s entente.Subject) int {
	if len(s.Names) == 0 {
		return 0
	}
	return len(spell.Parse(s.Names[0].Text).Parts)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
