package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"entente"
)

// Tick does what the time asks for: tasks that nobody acknowledged or decided
// climb, the owners of watches are asked before a watch would end, and what has
// reached its day ends. It is safe to call as often as one likes, and gives the
// number of changes.
func (d *Desk) Tick(ctx context.Context) (int, error) {
	n := 0
	err := d.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		n = 0
		if err := d.climb(tx, &n); err != nil {
			return err
		}
		watches, err := tx.Watches(true)
		if err != nil {
			return err
		}
		for _, w := range watches {
			if err := d.clockOf(tx, w, &n); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// climb hands tasks that nobody acknowledged in time, or that nobody decided in
// time, to the next role. On the last rung they stay, overdue for everybody to see.
func (d *Desk) climb(tx entente.Tx, n *int) error {
	now := d.now()
	for _, owner := range entente.Ladder[:len(entente.Ladder)-1] {
		due, err := tx.Tasks(entente.TaskQuery{Open: true, Owner: owner, Due: now, Limit: 1000})
		if err != nil {
			return err
		}
		for _, t := range due {
			handUp(&t, now)
			if err := tx.PutTask(t); err != nil {
				return err
			}
			*n++
		}
	}
	return nil
}

// handUp gives a task to the next role, where both of its clocks begin anew.
func handUp(t *entente.Task, now time.Time) {
	c := entente.Climb{At: now}
	rung := slices.Index(entente.Ladder, t.Owner)
	if t.Seen != nil {
		c.Held = t.Seen.By
		// A later hit brings the task back to its first role. What lay there
		// undecided before has had its time on the rungs that it has climbed.
		for _, before := range t.Climbs {
			if before.Held != "" {
				rung = max(rung, slices.Index(entente.Ladder, before.To))
			}
		}
	}
	c.To = entente.Ladder[min(rung+1, len(entente.Ladder)-1)]
	t.Climbs = append(slices.Clip(t.Climbs), c)
	t.Owner, t.Seen, t.DecideBy = c.To, nil, time.Time{}
	t.Due = now.Add(cmp.Or(t.Band, entente.BandProbable).Clock())
	t.Version++
}

// hold gives a task to an officer: the first clock stops, and the second one, for
// his decision, begins. Whoever let that run out before cannot stop the first one
// again: only a decision does.
func hold(t *entente.Task, by entente.OfficerID, now time.Time) error {
	if t.Lapsed(by) {
		return &entente.Error{Kind: entente.Conflict, Detail: "you had this task, and its time for a decision ran out", Hint: "decide it, or leave it to the " + string(t.Owner) + ", with whom it is now"}
	}
	until := now.Add(t.Kind.Term(t.Band))
	if t.Kind == entente.TaskWatch && t.Due.After(until) {
		until = t.Due
	}
	if t.DecideBy.IsZero() || until.Before(t.DecideBy) {
		t.DecideBy = until
	}
	t.Seen, t.Due = &entente.Act{By: by, At: now}, t.DecideBy
	return nil
}

// clockOf asks about one watch when its day comes near, and ends it when that
// day is there and two people wanted it, or the law allows it no longer.
func (d *Desk) clockOf(tx entente.Tx, w entente.Watch, n *int) error {
	now := d.now()
	soon := now.Add(entente.WatchNotice)
	switch {
	case !w.Limit.IsZero() && !now.Before(w.Limit):
		end := entente.Ending{At: now, On: w.Limit, Reason: "The legal limit was reached and nobody had decided."}
		if w.Ends != nil {
			end = *w.Ends
		}
		return d.end(tx, w, end, n)
	case w.Ends != nil && w.Ends.Agreed != nil && !now.Before(w.Ends.On):
		return d.end(tx, w, *w.Ends, n)
	case w.Ends != nil:
		return nil // asked when it was announced
	case !w.Limit.IsZero() && !soon.Before(w.Limit):
		if n := len(w.Renewed); n > 0 && !w.Renewed[n-1].At.Before(w.Limit.Add(-entente.WatchNotice)) {
			return nil // its owner knows: he said that it goes on to the last day
		}
		return d.askOnce(tx, w, entente.Supervisor, w.Title+": the law allows this watch until "+w.Limit.Format(time.DateOnly), w.Limit, n)
	case !soon.Before(w.Review):
		return d.askOnce(tx, w, w.Owner, w.Title+": shall the watch go on after "+w.Review.Format(time.DateOnly)+"?", w.Review, n)
	}
	return nil
}

// askOnce asks about a watch unless a task waits.
func (d *Desk) askOnce(tx entente.Tx, w entente.Watch, owner entente.Role, title string, due time.Time, n *int) error {
	waiting, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: entente.TaskWatch, Target: entente.Target{Kind: entente.TargetWatch, ID: string(w.ID)}, Limit: 1})
	if err != nil || len(waiting) > 0 {
		return err
	}
	*n++
	return d.askWatch(tx, w, owner, title, due)
}

// end ends a watch, for everybody to see: on its file's timeline, and as a task
// of the overseers when nobody had decided.
func (d *Desk) end(tx entente.Tx, w entente.Watch, e entente.Ending, n *int) error {
	*n++
	w.Ended, w.Ends = &e, nil
	w.Version++
	if err := d.putWatch(tx, w); err != nil {
		return err
	}
	by := entente.Officer{ID: cmp.Or(e.By, "node")}
	if e.Agreed == nil {
		if err := d.askWatch(tx, w, entente.Overseer, w.Title+": the watch ended without a decision", d.now()); err != nil {
			return err
		}
	}
	return d.enterOf(tx, by, w, "The watch ended: "+e.Reason)
}
