package sqlstore_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente"
	"entente/internal/testpg"
	"entente/parse"
	"entente/sqlstore"
)

// engines gives the URL of a new, empty database of each engine.
var engines = []struct {
	name string
	url  func(testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "file:" + filepath.Join(t.TempDir(), "entente.db") }},
	{"postgres", testpg.URL},
}

// both runs a test on a new store of each engine.
func both(t *testing.T, test func(t *testing.T, s *sqlstore.Store)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { test(t, open(t, e.url(t))) })
	}
}

func open(t testing.TB, url string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// put runs an Update that must succeed.
func put(t testing.TB, s entente.Store, fn func(entente.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// get runs a View that must succeed and gives what it found.
func get[T any](t testing.TB, s entente.Store, fn func(entente.Tx) (T, error)) T {
	t.Helper()
	v, err := try(t, s, fn)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func try[T any](t testing.TB, s entente.Store, fn func(entente.Tx) (T, error)) (v T, err error) {
	t.Helper()
	err = s.View(t.Context(), func(tx entente.Tx) error {
		var err error
		v, err = fn(tx)
		return err
	})
	return v, err
}

// wantKind checks the kind of an error and that a person can read it.
func wantKind(t testing.TB, err, kind error) {
	t.Helper()
	e, ok := errors.AsType[*entente.Error](err)
	if !errors.Is(err, kind) || !ok || e.Detail == "" {
		t.Errorf("error = %v, want one of kind %q with a detail", err, kind)
	}
}

// same compares values; an empty slice is a missing one.
func same(t testing.TB, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("got (+) is not what was put (-):\n%s", d)
	}
}

// filled gives a T in which no field is zero and no two fields are alike, so
// that a column that was forgotten or mixed up is found, also in fields that a
// noun gets later.
func filled[T any](seed int) T {
	var v T
	n := seed * 1000
	fill(reflect.ValueOf(&v).Elem(), &n)
	return v
}

func fill(v reflect.Value, n *int) {
	*n++
	switch v.Addr().Interface().(type) {
	case *time.Time:
		v.Set(reflect.ValueOf(at(*n)))
		return
	case *entente.PartialDate:
		v.Set(reflect.ValueOf(entente.PartialDate{Year: 1900 + *n%100, Month: 1 + *n%12, Day: 1 + *n%28}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(`"` + strconv.Itoa(*n) + `"`)) // JSON, for a field that is
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).SetUint(uint64(*n+i) & 0xff)
		}
	case reflect.String:
		v.SetString("Текст " + strconv.Itoa(*n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("cannot fill a " + v.Type().String())
	}
}

// at gives a time n milliseconds and n microseconds after the start of the tests' world.
func at(n int) time.Time {
	return time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * 1001 * time.Microsecond)
}

// id gives message ids that rise with n.
func id(n int) entente.MessageID {
	return entente.MessageID("0196f0a8-7c1e-7b3a-9f10-" + strconv.Itoa(100000000000+n))
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	b, err := parse.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
