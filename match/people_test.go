package match

import (
	"math/rand/v2"
	"strings"

	"pgregory.net/rapid"

	"entente"
)

// Invented people are put together from invented syllables, in Latin and in
// Cyrillic letters that say the same.
var (
	givenNames  = []string{"Arsen", "Tamar", "Olvek", "Mirada", "Ilko", "Senna", "Bardo", "Yelka", "Dzhora", "Kveta"}
	familyNames = []string{"Kadaev", "Ostvik", "Marodin", "Tselkov", "Brunja", "Halvarsk", "Zhelin", "Pardosh", "Quorra", "Wendt"}
	syllables   = []string{"ka", "dor", "mi", "ves", "to", "lan", "ru", "shi", "bar", "ken", "zo", "fel"}
)

// invented makes a person who is on no list anywhere.
func invented(r *rand.Rand) entente.Subject {
	var family strings.Builder
	for range 2 + r.IntN(3) {
		family.WriteString(syllables[r.IntN(len(syllables))])
	}
	s := subject(givenNames[r.IntN(len(givenNames))] + " " + family.String())
	s.Births = []entente.Birth{{Date: entente.PartialDate{Year: 1940 + r.IntN(60), Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}}}
	return s
}

// anyone draws a person with whatever fields.
func anyone() *rapid.Generator[entente.Subject] {
	return rapid.Custom(func(t *rapid.T) entente.Subject {
		var s entente.Subject
		for range rapid.IntRange(1, 3).Draw(t, "names") {
			words := rapid.SliceOfN(rapid.SampledFrom(append(givenNames, familyNames...)), 1, 4).Draw(t, "words")
			s.Names = append(s.Names, entente.Name{Text: strings.Join(words, " ")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "births") {
			s.Births = append(s.Births, entente.Birth{Date: anyDate().Draw(t, "date"), Place: rapid.SampledFrom([]string{"", "Ostvik, XA", "Ostvik", "Brunja, XB"}).Draw(t, "place")})
		}
		s.Sex = rapid.SampledFrom([]entente.Sex{"", "M", "F", "X"}).Draw(t, "sex")
		s.Nationalities = rapid.SliceOfN(rapid.SampledFrom([]entente.Country{"XA", "XB", "XC"}), 0, 2).Draw(t, "nationalities")
		for range rapid.IntRange(0, 2).Draw(t, "documents") {
			s.Documents = append(s.Documents, entente.Document{Type: "passport", Number: rapid.StringMatching(`[AB]\d{6}`).Draw(t, "number")})
		}
		return s
	})
}

func anyDate() *rapid.Generator[entente.PartialDate] {
	return rapid.Custom(func(t *rapid.T) entente.PartialDate {
		d := entente.PartialDate{Year: rapid.IntRange(1930, 2005).Draw(t, "year")}
		if rapid.Bool().Draw(t, "month known") {
			d.Month = rapid.IntRange(1, 12).Draw(t, "month")
			if rapid.Bool().Draw(t, "day known") {
				d.Day = rapid.IntRange(1, 28).Draw(t, "day")
			}
		}
		return d
	})
}
