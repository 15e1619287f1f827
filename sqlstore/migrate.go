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
const latest = 16

// sums is the schema with which rows got their check values.
const sums = 9

// migrate brings the schema forward to version. There is no way back: an older
// program refuses a newer schema instead of guessing what it means.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, version int64) error {
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
	err = forward(ctx, p, version)
	// SQLite has no lock for processes that start at once on a new file. Each step
	// is a transaction: the process that comes second fails, and looks again.
	for range 3 {
		if err == nil || dialect != goose.DialectSQLite3 || entente.KindOf(err) != nil {
			break
		}
		err = forward(ctx, p, version)
	}
	return err
}

func forward(ctx context.Context, p *goose.Provider, version int64) error {
	has, _, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > latest {
		return newer(has)
	}
	_, err = p.UpTo(ctx, version)
	return err
}

func newer(has int64) error {
	return &entente.Error{
		Kind:   entente.Invalid,
		Field:  "store",
		Detail: fmt.Sprintf("a newer version of entente wrote this: its schema is %d, and this version knows %d", has, latest),
		Hint:   "start the newer version, or restore a backup that this version made into an empty database",
	}
}
