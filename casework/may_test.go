package casework_test

import (
	"testing"

	"entente"
)

// A page that is refused before anything is asked is on record; one that is
// shown leaves its entry to what it asks.
func TestMay(t *testing.T) {
	o := newOffice(t)
	entries := func() (log []entente.AccessEntry) {
		o.ok(o.store.View(t.Context(), func(tx entente.Tx) (err error) {
			log, err = tx.AccessLog(0, 10)
			return err
		}))
		return log
	}
	o.want(o.desk.May(t.Context(), releaser, entente.OpRelease, "page /release"), nil, "a releaser")
	if len(entries()) != 0 {
		t.Error("what is allowed is on record twice")
	}
	o.want(o.desk.May(t.Context(), analyst, entente.OpRelease, "page /release"), entente.Denied, "an analyst")
	log := entries()
	if len(log) != 1 || !log[0].Access.Denied || log[0].Access.Officer != analyst.ID || log[0].Access.Object != "page /release" {
		t.Errorf("on record is %+v", log)
	}
}
