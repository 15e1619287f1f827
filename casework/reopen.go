package casework

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"entente"
)

const (
	maxFlags  = 100
	maxWindow = 10 * 365 * 24 * time.Hour
)

// checkReopen holds the rule for opening a file again to its bounds, and fills in
// what it leaves out.
func checkReopen(c *entente.Case) error {
	r := &c.Reopen
	if *r == (entente.ReopenRule{}) {
		*r = entente.DefaultReopen
	}
	r.From = cmp.Or(r.From, entente.DefaultReopen.From)
	r.Window = cmp.Or(r.Window, entente.DefaultReopen.Window)
	switch {
	case r.From != entente.BandStrong && r.From != entente.BandProbable:
		return needs("reopen.from", "a file opens again on a probable match or on a strong one", "choose one of the two")
	case r.Flags < 0 || r.Flags > maxFlags:
		return needs("reopen.flags", fmt.Sprintf("a file opens again on up to %d reasons for concern", maxFlags), "give a number; 0: never because of them")
	case r.Window < 0 || r.Window > maxWindow:
		return needs("reopen.window", "reasons for concern add up over ten years at most", "choose a shorter time")
	}
	return nil
}

// ReopenCase opens a closed file again.
func (d *Desk) ReopenCase(ctx context.Context, by entente.Officer, id entente.CaseID, reason string) error {
	reason, err := checkText("reason", reason, "say why the file is opened again")
	if err != nil {
		return err
	}
	return d.amend(ctx, by, id, func(tx entente.Tx, c *entente.Case) (entente.Entry, error) {
		if c.State != entente.CaseClosed {
			return entente.Entry{}, &entente.Error{Kind: entente.Conflict, Detail: "the file is open"}
		}
		return reopen(c, reason), d.settleReopen(tx, by, id, reason)
	})
}

func reopen(c *entente.Case, reason string) entente.Entry {
	c.State, c.Closing = entente.CaseOpen, nil
	return entente.Entry{Kind: "reopened", Text: "Opened again: " + reason}
}

// settleReopen answers the task that flags made, because it has nothing left to
// ask. One that gathers hits waits for its answer on them.
func (d *Desk) settleReopen(tx entente.Tx, by entente.Officer, id entente.CaseID, reason string) error {
	waiting, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: entente.TaskReopen, Target: targetCase(id)})
	for _, t := range waiting {
		if err != nil || t.Hits > 0 {
			continue
		}
		t.Version++
		t.Decided = &entente.Verdict{By: by.ID, At: d.now(), Answer: entente.VerdictSame, Reason: reason}
		err = tx.PutTask(t)
	}
	return err
}

// askReopen asks whether a closed file opens again, unless a task asks already.
func (d *Desk) askReopen(tx entente.Tx, c entente.Case, title string) error {
	waiting, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: entente.TaskReopen, Target: targetCase(c.ID), Limit: 1})
	if err != nil || len(waiting) > 0 {
		return err
	}
	now := d.now()
	return tx.PutTask(entente.Task{
		ID: entente.TaskID(newID()), Version: 1, Kind: entente.TaskReopen, Target: targetCase(c.ID), Case: c.ID, Owner: c.Owner, Band: entente.BandProbable,
		Title: title, Opened: now, Due: now.Add(entente.BandProbable.Clock()),
	})
}
