package sqlstore

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

// erasures remembers the tables from which content was erased and of which traces
// may be left where the engine keeps what it has written.
type erasures struct {
	mu     sync.Mutex
	tables map[string]bool
}

func (e *erasures) note(table string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.tables == nil {
		e.tables = map[string]bool{}
	}
	e.tables[table] = true
}

func (e *erasures) take() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	all := slices.Sorted(maps.Keys(e.tables))
	e.tables = nil
	return all
}

// erase runs a statement that deletes content.
func (t *tx) erase(d *table, query string, args ...any) (int64, error) {
	n, err := t.exec(query, args...)
	if n > 0 {
		t.run.erased(d.name)
	}
	return n, err
}

// Tidy takes away what is left of what was erased since the last time: of SQLite
// the write-ahead log, into which a change is written first; PostgreSQL is asked to
// vacuum the tables. It costs nothing where nothing was erased. While somebody
// reads an older state it changes nothing, and the next call tries again.
func (s *Store) Tidy(ctx context.Context) error { return s.on.tidy(ctx) }

func (e *sqliteEngine) tidy(ctx context.Context) error {
	tables := e.erased.take()
	if len(tables) == 0 {
		return nil
	}
	if err := e.writer.take(ctx); err != nil {
		e.again(tables)
		return err
	}
	defer e.writer.leave()
	if e.writer.shared != nil { // with parts of others in it
		e.writer.finish(e.writer.conn.control("commit"))
	}
	done, err := e.truncate(ctx)
	if !done || err != nil {
		e.again(tables)
	}
	return explainSQLite(err)
}

func (e *sqliteEngine) again(tables []string) {
	for _, t := range tables {
		e.erased.note(t)
	}
}

// truncate writes the log into the file and empties it, unless a reader stands in
// the way. The writer is held.
func (e *sqliteEngine) truncate(ctx context.Context) (done bool, err error) {
	c := e.writer.conn.conn
	if _, err := c.ExecContext(ctx, "pragma busy_timeout(200)"); err != nil { // others wait for the writer meanwhile
		return false, err
	}
	var busy, frames, moved int
	err = c.QueryRowContext(ctx, "pragma wal_checkpoint(truncate)").Scan(&busy, &frames, &moved)
	_, backErr := c.ExecContext(context.WithoutCancel(ctx), "pragma busy_timeout(10000)")
	return busy == 0, errors.Join(err, backErr)
}

func (e *postgresEngine) tidy(ctx context.Context) error {
	for _, table := range e.erased.take() {
		if _, err := e.db.ExecContext(ctx, "vacuum "+table); err != nil {
			e.erased.note(table)
			return explainPostgres(err)
		}
	}
	return nil
}
