package screen

import (
	"testing"

	"entente"
)

// A birth that nobody can have, on record from before it was refused, hides
// nobody; and a word that stands for no name is nobody's name.
func TestImpossibleBirthHidesNobody(t *testing.T) {
	w := newWorld(t)
	w.opened("w", 1, person("Arsen Kadaev", "2087-03-14"))
	w.opened("v", 1, entente.Subject{ID: "s1", Names: []entente.Name{{Text: "unknown"}}, Documents: []entente.Document{{Type: "passport", Number: "B4410027"}}})
	w.feed(flights("Арсен Кадаев,1968-03-14,A1", "Karen Lindal,1974-09-25,B4410027"))
	if hits := w.hits(); len(hits) != 2 {
		t.Fatalf("%d hits: %+v", len(hits), hits)
	}
	for _, h := range w.hits() {
		for _, e := range h.Match.Evidence {
			if e.Weight < 0 {
				t.Errorf("%s speaks against: asked %s, held %s", e.Field, e.Asked, e.Held)
			}
		}
	}
}
