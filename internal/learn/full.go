package main

import (
	"math"
	"strings"

	"entente/spell"
)

// wordPairs pairs the words of full names that have as many in both scripts:
// they stand in the same order, and pairs that do not fit are trimmed later.
func wordPairs(s spell.Script, names []fullName, keep func(native string) bool) []pair {
	type seen struct{ native, latin string }
	count := map[seen]float64{}
	var order []seen
	for _, n := range names {
		words := strings.FieldsFunc(n.native, func(r rune) bool { return r == ' ' || r == '-' || r == '־' || r == '·' })
		if len(words) < 2 || len(words) != len(n.latin) || strings.ContainsRune(n.native, ',') || !keep(n.native) {
			continue
		}
		for i, w := range words {
			p := seen{w, n.latin[i]}
			if count[p] == 0 {
				order = append(order, p)
			}
			count[p]++
		}
	}
	var out []pair
	for _, p := range order {
		out = append(out, pair{native: p.native, latin: p.latin, weight: math.Sqrt(count[p])})
	}
	return usable(s, out)
}

// merged joins lists of pairs; of a pair that several have, the greatest weight counts.
func merged(lists ...[]pair) []pair {
	at := map[[2]string]int{}
	var out []pair
	for _, list := range lists {
		for _, p := range list {
			key := [2]string{p.native, p.latin}
			if i, ok := at[key]; ok {
				out[i].weight = max(out[i].weight, p.weight)
				continue
			}
			at[key] = len(out)
			out = append(out, p)
		}
	}
	return out
}
