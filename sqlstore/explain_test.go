package sqlstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"entente"
)

// What a server says becomes what a person can act on.
func TestExplainPostgres(t *testing.T) {
	for code, want := range map[string]struct {
		kind error
		hint string
	}{
		"53100": {entente.Unavailable, "frees space"}, // disk_full
		"58030": {entente.Unavailable, "disk"},        // io_error
		"53300": {entente.Unavailable, "try again"},   // too_many_connections
		"55P03": {entente.Unavailable, "try again"},   // lock_not_available
		"40001": {entente.Unavailable, "try again"},   // serialization_failure
		"57P01": {entente.Unavailable, "PostgreSQL"},  // admin_shutdown
		"XX001": {entente.Damaged, "backup"},          // data_corrupted
		"23505": {entente.Conflict, ""},               // unique_violation
		"42601": {nil, ""},                            // syntax_error: a defect of ours, not a state of the world
	} {
		cause := &pgconn.PgError{Code: code, Message: "said by the server"}
		err := explainPostgres(cause)
		if got := entente.KindOf(err); got != want.kind {
			t.Errorf("%s: kind = %v, want %v", code, got, want.kind)
		}
		if !errors.Is(err, cause) {
			t.Errorf("%s: the cause is lost", code)
		}
		e, ok := errors.AsType[*entente.Error](err)
		if ok && (!strings.Contains(e.Hint, want.hint) || strings.Contains(e.Error(), "said by the server")) {
			t.Errorf("%s: %v, hint %q; want a hint with %q", code, e, e.Hint, want.hint)
		}
	}
	if err := explainPostgres(context.DeadlineExceeded); err != context.DeadlineExceeded {
		t.Errorf("a deadline became %v", err)
	}
	told := notFound("message")
	if err := explainPostgres(told); err != told {
		t.Errorf("an error that is told became %v", err)
	}
}

func TestOpenFails(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for url, kind := range map[string]error{
		"":                      entente.Invalid,
		"file:":                 entente.Invalid,
		"file::memory:":         entente.Invalid,
		"/tmp/x.db?mode=memory": entente.Invalid,
		"postgres://entente:secret@/db?port=none":                              entente.Invalid,
		"postgres://entente:secret@/db?connect_timeout=5&host=" + dir:          entente.Unavailable,
		filepath.Join(dir, "missing", "entente.db"):                            entente.Unavailable,
		write("other.db", strings.Repeat("this is no database at all\n", 100)): entente.Damaged,
	} {
		_, err := Open(t.Context(), url)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || !errors.Is(err, kind) || e.Hint == "" {
			t.Errorf("Open(%q): %v, want %v with a hint", url, err, kind)
		}
		if ok && strings.Contains(e.Detail+e.Hint, "secret") {
			t.Errorf("Open(%q) tells the password", url)
		}
	}
}

// A path may hold what means something in a URL.
func TestPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "100%.db", "%41.db", "é&x=1.db"} {
		dir := t.TempDir()
		s, err := Open(t.Context(), "file:"+filepath.Join(dir, name))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Errorf("%q: the file has another name: %v", name, err)
		} else if info.Mode().Perm() != 0o600 {
			t.Errorf("%q: others may read it: %v", name, info.Mode())
		}
	}
}
