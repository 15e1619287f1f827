package main

import (
	"strconv"

	"entente"
	"entente/internal/fit/corpus"
)

// scored counts by tenths of the score how many hits are right.
type scored struct {
	how       string
	questions int
	people    map[string]bool // who was asked for
	script    map[string]*[10][2]int
	tenth     [10]tenth
	wrong     reasons         // from probable on
	blamed    map[string]bool // whom, by whom and rule
}

// tenth is what was scored there.
type tenth struct {
	hits, right int
	people      map[string]bool // who was asked for
}

func newScored(how string) *scored {
	return &scored{how: how, people: map[string]bool{}, script: map[string]*[10][2]int{}, wrong: reasons{what: "wrong"}, blamed: map[string]bool{}}
}

func (s *scored) count(score float64, right bool, who, script string) {
	i := min(9, int(score*10))
	t := &s.tenth[i]
	if t.people == nil {
		t.people = map[string]bool{}
	}
	if s.script[script] == nil {
		s.script[script] = &[10][2]int{}
	}
	by := &s.script[script][i]
	t.hits++
	by[0]++
	t.people[who] = true
	if right {
		t.right++
		by[1]++
	}
}

// blame says why a hit is wrong, once for each person and rule: an often asked
// question is not many.
func (s *scored) blame(band entente.Band, who string, listed bool, rule string, score float64) {
	if s.blamed[who+rule] {
		return
	}
	s.blamed[who+rule] = true
	whom := "for somebody on no list"
	if listed {
		whom = "for somebody listed, another one"
	}
	s.wrong.add(string(band)+", "+whom, rule, score)
}

// figures are the shares that are right. Questions about one person are alike,
// so the interval is that of as many hits as there are people.
func (s *scored) figures(group string) []Figure {
	names := [10]string{"0 to .1", ".1 to .2", ".2 to .3", ".3 to .4", ".4 to .5", ".5 to .6", ".6 to .7", ".7 to .8", ".8 to .9", ".9 to 1"}
	var fs []Figure
	by := Table{Title: "right of hits " + s.how + ": by script", Columns: []Column{{"hits", "n"}, {"right", "n"}, {"share", ""}}}
	for i := range s.tenth {
		t := &s.tenth[i]
		f := share(group, "right of hits "+s.how+", scored "+names[i], t.right, t.hits)
		f.Low, f.High = wilson(f.Value, float64(len(t.people)))
		if i == 8 {
			f.Aim = ".8 to .9"
		}
		f.Summary = i >= 8
		fs = append(fs, f)
		for _, script := range sortedKeys(s.script) {
			if n := s.script[script][i]; i >= 7 && n[0] > 0 {
				by.Rows = append(by.Rows, Row{names[i] + ", " + script, []float64{float64(n[0]), float64(n[1]), float64(n[1]) / float64(n[0])}})
			}
		}
	}
	fs[8].Note = strconv.Itoa(s.questions) + " questions about " + strconv.Itoa(len(s.people)) + " people, of whom one in " + strconv.Itoa(1+corpus.UnlistedEach) + " questions is about somebody listed; the interval is that of as many hits as people were asked for"
	fs[8].Details = append([]Table{by}, s.wrong.tables("hits "+s.how+" from probable on")...)
	return fs
}
