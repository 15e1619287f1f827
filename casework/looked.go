package casework

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/record"
)

// Look is what an officer had to do with a thing for one purpose, once or often:
// somebody who works on a file all day is one line on its page, not a hundred that
// push everybody else off.
type Look struct {
	Officer   entente.OfficerID
	Role      entente.Role
	Operation entente.Operation
	Purpose   string // empty: he stated none
	Denied    bool
	Times     int
	Last      time.Time
}

// How much of the log a page reads, and how many looks it shows of that.
const (
	readLooks  = 500
	shownLooks = 10
)

// open is look for a thing whose page says who looked at it before. That is read
// in the same view, so that asking is no second look, and is for everybody who may
// open the thing: colleagues find each other, and whoever browses knows that they
// see it. An overseer who does not want to be seen asks the access log.
//
// Openings and acts are told, under the name of the thing itself. A search, a task
// or a list that showed it is in the log, too, and does not say whom it showed:
// the log is for ever, and would tie every namesake who was found to a search that
// did not mean him (decision 0016).
func (d *Desk) open(ctx context.Context, by entente.Officer, op entente.Operation, thing string, looks *[]Look, fn func(entente.Tx) error) error {
	act := d.act(by, op, thing)
	return record.Look(ctx, d.cfg.Store, d.log(), act, func(tx entente.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		entries, err := tx.AccessTo(act.Object, 0, readLooks)
		*looks = looksBefore(act, entries)
		return err
	})
}

// looksBefore gathers what came before an act, newest first.
func looksBefore(act record.Act, entries []entente.AccessEntry) []Look {
	present := func(e entente.AccessEntry) bool {
		a := e.Access
		return a.At.Equal(act.At) && a.Officer == act.By.ID && a.Operation == act.Operation && !a.Denied
	}
	if i := slices.IndexFunc(entries, present); i >= 0 {
		entries = slices.Concat(entries[:i], entries[i+1:])
	}
	var looks []Look
	for _, e := range entries {
		a := e.Access
		look := Look{Officer: a.Officer, Role: a.Role, Operation: a.Operation, Purpose: a.Purpose, Denied: a.Denied, Times: 1, Last: a.At}
		i := slices.IndexFunc(looks, func(l Look) bool {
			l.Times, l.Last = look.Times, look.Last
			return l == look
		})
		switch {
		case i >= 0:
			looks[i].Times++
		case len(looks) < shownLooks:
			looks = append(looks, look)
		}
	}
	return looks
}

// AccessLog reads the access log, newest first; before 0: from the end. about
// names a thing as entries do, "case 0196…", and then they are those about it
// alone; empty: all.
func (d *Desk) AccessLog(ctx context.Context, by entente.Officer, about string, before int64, limit int) ([]entente.AccessEntry, error) {
	if limit <= 0 || limit > 1000 {
		limit = 100
	}
	about = entente.Access{Object: about}.Thing()
	object, err := d.logOf(ctx, about)
	if err != nil {
		return nil, err
	}
	var out []entente.AccessEntry
	err = d.look(ctx, by, entente.OpReadAccessLog, object, func(tx entente.Tx) (err error) {
		if about == "" {
			out, err = tx.AccessLog(before, limit)
		} else {
			out, err = tx.AccessTo(about, before, limit)
		}
		return err
	})
	return out, err
}

// logOf names the log of a thing for the entry that says that it was read. Only
// what is in the log already is repeated in it: what else was typed may be a name.
func (d *Desk) logOf(ctx context.Context, about string) (string, error) {
	const log, most = "access log", 180 // bytes: an object has at most 200
	if about == "" || len(about) > most || strings.HasPrefix(about, log) {
		return log, nil
	}
	object := log
	err := d.cfg.Store.View(ctx, func(tx entente.Tx) error {
		on, err := tx.AccessTo(about, 0, 1)
		if len(on) > 0 {
			object = log + " of " + about
		}
		return err
	})
	return object, err
}

// holdingName names a holding for the access log, if it is one.
func (d *Desk) holdingName(ctx context.Context, id entente.HoldingID) (string, error) {
	err := d.cfg.Store.View(ctx, func(tx entente.Tx) error { _, err := tx.Holding(id); return err })
	if errors.Is(err, entente.NotFound) {
		return "holding of no known form", nil
	}
	return "holding " + string(id), err
}
