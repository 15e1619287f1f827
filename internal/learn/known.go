package main

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"entente/spell"
)

// knownLeast is how often the data must have a Latin name part before it
// counts as a name: what stands there once is often a mistake.
const knownLeast = 3

// knownNames reads the Latin name parts of all scripts and makes the filter.
func knownNames(keep func(native string) bool) ([]byte, error) {
	count := map[string]int{}
	for _, file := range []string{"arabic", "chinese", "hebrew", "japanese", "katakana", "korean", "russian"} {
		err := eachLine(spellingFile(file+".tokens.tsv"), func(f []string) error {
			n, err := strconv.Atoi(f[2])
			if err == nil && keep(strings.ReplaceAll(f[1], " ", "")) {
				count[latinOf(f[0])] += n
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	maps.DeleteFunc(count, func(name string, n int) bool { return n < knownLeast || len(name) < 2 })
	return spell.KnownNames(slices.SortedFunc(maps.Keys(count), cmp.Compare[string])), nil
}
