package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente"
	"entente/internal/testpg"
)

// schemas gives the columns of every table in each engine, "table.column".
func schemas(t *testing.T) (lites, pgs []string) {
	t.Helper()
	e, _ := lite(t)
	lites = names(t, e.db1(t), `select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`)
	p, err := openPostgres(t.Context(), testpg.URL(t), latest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.close() })
	pgs = names(t, p.(*postgresEngine).db, `select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'`)
	return lites, pgs
}

// db1 opens the file once more, beside the engine.
func (e *sqliteEngine) db1(t *testing.T) *sql.DB {
	t.Helper()
	var path string
	err := e.View(t.Context(), func(x entente.Tx) error {
		rows, err := list(x.(*tx), func(r row) (s string, err error) { return s, r.scan(&s) }, `select file from pragma_database_list where name = 'main'`)
		path = rows[0]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func names(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(s, "schema_version.") {
			all = append(all, s)
		}
	}
	slices.Sort(all)
	return all
}

// Both folders make the same tables, and a backup knows them all.
func TestSchemasAgree(t *testing.T) {
	lites, pgs := schemas(t)
	if d := cmp.Diff(lites, pgs); d != "" {
		t.Errorf("SQLite (-) and PostgreSQL (+) differ:\n%s", d)
	}
	var has []string
	for _, column := range lites {
		table, _, _ := strings.Cut(column, ".")
		has = append(has, table)
	}
	known := allTables(latest)
	slices.Sort(known)
	if d := cmp.Diff(slices.Compact(has), known); d != "" {
		t.Errorf("tables that there are (-) and that a backup knows (+) differ:\n%s", d)
	}
}

// A program that is older than the database refuses it, says why, and changes nothing.
func TestNewerSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "entente.db")
	for _, url := range []string{path, testpg.URL(t)} {
		e, err := open(t.Context(), url, latest)
		if err != nil {
			t.Fatal(err)
		}
		err = e.Update(t.Context(), func(x entente.Tx) error {
			return errors.Join(
				x.PutSetting("kept", nil),
				x.(*tx).do(fmt.Sprintf(`insert into schema_version (version_id, is_applied) values (%d, %s)`, latest+1, map[string]string{"sqlite": "1", "postgres": "true"}[e.name()])),
			)
		})
		if err := errors.Join(err, e.close()); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			_, err = Open(t.Context(), url)
			told, ok := errors.AsType[*entente.Error](err)
			if !ok || !errors.Is(err, entente.Invalid) || !strings.Contains(told.Detail, "newer version") || told.Hint == "" {
				t.Errorf("%s: error = %v, want one that says that a newer version wrote it", e.name(), err)
			}
		}
	}
}

// An older backup is restored by going forward from its schema, never by
// guessing: a target of another schema is refused.
func TestRestoreIntoAnotherSchema(t *testing.T) {
	e, _ := lite(t)
	err := e.Update(t.Context(), func(x entente.Tx) error { return mustBeEmpty(x.(*tx), latest+1) })
	if !errors.Is(err, entente.Conflict) {
		t.Errorf("error = %v, want Conflict", err)
	}
}

// Two processes may start on a new database at the same time.
func TestOpenTogether(t *testing.T) {
	for _, url := range []string{filepath.Join(t.TempDir(), "entente.db"), testpg.URL(t)} {
		opened := make(chan error)
		for range 4 {
			go func() {
				s, err := Open(context.Background(), url)
				if err == nil {
					err = s.Close()
				}
				opened <- err
			}()
		}
		for range 4 {
			if err := <-opened; err != nil {
				t.Error(err)
			}
		}
	}
}

// There is no way back in either folder, and latest names its newest step.
func TestMigrationsGoForward(t *testing.T) {
	for _, folder := range []string{"sqlite3", "postgres"} {
		files, err := migrations.ReadDir("migrations/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		if last := files[len(files)-1].Name(); !strings.HasPrefix(last, fmt.Sprintf("%05d_", latest)) {
			t.Errorf("the last step of %s is %s, and latest is %d", folder, last, latest)
		}
		for _, f := range files {
			text, err := migrations.ReadFile("migrations/" + folder + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "+goose Down") {
				t.Errorf("%s/%s leads back", folder, f.Name())
			}
		}
	}
}
