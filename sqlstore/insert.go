package sqlstore

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"entente"
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

// scanBody reads a noun that is kept whole in the last column.
func scanBody[T any](r row) (T, error) {
	body, err := scanRaw(r)
	if err != nil {
		var none T
		return none, err
	}
	return decode[T](body)
}

// scanRaw gives the last column, which is bytes.
func scanRaw(r row) (body []byte, err error) {
	dest := make([]any, len(r.of.of.columns))
	dest[len(dest)-1] = &body
	return body, r.scan(dest...)
}

// numbered is scan for rows whose nth column numbers them from 0 without a gap.
func numbered[T any](n int, scan func(row) (T, error)) func(row) (T, error) {
	next := int64(0)
	return func(r row) (T, error) {
		v, err := scan(r)
		if next++; err == nil && r.of.key[n] != strconv.FormatInt(next-1, 10) {
			err = fmt.Errorf("it has number %s, and number %d is missing", r.of.key[n], next-1)
		}
		return v, err
	}
}

// named is the body of a row with its id.
type named struct {
	id   string
	body []byte
}

func scanNamed(r row) (n named, err error) {
	n.body, err = scanRaw(r)
	n.id = r.of.key[0]
	return n, err
}

// decodeAll reads many nouns on every processor: that takes longer than to get
// them off the disk.
func decodeAll[T any](d *table, bodies []named) ([]T, error) {
	all := make([]T, len(bodies))
	each := len(bodies)/runtime.GOMAXPROCS(0) + 1
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for from := 0; from < len(bodies); from += each {
		wg.Go(func() {
			for i := from; i < min(from+each, len(bodies)); i++ {
				var err error
				if all[i], err = decode[T](bodies[i].body); err != nil {
					err = entente.DamagedRecord(d.name, bodies[i].id, err)
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
func insert[T any](t *tx, d *table, all []T, columns func(n int, v T) ([]any, error), otherwise string) error {
	n := 0
	for some := range slices.Chunk(all, chunk) {
		var args []any
		for _, v := range some {
			row, err := columns(n, v)
			if err == nil {
				row, err = d.sealed(row)
			}
			if err != nil {
				return err
			}
			args = append(args, row...)
			n++
		}
		if err := t.do(`insert into `+d.into+` values `+tuples(len(some), len(args)/len(some))+otherwise, args...); err != nil {
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

// page ends a query that gives a page; 0 or less: 100.
func (w *where) page(n int) {
	if n <= 0 {
		n = 100
	}
	w.limit(n)
}
