package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente"
)

// FuzzConfig holds that whatever stands in config.toml is read or refused with a
// next step, and that what was read is the same after it was written.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("party = \"albia-ncc\"\nstore = \"entente.db\"\ndesk = \"127.0.0.1:8080\"\n"))
	f.Add([]byte("party = \"x\"\nparty = \"y\"\n"))
	f.Add([]byte("unknown = 1"))
	f.Add([]byte("[[["))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		h := home(dir)
		if err := os.WriteFile(filepath.Join(dir, "config.toml"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := h.settings()
		if err != nil {
			if entente.KindOf(err) != entente.Invalid {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if err := h.save(s); err != nil {
			t.Fatal(err)
		}
		if again, err := h.settings(); err != nil || !cmp.Equal(again, s) {
			t.Errorf("%q: %v\n%s", text, err, cmp.Diff(s, again))
		}
	})
}
