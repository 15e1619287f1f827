package prove

import (
	"entente"
)

// saysNote sums a note up.
func saysNote(s entente.Statement) []string {
	if s.Note.Text == "" {
		return nil
	}
	return []string{"Text: " + s.Note.Text}
}
