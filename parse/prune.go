package parse

import (
	"reflect"

	"github.com/go-json-experiment/json"

	"entente"
)

// A list that is empty and one that is missing mean the same, and "omitzero"
// tells them apart: [] would be a second way to write nothing. So an empty list
// is made a missing one before anything is encoded.

// prune sets every empty list in v to nil.
func prune(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			prune(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				prune(f)
			}
		}
	case reflect.Slice:
		if v.Len() == 0 && v.CanSet() {
			v.SetZero()
		}
		if flat(v.Type().Elem().Kind()) {
			return
		}
		for i := range v.Len() {
			prune(v.Index(i))
		}
	}
}

// hollow reports whether v holds an empty list that prune would drop.
func hollow(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && hollow(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && hollow(v.Field(i)) {
				return true
			}
		}
	case reflect.Slice:
		if v.Len() == 0 {
			return !v.IsNil()
		}
		if flat(v.Type().Elem().Kind()) {
			return false
		}
		for i := range v.Len() {
			if hollow(v.Index(i)) {
				return true
			}
		}
	}
	return false
}

// Unfilled reads "0000", which is how a date that nobody has filled in yet is
// written in a draft.
var Unfilled = json.WithUnmarshalers(json.UnmarshalFunc(func(b []byte, d *entente.PartialDate) error {
	if string(b) == `"0000"` {
		*d = entente.PartialDate{}
		return nil
	}
	return json.Unmarshal(b, d)
}))

// pruned gives a copy of v without empty lists; v itself stays as it is, for it
// belongs to the caller.
func pruned(v any) (any, error) {
	b, err := json.Marshal(v, canonical)
	if err != nil {
		return nil, explain(err)
	}
	c := reflect.New(reflect.TypeOf(v))
	if err := json.Unmarshal(b, c.Interface(), strict, Unfilled); err != nil {
		return nil, explain(err)
	}
	prune(c.Elem())
	return c.Interface(), nil
}

// flat reports whether a list of this kind cannot hold another list.
func flat(k reflect.Kind) bool {
	return k != reflect.Struct && k != reflect.Pointer && k != reflect.Slice
}
