package casework

import (
	"context"
	"errors"

	"entente"
)

// CaseView is a file with all that belongs to it.
type CaseView struct {
	Case     entente.Case
	Entries  []entente.Entry // oldest first
	Flags    []entente.Flag
	Watches  []entente.Watch
	Tasks    []entente.Task     // not decided
	Hits     []entente.Hit      // that asked a person, newest first
	Near     []entente.Hit      // below the line, or of a cleared namesake
	Clear    []entente.Clearing // namesakes who do not hit it any more
	Messages []entente.Filed
	Looks    []Look // who looked before
	Waiting  error  // why it cannot be closed yet; nil: it can

	// Undecided are the tasks over which only a supervisor closes it.
	Undecided []entente.Task
}

// shownHits is how many hits of one target a page shows.
const shownHits = 1000

// Cases lists files.
func (d *Desk) Cases(ctx context.Context, by entente.Officer, q entente.CaseQuery) (all []entente.Case, err error) {
	err = d.look(ctx, by, entente.OpReadCases, "cases", func(tx entente.Tx) (err error) {
		all, err = tx.Cases(q)
		return err
	})
	return all, err
}

// Case opens a file to read.
func (d *Desk) Case(ctx context.Context, by entente.Officer, id entente.CaseID) (CaseView, error) {
	var v CaseView
	err := d.open(ctx, by, entente.OpReadCases, "case "+string(id), &v.Looks, func(tx entente.Tx) (err error) {
		v, err = d.caseView(tx, id)
		return err
	})
	return v, err
}

func (d *Desk) caseView(tx entente.Tx, id entente.CaseID) (v CaseView, err error) {
	if v.Case, err = tx.Case(id); err != nil {
		return v, err
	}
	if v.Entries, err = tx.Entries(id); err != nil {
		return v, err
	}
	if v.Flags, err = tx.Flags(id); err != nil {
		return v, err
	}
	if v.Tasks, err = tx.Tasks(entente.TaskQuery{Open: true, Case: id}); err != nil {
		return v, err
	}
	if v.Watches, err = watchesOf(tx, id); err != nil {
		return v, err
	}
	targets, err := targetsOf(tx, id)
	if err != nil {
		return v, err
	}
	if v.Hits, v.Near, err = hitsOn(tx, targets); err != nil {
		return v, err
	}
	for _, t := range targets {
		cleared, err := tx.Clearings(t)
		if err != nil {
			return v, err
		}
		v.Clear = append(v.Clear, cleared...)
	}
	for _, m := range v.Case.Messages {
		f, err := tx.Message(m)
		if errors.Is(err, entente.NotFound) {
			continue // erased
		}
		if err != nil {
			return v, err
		}
		v.Messages = append(v.Messages, f)
	}
	return v, d.mayClose(tx, &v)
}

// mayClose says what keeps a file open.
func (d *Desk) mayClose(tx entente.Tx, v *CaseView) (err error) {
	if v.Undecided, err = undecidedIn(tx, v.Case); err != nil {
		return err
	}
	err = d.answered(tx, v.Case)
	if err == nil && len(v.Undecided) > 0 {
		err = undecided(v.Undecided)
	}
	if errors.Is(err, entente.Conflict) {
		v.Waiting, err = err, nil
	}
	return err
}

// watchesOf gives the watches that belong to a file, ended ones too.
func watchesOf(tx entente.Tx, id entente.CaseID) ([]entente.Watch, error) {
	all, err := tx.Watches(false)
	var own []entente.Watch
	for _, w := range all {
		if w.Case == id {
			own = append(own, w)
		}
	}
	return own, err
}

// hitsOn parts what met some targets into what asked a person and what did not,
// which are asked for apart: a namesake who flies each week must not push the man
// himself off the page.
func hitsOn(tx entente.Tx, targets []entente.Target) (hits, near []entente.Hit, err error) {
	for _, t := range targets {
		asked, err := tx.Hits(entente.HitQuery{Target: t, Tasks: true, Limit: shownHits})
		if err != nil {
			return nil, nil, err
		}
		hits = append(hits, asked...)
		all, err := tx.Hits(entente.HitQuery{Target: t, Limit: shownHits})
		if err != nil {
			return nil, nil, err
		}
		for _, h := range all {
			if h.Task == "" {
				near = append(near, h)
			}
		}
	}
	return hits, near, nil
}
