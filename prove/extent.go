package prove

import (
	"strings"

	"entente"
	"entente/seal"
)

// Extent says how much of a message its evidence opens.
type Extent string

const (
	Whole       Extent = "whole"        // all, also the keys of attached files
	WithoutKeys Extent = "without-keys" // all but the keys of attached files
	TearLine    Extent = "tear-line"    // the part that may be shown further, with its caveats
	Sealed      Extent = "sealed"       // nothing
)

// Extents lists them from the most to the least.
var Extents = []Extent{Whole, WithoutKeys, TearLine, Sealed}

// Open gives the showing of a message to some extent; of none, it is empty.
func Open(f entente.Filed, x Extent) (entente.Showing, error) {
	var open func(path string) bool
	switch x {
	case Whole:
		open = func(string) bool { return true }
	case WithoutKeys:
		open = func(path string) bool { return !isKey(path) }
	case TearLine:
		if f.Message.Statement.Tip == nil || f.Message.Statement.Tip.TearLine == nil {
			return entente.Showing{}, &entente.Error{Kind: entente.Invalid, Field: "show", Detail: "this message has no tear line", Hint: "export it without-keys, or ask its author for a message with a tear line"}
		}
		open = func(path string) bool { return strings.HasPrefix(path, "/tip/tear_line/") }
	case Sealed:
		return entente.Showing{}, nil
	default:
		return entente.Showing{}, &entente.Error{Kind: entente.Invalid, Field: "show", Detail: "it is not an extent that evidence can have", Hint: "write one of: whole, without-keys, tear-line, sealed"}
	}
	return seal.Show(f.Payload, f.Secret, open)
}

// isKey reports whether a part is the key of an attached file.
func isKey(path string) bool {
	return strings.HasPrefix(path, "/attachments/") && strings.HasSuffix(path, "/key")
}
