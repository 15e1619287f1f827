package entente_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers lists the packages from the nouns up: each line imports only lines
// above it. A package that stands in no line fails the test.
var layers = []struct {
	packages []string
	ban
}{
	{[]string{"."}, nouns},
	{[]string{"parse"}, pure},  // bytes ↔ nouns; the one strict reader that all crafts share
	{[]string{"table"}, pure},  // rows, header words, dates and character sets: what lists and feeds share
	{[]string{"verify"}, pure}, // Ed25519, exactly: for seal and ledger
	{[]string{"policy", "seal", "ledger", "spell"}, pure},
	{[]string{"match", "passage", "lists"}, pure}, // compare what spell takes apart, or read through table
	{[]string{"record"}, flow},                    // the access log, which all of the flow writes
	{[]string{"succession"}, flow},                // editions and end notes: what comes in, what stops, what a person decides
	{[]string{"prove", "courier"}, flow},          // files that stand for themselves: evidence, and a partner's post
	{[]string{"outbox", "inbox", "screen"}, flow},
	{[]string{"casework"}, flow},
	{[]string{"internal/door", "internal/spool"}, ban{}}, // what stands before desk and wire; what is too large for memory and must not stay on disk
	{[]string{"sqlstore", "wire", "signin", "api", "web"}, ban{}},
	{[]string{"internal/node"}, ban{}},       // puts one node together
	{[]string{"internal/loopback"}, ban{}},   // finds addresses for nodes
	{[]string{"internal/scenario"}, ban{}},   // puts several together
	{[]string{"internal/fit/corpus"}, ban{}}, // the public data that fitting and measuring read
	{[]string{"cmd/entente", "internal/spelling", "internal/bench", "internal/learn", "internal/fit"}, ban{}},
}

// tools import nothing of the house, or are imported by tests alone.
var tools = []string{"internal/check", "internal/testpg", "internal/browser", "internal/examples"}

// ban is what the packages of a line may not import, and why.
type ban struct {
	imports []string
	why     string
}

var (
	nouns = ban{[]string{"os", "net", "net/http", "database/sql", "log", "log/slog", "encoding/json/v2"}, "nouns touch nothing"}
	pure  = ban{[]string{"os", "net", "net/http", "database/sql", "log", "log/slog"}, "parsers and crafts are pure"}
	flow  = ban{[]string{"os", "net", "net/http", "database/sql"}, "the flow meets the world through interfaces that it declares"}
)

func TestLayers(t *testing.T) {
	place := map[string]int{}
	for i, line := range layers {
		for _, p := range line.packages {
			place[p] = i
		}
	}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "tools" || d.Name() == "node_modules" || (d.Name() != "." && strings.HasPrefix(d.Name(), "."))) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		pkg := path.Dir(filepath.ToSlash(file))
		if slices.Contains(tools, pkg) {
			return nil
		}
		at, ok := place[pkg]
		if !ok {
			t.Errorf("%s: package %s stands in no line of layers", file, pkg)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			if b := layers[at].ban; slices.Contains(b.imports, imp) {
				t.Errorf("%s imports %s, but %s", file, imp, b.why)
			}
			if at == 0 && strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				t.Errorf("%s imports %s, but nouns use the standard library only", file, imp)
			}
			if imp != "entente" && !strings.HasPrefix(imp, "entente/") {
				continue
			}
			to := strings.TrimPrefix(imp, "entente/")
			if imp == "entente" {
				to = "."
			}
			if slices.Contains(tools, to) {
				t.Errorf("%s imports %s, which only tests may import", file, imp)
				continue
			}
			if below, ok := place[to]; !ok || below >= at {
				t.Errorf("%s imports %s, which does not stand above it", file, imp)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
