package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"entente"
)

// postgresEngine is a database that any number of node processes share. Every
// Update is serializable: what one process reads, no other changes under it.
type postgresEngine struct {
	db      *sql.DB
	writers chan struct{} // held by each Update that runs
	closed  atomic.Bool
	erased  erasures
}

const (
	// connections bounds what one process asks of the server.
	connections = 16
	// writers bounds the Updates that run at once. More only collide more often:
	// 32 of them ran each function three times, and got less done than 4.
	writers = 4
	// tries bounds how often an Update runs when others get in between. With
	// the pauses of pause, the last one comes after some seconds.
	tries = 30
)

func openPostgres(ctx context.Context, url string) (engine, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "store", Detail: "not the address of a PostgreSQL database", Hint: "write postgres://user@host/database"}
	}
	if _, ok := cfg.RuntimeParams["application_name"]; !ok {
		cfg.RuntimeParams["application_name"] = "entente"
	}
	// A receipt is a promise: whatever the server's default is, a commit waits
	// for the disk. The address may ask for more, such as remote_apply.
	if _, ok := cfg.RuntimeParams["synchronous_commit"]; !ok {
		cfg.RuntimeParams["synchronous_commit"] = "on"
	}
	e := &postgresEngine{db: stdlib.OpenDB(*cfg), writers: make(chan struct{}, writers)}
	e.db.SetMaxOpenConns(connections)
	e.db.SetMaxIdleConns(connections)
	e.db.SetConnMaxIdleTime(5 * time.Minute)
	if err := migrate(ctx, e.db, goose.DialectPostgres); err != nil {
		return nil, errors.Join(explainPostgres(err), e.close())
	}
	return e, nil
}

func (e *postgresEngine) name() string { return "postgres" }

func (e *postgresEngine) close() error {
	e.closed.Store(true)
	return e.db.Close()
}

// View begins once more where the connection was closed before anything was read:
// the server's operator may have ended those that were idle. Once fn has read
// something it is not run again.
func (e *postgresEngine) View(ctx context.Context, fn func(entente.Tx) error) error {
	for n := 0; ; n++ {
		read, err := e.transact(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
		if read || !lost(err) || n == connections || ctx.Err() != nil {
			return explainPostgres(err)
		}
	}
}

func (e *postgresEngine) Update(ctx context.Context, fn func(entente.Tx) error) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case e.writers <- struct{}{}:
		defer func() { <-e.writers }()
	}
	for n := 0; ; n++ {
		_, err := e.transact(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable}, fn)
		if lost(err) && !errors.Is(err, errCommit) && n < connections && ctx.Err() == nil {
			continue // nothing was done
		}
		if !collided(err) {
			return explainPostgres(err)
		}
		if n == tries-1 {
			return busy(err)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause(n)):
		}
	}
}

// pause is at random up to 1 ms after the first collision and up to 200 ms
// after many, so that those who collided do not meet again.
func pause(n int) time.Duration {
	return rand.N(min(time.Millisecond<<min(n, 10), 200*time.Millisecond))
}

// errCommit marks a failure of a commit: nobody knows whether it was done.
var errCommit = errors.New("the commit was not answered")

// transact runs fn once, and reports whether any statement of it was answered. A
// panic of fn rolls back, too.
func (e *postgresEngine) transact(ctx context.Context, opts *sql.TxOptions, fn func(entente.Tx) error) (answered bool, err error) {
	stx, err := e.db.BeginTx(ctx, opts)
	if err != nil && e.closed.Load() {
		return false, closed(err)
	}
	if err != nil {
		return false, err
	}
	defer stx.Rollback() // after a commit it does nothing
	t := &tx{ctx: ctx, run: pgTx{stx, &e.erased}}
	err = fn(t)
	failed := t.failed
	t.over()
	switch {
	case collided(failed), lost(failed): // whatever fn made of it
		return t.answered, failed
	case err != nil:
		return t.answered, err
	case failed != nil:
		return t.answered, failed
	}
	if err := stx.Commit(); err != nil {
		return t.answered, errors.Join(errCommit, err)
	}
	return t.answered, nil
}

// lost reports whether the connection is gone: ended by the server's operator or
// the network, or closed here since.
func lost(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "57P01" || e.Code == "57P02" || e.Code[:2] == "08" // admin_shutdown, crash_shutdown, connection_exception
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return false // there is nobody at the other end
	}
	for _, gone := range []error{driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, syscall.EPIPE, syscall.ECONNRESET} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return pgconn.SafeToRetry(err) // nothing was sent: the connection was closed before
}

// pgTx runs statements in a transaction. The driver keeps them prepared on each
// connection.
type pgTx struct {
	tx    *sql.Tx
	wiped *erasures
}

func (p pgTx) erased(table string) { p.wiped.note(table) }

func (p pgTx) exec(ctx context.Context, query string, args []any) (int64, error) {
	res, err := p.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (p pgTx) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	return p.tx.QueryContext(ctx, query, args...)
}

func (p pgTx) explain(err error) error { return explainPostgres(err) }

// copied makes the next refusal's number follow those that were copied.
func (p pgTx) copied(t *tx) error {
	return t.do(`select setval(pg_get_serial_sequence('refusal', 'n'), (select coalesce(max(n), 0) + 1 from refusal), false)`)
}

// collided reports whether another transaction got in between, so that the same
// work done again has a fair chance. A unique_violation is such a case: no
// statement here runs into one that it could have seen.
func collided(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01" || e.Code == "23505") // serialization_failure, deadlock_detected
}

// explainPostgres says what a failure means. The first two characters of a code
// are its class (PostgreSQL 15, appendix A).
func explainPostgres(err error) error {
	if entente.KindOf(err) != nil {
		return err
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case e.Code == "53100": // disk_full
			return full(err)
		case e.Code == "58030": // io_error
			return unwritten(err)
		case corrupt(e):
			return broken(err)
		case e.Code[:2] == "23": // integrity_constraint_violation
			return &entente.Error{Kind: entente.Conflict, Detail: "it is here already", Cause: err}
		case e.Code[:2] == "40", e.Code[:2] == "53", e.Code[:2] == "55": // collisions, too many connections, locks
			return busy(err)
		case e.Code[:2] == "57": // the server's operator
			return away(err)
		}
		return err
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok || lost(err) {
		return away(err)
	}
	if _, ok := errors.AsType[net.Error](err); ok && !errors.Is(err, context.DeadlineExceeded) {
		return away(err)
	}
	return err
}

func away(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the database server does not answer", Hint: "look whether PostgreSQL runs and whether the address is right, then try again", Cause: cause}
}
