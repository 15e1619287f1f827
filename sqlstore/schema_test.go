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
	p, err := openPostgres(t.Context(), testpg.URL(t))
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
	known := allTables()
	slices.Sort(known)
	if d := cmp.Diff(slices.Compact(has), known); d != "" {
		t.Errorf("tables that there are (-) and that a backup knows (+) differ:\n%s", d)
	}
}

// A store that another version filled is refused in one sentence, and left as it is.
func TestStoreOfAnotherVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "entente.db")
	for _, url := range []string{path, testpg.URL(t)} {
		e, err := open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		yes := map[string]string{"sqlite": "1", "postgres": "true"}[e.name()]
		engine := e.name()
		err = e.Update(t.Context(), func(x entente.Tx) error {
			return x.(*tx).do(`insert into party (id, edition, body, note, added, checked, sum) values ('albia-ncc', 1, $1, $1, 0, '', 0)`, []byte("{}"))
		})
		if err := errors.Join(err, e.close()); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			version int64
			says    string
		}{{latest - 1, "an older version"}, {latest + 1, "a newer version"}} {
			reschema(t, url, fmt.Sprintf(`delete from schema_version; insert into schema_version (version_id, is_applied) values (0, %s); insert into schema_version (version_id, is_applied) values (%d, %s)`, yes, x.version, yes))
			for range 2 {
				_, err = Open(t.Context(), url)
				told, ok := errors.AsType[*entente.Error](err)
				if !ok || !errors.Is(err, entente.Invalid) || !strings.Contains(told.Detail, x.says) || told.Hint == "" {
					t.Errorf("%s: error = %v, want one that says that %s wrote it", engine, err, x.says)
				}
			}
		}
	}
}

// reschema runs statements on a database behind the store's back.
func reschema(t *testing.T, url, statements string) {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(url, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
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
