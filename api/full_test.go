package api

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"entente"
)

const (
	aMessage = entente.MessageID("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7")
	aParty   = entente.PartyID("albia-ncc")
)

var aDigest = entente.DigestOf([]byte("anything"))

// full gives a T in which every field says something, from the closed list that
// the document names where there is one.
func full[T any]() T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), "")
	return v
}

func fill(v reflect.Value, field string) {
	if schema, ok := words[v.Type()]; ok {
		s := schema()
		example := append(s.Enum, s.Examples...)[0]
		setWord(v, example)
		return
	}
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = when
		return
	case *time.Duration:
		*x = 7 * time.Second
		return
	case *json.RawMessage:
		*x = json.RawMessage(`{"type":"Point","coordinates":[24.94,60.17]}`)
		return
	case *entente.Rel:
		*x = entente.Answers
		return
	case *[]byte:
		*x = []byte("bytes of " + field)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() {
				fill(v.Field(i), v.Type().Name()+"."+jsonNameOf(f))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), field)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), field)
		}
	case reflect.String:
		v.SetString("some " + field)
		if w, ok := fields[field]; ok && w.of != nil {
			v.SetString(w.of[0])
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Bool:
		v.SetBool(true)
	}
}

func setWord(v reflect.Value, example any) {
	text := reflect.ValueOf(example).String()
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(text)); err != nil {
			panic(err)
		}
		return
	}
	v.SetString(text)
}

func jsonNameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		return f.Name
	}
	return name
}

// empties lists the fields of v that say nothing.
func empties(v any) (found []string) {
	walk(reflect.ValueOf(v), "", &found)
	return found
}

func walk(v reflect.Value, at string, found *[]string) {
	if v.IsZero() {
		*found = append(*found, at)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		walk(v.Elem(), at, found)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Struct {
			for i := range v.Len() {
				walk(v.Index(i), at, found)
			}
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				walk(v.Field(i), at+"."+f.Name, found)
			}
		}
	}
}
