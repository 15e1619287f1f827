package prove

import (
	"io"

	"entente"
	"entente/parse"
)

// Contents sums a statement up; HasContents reports whether a kind has sentences
// for that, HasRelation whether a relation has.
func Contents(s entente.Statement) []Line { return saysContent(s, 0) }
func HasContents(k entente.Kind) bool     { return contents[k] != nil }
func HasRelation(r entente.Rel) bool      { return relations[r] != "" }

// WriteUnchecked writes evidence as another version might.
func WriteUnchecked(w io.Writer, e Evidence) error {
	files, err := e.files()
	if err != nil {
		return err
	}
	return parse.WriteArchive(w, archived(files))
}
