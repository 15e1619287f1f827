package inbox_test

import (
	"testing"

	"entente"
	"entente/inbox"
	"entente/internal/examples"
)

// What a kind changes here stands in its file, and nowhere else.
func TestEveryKind(t *testing.T) {
	examples.Files(t, func(l entente.Layers) entente.Layer { return l.Inbox }, inbox.Heeds)
}
