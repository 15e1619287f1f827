package sqlstore

import (
	"reflect"
	"testing"

	"entente"
)

// FuzzRow holds that whatever stands in a row is read or refused, and that what is
// read is written and read again as the same: nothing changes by being kept twice.
func FuzzRow(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `{"version":1,"id":"x","names":[{"text":"Мира"}],"births":[{"date":"0000"}]}`,
		`{"subject":{"births":[{"date":"1987-03"}]},"review":"2011-03-04T09:00:00Z"}`, `{"legs":[{"departs":"2011-03-04T09:00"}]}`, `{"at":"x"}`, "\xff", `{"a":1}{`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		comesBack[entente.Statement](t, body)
		comesBack[entente.Draft](t, body)
		comesBack[entente.Holding](t, body)
		comesBack[entente.Edition](t, body)
		comesBack[entente.TravelEvent](t, body)
		comesBack[entente.Watch](t, body)
		comesBack[entente.Case](t, body)
		comesBack[entente.Entry](t, body)
		comesBack[entente.Flag](t, body)
		comesBack[entente.Hit](t, body)
		comesBack[entente.Clearing](t, body)
		comesBack[entente.Task](t, body)
	})
}

func comesBack[T any](t *testing.T, body []byte) {
	t.Helper()
	v, err := decode[T](body)
	if err != nil {
		return
	}
	again, err := encode(v)
	if err != nil {
		return // it cannot be kept: said when it is written
	}
	back, err := decode[T](again)
	if err != nil {
		t.Fatalf("%T: %q is kept as %q, which cannot be read: %v", v, body, again, err)
	}
	if b, err := encode(back); err != nil || string(b) != string(again) {
		t.Errorf("%T: %q is kept as %q, and then as %q (%v)", v, body, again, b, err)
	}
}

// FuzzColumn holds that a column of another type, or of another size, is refused.
func FuzzColumn(f *testing.F) {
	f.Add([]byte("x"), int64(1), "y")
	f.Add(make([]byte, 32), int64(-1), "")
	f.Fuzz(func(t *testing.T, b []byte, n int64, s string) {
		for _, src := range []any{b, n, s, nil, 1.5, true} {
			var d digest
			if err := d.Scan(src); err == nil {
				if got, ok := src.([]byte); !ok || len(got) != 0 && string(got) != string(d[:]) {
					t.Errorf("%T %v is read as the digest %x", src, src, d)
				}
			}
			var m micros
			if err := m.Scan(src); err == nil && reflect.TypeOf(src) != reflect.TypeFor[int64]() {
				t.Errorf("%T %v is read as a time", src, src)
			}
			var x blob
			if err := x.Scan(src); err == nil {
				if got, ok := src.([]byte); !ok || string(got) != string(x) {
					t.Errorf("%T %v is read as the bytes %x", src, src, x)
				}
			}
		}
	})
}
