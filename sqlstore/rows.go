package sqlstore

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"reflect"
	"strconv"
	"strings"
	"time"

	"entente"
)

// Each row carries a check value over all that stands in it, which is compared
// whenever the row is read: what the disk, an engine or a hand at the database
// has changed is Damaged, with its table and id, and never shown. The value has no
// key, so it does not stop somebody who computes it again; what a partner signed
// is held to the signature beside it (package prove).

// table is what the rows of one table consist of, in the order in which the check
// value covers it. Left out is what the engine works out by itself.
type table struct {
	name    string
	keys    int // so many of columns, from the first, name a row
	columns []string

	into    string // "message (id, …, sum)"
	read    string // "select id, …, sum from message"
	write   string // inserts a row
	once    string // what follows, to leave a row of the same key as it is
	replace string // or to write over it
	alter   string // updates the row whose key is the first columns
}

func newTable(name string, keys int, columns string) *table {
	d := &table{name: name, keys: keys, columns: strings.Fields(columns)}
	all := strings.Join(d.columns, ", ") + ", sum"
	d.into = name + " (" + all + ")"
	d.read = "select " + all + " from " + name
	d.write = "insert into " + d.into + " values (" + marks(1, len(d.columns)+1) + ")"
	var over, set, key []string
	for i, c := range append(d.columns[:len(d.columns):len(d.columns)], "sum") {
		if i < keys {
			key = append(key, c)
			continue
		}
		over = append(over, c+" = excluded."+c)
		set = append(set, c+" = $"+strconv.Itoa(i+1))
	}
	d.once = " on conflict (" + strings.Join(key, ", ") + ") do nothing"
	d.replace = " on conflict (" + strings.Join(key, ", ") + ") do update set " + strings.Join(over, ", ")
	for i, c := range key {
		key[i] = c + " = $" + strconv.Itoa(i+1)
	}
	d.alter = "update " + name + " set " + strings.Join(set, ", ") + " where " + strings.Join(key, " and ")
	return d
}

// sealed gives the columns of a row as both engines keep them, with their check
// value.
func (d *table) sealed(values []any) ([]any, error) {
	if len(values) != len(d.columns) {
		return nil, fmt.Errorf("sqlstore: %d values for the %d columns of %s", len(values), len(d.columns), d.name)
	}
	if err := bind(values); err != nil {
		return nil, err
	}
	c := newSum(d)
	for _, v := range values {
		c.add(v)
	}
	return append(values, c.value()), nil
}

// put writes a row, over the one of the same key.
func (t *tx) put(d *table, values ...any) error {
	values, err := d.sealed(values)
	if err != nil {
		return err
	}
	return t.do(d.write+d.replace, values...)
}

// add writes a row, and gives what there gives if a row of this key is there.
func (t *tx) add(there error, d *table, values ...any) error {
	values, err := d.sealed(values)
	if err != nil {
		return err
	}
	return t.change(there, d.write+d.once, values...)
}

// keep writes a row unless one of this key is there.
func (t *tx) keep(d *table, values ...any) error {
	values, err := d.sealed(values)
	if err != nil {
		return err
	}
	return t.do(d.write+d.once, values...)
}

// revise writes version 1 of a noun as a new row, a later one over the version
// before it. The first column is its id, the second its version.
func (t *tx) revise(what string, version int, d *table, values ...any) error {
	values, err := d.sealed(values)
	if err != nil {
		return err
	}
	if version == 1 {
		return t.change(changed(what), d.write+" on conflict ("+d.columns[0]+") do nothing", values...)
	}
	return t.change(changed(what), d.alter+" and version = $2 - 1", values...)
}

// rows gives the rows of a table that the rest of a query selects.
func rows[T any](t *tx, d *table, scan func(row) (T, error), rest string, args ...any) ([]T, error) {
	return listOf(t, d, scan, d.read+rest, args...)
}

// oneOf gives the first of them, or NotFound: "no such message here".
func oneOf[T any](t *tx, d *table, what string, scan func(row) (T, error), rest string, args ...any) (T, error) {
	all, err := rows(t, d, scan, rest, args...)
	return first(all, err, what)
}

// following holds that a row has the number that comes next: of those that are
// numbered without a gap, a missing one is damage, and not a shorter list.
func following(has, want int64) error {
	if has != want {
		return fmt.Errorf("it has number %d, and number %d is missing", has, want)
	}
	return nil
}

// sum works a check value out.
type sum struct {
	h   hash.Hash
	len [9]byte
}

func newSum(d *table) *sum {
	c := &sum{h: sha256.New()}
	c.add(d.name)
	return c
}

// add takes a value with its type and length, so that no two rows are alike.
func (c *sum) add(v any) {
	n, b := uint64(0), []byte(nil)
	switch v := v.(type) {
	case int64:
		c.len[0], n = 'i', uint64(v)
	case string:
		c.len[0], b = 's', []byte(v)
		n = uint64(len(b))
	case []byte:
		c.len[0], b = 'b', v
		n = uint64(len(b))
	default:
		c.len[0] = 'x'
	}
	binary.BigEndian.PutUint64(c.len[1:], n)
	c.h.Write(c.len[:])
	c.h.Write(b)
}

// value is the check value; never 0, which stands for none.
func (c *sum) value() int64 {
	var b [sha256.Size]byte
	if v := int64(binary.BigEndian.Uint64(c.h.Sum(b[:0]))); v != 0 {
		return v
	}
	return 1
}

// reading takes the columns of a row as the engine gives them.
type reading struct {
	of   *table
	sum  *sum
	held int64 // the check value that the row carries; 0: an older version wrote it
	key  []string
	bad  error // a column cannot be what it should
	cols []columnOf
	into []any
}

type columnOf struct {
	r    *reading
	n    int
	dest any // nil: it is not asked for
}

func newReading(d *table) *reading {
	r := &reading{of: d, key: make([]string, d.keys), cols: make([]columnOf, len(d.columns)+1), into: make([]any, len(d.columns)+1)}
	for i := range r.cols {
		r.cols[i] = columnOf{r: r, n: i}
		r.into[i] = &r.cols[i]
	}
	return r
}

// Scan is called for the columns in their order.
func (c *columnOf) Scan(src any) error {
	r := c.r
	if c.n == len(r.of.columns) {
		r.held, _ = src.(int64)
		return nil
	}
	r.sum.add(src)
	if c.n < r.of.keys {
		r.key[c.n] = keyText(src)
	}
	if c.dest == nil {
		return nil
	}
	if err := assign(c.dest, src); err != nil && r.bad == nil {
		r.bad = fmt.Errorf("column %s: %w", r.of.columns[c.n], err)
	}
	return nil
}

func keyText(src any) string {
	if b, ok := src.([]byte); ok {
		return entente.DigestOf(b).Short() // it may open something
	}
	return fmt.Sprint(src)
}

// scan reads a row into dest, a pointer for each column, or nil.
func (r *reading) scan(rows interface{ Scan(...any) error }, dest []any) error {
	if len(dest) != len(r.of.columns) {
		return fmt.Errorf("sqlstore: %d places for the %d columns of %s", len(dest), len(r.of.columns), r.of.name)
	}
	r.sum, r.bad, r.held = newSum(r.of), nil, 0
	for i, d := range dest {
		r.cols[i].dest = d
	}
	if err := rows.Scan(r.into...); err != nil {
		return err
	}
	if r.held != 0 && r.held != r.sum.value() {
		return fmt.Errorf("its check value does not hold")
	}
	return r.bad
}

func (r *reading) damaged(cause error) error {
	return entente.DamagedRecord(r.of.name, strings.Join(r.key, " "), cause)
}

// assign puts what the engine gave where it is wanted.
func assign(dest, src any) error {
	switch d := dest.(type) {
	case *time.Time:
		return (*micros)(d).Scan(src)
	case *entente.Digest:
		return (*digest)(d).Scan(src)
	case *[]byte:
		return (*blob)(d).Scan(src)
	}
	v := reflect.ValueOf(dest).Elem()
	switch s := src.(type) {
	case string:
		if v.Kind() == reflect.String {
			v.SetString(s)
			return nil
		}
	case int64:
		switch v.Kind() {
		case reflect.Int, reflect.Int64:
			v.SetInt(s)
			return nil
		case reflect.Bool:
			if s == 0 || s == 1 {
				v.SetBool(s == 1)
				return nil
			}
		}
	}
	return fmt.Errorf("a %T cannot be read as %s", src, v.Type())
}
