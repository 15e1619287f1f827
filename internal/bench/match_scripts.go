package main

import (
	"os"
	"path/filepath"

	"entente"
	"entente/internal/fit/corpus"
	"entente/spell"
)

// measureScripts asks in other scripts for people who are held in Latin.
func measureScripts(c *corpus.Corpus) ([]Figure, error) {
	const group, held, asks = "other scripts", 20_000, 1_000
	var fs []Figure
	floor := lookUpAndCopy(held)
	for _, f := range []struct{ name, file, aim string }{
		{"Cyrillic, two words of Wikidata", "russian.tokens.tsv", "≥ .999"},
		{"Arabic, two words of Wikidata", "arabic.tokens.tsv", "≥ .97"},
		{"Hebrew, full names", "hebrew.fullnames.tsv", "≥ .90"},
		{"Korean, full names", "korean.fullnames.tsv", "≥ .90"},
		{"Katakana, two words", "katakana.tokens.tsv", ""},
		{"Chinese, two words", "chinese.tokens.tsv", ""},
	} {
		people, asked := corpus.InScript(filepath.Join(os.Getenv("ENTENTE_DATA"), "spelling", f.file), held)
		x := index(people)
		s := newStudy(group, f.name)
		for i := 0; i < len(people); i += len(people) / asks {
			s.ask(x, question{asked: named(entente.Name{Text: asked[i]}), id: people[i].ID, held: people[i].Subject})
		}
		figures := s.figures()
		figures[1] = figures[1].aim(f.aim)
		fs = append(append(fs, figures...), s.time(f.name+", time a query", floor, "")...)
	}
	return append(fs, measureNative(c, group, held)...), nil
}

// measureNative asks for people of the UN and of Canada by the names in other
// scripts that these lists give them, among travellers who are on no list: on
// another list they would stand once more.
func measureNative(c *corpus.Corpus, group string, crowd int) []Figure {
	var latin []corpus.Person
	for _, p := range c.Unlisted {
		if len(latin) < crowd && scriptOf(p.Subject) == spell.Latin.String() {
			latin = append(latin, p)
		}
	}
	by := map[string]*study{}
	for _, list := range [][]corpus.Person{c.UN, c.Canada} {
		x := index(latin, list)
		for _, p := range list {
			for _, n := range p.Native {
				q := question{asked: named(entente.Name{Text: n}), id: p.ID, held: p.Subject}
				script := scriptOf(q.asked)
				if script != "Arabic" && script != "Cyrillic" {
					script = "other scripts"
				}
				if by[script] == nil {
					by[script] = newStudy(group, script+", as the lists write their own people")
				}
				by[script].ask(x, q)
			}
		}
	}
	var fs []Figure
	for _, script := range sortedKeys(by) {
		figures := by[script].figures()
		figures[1] = figures[1].aim(map[string]string{"Arabic": "≥ .97", "Cyrillic": "≥ .999"}[script])
		fs = append(fs, figures...)
	}
	return fs
}
