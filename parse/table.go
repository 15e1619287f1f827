package parse

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"

	"entente"

	"github.com/pelletier/go-toml/v2"
)

// table reads the keys of a TOML table, each with its type, and knows which of
// them were never asked for.
type table struct {
	*checker
	p     *path
	m     map[string]any
	asked map[string]bool
}

func (c *checker) table(p *path, v any) table {
	m, ok := v.(map[string]any)
	if v != nil && !ok {
		c.bad(p, "it should be a table", "write ["+headerOf(p)+"] in a line of its own, and its fields below")
	}
	return table{checker: c, p: p, m: m, asked: map[string]bool{}}
}

// keys lists the keys, sorted.
func (t table) keys() []string { return slices.Sorted(maps.Keys(t.m)) }

func (t table) get(key string) any {
	t.asked[key] = true
	return t.m[key]
}

// done refuses the keys that nobody asked for.
func (t table) done() {
	for _, k := range t.keys() {
		if !t.asked[k] {
			t.bad(t.p.dot(k), "there is no such key here", nearKey(k, t.asked))
		}
	}
}

func (t table) str(key string) string { return t.asString(t.p.dot(key), t.get(key)) }

func (t table) strs(key string) []string {
	v := t.get(key)
	list, ok := v.([]any)
	if v != nil && !ok {
		t.notList(t.p.dot(key), v, reflect.TypeFor[string]())
	}
	var out []string
	for i, e := range list {
		out = append(out, t.asString(t.p.dot(key).at(i), e))
	}
	return out
}

func (c *checker) asString(p *path, v any) string {
	s, ok := v.(string)
	if v != nil && !ok {
		c.notText(p, v, false)
	}
	return s
}

// num reads a whole number.
func (t table) num(key string) int {
	v := t.get(key)
	n, ok := v.(int64)
	if v != nil && !ok {
		t.whole(t.p.dot(key), v)
		return 0
	}
	return t.asWhole(t.p.dot(key), n)
}

func (c *checker) asWhole(p *path, n int64) int {
	if n < -MaxWhole || n > MaxWhole {
		c.bad(p, "the number is too large", "the largest is "+strconv.Itoa(MaxWhole))
		return 0
	}
	return int(n)
}

// nums reads a list of whole numbers.
func (t table) nums(key string) []int {
	v := t.get(key)
	list, ok := v.([]any)
	if v != nil && !ok {
		t.notList(t.p.dot(key), v, reflect.TypeFor[int]())
	}
	var out []int
	for i, e := range list {
		n, ok := e.(int64)
		if !ok {
			t.whole(t.p.dot(key).at(i), e)
		}
		out = append(out, t.asWhole(t.p.dot(key).at(i), n))
	}
	return out
}

// digest reads a digest that may be left out.
func (t table) digest(key string) *entente.Digest {
	s := t.str(key)
	if t.m[key] == nil {
		return nil
	}
	d, err := entente.ParseDigest(s)
	t.take(t.p.dot(key), err)
	return &d
}

// day reads a date without a time, as 00:00 UTC.
func (t table) day(key string) time.Time {
	d, ok := t.get(key).(toml.LocalDate)
	if !ok {
		t.notDay(key, "it should be a whole date", "write it without quotes, as in 2011-01-01")
		return time.Time{}
	}
	return d.AsTime(time.UTC)
}

func (t table) notDay(key, detail, hint string) {
	if t.m[key] == nil {
		detail = "it is missing"
	}
	t.bad(t.p.dot(key), detail, hint)
}

// moment reads a date with a time and a zone, as UTC.
func (t table) moment(key string) time.Time {
	v, ok := t.get(key).(time.Time)
	if !ok {
		t.notDay(key, "it should be a time in UTC", "write it without quotes, as in 2011-03-04T09:00:00Z")
		return time.Time{}
	}
	return v.UTC()
}

func (t table) sub(key string) table { return t.checker.table(t.p.dot(key), t.get(key)) }

// subs reads an array of tables.
func (t table) subs(key string) []table {
	v := t.get(key)
	list, ok := v.([]any)
	if v != nil && !ok {
		t.notList(t.p.dot(key), v, reflect.TypeFor[struct{}]())
	}
	var out []table
	for i, e := range list {
		out = append(out, t.checker.table(t.p.dot(key).at(i), e))
	}
	return out
}
