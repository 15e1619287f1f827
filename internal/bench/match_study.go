package main

import (
	"slices"
	"time"

	"entente"
	"entente/match"
)

// study asks for people of whom it knows who they are, and gathers for one
// figure at which places they were found and why others stood before them.
type study struct {
	group, name string
	all         places
	scripts     map[string]*places
	missed      reasons
	times       timing
}

// places counts at which place the right one was found.
type places struct{ asked, at1, at10, at100 int }

func (p *places) count(rank int) {
	p.asked++
	if rank == 1 {
		p.at1++
	}
	if rank >= 1 && rank <= 10 {
		p.at10++
	}
	if rank >= 1 {
		p.at100++
	}
}

// question is whom to ask for.
type question struct {
	asked entente.Subject
	id    string          // of who is meant; empty: nobody who is held
	held  entente.Subject // as the index has him
}

// answer is what came of a question.
type answer struct {
	question
	hits   []match.Hit // ten
	rank   int         // of the right one; 0: not among a hundred
	script string
	kind   string // of a miss; empty: he came first
	rule   string
	score  float64 // of the right one
}

func newStudy(group, name string) *study {
	return &study{group: group, name: name, scripts: map[string]*places{}, missed: reasons{what: "not first"}}
}

// ask asks as a screen does, for the ten best, and is timed; for who is not
// among them it asks for a hundred.
func (s *study) ask(x *match.Index, q question) answer {
	a := answer{question: q, script: scriptOf(q.asked)}
	a.hits = s.times.ask(x, q.asked, a.script)
	if q.id == "" {
		return a
	}
	hits := a.hits
	if a.rank = q.place(hits); a.rank == 0 {
		hits = x.Find(q.asked, 100)
		if a.rank = q.place(hits); a.rank > 0 {
			a.rank = max(a.rank, 11)
		}
	}
	a.explain(x, hits)
	s.count(a)
	return a
}

// place is the rank of the right one; 0: he is not there.
func (q *question) place(hits []match.Hit) int {
	return 1 + slices.IndexFunc(hits, func(h match.Hit) bool { return h.ID == q.id })
}

// explain says why the right one did not come first.
func (a *answer) explain(x *match.Index, hits []match.Hit) {
	at := slices.IndexFunc(hits, func(h match.Hit) bool { return h.ID == a.id })
	if at >= 0 {
		a.score = hits[at].Match.Score
	}
	if a.rank == 1 {
		return
	}
	a.rule = ruleOf(a.asked, a.held)
	if at < 0 {
		a.kind = "not found: " + x.Trace(a.asked, a.id, 100).Step.String()
		a.score = match.Compare(a.asked, a.held).Score
		return
	}
	place := "in the ten"
	if a.rank > 10 {
		place = "behind ten"
	}
	if hits[0].Match.Score == a.score {
		a.kind = place + ": others fit as well"
	} else {
		a.kind = place + ": others fit better"
	}
}

// count takes an answer into the figure.
func (s *study) count(a answer) {
	s.all.count(a.rank)
	if s.scripts[a.script] == nil {
		s.scripts[a.script] = &places{}
	}
	s.scripts[a.script].count(a.rank)
	if a.kind != "" {
		s.missed.add(a.kind, a.rule, a.score)
	}
}

// figures are the shares found first, among ten and among a hundred; what
// became of the others stands with the first.
func (s *study) figures() []Figure {
	fs := []Figure{
		share(s.group, s.name+", recall @1", s.all.at1, s.all.asked),
		share(s.group, s.name+", recall @10", s.all.at10, s.all.asked),
		share(s.group, s.name+", recall @100", s.all.at100, s.all.asked),
	}
	by := Table{Title: s.name + ": by script", Columns: []Column{{"asked", "n"}, {"@1", ""}, {"@10", ""}, {"@100", ""}}}
	for _, script := range sortedKeys(s.scripts) {
		p := s.scripts[script]
		of := float64(p.asked)
		by.Rows = append(by.Rows, Row{script, []float64{of, float64(p.at1) / of, float64(p.at10) / of, float64(p.at100) / of}})
	}
	fs[0].Details = append([]Table{by}, s.missed.tables(s.name)...)
	return fs
}

// time is the mean time of a question beside its floor.
func (s *study) time(name string, floor time.Duration, aim string) []Figure {
	return s.times.figures(s.group, name, floor, aim)
}
