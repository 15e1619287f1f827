// Package corpus reads the data that the matcher is fitted to and measured on.
// It is read from the folder that ENTENTE_DATA names and never enters the
// repository.
package corpus

import (
	"encoding/csv"
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
	Subject entente.Subject // Names[0] is the primary name
	Native  []string        // the name in its own script, where the list says so
	Refs    []string        // what links it to other lists: document numbers
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
	if c.OFAC, err = readOFAC(filepath.Join(dir, "ofac")); err != nil {
		return nil, err
	}
	if c.UN, err = readUN(filepath.Join(dir, "un", "consolidated.xml")); err != nil {
		return nil, err
	}
	if c.Canada, err = readCanada(filepath.Join(dir, "canada", "sema.xml")); err != nil {
		return nil, err
	}
	for _, f := range []string{"global.csv", "us.csv"} {
		people, err := readUnlisted(filepath.Join(dir, "unlisted", f))
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

func readUnlisted(file string) ([]Person, error) {
	rows, err := readCSV(file)
	if err != nil {
		return nil, err
	}
	var people []Person
	for i, r := range rows[1:] {
		s := entente.Subject{Names: []entente.Name{{Text: r[0]}}}
		if d, err := entente.ParsePartialDate(r[5]); err == nil {
			s.Births = []entente.Birth{{Date: d, Place: r[6]}}
		}
		switch r[4] {
		case "male":
			s.Sex = "M"
		case "female":
			s.Sex = "F"
		}
		if c := Country(r[7]); c != "" {
			s.Nationalities = []entente.Country{c}
		}
		people = append(people, Person{ID: fmt.Sprintf("%s/%d", filepath.Base(file), i), Subject: s})
	}
	return people, nil
}

func readCSV(file string) ([][]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	return r.ReadAll()
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
