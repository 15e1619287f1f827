package main

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"entente/spell"
)

// fullName is a person's whole name in two scripts.
type fullName struct {
	latin  []string // words, a–z
	native string
}

func readFull(name string) ([]fullName, error) {
	var out []fullName
	err := eachLine(spellingFile(name), func(f []string) error {
		if len(f) != 2 {
			return fmt.Errorf("%s: %d fields", name, len(f))
		}
		var words []string
		for _, w := range strings.FieldsFunc(f[0], func(r rune) bool { return r == ' ' || r == '-' }) {
			if l := latinOf(w); l != "" {
				words = append(words, l)
			}
		}
		out = append(out, fullName{words, f[1]})
		return nil
	})
	return out, err
}

// koreanNames takes names of Koreans apart, which Hangul writes in one word,
// the family name first, and Latin in two or three in either order. The order
// is the one whose family name is spelt so more often.
func koreanNames(names []fullName, keep func(native string) bool) []pair {
	type seen struct{ native, latin string }
	count := map[seen]float64{}
	var joined []fullName
	for _, n := range names {
		r := []rune(n.native)
		if len(r) < 2 || len(r) > 4 || len(n.latin) < 2 || len(n.latin) > 4 || !writtenInAll(spell.Hangul, n.native) || !keep(n.native) {
			continue
		}
		joined = append(joined, n)
		for _, l := range ends(n.latin) {
			count[seen{spell.HangulFamily(n.native), l}]++
		}
	}
	weight := map[seen]float64{}
	var order []seen
	add := func(native, latin string) {
		s := seen{native, latin}
		if weight[s] == 0 {
			order = append(order, s)
		}
		weight[s]++
	}
	for _, n := range joined {
		family := spell.HangulFamily(n.native)
		given := strings.TrimPrefix(n.native, family)
		e := ends(n.latin)
		first, last := count[seen{family, e[0]}], count[seen{family, e[1]}]
		at := 0
		if last > first {
			at = 1
		}
		if max(first, last) < 3 || given == "" {
			continue
		}
		add(family, e[at])
		if at == 0 {
			add(given, strings.Join(n.latin[1:], ""))
		} else {
			add(given, strings.Join(n.latin[:len(n.latin)-1], ""))
		}
	}
	var out []pair
	for _, s := range order {
		out = append(out, pair{native: s.native, latin: s.latin, weight: math.Sqrt(weight[s])})
	}
	return usable(spell.Hangul, out)
}

func ends(words []string) [2]string { return [2]string{words[0], words[len(words)-1]} }

func writtenInAll(s spell.Script, text string) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) || !spell.WrittenIn(s, r) {
			return false
		}
	}
	return true
}
