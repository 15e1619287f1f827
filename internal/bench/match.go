package main

import (
	"cmp"
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// measureMatch measures finding people on the data that ENTENTE_DATA names.
func measureMatch(context.Context, options) ([]Figure, error) {
	c, err := corpus.Load(os.Getenv("ENTENTE_DATA"))
	if err != nil {
		return nil, err
	}
	runtime.LockOSThread() // so that its time can be told from the others'
	defer runtime.UnlockOSThread()
	var all []Figure
	for _, part := range []func(*corpus.Corpus) ([]Figure, error){
		measureAliases, measureScripts, measureDates, measureMillion,
	} {
		figures, err := part(c)
		if err != nil {
			return nil, err
		}
		all = append(all, figures...)
	}
	return all, nil
}

// recall counts at which place the right one was found.
type recall struct {
	asked, at1, at10, at100 int
	spent                   time.Duration
	times                   []time.Duration
}

func (r *recall) count(rank int) {
	r.asked++
	if rank == 1 {
		r.at1++
	}
	if rank >= 1 && rank <= 10 {
		r.at10++
	}
	if rank >= 1 {
		r.at100++
	}
}

// ask finds somebody and counts the place of the right one. The ten best are
// asked for as a screen does, and timed; then a hundred.
func (r *recall) ask(x *match.Index, s entente.Subject, want string) (int, []match.Hit) {
	start := threadTime()
	hits := x.Find(s, 10)
	took := threadTime() - start
	r.spent += took
	r.times = append(r.times, took)
	place := func(hits []match.Hit) int {
		return 1 + slices.IndexFunc(hits, func(h match.Hit) bool { return h.ID == want })
	}
	rank := place(hits)
	if rank == 0 && want != "" {
		if rank = place(x.Find(s, 100)); rank > 0 {
			rank = max(rank, 11)
		}
	}
	r.count(rank)
	return rank, hits
}

func (r *recall) figures(group, name, aim1, aim10 string) []Figure {
	share := func(n int) float64 { return float64(n) / float64(max(1, r.asked)) }
	fs := []Figure{
		{Group: group, Name: name + ", recall @1", Value: share(r.at1), Aim: aim1},
		{Group: group, Name: name + ", recall @10", Value: share(r.at10), Aim: aim10},
		{Group: group, Name: name + ", recall @100", Value: share(r.at100)},
	}
	return fs
}

func (r *recall) time(group, name, aim string) Figure {
	return Figure{Group: group, Name: name, Value: (r.spent / time.Duration(max(1, r.asked))).Seconds(), Unit: "s", Aim: aim}
}

func index(people ...[]corpus.Person) *match.Index {
	x := match.New()
	for _, list := range people {
		for _, p := range list {
			x.Put(p.ID, p.Subject)
		}
	}
	return x
}

// measureAliases holds out names of listed people: one at a time, and all
// aliases of a person together.
func measureAliases(c *corpus.Corpus) ([]Figure, error) {
	x := index(c.OFAC)
	var one, each, all, unlisted recall
	misses := map[string]int{}
	for _, p := range c.OFAC {
		for i, n := range p.Subject.Names {
			if n.Use != "alias" { // the primary name, and bynames that stand in the remarks
				continue
			}
			s := p.Subject
			s.Names = slices.Delete(slices.Clone(s.Names), i, i+1)
			x.Put(p.ID, s)
			rank, _ := each.ask(x, entente.Subject{Names: []entente.Name{n}}, p.ID)
			if i == 1+corpus.Share("alias"+p.ID, aliases(p)) {
				one.count(rank)
			}
			if rank != 1 {
				misses[missKind(n.Text, s, rank)]++
			}
		}
		x.Put(p.ID, p.Subject)
	}
	bare := match.New()
	for _, p := range c.OFAC {
		s := p.Subject
		if corpus.Share(p.ID, 2) == 0 {
			s.Names = s.Names[:1]
		}
		bare.Put(p.ID, s)
	}
	for _, p := range c.OFAC {
		if corpus.Share(p.ID, 2) == 0 {
			for _, n := range p.Subject.Names[1 : 1+aliases(p)] {
				all.ask(bare, entente.Subject{Names: []entente.Name{n}}, p.ID)
			}
		}
	}
	for i, p := range c.Unlisted {
		if i%5 == 0 {
			unlisted.ask(x, entente.Subject{Names: p.Subject.Names}, "")
		}
	}
	fs := slices.Concat(one.figures("aliases", "one alias of each person held out", "≥ .86", "≥ .92"), each.figures("aliases", "every alias held out in turn", "", ""), all.figures("aliases", "all aliases of a person held out", "", ""))
	floor := lookUpAndCopy(c.OFAC).Seconds()
	fs = append(fs, each.time("aliases", "time a query, listed", "≤ 0.1 ms"), unlisted.time("aliases", "time a query, unlisted", "≤ 0.1 ms"))
	for i := len(fs) - 2; i < len(fs); i++ {
		fs[i].Floor, fs[i].Reached = floor, floor/fs[i].Value
	}
	return append(fs, worst("aliases", misses)...), nil
}

// aliases counts the names that the list of aliases has.
func aliases(p corpus.Person) (n int) {
	for _, name := range p.Subject.Names {
		if name.Use == "alias" {
			n++
		}
	}
	return n
}

// worst lists the commonest kinds of miss.
func worst(group string, misses map[string]int) []Figure {
	var fs []Figure
	for kind, n := range misses {
		fs = append(fs, Figure{Group: group, Name: "missed: " + kind, Value: float64(n)})
	}
	slices.SortFunc(fs, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), strings.Compare(a.Name, b.Name))
	})
	return fs[:min(len(fs), 10)]
}

// missKind says by which rule a name was missed, never whose it is.
func missKind(name string, held entente.Subject, rank int) string {
	place := "not found"
	switch {
	case rank > 10:
		place = "behind ten"
	case rank > 0:
		place = "in the ten"
	}
	t := match.Observe(entente.Subject{Names: []entente.Name{{Text: name}}}, held)
	return place + ": " + t.Kind()
}
