package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"entente"
	"entente/match"
)

func person(name string) entente.Subject {
	return entente.Subject{Names: []entente.Name{{Text: name}}}
}

// A small world of invented people: what is missed is told by kind and by rule,
// and nobody's name is in it.
func TestStudyNamesNobody(t *testing.T) {
	x := match.New()
	held := map[string]entente.Subject{"kadaev": person("Arsen Kadaev"), "volna": person("Hanna Volna")}
	for id, s := range held {
		x.Put(id, s)
	}
	for i := range 20 {
		x.Put("other"+strconv.Itoa(i), person("Olvek Kadaev"))
	}
	s := newStudy("invented", "people")
	for _, q := range []struct{ asked, id string }{
		{"Арсен Кадаев", "kadaev"}, {"Olvek Kadaev", "kadaev"}, {"Mira Ostvik", "volna"}, {"Volna Hanna", "volna"},
	} {
		s.ask(x, question{asked: person(q.asked), id: q.id, held: held[q.id]})
	}
	fs := append(s.figures(), s.time("time", 1, "")...)
	if fs[0].Value != 0.5 || fs[1].Value != 0.5 || fs[2].Value != 0.75 || fs[0].Of != 4 {
		t.Errorf("recall: %+v", fs[:3])
	}
	rows := map[string]float64{}
	for _, f := range fs {
		for _, table := range f.Details {
			for _, r := range table.Rows {
				if len(r.Values) != len(table.Columns) {
					t.Errorf("%s, %s: %d values in %d columns", table.Title, r.Name, len(r.Values), len(table.Columns))
				}
				rows[r.Name] = r.Values[0]
			}
		}
	}
	for name, want := range map[string]float64{
		"Latin": 3, "Cyrillic": 1, "2 words": 4,
		"not found: no key shared": 1, "not found: no key shared: no part in common": 1,
		"behind ten: others fit better": 1, "behind ten: others fit better: 1 same (rare), 1 only asked, 1 only held": 1,
	} {
		if rows[name] != want {
			t.Errorf("%q: %v, want %v, in %v", name, rows[name], want, rows)
		}
	}
	all, err := json.Marshal(fs)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range strings.Fields("arsen kadaev olvek hanna volna mira ostvik арсен кадаев") {
		if strings.Contains(strings.ToLower(string(all)), word) {
			t.Errorf("the report says %q: %s", word, all)
		}
	}
}

func TestAlarmsAndReach(t *testing.T) {
	x := match.New()
	held := person("Arsen Kadaev")
	x.Put("kadaev", held)
	far := held
	far.Births = []entente.Birth{{Date: entente.PartialDate{Year: 1950}}}
	x.Put("far", far)
	asked := held
	asked.Births = []entente.Birth{{Date: entente.PartialDate{Year: 1987}}}
	s := newStudy("g", "")
	var a alarms
	for _, q := range []entente.Subject{asked, person("Mira Ostvik")} {
		a.count(s.ask(x, question{asked: q}), map[string]entente.Subject{"kadaev": held})
	}
	f := a.from("g", "alarms", probable)
	if f.Value != 50 || f.Unit != "%" || len(f.Details) != 3 || f.Details[1].Rows[0].Name != "every part met, no date" || f.Details[2].Rows[0].Name != "2 same" {
		t.Errorf("alarms: %+v", f)
	}
	r := newReach("g", "reach")
	r.count(s.ask(x, question{asked: asked, id: "kadaev", held: held}))
	r.count(s.ask(x, question{asked: asked, id: "far", held: far}))
	f = r.figure()
	if f.Value != 0.5 || f.Details[1].Rows[0].Name != "in the ten: score below the band, "+string(match.Compare(asked, far).Band) {
		t.Errorf("reach: %+v", f)
	}
}

func TestScoredCountsPeople(t *testing.T) {
	s := newScored("at all")
	for i := range 40 {
		s.count(0.85, i < 32, strconv.Itoa(i%4), "Latin")
	}
	for range 3 {
		s.blame(entente.BandProbable, "0", true, "2 same", 0.85)
	}
	s.blame(entente.BandProbable, "1", false, "2 same", 0.86)
	f := s.figures("g")[8]
	low, high := wilson(0.8, 4)
	if f.Value != 0.8 || f.Of != 40 || f.Low != low || f.High != high || !f.Summary {
		t.Errorf("got %+v, want .8 of 40 with the interval of four people", f)
	}
	if s.wrong.all != 2 || len(f.Details) != 3 {
		t.Errorf("wrong: %+v", s.wrong)
	}
}

func TestWilson(t *testing.T) {
	for _, c := range []struct{ p, n, low, high float64 }{{0.5, 100, 0.404, 0.596}, {0, 10, 0, 0.278}, {1, 10, 0.722, 1}, {0, 0, 0, 1}} {
		low, high := wilson(c.p, c.n)
		if quantity(low, "") != quantity(c.low, "") || quantity(high, "") != quantity(c.high, "") {
			t.Errorf("%v of %v: %.3f to %.3f, want %v to %v", c.p, c.n, low, high, c.low, c.high)
		}
	}
}

// What counts comes first, then every figure, then what it is made of.
func TestTextOrder(t *testing.T) {
	f := share("people", "found", 9, 10).aim("≥ .8")
	f.Details = []Table{{Title: "found: by script", Columns: []Column{{"asked", "n"}}, Rows: []Row{{"Latin", []float64{10}}}}}
	r := Report{Machine: "a machine", Figures: []Figure{f, {Group: "people", Name: "time", Value: 0.001, Unit: "s", Floor: 2e-7, Reached: 2e-4}}}
	var out bytes.Buffer
	if err := r.text(&out); err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, want := range []string{
		"a machine\n", "\nSUMMARY ", "\n  found ", "0.900", "0.596 – 0.982", "≥ .8\n", "\nPEOPLE ", "\ntime ", "1.00 ms", "200 ns", "0.02 %",
		"\nPEOPLE, BROKEN DOWN\n", "\nfound: by script", "\n  Latin", "10\n",
	} {
		at := strings.Index(out.String()[last:], want)
		if at < 0 {
			t.Fatalf("no %q in its place in\n%s", want, out.String())
		}
		last += at
	}
}
