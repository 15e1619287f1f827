package main

import (
	"math"
	"slices"
	"strings"

	"entente/spell"
)

// wordPairs pairs the words of full names that have as many in both scripts.
// Japanese names stand the other way round in Latin, so of two words both
// orders are tried; fit says how badly two words fit, and limit is the worst to take.
func wordPairs(s spell.Script, names []fullName, fit func(pair) float64, limit float64, keep func(native string) bool) []pair {
	type seen struct{ native, latin string }
	count := map[seen]float64{}
	var order []seen
	for _, n := range names {
		words := strings.FieldsFunc(n.native, func(r rune) bool { return r == ' ' || r == '-' || r == '־' || r == '·' })
		if len(words) < 2 || len(words) != len(n.latin) || strings.ContainsRune(n.native, ',') || !keep(n.native) {
			continue
		}
		for i, latin := range inOrder(s, words, n.latin, fit) {
			p := seen{words[i], latin}
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
	return slices.DeleteFunc(usable(s, out), func(p pair) bool { return fit(p) > limit && p.weight < sureWeight })
}

// inOrder gives the Latin words in the order of the native ones.
func inOrder(s spell.Script, words, latin []string, fit func(pair) float64) []string {
	if len(words) != 2 {
		return latin
	}
	other := []string{latin[1], latin[0]}
	var as, swapped float64
	for i, w := range words {
		y := spell.Symbols(s, w)
		as += fit(pair{symbols: y, latin: latin[i]})
		swapped += fit(pair{symbols: y, latin: other[i]})
	}
	if swapped < as {
		return other
	}
	return latin
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
