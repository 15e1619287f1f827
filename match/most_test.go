package match

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What a glance says of two names is never less than what they are worth.
func TestMostOfNamesIsABound(t *testing.T) {
	words := append(append([]string{"A.", "al", "Mr", "ibn", "Ramzanovich", "Aleksandr", "Sasha", "Арсен", "Кадаев", "قادايف", "김", "Kadayev", "Kadaewa", "Ka", "daev", "Abdul", "Rahman", "Abdulrahman"}, givenNames...), familyNames...)
	any := rapid.Custom(func(t *rapid.T) string {
		w := rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, "words")
		for i := range w {
			if rapid.IntRange(0, 5).Draw(t, "mistyped") == 0 && len(w[i]) > 4 {
				w[i] = w[i][:3] + w[i][4:]
			}
		}
		return strings.Join(w, " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := newName(any.Draw(t, "a")).parts, newName(any.Draw(t, "b")).parts
		var m pairing
		m.pairNames(a, b, plainly{})
		terms := m.observe(a, b)
		if got, most := learned.nameSum(&terms), mostOfNames(a, b, true); got > most+1e-9 {
			t.Fatalf("worth %v, and at most %v: %v", got, most, terms)
		}
	})
}
