package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"entente"
	"entente/internal/fit/corpus"
	"entente/match"
)

// measureMillion holds a million made-up people.
func measureMillion(c *corpus.Corpus) ([]Figure, error) {
	const group, people = "one million people", 1_000_000
	w, err := newWorldOfNames(os.Getenv("ENTENTE_DATA"))
	if err != nil {
		return nil, err
	}
	question, put, puts := millionFloor(people)
	r := corpus.Random("million")
	debug.FreeOSMemory()
	before, start := resident(), threadTime()
	x := match.New()
	var took []time.Duration
	for i := range people {
		s := w.person(r)
		from := threadTime()
		x.Put("list/"+strconv.Itoa(i), s)
		took = append(took, threadTime()-from)
	}
	built := threadTime() - start
	debug.FreeOSMemory()
	took = took[people-10_000:]
	seconds := func(name string, d, floor time.Duration) Figure {
		return beside(Figure{Group: group, Name: name, Value: d.Seconds(), Unit: "s"}, floor)
	}
	fs := []Figure{
		seconds("build, one core", built, puts).aim("≤ 60 s"),
		Figure{Group: group, Name: "resident memory", Value: float64(resident() - before), Unit: "B"}.aim("≤ 400 MB"),
		seconds("add one to the live index, median", median(took), put),
		seconds("add one to the live index, p99.9", quantile(took, 0.999), put).aim("≤ 1 ms"),
	}
	fs[0].Note = floorNote(people)
	for _, kind := range []string{"name only", "with a date"} {
		var listed, unlisted timing
		for range 3_000 {
			s := shorten(w.person(r), kind)
			listed.ask(x, s, scriptOf(s))
		}
		for i := range 3_000 {
			s := shorten(c.Unlisted[i*13%len(c.Unlisted)].Subject, kind)
			unlisted.ask(x, s, scriptOf(s))
		}
		for _, of := range []struct {
			name string
			*timing
		}{{"common names", &listed}, {"unlisted", &unlisted}} {
			name := of.name + ", " + kind
			p50, p99 := seconds(name+", p50", median(of.all), question), seconds(name+", p99", quantile(of.all, 0.99), question).aim("≤ 1 ms")
			best := seconds(name+", ten best whoever they are, p99", quantile(of.best, 0.99), question).aim("≤ 1 ms")
			p50.Summary, p99.Details = true, of.tables(name)
			fs = append(fs, p50, p99, best)
		}
	}
	return fs, nil
}

// millionFloor measures the floors, and gives their memory back.
func millionFloor(people int) (question, put, puts time.Duration) {
	question = lookUpAndCopy(people)
	put, puts = insertAndCopy(people)
	debug.FreeOSMemory()
	return question, put, puts
}

func shorten(s entente.Subject, kind string) entente.Subject {
	q := entente.Subject{Names: s.Names}
	if kind != "name only" {
		q.Births = s.Births
	}
	return q
}

// worldOfNames makes people of the names that are common in each country.
type worldOfNames struct {
	countries []string
	given     map[string][]string
	family    map[string][]string
}

func newWorldOfNames(dir string) (*worldOfNames, error) {
	w := &worldOfNames{given: map[string][]string{}, family: map[string][]string{}}
	for _, f := range []struct {
		file string
		to   map[string][]string
	}{{"common-forenames-by-country.csv", w.given}, {"common-surnames-by-country.csv", w.family}} {
		in, err := os.Open(filepath.Join(dir, "frequency", f.file))
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(in).ReadAll()
		in.Close()
		if err != nil {
			return nil, err
		}
		column := 0
		for i, name := range rows[0] {
			if name == "Romanized Name" {
				column = i
			}
		}
		for _, row := range rows[1:] {
			if name := strings.TrimSpace(row[column]); name != "" {
				f.to[row[0]] = append(f.to[row[0]], name)
			}
		}
	}
	for c := range w.given {
		if len(w.family[c]) > 0 {
			w.countries = append(w.countries, c)
		}
	}
	if len(w.countries) == 0 {
		return nil, fmt.Errorf("no names in %s", dir)
	}
	return w, nil
}

// person makes one: two or three names. Three in ten have a rare family name,
// put together from the syllables of others.
func (w *worldOfNames) person(r *rand.Rand) entente.Subject {
	c := w.countries[r.IntN(len(w.countries))]
	pick := func(names []string) string { return names[min(r.IntN(len(names)), r.IntN(len(names)))] }
	family := pick(w.family[c])
	if r.IntN(10) < 3 {
		other := pick(w.family[w.countries[r.IntN(len(w.countries))]])
		family = half(family, true) + half(other, false)
	}
	name := pick(w.given[c])
	if r.IntN(2) == 0 {
		name += " " + pick(w.given[c])
	}
	d := entente.PartialDate{Year: 1940 + r.IntN(66), Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}
	return entente.Subject{Names: []entente.Name{{Text: name + " " + family}}, Births: []entente.Birth{{Date: d}}}
}

func half(s string, first bool) string {
	r := []rune(strings.ToLower(s))
	if first {
		return string(r[:(len(r)+1)/2])
	}
	return string(r[len(r)/2:])
}

// resident is how many bytes of this process are in memory.
func resident() int64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b))
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}
