package api

import (
	"errors"
	"io"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// jsonFormat reads and writes JSON: no field twice, no name in another case, no
// field that the type lacks, valid UTF-8 alone. An empty list is written [].
var jsonFormat = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		return json.MarshalWrite(w, v, json.Deterministic(true))
	},
	Unmarshal: func(b []byte, v any) error {
		return explain(json.Unmarshal(b, v, json.RejectUnknownMembers(true)))
	},
}

// formats are found by media type, and by its suffix.
var formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}

const twice = "the field stands there twice"

// explain says what is wrong without repeating what was sent.
func explain(err error) error {
	if err == nil {
		return nil
	}
	where := ""
	var at *jsontext.SyntacticError
	var means *json.SemanticError
	switch {
	case errors.As(err, &means):
		where = string(means.JSONPointer)
	case errors.As(err, &at):
		where = string(at.JSONPointer)
	}
	what := "it is not JSON in UTF-8"
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		what = twice
	case errors.Is(err, json.ErrUnknownName):
		what = "this version has no such field"
	case means != nil:
		what = "the value is not of the type that the field has"
	}
	if len(where) > 200 {
		where = where[:200] + "…"
	}
	if where != "" {
		what += " (at " + where + ")"
	}
	return errors.New(what)
}
