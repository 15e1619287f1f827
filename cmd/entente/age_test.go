package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Keys, store, anchor and descriptor of different age: every combination ends in a
// node that starts, or in one sentence that says what is missing; and when that is
// done, the node starts.
func TestKeysAndStoreOfDifferentAge(t *testing.T) {
	dir := t.TempDir()
	h := home(filepath.Join(dir, "albia"))
	do := commands(t, h)
	do("init", "--party", "albia-ncc", "--name", "Albia", "--country", "XA", "--desk", freeAddr(t), "--key-file", string(h)+".key")
	old, new := filepath.Join(dir, "old"), filepath.Join(dir, "new")
	keep := func(at string) {
		if err := os.MkdirAll(at, 0o700); err != nil {
			t.Fatal(err)
		}
		do("backup", "-o", filepath.Join(at, "backup.age"))
		for _, f := range []string{"keys/node.age", "keys/identity.age", "parties/albia-ncc.txt"} {
			copyFile(t, h.path(f), filepath.Join(at, filepath.Base(f)))
		}
	}
	keep(old)
	do("party", "rotate", "--keys", "message,ledger,seal,tls")
	keep(new)
	for _, x := range []struct {
		keys, store, note string
		edition           string // in use; empty: it does not start
		says              string
		mend              func(*testing.T, home)
		then              string // the edition after what was said is done
	}{
		{new, new, new, "edition 2", "", nil, ""},
		{new, old, new, "edition 2", "", nil, ""},
		{new, old, old, "", "the store does not hold: it knows 1", putNote(new), "edition 2"},
		{new, old, "", "", "parties/albia-ncc.txt", putNote(new), "edition 2"},
		{old, old, old, "edition 1", "", nil, ""},
		{old, old, new, "edition 1", "", nil, ""},
		{old, new, new, "", "the keys are of edition 1 of our descriptor, and the store uses edition 2", rotateLost, "edition 3"},
		{old, new, "", "", "party rotate --lost", putKeys(new), "edition 2"},
	} {
		for _, anchor := range []string{"", `{"party":"albia-ncc","number":1}`, `{"party":"albia-ncc","number":2}`} {
			t.Run(strings.Join([]string{"keys", filepath.Base(x.keys), "store", filepath.Base(x.store), "descriptor", filepath.Base(x.note), anchor}, " "), func(t *testing.T) {
				g := home(filepath.Join(t.TempDir(), "albia"))
				for _, d := range []string{g.path("keys"), g.path("parties")} {
					if err := os.MkdirAll(d, 0o700); err != nil {
						t.Fatal(err)
					}
				}
				copyFile(t, h.path("config.toml"), g.path("config.toml"))
				putKeys(x.keys)(t, g)
				if x.note != "" {
					putNote(x.note)(t, g)
				}
				if anchor != "" {
					if err := os.WriteFile(g.path("keys", "anchor.json"), []byte(anchor), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				commands(t, g)("restore", filepath.Join(x.store, "backup.age"))
				code, said := try(g, "party")
				if x.mend == nil {
					if code != 0 || !strings.Contains(said, x.edition) {
						t.Fatalf("it does not start with %s: %s", x.edition, said)
					}
					return
				}
				if code == 0 || !strings.Contains(said, x.says) {
					t.Fatalf("it does not say %q: %s", x.says, said)
				}
				x.mend(t, g)
				if code, said := try(g, "party"); code != 0 || !strings.Contains(said, x.then) {
					t.Errorf("after that it does not start with %s: %s", x.then, said)
				}
			})
		}
	}
}

func putKeys(from string) func(*testing.T, home) {
	return func(t *testing.T, h home) {
		for _, f := range []string{"node.age", "identity.age"} {
			copyFile(t, filepath.Join(from, f), h.path("keys", f))
		}
	}
}

func putNote(from string) func(*testing.T, home) {
	return func(t *testing.T, h home) {
		copyFile(t, filepath.Join(from, "albia-ncc.txt"), h.path("parties", "albia-ncc.txt"))
	}
}

func rotateLost(t *testing.T, h home) { commands(t, h)("party", "rotate", "--lost") }
