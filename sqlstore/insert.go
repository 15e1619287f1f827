package sqlstore

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"entente/parse"
)

// encode writes a noun as it is kept.
func encode(v any) ([]byte, error) {
	b, err := parse.Encode(v)
	if err != nil {
		return nil, unkeepable(err)
	}
	return b, nil
}

// scanBody reads a noun that is kept whole in one column.
func scanBody[T any](r row) (T, error) {
	var v T
	var body []byte
	if err := r.scan(&body); err != nil {
		return v, err
	}
	return decode[T](body)
}

// decodeAll reads many nouns on every processor: that takes longer than to get
// them off the disk.
func decodeAll[T any](bodies [][]byte) ([]T, error) {
	all := make([]T, len(bodies))
	each := len(bodies)/runtime.GOMAXPROCS(0) + 1
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for from := 0; from < len(bodies); from += each {
		wg.Go(func() {
			for i := from; i < min(from+each, len(bodies)); i++ {
				var err error
				if all[i], err = decode[T](bodies[i]); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	return all, nil
}

// insert writes a row for each of all, many in one statement. columns gives the
// values of a row; otherwise is what follows the values: what to do on a conflict.
func insert[T any](t *tx, into string, all []T, columns func(n int, v T) ([]any, error), otherwise string) error {
	n := 0
	for some := range slices.Chunk(all, chunk) {
		var args []any
		for _, v := range some {
			row, err := columns(n, v)
			if err != nil {
				return err
			}
			args = append(args, row...)
			n++
		}
		if err := t.do(`insert into `+into+` values `+tuples(len(some), len(args)/len(some))+otherwise, args...); err != nil {
			return err
		}
	}
	return nil
}

// tuples writes the placeholders of n rows: "($1, $2), ($3, $4)".
func tuples(n, columns int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = "(" + marks(1+i*columns, columns) + ")"
	}
	return strings.Join(rows, ", ")
}

// revise writes version 1 of a noun with create, a later one over the version
// before it with alter. Placeholder $1 is its id, $2 its version.
func (t *tx) revise(what string, version int, create, alter string, args ...any) error {
	if version == 1 {
		return t.change(changed(what), create+` on conflict (id) do nothing`, args...)
	}
	return t.change(changed(what), alter+` where id = $1 and version = $2 - 1`, args...)
}

// page ends a query that gives a page; 0 or less: 100.
func (w *where) page(n int) {
	if n <= 0 {
		n = 100
	}
	w.limit(n)
}
