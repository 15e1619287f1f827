package parse

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"entente"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// strict is how everything is read: no member that the type lacks. Duplicate
// names, invalid UTF-8 and names in another case are refused by default.
var strict = json.JoinOptions(json.RejectUnknownMembers(true))

// canonical is how everything is written: members in the order of the struct,
// no white space, no escapes that JSON does not demand.
var canonical = json.JoinOptions(json.Deterministic(true))

// Canonical reads a value from at most max bytes of JSON in canonical form: the
// form that Encode writes. Errors are of kind Invalid with the path of the field
// and the reason malformed, too-large, unknown-field or duplicate-field.
func Canonical[T any](b []byte, max int) (T, error) {
	var v T
	if len(b) > max {
		return v, tooLarge("", len(b), max)
	}
	if !shallow(b) {
		return v, malformed("", "the JSON nests deeper than "+strconv.Itoa(MaxDepth)+" levels", nil)
	}
	if err := json.Unmarshal(b, &v, strict); err != nil {
		var zero T
		return zero, explain(err)
	}
	prune(reflect.ValueOf(&v).Elem())
	again, err := json.Marshal(&v, canonical)
	if err != nil {
		var zero T
		return zero, explain(err)
	}
	if n := differ(b, again); n >= 0 {
		var zero T
		return zero, malformed("", fmt.Sprintf("the JSON is not in canonical form from byte %d on", n), nil)
	}
	return v, nil
}

// Encode writes v in canonical form. It checks nothing: the Encode functions of
// each noun do. An empty list is left out where a missing one would be.
func Encode(v any) ([]byte, error) {
	if hollow(reflect.ValueOf(v)) {
		full, err := pruned(v)
		if err != nil {
			return nil, err
		}
		v = full
	}
	b, err := json.Marshal(v, canonical)
	if err != nil {
		return nil, explain(err)
	}
	return b, nil
}

// differ gives the first place at which a and b differ, or -1.
func differ(a, b []byte) int {
	if bytes.Equal(a, b) {
		return -1
	}
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// shallow reports whether b, if it is JSON, nests no deeper than MaxDepth.
func shallow(b []byte) bool { return Shallow(b, MaxDepth) }

// Shallow reports whether text, if it is JSON, nests no deeper than depth. It
// runs before the parser, so that no parser ever recurses on hostile input.
func Shallow[T string | []byte](text T, depth int) bool {
	at, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if at++; at > depth {
				return false
			}
		case c == '}' || c == ']':
			at--
		}
	}
	return true
}

// explain turns an error of the JSON package into one of ours. The parser's own
// words go to the cause, which no partner sees: they can quote content.
func explain(err error) error {
	field := pointerOf(err)
	switch {
	case errors.Is(err, json.ErrUnknownName):
		return &entente.Error{Kind: entente.Invalid, Field: field, Detail: "this version has no such field", Reason: entente.ReasonUnknownField, Cause: err}
	case errors.Is(err, jsontext.ErrDuplicateName):
		return &entente.Error{Kind: entente.Invalid, Field: field, Detail: "the field stands there twice", Reason: entente.ReasonDuplicateField, Cause: err}
	}
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return &entente.Error{Kind: entente.Invalid, Field: field, Detail: e.Detail, Hint: e.Hint, Reason: entente.ReasonMalformed, Cause: err}
	}
	if e, ok := errors.AsType[*json.SemanticError](err); ok {
		return malformed(field, "the value is not of the type that the field has"+expected(e.GoType), err)
	}
	return malformed(field, "it is not JSON", err)
}

func expected(t reflect.Type) string {
	if t == nil {
		return ""
	}
	switch t.Kind() {
	case reflect.String:
		return ": it should be a text"
	case reflect.Int, reflect.Int64:
		return ": it should be a whole number"
	case reflect.Bool:
		return ": it should be true or false"
	case reflect.Slice:
		return ": it should be a list"
	case reflect.Struct:
		if t.String() == "time.Time" {
			return ": it should be a time as in \"2011-03-04T09:00:00Z\""
		}
		return ": it should be an object"
	}
	return ""
}

// pointerOf gives the path at which the JSON package stopped.
func pointerOf(err error) string {
	if e, ok := errors.AsType[*json.SemanticError](err); ok && e.JSONPointer != "" {
		return fieldOf(e.JSONPointer)
	}
	if e, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return fieldOf(e.JSONPointer)
	}
	return ""
}

// fieldOf writes a JSON pointer as our paths are written:
// /tip/subjects/0/names is tip.subjects[0].names.
func fieldOf(p jsontext.Pointer) string {
	var at *path
	for token := range p.Tokens() {
		if n, err := strconv.Atoi(token); err == nil && n >= 0 {
			at = at.at(n)
			continue
		}
		at = at.dot(tame(token))
	}
	return at.String()
}

// tame makes a name that a stranger chose fit to be repeated: names of fields
// are short and plain, and anything else becomes a question mark.
func tame(name string) string {
	if name == "" || len(name) > 40 {
		return "?"
	}
	for i := range len(name) {
		if !isFieldByte(name[i]) {
			return "?"
		}
	}
	return name
}

func isFieldByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

func malformed(field, detail string, cause error) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Reason: entente.ReasonMalformed, Cause: cause}
}

func tooLarge(field string, n, max int) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: fmt.Sprintf("%d bytes are too many: at most %d are accepted", n, max), Reason: entente.ReasonTooLarge}
}
