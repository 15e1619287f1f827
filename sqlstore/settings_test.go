package sqlstore

import (
	"context"
	"testing"

	"entente/internal/testpg"
)

// What a receipt promises rests on these settings.
func TestSQLiteWaitsForTheDisk(t *testing.T) {
	e, b := lite(t)
	ask := func(c *liteConn, pragma string) (got string) {
		t.Helper()
		if err := c.conn.QueryRowContext(t.Context(), "pragma "+pragma).Scan(&got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000",
		"temp_store": "2", "secure_delete": "1", "trusted_schema": "0",
	} {
		if got := ask(b.conn, pragma); got != want {
			t.Errorf("the writer's %s = %s, want %s", pragma, got, want)
		}
	}
	r := <-e.readers
	defer func() { e.readers <- r }()
	if got := ask(r, "query_only"); got != "1" {
		t.Errorf("a reader's query_only = %s, want 1", got)
	}
}

// The server's own default may be to wait for nothing.
func TestPostgresWaitsForTheDisk(t *testing.T) {
	url := testpg.URL(t)
	show := func(url string) (got string) {
		t.Helper()
		e, err := openPostgres(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer e.close()
		db := e.(*postgresEngine).db
		if err := db.QueryRowContext(t.Context(), "show synchronous_commit").Scan(&got); err != nil {
			t.Fatal(err)
		}
		name := ""
		if err := db.QueryRowContext(t.Context(), "select current_database()").Scan(&name); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(context.Background(), "alter database "+name+" set synchronous_commit = off"); err != nil {
			t.Fatal(err)
		}
		return got
	}
	show(url) // and sets the default to off
	for ask, want := range map[string]string{"": "on", "&synchronous_commit=remote_apply": "remote_apply"} {
		if got := show(url + ask); got != want {
			t.Errorf("with %q: synchronous_commit = %s, want %s", ask, got, want)
		}
	}
}
