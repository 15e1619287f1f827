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

// A partner's clock that is off is told in good time, and by how much.
func TestStatusOfClocks(t *testing.T) {
	o := newOffice(t)
	for skew, says := range map[time.Duration]string{
		5 * time.Minute: "", -6 * time.Minute: "differ by 6m0s", 3 * time.Hour: "messages and answers wait", -1 << 63: "messages and answers wait",
	} {
		o.put(func(tx entente.Tx) error { return tx.PutLine(entente.Line{Partner: "borea-sls", Skew: skew}) })
		s, err := o.desk.Status(t.Context(), operator)
		o.ok(err)
		got := strings.Join(s.Warnings, "\n")
		if says == "" && strings.Contains(got, "clock") || !strings.Contains(got, says) {
			t.Errorf("%v: %q, want %q", skew, got, says)
		}
	}
}
