package api

import (
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// Every message that the validator has for what this interface uses is told in
// our words.
func TestTheValidatorsWordsAreNotShown(t *testing.T) {
	for told, want := range map[string]string{
		"expected string to be two capital letters":        "it is not two capital letters",
		"expected string to match pattern ^[A-Z]$":         "it is not in the form that the field has",
		"expected value to be one of \"open, closed\"":     "it is not one of: open, closed",
		"expected length >= 1":                             "it is empty",
		"expected length <= 500":                           "it is longer than 500 characters",
		"expected array length <= 50":                      "the list has more than 50 entries",
		"expected number >= 0":                             "it is less than 0",
		"expected integer":                                 "it is not a whole number",
		"expected string":                                  "it is not a text: put it in quotes",
		"expected boolean":                                 "it is neither true nor false",
		"expected required property subject to be present": "a required field is missing",
		"unexpected property":                              "this version has no such field",
	} {
		if got := flawOf(&huma.ErrorDetail{Message: told, Location: "body.x"}).Detail; got != want {
			t.Errorf("%s: got %q, want %q", told, got, want)
		}
	}
}
