package casework

import (
	"context"

	"entente"
	"entente/policy"
)

// met adds what a message is to the desk: the files that it is in, and the
// watches, files and lists that its subjects fit. Only those see it who may read
// cases; a releaser, who reads the message too, learns nothing of them.
func (d *Desk) met(tx entente.Tx, by entente.Officer, v *View) (err error) {
	if !policy.May(by.Role, entente.OpReadCases) || !policy.May(by.Role, entente.OpReadHoldings) {
		return nil
	}
	if v.Hits, err = tx.Hits(entente.HitQuery{Message: v.Filed.Name}); err != nil {
		return err
	}
	v.Cases, err = tx.Cases(entente.CaseQuery{Message: v.Filed.Name})
	return err
}

// TravelView is a travel event with what it met.
type TravelView struct {
	Event entente.TravelEvent
	Hits  []entente.Hit
}

// TravelEvent opens a journey or border crossing.
func (d *Desk) TravelEvent(ctx context.Context, by entente.Officer, id entente.EventID) (TravelView, error) {
	var v TravelView
	err := d.look(ctx, by, entente.OpReadTravel, "event "+string(id), func(tx entente.Tx) (err error) {
		if v.Event, err = tx.Event(id); err != nil {
			return err
		}
		v.Hits, err = tx.Hits(entente.HitQuery{Event: id})
		return err
	})
	return v, err
}

// TasksWaiting is how many tasks wait for the officer's role, up to ManyTasks; for
// a supervisor also those that climbed past him, for the overseer sees them and
// may not decide. It
// is a figure beside a menu and says nothing of anybody, so that no entry in the
// access log is made of it.
func (d *Desk) TasksWaiting(ctx context.Context, by entente.Officer) (int, error) {
	if err := policy.Check(by, entente.OpReadTasks); err != nil {
		return 0, err
	}
	n := 0
	err := d.cfg.Store.View(ctx, func(tx entente.Tx) error {
		n = 0
		owners := []entente.Role{by.Role}
		if by.Role == entente.Supervisor {
			owners = append(owners, entente.Overseer)
		}
		for _, owner := range owners {
			tasks, err := tx.Tasks(entente.TaskQuery{Open: true, Owner: owner, Limit: ManyTasks})
			if err != nil {
				return err
			}
			n = min(n+len(tasks), ManyTasks)
		}
		return nil
	})
	return n, err
}

// ManyTasks is as far as tasks are counted for a figure.
const ManyTasks = 100
