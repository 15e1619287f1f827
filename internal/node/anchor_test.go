package node

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"entente"
)

func TestAnchorOnlyGrows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "anchor.json")
	a := &anchor{path: path}
	origin := "entente/north-star/albia-ncc/borea-sls"
	cover := func(size int64, root byte) error {
		return a.cover(t.Context(), map[string]entente.TreeHead{origin: {Size: size, Root: entente.Digest{root}}})
	}
	if err := cover(1, 1); err == nil {
		t.Error("it is written before it was read")
	}
	if had, err := a.begin("albia-ncc"); had != nil || err != nil {
		t.Fatalf("a new anchor is %v, %v", had, err)
	}
	if err := errors.Join(a.raise(entente.Owner{Party: "albia-ncc", Number: 2}), cover(3, 3), cover(2, 2), a.raise(entente.Owner{Party: "albia-ncc", Number: 1})); err != nil {
		t.Fatal(err)
	}
	again := &anchor{path: path}
	had, err := again.begin("albia-ncc")
	if err != nil || had.Number != 2 || had.Ledgers[origin] != (entente.TreeHead{Size: 3, Root: entente.Digest{3}}) {
		t.Fatalf("on disk is %+v, %v", had, err)
	}
	if err := cover(3, 4); !errors.Is(err, entente.Damaged) {
		t.Errorf("two histories of one size leave: %v", err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("files are left over: %v, %v", left, err)
	}
}

// An anchor that cannot be read is none; that of another party stops the start; a
// folder that cannot be written stops what would leave.
func TestAnchorThatDoesNotFit(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "anchor.json")
	for _, text := range []string{"compare", "", "{}", "null", `{"party":"`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if had, err := (&anchor{path: path}).begin("albia-ncc"); had != nil || err != nil {
			t.Errorf("%q is an anchor: %v, %v", text, had, err)
		}
	}
	if err := os.WriteFile(path, []byte(`{"party":"borea-sls","number":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (&anchor{path: path}).begin("albia-ncc"); !errors.Is(err, entente.Conflict) {
		t.Errorf("another party's anchor: %v", err)
	}
	gone := &anchor{path: filepath.Join(dir, "gone", "anchor.json"), begun: true}
	err := gone.cover(t.Context(), map[string]entente.TreeHead{"entente/a/b/c": {Size: 1}})
	if !errors.Is(err, entente.Unavailable) || len(gone.has.Ledgers) != 0 {
		t.Errorf("it leaves, and the anchor was not written: %v", err)
	}
}
