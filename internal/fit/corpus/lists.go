package corpus

import (
	"os"
	"path/filepath"
	"strings"

	"entente"
	"entente/lists"
)

// read takes the people out of a list, with the reader that an import uses: what
// is fitted and measured is what a desk would hold.
func read(format string, source entente.SourceID, files ...string) ([]Person, error) {
	var parts []lists.File
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		parts = append(parts, lists.File{Name: filepath.Base(name), Data: f})
	}
	var people []Person
	_, err := lists.Read(format, parts, lists.Options{Source: source}, func(r lists.Record) error {
		if r.Holding.ID != "" && r.Holding.Kind == entente.HoldingPerson {
			people = append(people, person(r.Holding))
		}
		return nil
	})
	return people, err
}

// person parts the names that a list writes in another script from the others,
// which are asked for by them, and marks the weak ones: bynames that the
// publishers themselves expect to meet many, and that no figure counts as names.
func person(h entente.Holding) Person {
	p := Person{ID: string(h.ID), Subject: h.Subject}
	p.Subject.Names = nil
	for _, n := range h.Subject.Names {
		if n.Script != "" && n.Script != "Latn" {
			p.Native = append(p.Native, n.Text)
			continue
		}
		if n.Use == "alias" && weak(n.Text, h.Remarks) {
			n.Use = "nickname"
		}
		p.Subject.Names = append(p.Subject.Names, n)
	}
	if len(p.Subject.Names) == 0 {
		p.Subject.Names, p.Native = h.Subject.Names, nil
	}
	return p
}

// weak tells from a holding's remarks whether its publisher thinks an alias
// weak: OFAC writes such aliases among the remarks, and the UN's have a low
// quality, several of them sometimes in one line.
func weak(alias, remarks string) bool {
	if strings.Contains(remarks, "a.k.a. '"+alias+"'") {
		return true
	}
	for line := range strings.Lines(remarks) {
		if names, ok := strings.CutPrefix(line, "Alias of low quality: "); ok && strings.Contains(names, alias) {
			return true
		}
	}
	return false
}
