// Package sqlstore keeps everything that a node has, in SQLite or PostgreSQL.
//
// Both engines run the same SQL text; only the way a transaction is opened, the
// migrations and the meaning of the engine's error codes differ. One contract
// suite holds both to package entente's Store.
//
//	sqlstore.go  opening and closing
//	sqlite.go    one writer, many readers, one file
//	batch.go     SQLite: many callers, one durable commit
//	postgres.go  serializable transactions, tried again
//	migrate.go   the schema, forward only
//	watch.go     word that another process has written
//	tx.go        how a statement is run
//	codec.go     how a noun becomes columns
//	rows.go      a row with its check value; schema.go lists the tables
//	check.go     the whole store, read row by row
//	tidy.go      what is left of what was erased
//	insert.go    many rows in one statement, many bodies at once
//	errors.go    what an engine's failure means to a person
//	backup.go    a consistent copy while work goes on, and the way back; onlyfile.go reads one without a name
//	copy.go      every row of every table
//
// The other files hold one role of entente.Tx each.
//
// What the contract leaves open: a limit of 0 or less means no limit, except in
// the queries that say what it means; times keep microseconds; an empty slice of bytes reads back nil;
// to drop what is not there is no error. Inside an Update nothing may call
// Update on the same store: it would wait for itself.
package sqlstore

import (
	"context"
	"strings"

	"entente"
)

// Store is an entente.Store in a database.
type Store struct {
	on engine
}

// engine is what differs between the databases.
type engine interface {
	entente.Store
	name() string
	mark(ctx context.Context) (int64, error)
	sound(ctx context.Context, most int, found func(error)) error // what the engine itself finds damaged
	tidy(ctx context.Context) error
	close() error
}

// Open opens the store at url and makes its tables if it is empty: "postgres://…"
// for PostgreSQL, "file:/path/entente.db" or a plain path for SQLite. A database
// that another version wrote is refused and left as it is.
func Open(ctx context.Context, url string) (*Store, error) {
	e, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	return &Store{on: e}, nil
}

func open(ctx context.Context, url string) (engine, error) {
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		return openPostgres(ctx, url)
	}
	path, err := sqlitePath(url)
	if err != nil {
		return nil, err
	}
	return openSQLite(ctx, path, service...)
}

// View runs fn on the state of one moment. It waits for no writer.
func (s *Store) View(ctx context.Context, fn func(entente.Tx) error) error {
	return s.on.View(ctx, fn)
}

// Update runs fn in one transaction, as if no other ran at the same time, and
// returns when it is on disk. It is tried again when another process got in
// between. Unavailable says that nothing was done, with one exception: when the
// connection to a server breaks during the commit, nobody knows.
func (s *Store) Update(ctx context.Context, fn func(entente.Tx) error) error {
	return s.on.Update(ctx, fn)
}

// Close waits for what is under way and closes the database.
func (s *Store) Close() error { return s.on.close() }

// Engine is "sqlite" or "postgres".
func (s *Store) Engine() string { return s.on.name() }
