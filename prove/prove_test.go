package prove_test

import (
	"testing"
)

func TestSmoke(t *testing.T) {
	w := newWorld(t)
	w.tell(note("first"))
	r := holds(t, w.tell(note("Мы проверяем. We are checking.")))
	t.Log(r.String())
}
