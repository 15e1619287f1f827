package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"entente"
)

// sqliteEngine is one file: one connection that writes and some that read.
// Each keeps its statements prepared, which saves a third of the time of a
// short one, and more of a longer one.
type sqliteEngine struct {
	db      *sql.DB // the writer's pool of one
	ro      *sql.DB
	writer  batch
	readers chan *liteConn
	reading int // how many readers there are

	erased   erasures
	watching sync.Mutex
	watch    *sql.Conn // nil: nobody watches
}

// sqlitePath takes the path out of "file:/path" or a plain path.
func sqlitePath(raw string) (string, error) {
	path := strings.TrimPrefix(raw, "file:")
	if path == "" || strings.ContainsAny(path, "?#") || strings.Contains(path, ":memory:") {
		return "", &entente.Error{Kind: entente.Invalid, Field: "store", Detail: "not the address of a database", Hint: "write file:/path/entente.db, or postgres://user@host/database"}
	}
	return filepath.Abs(path)
}

// service is how a node's own file is kept. Its log, which a long View keeps
// from being reused, shrinks to 64 MiB again.
var service = []string{"journal_mode(WAL)", "synchronous(FULL)", "journal_size_limit(67108864)", "wal_autocheckpoint(4000)"}

// dsn writes the connection's settings where every connection of the pool gets
// them. A commit waits for the disk (FULL): a receipt is a promise. Nothing is
// spilled to temporary files, where content would lie about. What is deleted is
// overwritten. A file that comes from elsewhere cannot run functions by its schema.
func dsn(path string, settings ...string) string {
	q := url.Values{"_txlock": {"immediate"}}
	for _, s := range append([]string{"busy_timeout(10000)", "foreign_keys(ON)", "temp_store(MEMORY)", "cache_size(-16384)", "secure_delete(ON)", "trusted_schema(OFF)"}, settings...) {
		q.Add("_pragma", s)
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: q.Encode()}).String()
}

func openSQLite(ctx context.Context, path string, settings ...string) (engine, error) {
	// SQLite gives its side files the rights of the main file.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, &entente.Error{Kind: entente.Unavailable, Field: "store", Detail: "the database file cannot be opened or made", Hint: "look whether its directory exists and belongs to the user of this program", Cause: err}
	}
	f.Close()
	e := &sqliteEngine{writer: batch{longest: 20 * time.Millisecond}}
	if e.db, err = sql.Open("sqlite", dsn(path, settings...)); err != nil {
		return nil, err
	}
	e.db.SetMaxOpenConns(1)
	if err := migrate(ctx, e.db, goose.DialectSQLite3); err != nil {
		return nil, errors.Join(explainSQLite(err), e.close())
	}
	if err := errors.Join(e.connect(ctx, path), syncDir(path)); err != nil {
		return nil, errors.Join(explainSQLite(err), e.close())
	}
	return e, nil
}

func (e *sqliteEngine) connect(ctx context.Context, path string) error {
	c, err := e.db.Conn(ctx)
	if err != nil {
		return err
	}
	e.writer.conn = &liteConn{conn: c, wiped: &e.erased}
	if e.ro, err = sql.Open("sqlite", dsn(path, "query_only(ON)")); err != nil {
		return err
	}
	if _, err := e.truncate(ctx); err != nil { // a process that was killed may have left what it had erased
		return err
	}
	n := max(4, runtime.GOMAXPROCS(0))
	e.readers = make(chan *liteConn, n)
	for range n {
		c, err := e.ro.Conn(ctx)
		if err != nil {
			return err
		}
		e.readers <- &liteConn{conn: c}
		e.reading++
	}
	return nil
}

func (e *sqliteEngine) name() string { return "sqlite" }

// close empties the log into the file: what was erased stays in no log of a node
// that is down.
func (e *sqliteEngine) close() error {
	var errs []error
	var readers []*liteConn
	for range e.reading {
		c := <-e.readers
		errs = append(errs, c.conn.Close())
		readers = append(readers, c)
	}
	for _, c := range readers {
		e.readers <- c // who comes late finds it closed, and does not wait for ever
	}
	if e.ro != nil {
		errs = append(errs, e.unwatch(), e.ro.Close())
	}
	if e.writer.conn != nil {
		e.writer.take(context.Background())
		c := e.writer.conn.conn
		_, err := c.ExecContext(context.Background(), "pragma wal_checkpoint(truncate)")
		if errors.Is(err, sql.ErrConnDone) {
			err = nil // closed before
		}
		errs = append(errs, err, c.Close())
		e.writer.leave()
	}
	return errors.Join(append(errs, e.db.Close())...)
}

func (e *sqliteEngine) Update(ctx context.Context, fn func(entente.Tx) error) error {
	return e.writer.update(ctx, fn)
}

func (e *sqliteEngine) View(ctx context.Context, fn func(entente.Tx) error) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case c := <-e.readers:
		defer func() { e.readers <- c }()
		return c.view(ctx, fn)
	}
}

// liteConn is one connection with its prepared statements. One transaction
// uses it at a time.
type liteConn struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	wiped *erasures // nil: it only reads
}

// view runs fn in a transaction that ends with nothing to keep.
func (c *liteConn) view(ctx context.Context, fn func(entente.Tx) error) error {
	if err := c.control("begin"); err != nil {
		return err
	}
	defer c.control("rollback")
	t := &tx{ctx: ctx, run: c}
	defer t.over()
	if err := fn(t); err != nil {
		return err
	}
	return t.failed
}

func (c *liteConn) control(statement string) error {
	_, err := c.exec(context.Background(), statement, nil)
	return explainSQLite(err)
}

// prepared keeps statements for the life of the connection. Their number is
// bounded by the program text: see chunk.
func (c *liteConn) prepared(query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	s, err := c.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	if c.stmts == nil {
		c.stmts = map[string]*sql.Stmt{}
	}
	c.stmts[query] = s
	return s, nil
}

// Statements are short. They are not interrupted when a context ends: SQLite
// would roll back the whole transaction, with what others did in it. The
// context is asked before each one.

func (c *liteConn) exec(_ context.Context, query string, args []any) (int64, error) {
	s, err := c.prepared(query)
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (c *liteConn) query(_ context.Context, query string, args []any) (*sql.Rows, error) {
	s, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.Background(), args...)
}

func (c *liteConn) explain(err error) error { return explainSQLite(err) }
func (c *liteConn) copied(*tx) error        { return nil }

func (c *liteConn) erased(table string) {
	if c.wiped != nil {
		c.wiped.note(table)
	}
}

// explainSQLite says what a failure means. The low byte of a code is its class.
func explainSQLite(err error) error {
	if errors.Is(err, sql.ErrConnDone) {
		return closed(err)
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return full(err)
	case sqlite3.SQLITE_IOERR:
		// A quota, and a file that may grow no further, are told like this.
		if e.Code() == sqlite3.SQLITE_IOERR_WRITE || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE {
			return full(err)
		}
		return unwritten(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return busy(err)
	case sqlite3.SQLITE_CONSTRAINT:
		return &entente.Error{Kind: entente.Conflict, Detail: "it is here already", Cause: err}
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return broken(err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return &entente.Error{Kind: entente.Unavailable, Detail: "the database file cannot be written", Hint: "look at the rights of the data directory", Cause: err}
	}
	return err
}
