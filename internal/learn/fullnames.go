package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"entente/spell"
)

// listSize is how many people the Latin list has in which full names are looked for.
const listSize = 20000

// latinList is a list of people by the skeletons of their name parts.
type latinList struct {
	of    map[string][]int32
	parts []int
}

// listOf fills the list: the people who are asked for, and others up to its size.
func listOf(names []fullName, asked []int) *latinList {
	l := &latinList{of: map[string][]int32{}, parts: make([]int, len(names))}
	in := map[int]bool{}
	for _, i := range asked {
		in[i] = true
	}
	for i := 0; len(in) < listSize && i < len(names); i++ {
		in[i] = true
	}
	for i, n := range names {
		if !in[i] {
			continue
		}
		l.parts[i] = len(n.latin)
		keys := map[string]bool{}
		for k, w := range n.latin {
			keys[spell.Skeleton(w)] = true
			if k > 0 {
				keys[spell.Skeleton(n.latin[k-1]+w)] = true
			}
		}
		for k := range keys {
			l.of[k] = append(l.of[k], int32(i))
		}
	}
	return l
}

// find returns the people whose parts fit the readings of all parts best.
func (l *latinList) find(parts [][]string, n int) []int32 {
	score := map[int32]float64{}
	for _, readings := range parts {
		best := map[int32]float64{}
		for i, r := range readings {
			people := l.of[spell.Skeleton(r)]
			worth := math.Log2(listSize/float64(1+len(people))) / (1 + 0.15*float64(i))
			for _, p := range people {
				best[p] = max(best[p], worth)
			}
		}
		for p, s := range best {
			score[p] += s
		}
	}
	var all []int32
	for p := range score {
		all = append(all, p)
		score[p] /= 1 + 0.05*float64(max(0, l.parts[p]-len(parts)))
	}
	slices.SortFunc(all, func(a, b int32) int {
		if score[a] != score[b] {
			if score[a] > score[b] {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	return all[:min(n, len(all))]
}

// measureFull tells how often a held-out full name finds its Latin form.
func measureFull(c corpus, t *spell.Table) error {
	names, err := readFull(c.full)
	if err != nil {
		return err
	}
	var asked []int
	for i, n := range names {
		if held(n.native) && len(n.latin) > 0 && len(nativeWords(n.native)) > 0 {
			asked = append(asked, i)
		}
	}
	list := listOf(names, asked)
	var at1, at10, joined, split, joinedAt10 int
	for _, i := range asked {
		words := nativeWords(names[i].native)
		one := len(words) == 1
		if family, given, ok := t.Split(c.script, words[0]); one && ok {
			words = []string{family, given}
			split++
		}
		var parts [][]string
		for _, w := range words {
			parts = append(parts, t.Readings(c.script, w, 8))
		}
		at := slices.IndexFunc(list.find(parts, 10), func(p int32) bool { return slices.Equal(names[p].latin, names[i].latin) })
		at1 += yes(at == 0)
		at10 += yes(at >= 0)
		joined += yes(one)
		joinedAt10 += yes(one && at >= 0)
	}
	share := func(k, n int) float64 { return float64(k) / float64(max(n, 1)) }
	fmt.Printf("%-8s %6d full names among %d: recall @1 %.3f @10 %.3f; of %d in one word %d split, recall @10 %.3f\n",
		c.script, len(asked), listSize, share(at1, len(asked)), share(at10, len(asked)), joined, split, share(joinedAt10, joined))
	return nil
}

func nativeWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -־·,.()", r) })
}
