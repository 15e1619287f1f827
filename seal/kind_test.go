package seal

import (
	"testing"
	"time"

	"entente"
	"entente/internal/examples"
)

// Every kind goes through the seal and comes out as it was.
func TestEveryKind(t *testing.T) {
	w := newWorld(t)
	examples.Files(t, func(l entente.Layers) entente.Layer { return l.Seal }, func(entente.Kind) bool { return false })
	for k, list := range examples.Statements(t) {
		for _, s := range list {
			h := w.header()
			h.ID, h.Class, h.Precedence = s.ID, s.Class(), s.Precedence
			if h.Class == entente.ClassDuty {
				h.Expires = time.Time{}
			}
			e, err := Seal(released(t, s, "albia-ncc"), h, w.borea.keys.Message, w.borea.record(), w.albia.record())
			if err != nil {
				t.Errorf("%s: %v", k, err)
				continue
			}
			got, err := w.open(e.Envelope)
			if err != nil {
				t.Errorf("%s: %v", k, err)
				continue
			}
			if got.Message.Statement.Kind != k || got.Message.Statement.Body() == nil {
				t.Errorf("%s came out as %+v", k, got.Message.Statement)
			}
		}
	}
}
