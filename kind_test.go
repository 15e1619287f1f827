package entente_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entente"
)

// Every row is whole: an accepted kind has its member in Statement under its own
// name and type, a reserved one has none, and the document has each.
func TestRooms(t *testing.T) {
	doc, err := os.ReadFile("docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	members := map[string]bool{}
	for f := range reflect.TypeFor[entente.Statement]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		members[name] = true
	}
	var last bool
	for i, r := range entente.Rooms {
		if i > 0 && r.Accepted() && !last {
			t.Errorf("%s: accepted kinds stand before reserved ones", r.Kind)
		}
		last = r.Accepted()
		if members[string(r.Kind)] != r.Accepted() {
			t.Errorf("%s: it is accepted and Statement has no member of its name, or the reverse", r.Kind)
		}
		if r.Accepted() && (r.In(&entente.Statement{}) != nil || entente.Statement{Kind: r.Kind}.Body() != nil) {
			t.Errorf("%s: an empty statement has its body", r.Kind)
		}
		for _, rel := range r.Carries {
			if !slices.Contains(entente.Rels, rel) {
				t.Errorf("%s carries %s, which is no relation", r.Kind, rel)
			}
		}
		if !strings.Contains(string(doc), "\n| `"+string(r.Kind)+"` |") {
			t.Errorf("docs/protocol.md has no row for the kind %s", r.Kind)
		}
	}
	for _, name := range append(slices.Clone(entente.Reserved), "withdraws", "clarifies", "disputes") {
		if !strings.Contains(string(doc), "`"+name+"`") {
			t.Errorf("docs/protocol.md does not reserve %s", name)
		}
	}
}
