package main

import (
	"fmt"
	"slices"
	"syscall"
	"time"

	"entente/spell"
)

// measure learns from the pairs that are not held out and tells how often one
// of the first 1, 3, 8 readings of a held-out token has the skeleton of its
// Latin form, and how often the rules alone give it.
func measure(c corpus, pairs []pair, s sounds, table []byte) error {
	tokens, err := readTokens(c)
	if err != nil {
		return err
	}
	rules, err := readRules(c.script)
	if err != nil {
		return err
	}
	learn := slices.DeleteFunc(pairs, func(p pair) bool { return held(p.native) })
	test := slices.DeleteFunc(tokens, func(p pair) bool { return !held(p.native) })
	t, err := spell.OpenTable(pack(slices.Clip(table), c.letter, train(c, learn, s)))
	if err != nil {
		return err
	}
	if err := t.Check(); err != nil {
		return err
	}
	tallyOf(c, t, rules, test).print(c, each(c, t, test))
	if c.full == "" {
		return nil
	}
	return measureFull(c, t)
}

// tally counts held-out tokens by what was met.
type tally struct {
	all, at1, at3, at8, letters, rules, split int
}

func tallyOf(c corpus, t *spell.Table, rules bareRules, test []pair) (n tally) {
	for _, p := range test {
		n.all++
		want := spell.Skeleton(p.latin)
		got := t.Readings(c.script, p.native, 8)
		at := slices.IndexFunc(got, func(s string) bool { return spell.Skeleton(s) == want })
		n.at1 += yes(at == 0)
		n.at3 += yes(at >= 0 && at < 3)
		n.at8 += yes(at >= 0)
		n.letters += yes(len(got) > 0 && got[0] == p.latin)
		n.rules += yes(spell.Skeleton(rules.read(p.native)) == want)
		_, _, split := t.Split(c.script, p.native)
		n.split += yes(split)
	}
	return n
}

func (n tally) print(c corpus, each time.Duration) {
	share := func(k int) float64 { return float64(k) / float64(max(n.all, 1)) }
	fmt.Printf("%-8s %6d tokens: skeleton by rules %.3f, learned @1 %.3f @3 %.3f @8 %.3f; letters @1 %.3f; taken for a whole name %.3f; %v of processor time each\n",
		c.script, n.all, share(n.rules), share(n.at1), share(n.at3), share(n.at8), share(n.letters), share(n.split), each)
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

// each is the processor time of reading one token.
func each(c corpus, t *spell.Table, test []pair) time.Duration {
	before := cpu()
	for _, p := range test {
		t.Readings(c.script, p.native, 8)
	}
	return (cpu() - before) / time.Duration(max(len(test), 1))
}

// cpu is the processor time that the process has used: other work on the
// machine does not count.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it cannot fail for itself
	return time.Duration(u.Utime.Nano())
}
