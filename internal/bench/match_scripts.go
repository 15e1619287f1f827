package main

import (
	"os"
	"path/filepath"
	"slices"

	"entente"
	"entente/internal/fit/corpus"
)

// measureScripts asks in other scripts for people who are held in Latin.
func measureScripts(c *corpus.Corpus) ([]Figure, error) {
	const group, held, asks = "other scripts", 20_000, 1_000
	var fs []Figure
	for _, s := range []struct{ name, file, aim string }{
		{"Cyrillic, two words of Wikidata", "russian.tokens.tsv", "≥ .999"},
		{"Arabic, two words of Wikidata", "arabic.tokens.tsv", "≥ .97"},
		{"Hebrew, full names", "hebrew.fullnames.tsv", "≥ .90"},
		{"Korean, full names", "korean.fullnames.tsv", "≥ .90"},
		{"Katakana, two words", "katakana.tokens.tsv", ""},
		{"Chinese, two words", "chinese.tokens.tsv", ""},
	} {
		people, asked := corpus.InScript(filepath.Join(os.Getenv("ENTENTE_DATA"), "spelling", s.file), held)
		x := index(people)
		var r recall
		for i := 0; i < len(people); i += len(people) / asks {
			r.ask(x, entente.Subject{Names: []entente.Name{{Text: asked[i]}}}, people[i].ID)
		}
		fs = append(fs, r.figures(group, s.name, "", s.aim)...)
		fs = append(fs, r.time(group, s.name+", time a query", ""))
	}
	latin := slices.Concat(c.OFAC, c.UN, c.Canada)
	x := index(latin)
	var arabic, cyrillic, other recall
	for _, p := range slices.Concat(c.UN, c.Canada) {
		for _, n := range p.Native {
			r := &other
			switch c := []rune(n)[0]; {
			case c >= 0x600 && c < 0x700:
				r = &arabic
			case c >= 0x400 && c < 0x530:
				r = &cyrillic
			}
			r.ask(x, entente.Subject{Names: []entente.Name{{Text: n}}}, p.ID)
		}
	}
	fs = append(fs, arabic.figures(group, "Arabic, as the UN writes its own people", "", "≥ .97")...)
	fs = append(fs, cyrillic.figures(group, "Cyrillic, as the lists write their own people", "", "≥ .999")...)
	return append(fs, other.figures(group, "other scripts, as the lists write their own people", "", "")...), nil
}
