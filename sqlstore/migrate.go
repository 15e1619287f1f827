package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"entente"
)

//go:embed migrations
var migrations embed.FS

// latest is the schema that this version reads and writes.
const latest = 15

// migrate makes the tables of an empty database. One that another version filled is
// refused: this program does not guess what it means.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect) error {
	folder, err := fs.Sub(migrations, "migrations/"+string(dialect))
	if err != nil {
		return err
	}
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_version")}
	if dialect == goose.DialectPostgres {
		locker, err := lock.NewPostgresSessionLocker() // two nodes may start at once
		if err != nil {
			return err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, db, folder, opts...)
	if err != nil {
		return err
	}
	err = forward(ctx, p, db)
	// SQLite has no lock for processes that start at once on a new file. Each step
	// is a transaction: the process that comes second fails, and looks again.
	for range 3 {
		if err == nil || dialect != goose.DialectSQLite3 || entente.KindOf(err) != nil {
			break
		}
		err = forward(ctx, p, db)
	}
	return err
}

func forward(ctx context.Context, p *goose.Provider, db *sql.DB) error {
	has, _, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if err := readable(has); err != nil && (has > latest || filled(ctx, db)) {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// filled reports whether a database holds a party's data. One that holds none is
// being made by another process, or its making was broken off.
func filled(ctx context.Context, db *sql.DB) bool {
	var id string
	return db.QueryRowContext(ctx, `select id from party limit 1`).Scan(&id) == nil
}

// readable refuses every schema but 0 and latest.
func readable(has int64) error {
	switch {
	case has > latest:
		return &entente.Error{
			Kind: entente.Invalid, Field: "store",
			Detail: fmt.Sprintf("a newer version of entente wrote this: its schema is %d, and this version knows %d", has, latest),
			Hint:   "start the newer version, or restore a backup that this version made into an empty database",
		}
	case has > 0 && has < latest:
		return &entente.Error{
			Kind: entente.Invalid, Field: "store",
			Detail: fmt.Sprintf("an older version of entente wrote this: its schema is %d, this version reads %d and converts nothing", has, latest),
			Hint:   "start the older version, or set up a new node with entente init",
		}
	}
	return nil
}
