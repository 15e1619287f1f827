package parse

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// Texts that people write are held to the types of a noun before a decoder sees
// them, so that a mistake is told in their words: what stands there, and what to
// write instead.

// fits holds a value of TOML to the type that stands for it. The keys of a struct
// are those of its tag, "json" or "toml".
func (c *checker) fits(p *path, v any, t reflect.Type, tag string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case c.err != nil || t == reflect.TypeFor[time.Time](), t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return // read by a rule of their own: until, geometry
	case t.Kind() == reflect.String, reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		c.fitsText(p, v, t)
	case t.Kind() == reflect.Slice:
		c.fitsList(p, v, t.Elem(), tag)
	case t.Kind() == reflect.Struct:
		c.fitsTable(p, v, t, tag)
	case t.Kind() == reflect.Bool:
		if _, ok := v.(bool); !ok {
			c.bad(p, "it is neither true nor false", "write true or false, without quotes")
		}
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64:
		c.whole(p, v)
	}
}

func (c *checker) fitsText(p *path, v any, t reflect.Type) {
	_, text := v.(string)
	_, day := v.(toml.LocalDate)
	if !text && (!day || t.Kind() == reflect.String) {
		c.notText(p, v, t.Kind() != reflect.String)
	}
}

// notText says how to write a text. What a partner wrote is not repeated.
func (c *checker) notText(p *path, v any, date bool) {
	plain, ok := c.plain(v)
	_, list := v.([]any)
	switch {
	case !date && ok:
		c.bad(p, "it is not in quotes", "write \""+plain+"\" in quotes")
	case list:
		c.bad(p, "a list stands where one text belongs", "write one text in quotes")
	case !ok:
		c.bad(p, "it should be a text", "put it in quotes")
	case len(plain) == 4:
		c.bad(p, "a year alone is not in quotes", "write \""+plain+"\" in quotes")
	default:
		c.bad(p, "it is not a date", "write it as in 1987-03-14, or in quotes as in \"1987-03\" or \"1987\"")
	}
}

// plain writes a value as it would stand between quotes.
func (c *checker) plain(v any) (string, bool) {
	if c.reason != "" {
		return "", false
	}
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	case toml.LocalDate:
		return v.String(), true
	case toml.LocalTime:
		return v.String(), true
	case toml.LocalDateTime:
		return v.String(), true
	case time.Time:
		return v.Format(time.RFC3339), true
	}
	return "", false
}

func (c *checker) fitsList(p *path, v any, of reflect.Type, tag string) {
	list, ok := v.([]any)
	if !ok {
		c.notList(p, v, of)
		return
	}
	for i, e := range list {
		if _, table := e.(map[string]any); of.Kind() == reflect.Struct && !table {
			c.notList(p, e, of)
			return
		}
		c.fits(p.at(i), e, of, tag)
	}
}

// notList says how to write a list: of tables, or of texts.
func (c *checker) notList(p *path, v any, of reflect.Type) {
	s, text := v.(string)
	switch {
	case of.Kind() == reflect.Struct:
		header := "[[" + headerOf(p) + "]]"
		if _, table := v.(map[string]any); table {
			c.bad(p, "there may be several of these", "write "+header+", in double brackets, above each")
			return
		}
		c.bad(p, "it should be a list of tables", "write "+header+" above each, and its fields below")
	case text && c.reason == "" && len(s) <= 40:
		c.bad(p, "it should be a list", "write ["+strconv.Quote(s)+"]")
	default:
		c.bad(p, "it should be a list of texts", "write it as in [\"one\", \"two\"]")
	}
}

// headerOf writes a path as a header of TOML has it, without the places in lists.
func headerOf(p *path) string {
	if p == nil {
		return ""
	}
	up := headerOf(p.up)
	switch {
	case p.name == "":
		return up
	case up == "":
		return p.name
	}
	return up + "." + p.name
}

func (c *checker) fitsTable(p *path, v any, t reflect.Type, tag string) {
	m, ok := v.(map[string]any)
	if _, list := v.([]any); list && p != nil {
		c.bad(p, "there is only one of these", "write ["+headerOf(p)+"], in single brackets, above it")
		return
	}
	if !ok {
		c.bad(p, "it should be a table", "write ["+headerOf(p)+"] in a line of its own, and its fields below")
		return
	}
	fields := fieldsOf(t, tag)
	for _, key := range slices.Sorted(maps.Keys(m)) {
		f, ok := fields[key]
		if !ok {
			c.bad(p.dot(key), "there is no such key here", nearKey(key, fields))
			return
		}
		c.fits(p.dot(key), m[key], f, tag)
	}
}

// fieldsOf gives the type of each field by its key.
func fieldsOf(t reflect.Type, tag string) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get(tag), ","); name != "" && name != "-" {
			fields[name] = t.Field(i).Type
		}
	}
	return fields
}

// nearKey proposes the key that was meant.
func nearKey[T any](key string, fields map[string]T) string {
	same := func(s string) string {
		return strings.TrimSuffix(strings.Map(func(r rune) rune {
			if r == '-' || r == '_' {
				return -1
			}
			return r
		}, strings.ToLower(s)), "s")
	}
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		if same(f) == same(key) {
			return "write " + f
		}
	}
	return "check its spelling, or take it out"
}

// whole holds a value to a whole number.
func (c *checker) whole(p *path, v any) {
	s, text := v.(string)
	switch {
	case text && s != "" && strings.Trim(s, "0123456789") == "" && c.reason == "":
		c.bad(p, "it should be a number and stands in quotes", "write "+s[:min(len(s), 20)]+" without quotes")
	default:
		if _, ok := v.(int64); !ok {
			c.bad(p, "it should be a whole number", "write digits alone, without quotes, as in 30")
		}
	}
}

// Settings reads a TOML text that somebody at this machine wrote, into the struct
// that out points to, by its toml tags. Errors name the line, the key and what to write.
func Settings(text []byte, max int, out any) error {
	doc, err := readTOML(text, max, "")
	if err != nil {
		return err
	}
	c := &checker{lines: doc.lines}
	c.fits(nil, doc.tree, reflect.TypeOf(out).Elem(), "toml")
	if err := c.Err(); err != nil {
		return err
	}
	if err := toml.Unmarshal(text, out); err != nil {
		return explainTOML(text, err, "")
	}
	return nil
}
