package parse

import (
	"strconv"

	"github.com/go-json-experiment/json"

	"entente"
)

// Excerpt reads what was opened of a statement. Any member may be missing; what is
// there must be of the type that it has in a statement. Whether the whole keeps
// the rules was for its recipient to check.
func Excerpt(b []byte) (entente.Statement, error) {
	var s entente.Statement
	if len(b) > MaxStatement {
		return s, tooLarge("", len(b), MaxStatement)
	}
	if !shallow(b) {
		return s, malformed("", "the JSON nests deeper than "+strconv.Itoa(MaxDepth)+" levels", nil)
	}
	if err := json.Unmarshal(b, &s, strict); err != nil {
		return entente.Statement{}, explain(err)
	}
	return s, nil
}
