package main

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/scenario"
	"entente/internal/testpg"
)

// The check reads a whole store without keys, names each row that was changed
// behind the node's back, and says what to do; the node itself does not start on a
// file that its engine finds torn.
func TestStoreCheck(t *testing.T) {
	for engine, store := range map[string]string{"sqlite": "entente.db", "pgx": testpg.URL(t)} {
		t.Run(engine, func(t *testing.T) {
			s := newStand(t, "", t.TempDir(), store, scenario.Albia)
			check := func(args ...string) (int, string, string) {
				var out, problems bytes.Buffer
				args = append([]string{"--home", s.home}, args...)
				code := run(context.Background(), args, strings.NewReader(""), &out, &problems, os.Getenv)
				return code, out.String(), problems.String()
			}
			if code, out, problems := check("store", "check"); code != 0 || !strings.Contains(out, "Damaged: 0.") {
				t.Fatalf("a sound store: %d, %s%s", code, out, problems)
			}
			address := store
			if engine == "sqlite" {
				address = filepath.Join(s.home, store)
			}
			db, err := sql.Open(engine, address)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec("update access set entry = (select checkpoint from ledger limit 1) where seq = 0"); err != nil {
				t.Fatal(err)
			}
			code, out, problems := check("store", "check")
			if code != 1 || !strings.Contains(out, "damaged  access 0\n") || !strings.Contains(out, "damaged  entente/access\n") || !strings.Contains(problems, "restore the newest backup") {
				t.Errorf("an entry was changed: %d\n%s\n%s", code, out, problems)
			}
			if code, out, _ := check("--json", "store", "check"); code != 1 || !strings.Contains(out, `"what": "access 0"`) {
				t.Errorf("for machines: %d\n%s", code, out)
			}
			if engine != "sqlite" {
				return
			}
			db.Close()
			b, err := os.ReadFile(address)
			if err != nil {
				t.Fatal(err)
			}
			copy(b[len(b)/2:], make([]byte, len(b)/4))
			if err := os.WriteFile(address, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if code, _, problems := check("node"); code != 1 || !strings.Contains(problems, "damaged") || !strings.Contains(problems, "backup") {
				t.Errorf("a node started on a torn file: %d, %s", code, problems)
			}
		})
	}
}
