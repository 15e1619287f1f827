// Package corpus reads the data that the matcher is fitted to and measured on.
// It is read from the folder that ENTENTE_DATA names and never enters the
// repository.
package corpus

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"entente"
)

// Corpus is everything that was read.
type Corpus struct {
	OFAC, UN, Canada []Person
	Unlisted         []Person // global first, then us
	Global           int      // how many of Unlisted are from global.csv
}

// Person is one entry of a list.
type Person struct {
	ID      string
	Subject entente.Subject // Names[0] is the primary name; in Latin letters, where the list has any
	Native  []string        // names in other scripts
}

// Load reads the folder.
func Load(dir string) (*Corpus, error) {
	if dir == "" {
		return nil, fmt.Errorf("ENTENTE_DATA is not set: point it at the data folder")
	}
	var (
		c   Corpus
		err error
	)
	in := func(names ...string) string { return filepath.Join(dir, filepath.Join(names...)) }
	if c.OFAC, err = read("ofac", "ofac", in("ofac", "sdn.csv"), in("ofac", "alt.csv"), in("ofac", "add.csv")); err != nil {
		return nil, err
	}
	if c.UN, err = read("un", "un", in("un", "consolidated.xml")); err != nil {
		return nil, err
	}
	if c.Canada, err = read("canada", "canada", in("canada", "sema.xml")); err != nil {
		return nil, err
	}
	for _, f := range []string{"global", "us"} {
		people, err := unlisted(in("unlisted", f+".csv"))
		if err != nil {
			return nil, err
		}
		c.Unlisted = append(c.Unlisted, people...)
		if c.Global == 0 {
			c.Global = len(people)
		}
	}
	return &c, nil
}

// unlisted reads a table of travellers. They are numbered, for its rows are not,
// and have one name each, as a ticket has: the parts of it, which stand in
// columns of their own, say the same once more.
func unlisted(file string) ([]Person, error) {
	people, err := read("csv", "unlisted", file)
	for i := range people {
		people[i].ID = fmt.Sprintf("%s/%d", filepath.Base(file), i)
		people[i].Subject.Names = people[i].Subject.Names[:1]
	}
	return people, err
}

// Pairs reads one spelling file: a Latin spelling and another script's a line.
func Pairs(file string) ([]Pair, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	tokens := strings.HasSuffix(file, ".tokens.tsv")
	var pairs []Pair
	for line := range strings.Lines(string(b)) {
		cols := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cols) < 2 {
			continue
		}
		if tokens {
			cols[1] = strings.ReplaceAll(cols[1], " ", "")
		}
		pairs = append(pairs, Pair{cols[0], cols[1], count(cols)})
	}
	return pairs, nil
}
