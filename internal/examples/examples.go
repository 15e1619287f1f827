// Package examples gives the published statements to the tests of every layer,
// so that each can ask of every kind what it needs there.
package examples

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"entente"
	"entente/parse"
)

// Statements reads the statements that testdata/vectors has of each kind. A kind
// that this version accepts and that has none fails the test with its name.
func Statements(t testing.TB) map[entente.Kind][]entente.Statement {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	b, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../testdata/vectors/statements.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Accepted []struct{ Text string } `json:"accepted"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	list := map[entente.Kind][]entente.Statement{}
	for _, v := range file.Accepted {
		s, err := parse.Statement([]byte(v.Text))
		if err != nil {
			t.Fatal(err)
		}
		list[s.Kind] = append(list[s.Kind], s)
	}
	for _, k := range entente.Kinds {
		if len(list[k]) == 0 {
			t.Errorf("%s: testdata/vectors/statements.json has no example of this kind", k)
		}
	}
	return list
}

// Files checks that the file which a layer names for each kind is there, and
// that the layer's own table has exactly the kinds that name a file.
func Files(t testing.TB, layer func(entente.Layers) entente.Layer, has func(entente.Kind) bool) {
	t.Helper()
	for _, r := range entente.Rooms {
		if !r.Accepted() {
			continue
		}
		l := layer(r.Layers)
		if l == "" {
			t.Errorf("%s: its row says neither what this layer has for it nor why nothing", r.Kind)
			continue
		}
		if name := l.File(); name != "" {
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%s: %v", r.Kind, err)
			}
		}
		if has(r.Kind) != (l.File() != "") {
			t.Errorf("%s: its row says %q, and the table of this layer says otherwise", r.Kind, l)
		}
	}
}
