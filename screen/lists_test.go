package screen

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"entente"
)

const ports = "number,name,born\n1,Arsen Kadaev,1986-03-14\n2,Mira Volna,1979\n3,Farid Haddad,1979-08-21\n"

func TestEditionShowsWhatChanged(t *testing.T) {
	w := newWorld(t)
	first, err := w.list(ports)
	if err != nil || first.Number != 1 || first.Added != 3 {
		t.Fatalf("first: %+v, %v", first, err)
	}
	if again, err := w.list(ports); err != nil || again.Number != 1 {
		t.Errorf("the same file again is edition %d, %v", again.Number, err)
	}
	next, err := w.list("number,name,born\n1,Arsen Kadaev,1987-03-14\n2,Mira Volna,1979\n4,Olga Brandt,1990\n")
	if err != nil || next.Added != 1 || next.Changed != 1 || next.Removed != 1 {
		t.Errorf("next: %+v, %v", next, err)
	}
	for _, s := range []world{w, w.process()} { // the index that followed, and one made anew
		found, err := s.Find(t.Context(), person("Haddad Farid", ""))
		if err != nil || len(found.Found) != 0 {
			t.Errorf("the delisted man is found: %v, %v", found, err)
		}
		found, err = s.Find(t.Context(), person("Ольга Брандт", ""))
		if err != nil || len(found.Matches()) != 1 || found.Found[0].Target.ID != "ports/4" {
			t.Errorf("the new one is not found: %v, %v", found, err)
		}
	}
}

// A file cut short must not delist half of the world.
func TestShortFileDelistsNobody(t *testing.T) {
	w := newWorld(t)
	var b strings.Builder
	b.WriteString("number,name\n")
	for i := range 60 {
		fmt.Fprintf(&b, "%d,Person %c%c\n", i, 'a'+i%26, 'a'+i/26)
	}
	if _, err := w.list(b.String()); err != nil {
		t.Fatal(err)
	}
	short := b.String()[:200]
	short = short[:strings.LastIndex(short, "\n")+1]
	_, err := w.list(short)
	if !errors.Is(err, entente.Conflict) {
		t.Fatalf("the short file: %v", err)
	}
	if w.lists.Len() != 60 {
		t.Errorf("%d of 60 are left in the index", w.lists.Len())
	}
	e, err := w.list(short, func(in *Import) { in.Delist = true })
	if err != nil || e.Removed == 0 {
		t.Errorf("meant: %+v, %v", e, err)
	}
}

// What is not a list changes nothing.
func TestBrokenFileChangesNothing(t *testing.T) {
	w := newWorld(t)
	if _, err := w.list(ports); err != nil {
		t.Fatal(err)
	}
	if _, err := w.list("<html>not found</html>", func(in *Import) { in.Format = "un" }); !errors.Is(err, entente.Invalid) {
		t.Errorf("a web page as a list: %v", err)
	}
	held := read(w, func(tx entente.Tx) ([]entente.Holding, error) { return tx.Holdings(entente.HoldingQuery{Live: true}) })
	if len(held) != 3 {
		t.Errorf("%d of 3 are left", len(held))
	}
}
