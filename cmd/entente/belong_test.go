package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Store, keys and configuration are of one party, or nothing starts and nothing is
// restored: another party's backup does not make a node of its keys, also where one
// recipient opens both.
func TestStoreKeysAndConfigBelongTogether(t *testing.T) {
	dir := t.TempDir()
	homes := map[string]home{}
	for name, id := range map[string]string{"albia": "albia-ncc", "borea": "borea-sls"} {
		h := home(filepath.Join(dir, name))
		homes[name] = h
		commands(t, h)("init", "--party", id, "--name", name, "--country", "XA", "--key-file", string(h)+".key")
		commands(t, h)("backup", "-o", string(h)+".age")
	}
	for _, config := range []string{"albia", "borea"} {
		for _, keys := range []string{"albia", "borea"} {
			for _, store := range []string{"albia", "borea"} {
				t.Run("config of "+config+", keys of "+keys+", store of "+store, func(t *testing.T) {
					h := mixed(t, homes[config], homes[keys])
					code, said := try(h, "restore", string(homes[store])+".age", "--identity", string(homes[store])+".key")
					judged(t, h, code, said, config, keys, store)
					copyFile(t, homes[store].path("entente.db"), h.path("entente.db"))
					code, said = try(h, "party")
					judged(t, h, code, said, config, keys, store)
				})
			}
		}
	}
}

// judged checks that a command succeeded where all are of one party, and else named
// the three.
func judged(t *testing.T, h home, code int, said, config, keys, store string) {
	t.Helper()
	if config == keys && keys == store {
		if code != 0 {
			t.Fatal(said)
		}
		return
	}
	full := map[string]string{"albia": "albia-ncc", "borea": "borea-sls"}
	for _, want := range []string{"do not belong together", "config.toml is of " + full[config], "the keys are of " + full[keys], "the store is of " + full[store]} {
		if code == 0 || !strings.Contains(said, want) {
			t.Errorf("it ended with %d and does not say %q: %s", code, want, said)
		}
	}
}

// mixed makes a folder with the configuration of one node and the keys of another,
// each opened by its own key file.
func mixed(t *testing.T, config, keys home) home {
	t.Helper()
	h := home(filepath.Join(t.TempDir(), "mixed"))
	if err := os.MkdirAll(h.path("keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := config.settings()
	if err != nil {
		t.Fatal(err)
	}
	s.KeyFile = string(keys) + ".key"
	if err := h.save(s); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"node.age", "identity.age"} {
		copyFile(t, keys.path("keys", f), h.path("keys", f))
	}
	return h
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
