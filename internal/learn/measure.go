package main

import (
	"fmt"
	"os"
	"slices"
	"syscall"
	"time"

	"entente/spell"
)

// measure learns from the pairs that are not held out and tells how often one
// of the first 1, 3, 8 readings of a held-out token has the skeleton of its Latin form.
func measure(c corpus, pairs []pair, s sounds, table []byte) error {
	tokens, err := readTokens(c)
	if err != nil {
		return err
	}
	learn := slices.DeleteFunc(pairs, func(p pair) bool { return held(p.native) })
	test := slices.DeleteFunc(tokens, func(p pair) bool { return !held(p.native) })
	start := time.Now()
	table = pack(slices.Clip(table), c.letter, train(c, learn, s))
	took := time.Since(start)
	t, err := spell.OpenTable(table)
	if err != nil {
		return err
	}
	if err := t.Check(); err != nil {
		return err
	}
	var hit [3]float64
	exact, all := 0.0, 0.0
	misses := os.Getenv("MISSES") != ""
	for _, p := range test {
		all++
		was := hit[2]
		want := spell.Skeleton(p.latin)
		for i, r := range t.Readings(c.script, p.native, 8) {
			if i == 0 && r == p.latin {
				exact++
			}
			if spell.Skeleton(r) != want {
				continue
			}
			for k, n := range [3]int{1, 3, 8} {
				if i < n {
					hit[k]++
				}
			}
			break
		}
		if misses && was == hit[2] {
			fmt.Println(p.native, p.latin, t.Readings(c.script, p.native, 8), p.weight)
		}
	}
	before := cpu()
	for _, p := range test {
		t.Readings(c.script, p.native, 8)
	}
	each := (cpu() - before) / time.Duration(len(test))
	fmt.Printf("%-8s %6d tokens: skeleton @1 %.3f @3 %.3f @8 %.3f, letters @1 %.3f; %d bytes, %v a token (learned in %v)\n",
		c.script, len(test), hit[0]/all, hit[1]/all, hit[2]/all, exact/all, len(table), each, took.Round(time.Second))
	whole := 0
	for _, p := range test {
		if _, _, ok := t.Split(c.script, p.native); ok {
			whole++
		}
	}
	if c.script == spell.Hangul || c.script == spell.Han {
		fmt.Printf("%-8s %6d of these tokens taken for whole names\n", c.script, whole)
	}
	if c.full == "" {
		return nil
	}
	return measureFull(c, t)
}

// cpu is the processor time that the process has used: other work on the
// machine does not count.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it cannot fail for itself
	return time.Duration(u.Utime.Nano())
}
