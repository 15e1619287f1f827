package main

import (
	"cmp"
	"slices"
	"strings"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

var probable = entente.BandProbable.Floor()

// measureDates asks with a noisy date of birth: who is listed on another list,
// and who is on none.
func measureDates(c *corpus.Corpus) ([]Figure, error) {
	const group = "with a noisy date of birth"
	x := index(c.OFAC)
	held := map[string]entente.Subject{}
	for _, p := range c.OFAC {
		held[p.ID] = p.Subject
	}
	all, global := &alarms{}, &alarms{}
	unlisted := newStudy(group, "")
	for i, p := range c.Unlisted {
		a := unlisted.ask(x, question{asked: dated(p, p.Subject.Names[0].Text)})
		all.count(a, held)
		if i < c.Global {
			global.count(a, held)
		}
	}
	lists, found := newStudy(group, "people on two lists"), newReach(group, "people on two lists with a probable hit")
	for _, l := range c.Links() {
		found.count(lists.ask(x, question{asked: dated(l.B, l.B.Subject.Names[0].Text), id: l.A.ID, held: l.A.Subject}))
	}
	alias, aliased := newStudy(group, "one alias held out, with a date"), newReach(group, "held-out aliases with a probable hit")
	for _, p := range c.OFAC {
		if corpus.Aliases(p) > 0 {
			q := question{asked: dated(p, p.Subject.Names[1].Text), id: p.ID, held: corpus.Without(p.Subject, 1)}
			x.Put(p.ID, q.held)
			aliased.count(alias.ask(x, q))
			x.Put(p.ID, p.Subject)
		}
	}
	floor := found.floor()
	above := all.from(group, "unlisted people hit, where .95 of those on two lists are", floor)
	above.Note = "at scores from " + quantity(floor, "")
	fs := []Figure{
		all.from(group, "unlisted people with a probable hit", probable).aim("≤ .05 %"),
		bare(global.from(group, "of them the global half", probable)),
		found.figure().aim("≥ .95"),
		above.aim("≤ .05 %"),
		aliased.figure(),
	}
	fs = append(append(fs, lists.figures()...), alias.figures()...)
	cost := lookUpAndCopy(len(c.OFAC))
	return slices.Concat(fs, lists.time("time a query with a date, listed", cost, "≤ 0.1 ms"), unlisted.time("time a query with a date, unlisted", cost, "≤ 0.1 ms")), nil
}

// dated asks for somebody by a name and a noisy date.
func dated(p corpus.Person, name string) entente.Subject {
	return corpus.Asked(p, name, true, corpus.Random("bench", p.ID))
}

// alarms are the best hits of people who are on no list.
type alarms struct {
	asked int
	by    map[string]int // script: asked
	hits  []alarm
}

type alarm struct {
	script      string
	asked, held entente.Subject
	score       float64
}

// count keeps the best hit, if it is worth a look.
func (s *alarms) count(a answer, held map[string]entente.Subject) {
	if s.by == nil {
		s.by = map[string]int{}
	}
	s.asked++
	s.by[a.script]++
	if len(a.hits) > 0 && a.hits[0].Match.Score >= entente.BandPossible.Floor() {
		s.hits = append(s.hits, alarm{a.script, a.asked, held[a.hits[0].ID], a.hits[0].Match.Score})
	}
}

// from is the share with a hit of some score or more, and what made them.
func (s *alarms) from(group, name string, score float64) Figure {
	n := 0
	by := map[string]int{}
	why := reasons{what: "false alarms", alone: true}
	for _, h := range s.hits {
		if h.score >= score {
			n++
			by[h.script]++
			why.add(alarmKind(h), ruleOf(h.asked, h.held), h.score)
		}
	}
	f := share(group, name, n, s.asked).percent()
	table := Table{Title: name + ": by script", Columns: []Column{{"asked", "n"}, {"false alarms", "n"}, {"share", "%"}}}
	for _, script := range sortedKeys(s.by) {
		table.Rows = append(table.Rows, Row{script, []float64{float64(s.by[script]), float64(by[script]), 100 * float64(by[script]) / float64(s.by[script])}})
	}
	f.Details = append([]Table{table}, why.tables(name)...)
	return f
}

// bare is a figure without what it is made of, which another says.
func bare(f Figure) Figure {
	f.Details = nil
	return f
}

// alarmKind says in a few words how names and dates fit.
func alarmKind(h alarm) string {
	kind := match.Observe(h.asked, h.held).Kind()
	for _, rule := range match.Rules(h.asked, h.held) {
		if strings.HasPrefix(rule, "birth ") {
			return kind + ", " + rule
		}
	}
	return kind + ", no date"
}

// reach counts who of those who are listed has a hit of the band probable or more.
type reach struct {
	group, name string
	asked, hit  int
	by          map[string]*places // script: asked, and hit at 1
	missed      reasons
	scores      []float64 // 0: not found
}

func newReach(group, name string) *reach {
	return &reach{group: group, name: name, by: map[string]*places{}, missed: reasons{what: "missed"}}
}

func (r *reach) count(a answer) {
	if r.by[a.script] == nil {
		r.by[a.script] = &places{}
	}
	r.asked++
	r.by[a.script].asked++
	score := 0.0
	if a.rank > 0 && a.rank <= 10 {
		score = a.score
	}
	r.scores = append(r.scores, score)
	if score >= probable {
		r.hit++
		r.by[a.script].at1++
		return
	}
	kind := a.kind
	if score > 0 {
		kind = "in the ten: score below the band, " + string(entente.BandOf(score))
	}
	r.missed.add(kind, ruleOf(a.asked, a.held), a.score)
}

// floor is a score that nineteen of twenty reach.
func (r *reach) floor() float64 { return quantile(r.scores, 0.05) }

func (r *reach) figure() Figure {
	f := share(r.group, r.name, r.hit, r.asked)
	by := Table{Title: r.name + ": by script", Columns: []Column{{"asked", "n"}, {"hit", "n"}, {"share", ""}}}
	for _, script := range sortedKeys(r.by) {
		p := r.by[script]
		by.Rows = append(by.Rows, Row{script, []float64{float64(p.asked), float64(p.at1), float64(p.at1) / float64(p.asked)}})
	}
	slices.SortFunc(by.Rows, func(a, b Row) int { return cmp.Compare(b.Values[0], a.Values[0]) })
	f.Details = append([]Table{by}, r.missed.tables(r.name)...)
	return f
}
