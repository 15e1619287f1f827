package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"

	"golang.org/x/text/encoding/charmap"

	"entente/spell"
)

// aliases prints how many aliases on the US list share two parts with another
// name of the same person, by key and by Compare.
func aliases(dir string, misses bool) error {
	people := map[string][]spell.Name{}
	if err := readList(data(dir, "ofac", "sdn.csv"), func(row []string) {
		if row[2] == "individual" {
			people[row[0]] = append(people[row[0]], spell.Parse(row[1]))
		}
	}); err != nil {
		return err
	}
	var all, one, two, keyed int
	rules := map[spell.Rule]int{}
	err := readList(data(dir, "ofac", "alt.csv"), func(row []string) {
		held, ok := people[row[0]]
		if !ok {
			return
		}
		alias := spell.Parse(row[3])
		all++
		best, bestKeys := 0, 0
		for _, h := range held {
			n, k := meet(alias, h, rules)
			best, bestKeys = max(best, n), max(bestKeys, k)
		}
		if best >= 1 {
			one++
		}
		if best >= 2 {
			two++
		} else if misses {
			fmt.Printf("    %s  <>  %s\n", row[3], text(held[0]))
		}
		if bestKeys >= 2 {
			keyed++
		}
		people[row[0]] = append(held, alias)
	})
	n := float64(all)
	fmt.Printf("\n%d aliases of people: one part met %.3f, two %.3f; two share a key %.3f; rules %v\n", all, float64(one)/n, float64(two)/n, float64(keyed)/n, rules)
	if misses {
		slices.Sort(differ)
		for _, d := range slices.Compact(differ) {
			fmt.Println("   ", d)
		}
	}
	return err
}

// differ are the parts that are alike and share no key.
var differ []string

// meet counts the parts of a that meet a part of b, none twice.
func meet(a, b spell.Name, rules map[spell.Rule]int) (alike, keyed int) {
	used, usedKeys := make([]bool, len(b.Parts)), make([]bool, len(b.Parts))
	for _, p := range a.Parts {
		if p.Role == spell.Particle || p.Role == spell.Title || p.Role == spell.Initial {
			continue
		}
		best, at := 0.6, -1
		var rule spell.Rule
		for j, q := range b.Parts {
			if like := spell.Compare(p, q); !used[j] && like.Score >= best {
				best, at, rule = like.Score, j, like.Rule
			}
		}
		if at >= 0 {
			used[at] = true
			alike++
			rules[rule]++
			if rule == spell.Typing {
				differ = append(differ, fmt.Sprintf("%s %s %.2f", p.Latin, b.Parts[at].Latin, best))
			}
		}
		for j, q := range b.Parts {
			if !usedKeys[j] && slices.ContainsFunc(p.Keys(), func(k spell.Key) bool { return slices.Contains(q.Keys(), k) }) {
				usedKeys[j] = true
				keyed++
				break
			}
		}
	}
	return alike, keyed
}

func text(n spell.Name) (s string) {
	for _, p := range n.Parts {
		s += p.Text + "[" + p.Latin + "/" + p.Role.String()[:2] + "] "
	}
	return s
}

// readList reads a file in the publisher's format, rows of at least four.
func readList(file string, each func([]string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(charmap.ISO8859_1.NewDecoder().Reader(f))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(row) >= 4 {
			each(row)
		}
	}
}
