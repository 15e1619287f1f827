package casework_test

import (
	"testing"

	"entente"
)

// A message is given only to somebody who may assess it; he takes it himself
// only while nobody has it.
func TestAssign(t *testing.T) {
	o := newOffice(t)
	second := entente.Officer{ID: "max.vogt", Name: "Max Vogt", Role: entente.Analyst}
	gone := entente.Officer{ID: "old.hand", Name: "Old Hand", Role: entente.Analyst, Disabled: day}
	for _, p := range []entente.Officer{second, gone} {
		o.put(func(tx entente.Tx) error { return tx.PutOfficer(p) })
	}
	id := o.one(entente.Incoming, entente.Routine, false, tip("A warning"))
	ours := o.one(entente.Outgoing, entente.Routine, false, tip("Ours"))
	for _, x := range []struct {
		what string
		by   entente.Officer
		to   entente.OfficerID
		of   entente.MessageID
		want error
	}{
		{"a supervisor gives it to a releaser", supervisor, releaser.ID, id, entente.Invalid},
		{"a supervisor gives it to an overseer", supervisor, overseer.ID, id, entente.Invalid},
		{"a supervisor takes it himself", supervisor, supervisor.ID, id, entente.Denied},
		{"a supervisor gives it to somebody who left", supervisor, gone.ID, id, entente.Invalid},
		{"a supervisor gives away a message of ours", supervisor, analyst.ID, ours, entente.Invalid},
		{"an analyst takes it", analyst, analyst.ID, id, nil},
		{"another analyst takes it from him", second, second.ID, id, entente.Conflict},
		{"another analyst gives it away", second, analyst.ID, id, entente.Denied},
		{"a supervisor gives it to the other", supervisor, second.ID, id, nil},
	} {
		o.want(o.desk.Assign(t.Context(), x.by, x.of, x.to), x.want, x.what)
	}
}
