package main

import (
	"slices"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// measureDates asks with a noisy date of birth: who is listed on another list,
// and who is on none.
func measureDates(c *corpus.Corpus) ([]Figure, error) {
	const group = "with a noisy date of birth"
	x := index(c.OFAC)
	var scores scored
	var unlisted, global, listed, dated recall
	alarms, globals, found, aliased := 0, 0, 0, 0
	var falsely, rightly []float64 // best scores
	probable := entente.BandProbable.Floor()
	for i, p := range c.Unlisted {
		s := corpus.Asked(p, p.Subject.Names[0].Text, true, corpus.Random("bench", p.ID))
		r := &unlisted
		if i < c.Global {
			r = &global
		}
		_, hits := r.ask(x, s, "")
		if len(hits) > 0 {
			falsely = append(falsely, hits[0].Match.Score)
		}
		if len(hits) > 0 && hits[0].Match.Score >= probable {
			alarms++
			if i < c.Global {
				globals++
			}
		}
		scores.count(hits, "", p.ID)
	}
	for _, l := range c.Links() {
		s := corpus.Asked(l.B, l.B.Subject.Names[0].Text, true, corpus.Random("bench", l.B.ID))
		_, hits := listed.ask(x, s, l.A.ID)
		if slices.ContainsFunc(hits, func(h match.Hit) bool { return h.ID == l.A.ID && h.Match.Score >= probable }) {
			found++
		}
		rightly = append(rightly, 0)
		for _, h := range hits {
			if h.ID == l.A.ID {
				rightly[len(rightly)-1] = h.Match.Score
			}
		}
		scores.count(hits, l.A.ID, l.A.ID)
	}
	floor := quantile(rightly, 0.05) // which 19 of 20 reach
	above := 0
	for _, score := range falsely {
		if score >= floor {
			above++
		}
	}
	for _, p := range c.OFAC {
		for i := 1; i < min(2, 1+aliases(p)); i++ {
			held := p.Subject
			held.Names = slices.Delete(slices.Clone(held.Names), i, i+1)
			x.Put(p.ID, held)
			_, hits := dated.ask(x, corpus.Asked(p, p.Subject.Names[i].Text, true, corpus.Random("bench", p.ID)), p.ID)
			if slices.ContainsFunc(hits, func(h match.Hit) bool { return h.ID == p.ID && h.Match.Score >= probable }) {
				aliased++
			}
			scores.count(hits, p.ID, p.ID)
		}
		x.Put(p.ID, p.Subject)
	}
	fs := []Figure{
		{Group: group, Name: "unlisted people with a probable hit", Value: 100 * float64(alarms) / float64(len(c.Unlisted)), Unit: "%", Aim: "≤ .05 %"},
		{Group: group, Name: "of them the global half", Value: 100 * float64(globals) / float64(c.Global), Unit: "%"},
		{Group: group, Name: "people on two lists with a probable hit", Value: float64(found) / float64(listed.asked), Aim: "≥ .95"},
		{Group: group, Name: "unlisted people hit, where .95 of those on two lists are", Value: 100 * float64(above) / float64(len(c.Unlisted)), Unit: "%", Aim: "≤ .05 %", Note: "at scores from " + digits(floor)},
		{Group: group, Name: "held-out aliases with a probable hit", Value: float64(aliased) / float64(dated.asked)},
	}
	fs = append(fs, listed.figures(group, "people on two lists", "", "")...)
	fs = append(fs, dated.figures(group, "one alias held out", "", "")...)
	fs = append(fs, unlisted.time(group, "time a query, unlisted", "≤ 0.1 ms"), listed.time(group, "time a query, listed", "≤ 0.1 ms"))
	return append(fs, scores.figures("calibration, people the fit has not seen")...), nil
}

// scored counts by tenths of the score how many hits are right, of people
// whom the fit has not seen.
type scored struct{ hits, right [10]float64 }

func (s *scored) count(hits []match.Hit, want, asked string) {
	if corpus.SplitOf(asked) != corpus.Dev {
		return
	}
	for _, h := range hits {
		i := min(9, int(h.Match.Score*10))
		s.hits[i]++
		if h.ID == want {
			s.right[i]++
		}
	}
}

func (s *scored) figures(group string) []Figure {
	names := [10]string{"0 to .1", ".1 to .2", ".2 to .3", ".3 to .4", ".4 to .5", ".5 to .6", ".6 to .7", ".7 to .8", ".8 to .9", ".9 to 1"}
	var fs []Figure
	for i, n := range s.hits {
		f := Figure{Group: group, Name: "right of hits scored " + names[i], Value: s.right[i] / max(1, n), Note: digits(n) + " hits"}
		if i == 8 {
			f.Aim = ".8 to .9"
		}
		fs = append(fs, f)
	}
	return fs
}
