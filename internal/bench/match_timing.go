package main

import (
	"fmt"
	"slices"
	"time"

	"entente"
	"entente/match"
	"entente/screen"
)

// timing gathers how long questions took.
type timing struct {
	all    []time.Duration // as a desk asks: for who is possible at least
	best   []time.Duration // for the ten best, however little they fit
	script map[string][]time.Duration
	words  map[string][]time.Duration
	slow   []slow // the ten slowest, slowest first
}

// slow is one slow question and what it had to do.
type slow struct {
	took time.Duration
	what string
}

// shown is what a desk asks for.
var shown = match.Least{Score: entente.BandPossible.Floor()}

// ask asks as a desk does, and for the ten best, whom it gives.
func (t *timing) ask(x *match.Index, s entente.Subject, script string) []match.Hit {
	start := threadTime()
	x.Answer(match.Ask(s), screen.Enough, shown)
	took := threadTime() - start
	start = threadTime()
	hits := x.Find(s, 10)
	t.best = append(t.best, threadTime()-start)
	if t.script == nil {
		t.script, t.words = map[string][]time.Duration{}, map[string][]time.Duration{}
	}
	t.all = append(t.all, took)
	t.script[script] = append(t.script[script], took)
	words := fmt.Sprintf("%d words", wordsOf(s))
	t.words[words] = append(t.words[words], took)
	if len(t.slow) < worstShown || took > t.slow[len(t.slow)-1].took {
		t.keep(slow{took, work(x, s, script)})
	}
	return hits
}

func (t *timing) keep(one slow) {
	at, _ := slices.BinarySearchFunc(t.slow, one, func(a, b slow) int { return int(b.took - a.took) })
	t.slow = slices.Insert(t.slow, at, one)
	t.slow = t.slow[:min(len(t.slow), worstShown)]
}

// work says what a question had to do, not of whom.
func work(x *match.Index, s entente.Subject, script string) string {
	done := x.Trace(s, "", 10)
	return fmt.Sprintf("%d words, %s: %d lists, %d people read, %d compared", wordsOf(s), script, done.Lists, done.Read, done.Compared)
}

func mean(times []time.Duration) time.Duration {
	sum := time.Duration(0)
	for _, d := range times {
		sum += d
	}
	return sum / time.Duration(max(1, len(times)))
}

// figures are the times of a question as a desk asks it, and of the ten best.
func (t *timing) figures(group, name string, floor time.Duration, aim string) []Figure {
	figure := func(name string, times []time.Duration) Figure {
		f := beside(Figure{Group: group, Name: name, Value: mean(times).Seconds(), Unit: "s"}, floor)
		if aim != "" {
			f = f.aim(aim)
		}
		return f
	}
	fs := []Figure{figure(name, t.all), figure(name+", ten best whoever they are", t.best)}
	fs[0].Details = t.tables(name)
	return fs
}

// beside puts a floor beside a time.
func beside(f Figure, floor time.Duration) Figure {
	f.Floor = floor.Seconds()
	f.Reached = f.Floor / f.Value
	return f
}

// tables break the times down by script and by words, and have the ten slowest
// questions.
func (t *timing) tables(title string) []Table {
	columns := []Column{{"asked", "n"}, {"p50", "s"}, {"p99", "s"}}
	by := func(what string, times map[string][]time.Duration) Table {
		b := Table{Title: title + ": by " + what, Columns: columns}
		for _, k := range sortedKeys(times) {
			b.Rows = append(b.Rows, Row{k, []float64{float64(len(times[k])), median(times[k]).Seconds(), quantile(times[k], 0.99).Seconds()}})
		}
		return b
	}
	worst := Table{Title: title + ": the ten slowest", Columns: []Column{{"took", "s"}}}
	for _, s := range t.slow {
		worst.Rows = append(worst.Rows, Row{s.what, []float64{s.took.Seconds()}})
	}
	return []Table{by("script", t.script), by("words of the name", t.words), worst}
}
