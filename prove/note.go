package prove

import (
	"entente"
)

// saysNote sums a note up.
func saysNote(s entente.Statement) []string { return []string{"Text: " + s.Note.Text} }
