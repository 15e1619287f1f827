package casework_test

import (
	"errors"
	"testing"

	"entente"
)

// What a message met here is shown to those who may read cases and lists. A
// releaser reads the message, and learns nothing of them; nor does he of how many
// tasks wait.
func TestWhatAMessageMet(t *testing.T) {
	o := newOffice(t)
	var id entente.MessageID
	o.put(func(tx entente.Tx) error {
		id = o.file(tx, entente.Incoming, entente.Priority, false, entente.Statement{Kind: entente.KindTip, Tip: &entente.Tip{
			Category: "attack-planning", Title: "One man", Text: "He travels.", Provenance: entente.Provenance{Attestation: "lawful"},
		}})
		c := entente.Case{ID: "01950000-0000-7000-9000-000000000001", Version: 1, Title: "One man", State: entente.CaseOpen, Owner: entente.Analyst, Purpose: "terrorism-prevention", Messages: []entente.MessageID{id}, Opened: day}
		if err := tx.PutCase(c); err != nil {
			return err
		}
		task := entente.Task{ID: "01950000-0000-7000-9000-000000000003", Version: 1, Kind: entente.TaskHit, Title: "One man", Target: entente.Target{Kind: entente.TargetHolding, ID: "ports/1"}, Owner: entente.Analyst, Band: entente.BandStrong, Opened: day, Due: day}
		if err := tx.PutTask(task); err != nil {
			return err
		}
		_, err := tx.PutHit(entente.Hit{ID: "01950000-0000-7000-9000-000000000002", Target: task.Target, Sighting: entente.Sighting{Message: id, Subject: "s1"}, Match: entente.Match{Score: .99, Band: entente.BandStrong}, At: day})
		return err
	})
	for _, x := range []struct {
		by   entente.Officer
		want int
	}{{analyst, 1}, {supervisor, 1}, {overseer, 1}, {releaser, 0}} {
		v, err := o.desk.Message(t.Context(), x.by, id, "")
		if err != nil || len(v.Hits) != x.want || len(v.Cases) != x.want {
			t.Errorf("%s: %d hits, %d cases, want %d each; %v", x.by.Role, len(v.Hits), len(v.Cases), x.want, err)
		}
	}
	for _, x := range []struct {
		by   entente.Officer
		want int
		err  error
	}{{analyst, 1, nil}, {supervisor, 0, nil}, {releaser, 0, entente.Denied}} {
		if n, err := o.desk.TasksWaiting(t.Context(), x.by); n != x.want || !errors.Is(err, x.err) {
			t.Errorf("%s: %d tasks, %v; want %d, %v", x.by.Role, n, err, x.want, x.err)
		}
	}
	if _, err := o.desk.TravelEvent(t.Context(), analyst, "none"); !errors.Is(err, entente.NotFound) {
		t.Errorf("no such event: %v", err)
	}
}
