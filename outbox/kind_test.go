package outbox_test

import (
	"testing"

	"entente"
	"entente/internal/examples"
	"entente/outbox"
)

// What a kind needs on the way out stands in its file, and nowhere else.
func TestEveryKind(t *testing.T) {
	examples.Files(t, func(l entente.Layers) entente.Layer { return l.Outbox }, outbox.HasRoom)
}
