package match

import (
	"testing"

	"entente"
)

// asSubject reads whatever comes as a subject.
func asSubject(name, other, place, number string, year, month, day int) entente.Subject {
	return entente.Subject{
		Names:       []entente.Name{{Text: name}, {Text: other}},
		Births:      []entente.Birth{{Date: entente.PartialDate{Year: max(0, year) % 2200, Month: max(0, month) % 13, Day: max(0, day) % 32}, Place: place}},
		Documents:   []entente.Document{{Number: number}},
		Identifiers: []entente.Identifier{{Kind: "phone", Value: number}, {Kind: "handle", Value: other}},
		Residence:   place,
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("Arsen Kadaev", "Арсен Кадаев", "Ostvik, XA", "AB123", 1986, 3, 14, "Kadayev, Arsen")
	f.Add("", "\xff", "\u200f", "", 0, 0, 0, "A. B. C. D. E. F. G. H. I. J. K. L. M. N. O. P. Q. R.")
	f.Fuzz(func(t *testing.T, name, other, place, number string, year, month, day int, held string) {
		a, b := asSubject(name, other, place, number, year, month, day), asSubject(held, name, other, place, day, year, month)
		there, back := Compare(a, b), Compare(b, a)
		if !(there.Score >= 0 && there.Score <= 1) || there.Score-back.Score > 1e-9 || back.Score-there.Score > 1e-9 {
			t.Fatalf("%v there, %v back", there.Score, back.Score)
		}
	})
}

func FuzzFind(f *testing.F) {
	f.Add("Arsen Kadaev", "Арсен Кадаев", "Ostvik, XA", "AB123", 1986, 3, 14)
	f.Add("abd al", "al al al", "-", "00", 1, 1, 1)
	f.Fuzz(func(t *testing.T, name, other, place, number string, year, month, day int) {
		x, _ := town(20)
		s := asSubject(name, other, place, number, year, month, day)
		x.Put("new", s)
		hits := x.Find(s, 30)
		x.Put("new", s)
		x.Remove("new")
		if x.Len() != 20 {
			t.Fatalf("%d people", x.Len())
		}
		if len(prepare(s).names) == 0 {
			return
		}
		for _, h := range hits {
			if h.ID == "new" {
				return
			}
		}
		t.Fatalf("not found by its own names: %q, %q", name, other)
	})
}
