// Package testpg gives tests a PostgreSQL of their own: a throw-away cluster
// that starts once per test process and goes away with it, or a server that
// ENTENTE_TEST_POSTGRES names.
package testpg

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

const missing = "no PostgreSQL was found: install it (Debian: apt-get install postgresql), or set ENTENTE_TEST_POSTGRES to the URL of a server where this test may create databases"

var server struct {
	once sync.Once
	url  string
	err  error
	held *os.File // the keeper's pipe: open, and unused, until this process is gone
}

// URL gives a fresh, empty database. The throw-away cluster does not wait for
// the disk: a test of the disk wants Durable.
func URL(t testing.TB) string {
	t.Helper()
	server.once.Do(func() { server.url, server.err = serve() })
	if server.err != nil {
		t.Fatal(server.err)
	}
	name := "entente_test_" + strings.ToLower(rand.Text()[:16])
	run(t, server.url, "create database "+name)
	t.Cleanup(func() { run(t, server.url, "drop database if exists "+name+" with (force)") })
	u, err := url.Parse(server.url)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// Durable is URL on a server that waits for the disk from now on, as it does by
// default: for the measure of a commit.
func Durable(t testing.TB) string {
	t.Helper()
	u := URL(t)
	if os.Getenv("ENTENTE_TEST_POSTGRES") == "" {
		run(t, server.url, "alter system set fsync = on")
		run(t, server.url, "alter system set full_page_writes = on")
		run(t, server.url, "select pg_reload_conf()")
	}
	return u
}

func run(t testing.TB, url, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// Not t.Context(): it is over when the cleanup runs.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func serve() (string, error) {
	if u := os.Getenv("ENTENTE_TEST_POSTGRES"); u != "" {
		return u, nil
	}
	return start()
}
