package casework_test

import (
	"strings"
	"testing"
	"time"

	"entente"
)

var operator = entente.Officer{ID: "otto.lang", Name: "Otto Lang", Role: entente.Operator}

// What waits long for a partner that does not come for it is told, though
// nothing has failed: else nobody would learn of it.
func TestStatusOfSilence(t *testing.T) {
	o := newOffice(t)
	id := o.one(entente.Outgoing, entente.Routine, true, tip("Ours"))
	o.put(func(tx entente.Tx) error {
		return tx.Enqueue(entente.QueueItem{Message: id, Partner: "borea-sls", Channel: entente.Channel{Agreement: north, From: "albia-ncc", To: "borea-sls"}, Queued: o.now})
	})
	told := func() string {
		t.Helper()
		s, err := o.desk.Status(t.Context(), operator)
		o.ok(err)
		return strings.Join(s.Warnings, "\n")
	}
	o.now = day.Add(time.Minute)
	if w := told(); w != "" {
		t.Errorf("after a minute: %s", w)
	}
	o.now = day.Add(2 * time.Hour)
	if w := told(); !strings.Contains(w, "have waited for borea-sls") || !strings.Contains(w, "never") {
		t.Errorf("after two hours: %q", w)
	}
	// It comes to collect: that is contact.
	_, err := o.out.Collect(t.Context(), "borea-sls", 1)
	o.ok(err)
	if w := told(); !strings.Contains(w, "0s ago") {
		t.Errorf("after it came: %q", w)
	}
}
