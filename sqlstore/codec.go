package sqlstore

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"entente"
)

// bind turns the nouns among args into what both engines keep, in place.
func bind(args []any) error {
	for i, a := range args {
		b, err := column(a)
		if err != nil {
			return err
		}
		args[i] = b
	}
	return nil
}

func column(a any) (any, error) {
	switch v := a.(type) {
	case int64, nil:
		return v, nil
	case int:
		return int64(v), nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case []byte:
		if v == nil {
			return []byte{}, nil
		}
		return v, nil
	case entente.Digest:
		if v.IsZero() {
			return []byte{}, nil
		}
		return v[:], nil
	case time.Time:
		if v.IsZero() {
			return int64(absent), nil
		}
		return v.UnixMicro(), nil
	case time.Duration:
		return int64(v), nil
	}
	if v := reflect.ValueOf(a); v.Kind() == reflect.String {
		return text(v.String())
	}
	return nil, fmt.Errorf("sqlstore: no column holds a %T", a)
}

// text refuses what PostgreSQL cannot keep, so that both engines keep the same.
func text(s string) (any, error) {
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: "the text holds a character that cannot be kept", Hint: "take out control characters and write it as UTF-8"}
	}
	return s, nil
}

// scanner wraps a pointer to a noun so that a column can be read into it.
func scanner(dest any) any {
	switch d := dest.(type) {
	case *time.Time:
		return (*micros)(d)
	case *entente.Digest:
		return (*digest)(d)
	case *[]byte:
		return (*blob)(d)
	}
	return dest
}

// absent is what a column has where there is no time. It is far from every time
// that can be read or written: the start of 1970 is a time like any other.
const absent = math.MinInt64

type (
	micros time.Time
	digest entente.Digest
	blob   []byte
)

func (m *micros) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("sqlstore: a time column holds a %T", src)
	}
	*m = micros{}
	if n != absent {
		*m = micros(time.UnixMicro(n).UTC())
	}
	return nil
}

func (d *digest) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != 0 && len(b) != len(d) {
		return fmt.Errorf("sqlstore: a digest column holds a %T of another size", src)
	}
	*d = digest{}
	copy(d[:], b)
	return nil
}

func (b *blob) Scan(src any) error {
	v, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("sqlstore: a column of bytes holds a %T", src)
	}
	*b = append(blob(nil), v...)
	return nil
}
