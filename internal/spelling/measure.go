package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"

	"entente/spell"
)

// sample bounds the pairs that are measured of each file: every nth is taken.
const sample = 12000

// tokens are the files of single name parts, in the order of the report.
var tokens = []string{"russian", "arabic", "hebrew", "korean", "chinese", "katakana", "japanese"}

// measure prints, for each script, how many pairs of spellings share a key and
// how many Compare finds alike; then how coarse the keys are.
func measure(dir string, misses bool) error {
	fmt.Println("script     pairs   share a key   first key   Compare ≥ .6   keys a part")
	for _, script := range tokens {
		pairs, err := readPairs(data(dir, "spelling", script+".tokens.tsv"))
		if err != nil {
			return err
		}
		report(script, pairs, misses)
	}
	return coarse(dir)
}

type pair struct{ latin, other string }

// readPairs reads lines "kadaev<TAB>к а д а е в<TAB>1", evenly sampled.
func readPairs(file string) ([]pair, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []pair
	for s := bufio.NewScanner(f); s.Scan(); {
		fields := strings.Split(s.Text(), "\t")
		if len(fields) >= 2 && fields[0] != "" {
			all = append(all, pair{fields[0], strings.ReplaceAll(fields[1], " ", "")})
		}
	}
	step := max(1, len(all)/sample)
	var list []pair
	for i := 0; i < len(all); i += step {
		list = append(list, all[i])
	}
	return list, nil
}

func report(script string, pairs []pair, misses bool) {
	var shared, first, alike, keys, shown int
	for _, p := range pairs {
		a, b := part(p.latin), part(p.other)
		ka, kb := a.Keys(), b.Keys()
		keys += len(kb)
		like := spell.Compare(a, b)
		meets := slices.ContainsFunc(ka, func(k spell.Key) bool { return slices.Contains(kb, k) })
		if meets {
			shared++
		} else if misses && shown < 400 {
			shown++
			fmt.Printf("    %s  %s  read %s %v  %.2f %s\n", p.latin, p.other, b.Latin, b.Others, like.Score, like.Rule)
		}
		if slices.Contains(ka, kb[0]) {
			first++
		}
		if like.Score >= 0.6 {
			alike++
		}
	}
	n := float64(len(pairs))
	fmt.Printf("%-9s %6d   %.3f         %.3f       %.3f          %.1f\n", script, len(pairs),
		float64(shared)/n, float64(first)/n, float64(alike)/n, float64(keys)/n)
}

// part reads a word as it reads beside others: alone, a Korean word may be a
// whole name.
func part(text string) spell.Part {
	parts := spell.Parse("a " + text).Parts
	longest := parts[1%len(parts)]
	for _, p := range parts[1:] {
		if len(p.Text) > len(longest.Text) {
			longest = p
		}
	}
	return longest
}

// coarse prints how many distinct Latin names stand on one key: what a key
// finds besides what was looked for.
func coarse(dir string) error {
	names := map[string]bool{}
	for _, script := range []string{"russian", "arabic"} {
		pairs, err := readPairs(data(dir, "spelling", script+".tokens.tsv"))
		if err != nil {
			return err
		}
		for _, p := range pairs {
			names[part(p.latin).Latin] = true
		}
	}
	first, all := map[spell.Key]int{}, map[spell.Key]int{}
	parts, keys := []spell.Part{}, 0
	for n := range names {
		p := part(n)
		parts = append(parts, p)
		for i, k := range p.Keys() {
			if i == 0 {
				first[k]++
			}
			all[k]++
			keys++
		}
	}
	met, alike := 0, 0
	for i, p := range parts {
		met += first[p.Keys()[0]]
		if i%40 == 0 {
			for _, o := range parts {
				if spell.Compare(p, o).Score >= 0.6 {
					alike++
				}
			}
		}
	}
	n := float64(len(names))
	fmt.Printf("\n%d distinct Latin names: %.2f keys each; %.2f names a first key, %.2f a key; a name meets %.1f on its first key; Compare ≥ .6 with %.1f\n",
		len(names), float64(keys)/n, n/float64(len(first)), float64(keys)/float64(len(all)), float64(met)/n, float64(alike)/(n/40))
	return nil
}
