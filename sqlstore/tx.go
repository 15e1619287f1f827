package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"entente"
)

// runner runs statements inside one open transaction.
type runner interface {
	exec(ctx context.Context, query string, args []any) (int64, error)
	query(ctx context.Context, query string, args []any) (*sql.Rows, error)
	explain(err error) error // from the engine's code to an entente.Error
	copied(t *tx) error      // after rows came with the numbers that they had elsewhere
	erased(table string)     // content was deleted: see Tidy
}

// tx is an entente.Tx.
//
// After a failure of the engine every further statement fails in the same way,
// and the transaction cannot be committed: SQLite may have rolled it back by
// itself, and what came next would stand alone. What fn may answer by going on,
// such as a Conflict or NotFound, is therefore never left to the engine to find.
type tx struct {
	ctx    context.Context
	run    runner
	failed error

	answered bool // a statement was
}

var errOver = &entente.Error{Kind: entente.Invalid, Detail: "the transaction is over"}

// over makes every later use of t fail.
func (t *tx) over() { t.failed = errOver }

func (t *tx) ready() error {
	if t.failed == nil {
		t.failed = context.Cause(t.ctx)
	}
	return t.failed
}

func (t *tx) fail(err error) error {
	if err != nil && t.failed == nil {
		t.failed = t.run.explain(err)
	}
	return t.failed
}

// exec runs a statement and gives the number of rows that it changed.
func (t *tx) exec(query string, args ...any) (int64, error) {
	if err := t.ready(); err != nil {
		return 0, err
	}
	if err := bind(args); err != nil {
		return 0, err
	}
	n, err := t.run.exec(t.ctx, query, args)
	t.answered = t.answered || err == nil
	return n, t.fail(err)
}

// change runs a statement that must change a row, and gives otherwise what
// nothing gives.
func (t *tx) change(nothing error, query string, args ...any) error {
	n, err := t.exec(query, args...)
	if err == nil && n == 0 {
		return nothing
	}
	return err
}

// do runs a statement whose number of rows says nothing.
func (t *tx) do(query string, args ...any) error {
	_, err := t.exec(query, args...)
	return err
}

// row is one row of a result: of a table, whose columns it then is, or of any
// other query.
type row struct {
	rows *sql.Rows
	of   *reading // nil: of another query
}

func (r row) scan(dest ...any) error {
	if r.of != nil {
		return r.of.scan(r.rows, dest)
	}
	for i, d := range dest {
		dest[i] = scanner(d)
	}
	return r.rows.Scan(dest...)
}

// list gives every row of a query that is not for the rows of one table.
func list[T any](t *tx, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	return listOf(t, nil, scan, query, args...)
}

// listOf gives every row of a query, and holds those of a table to their check
// values: one that is not as it was written, or that nothing reads, is Damaged.
func listOf[T any](t *tx, d *table, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	if err := t.ready(); err != nil {
		return nil, err
	}
	if err := bind(args); err != nil {
		return nil, err
	}
	rows, err := t.run.query(t.ctx, query, args)
	if err != nil {
		return nil, t.fail(err)
	}
	defer rows.Close()
	r := row{rows: rows}
	if d != nil {
		r.of = newReading(d)
	}
	defer func() { t.answered = t.answered || t.failed == nil }()
	var all []T
	for rows.Next() {
		v, err := scan(r)
		switch {
		case err != nil && d != nil:
			return nil, r.of.damaged(err)
		case err != nil:
			return nil, err
		}
		all = append(all, v)
	}
	return all, t.fail(rows.Err())
}

// one gives the first row of a query, or NotFound: "no such message here".
func one[T any](t *tx, what string, scan func(row) (T, error), query string, args ...any) (T, error) {
	all, err := list(t, scan, query, args...)
	return first(all, err, what)
}

func first[T any](all []T, err error, what string) (T, error) {
	var zero T
	if err != nil {
		return zero, err
	}
	if len(all) == 0 {
		return zero, notFound(what)
	}
	return all[0], nil
}

// found turns NotFound into the answer that nothing is stored.
func found[T any](v T, err error, otherwise T) (T, error) {
	if errors.Is(err, entente.NotFound) {
		return otherwise, nil
	}
	return v, err
}

func scanInt(r row) (n int64, err error)    { return n, r.scan(&n) }
func scanBytes(r row) (b []byte, err error) { return b, r.scan(&b) }

// marks writes n placeholders from $first on: "$3, $4, $5".
func marks(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

// where gathers the conditions of a query and their arguments.
type where struct {
	text strings.Builder
	args []any
}

// and adds a condition; each "?" in it stands for one of args.
func (w *where) and(condition string, args ...any) {
	if w.text.Len() == 0 {
		w.text.WriteString(" where ")
	} else {
		w.text.WriteString(" and ")
	}
	for _, part := range strings.SplitAfter(condition, "?") {
		if before, ok := strings.CutSuffix(part, "?"); ok {
			w.args = append(w.args, args[0])
			args = args[1:]
			w.text.WriteString(before + "$" + strconv.Itoa(len(w.args)))
			continue
		}
		w.text.WriteString(part)
	}
}

// in adds the condition that column has one of values; none: no condition.
func in[T any](w *where, column string, values []T) {
	if len(values) == 0 {
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	w.and(column+" in (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
}

// limit ends the query; 0 or less: no limit.
func (w *where) limit(n int) {
	if n > 0 {
		w.args = append(w.args, n)
		w.text.WriteString(" limit $" + strconv.Itoa(len(w.args)))
	}
}

// equals adds a condition unless v is the zero value.
func equals[T ~string](w *where, column string, v T) {
	if v != "" {
		w.and(column+" = ?", v)
	}
}
