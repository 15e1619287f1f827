package casework

import (
	"context"
	"errors"
	"slices"

	"entente"
)

// TaskView is a task with the evidence side by side: one page of its hits.
type TaskView struct {
	Task     entente.Task
	Hits     []entente.Hit // of this page: what waits for a decision before what is decided, newest first
	Waiting  int           // of all its hits, those that wait for a decision
	Page     int           // from 1
	Pages    int           // at least 1
	Events   map[entente.EventID]entente.TravelEvent
	Messages map[entente.MessageID]entente.Filed
	Case     *entente.Case
	Watches  []entente.Watch // that were hit, or that the task is about
}

// HitsAPage is how many hits of a task one page has: what a person looks at
// before he decides it.
const HitsAPage = 100

// Task opens a page of a task; the first is 1. What is decided moves behind what
// waits: whoever decides page by page finds the next one on the first.
func (d *Desk) Task(ctx context.Context, by entente.Officer, id entente.TaskID, page int) (TaskView, error) {
	v := TaskView{Events: map[entente.EventID]entente.TravelEvent{}, Messages: map[entente.MessageID]entente.Filed{}}
	err := d.look(ctx, by, entente.OpReadTasks, "task "+string(id), func(tx entente.Tx) (err error) {
		if v.Task, err = tx.Task(id); err != nil {
			return err
		}
		all, err := hitsOf(tx, v.Task)
		if err != nil {
			return err
		}
		v.turnTo(all, page)
		if v.Task.Case != "" {
			c, err := tx.Case(v.Task.Case)
			if err != nil {
				return err
			}
			v.Case = &c
		}
		for _, h := range v.Hits {
			if err := v.sighting(tx, h.Sighting); err != nil {
				return err
			}
		}
		return v.watches(tx)
	})
	return v, err
}

// hitsOf gives every hit of a task, newest first.
func hitsOf(tx entente.Tx, t entente.Task) ([]entente.Hit, error) {
	return tx.Hits(entente.HitQuery{Task: t.ID, Limit: t.Hits})
}

// turnTo takes a page out of all hits of the task; the nearest that there is.
func (v *TaskView) turnTo(all []entente.Hit, page int) {
	decided := func(h entente.Hit) int {
		if h.Decided != nil {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b entente.Hit) int { return decided(a) - decided(b) })
	for v.Waiting < len(all) && all[v.Waiting].Decided == nil {
		v.Waiting++
	}
	v.Pages = max(1, (len(all)+HitsAPage-1)/HitsAPage)
	v.Page = min(max(page, 1), v.Pages)
	from := (v.Page - 1) * HitsAPage
	v.Hits = all[from:min(from+HitsAPage, len(all))]
}

// watches are those that the page is about.
func (v *TaskView) watches(tx entente.Tx) error {
	targets := []entente.Target{v.Task.Target}
	for _, h := range v.Hits {
		if !slices.Contains(targets, h.Target) {
			targets = append(targets, h.Target)
		}
	}
	for _, t := range targets {
		if t.Kind != entente.TargetWatch {
			continue
		}
		w, err := tx.Watch(entente.WatchID(t.ID))
		if err != nil {
			return err
		}
		v.Watches = append(v.Watches, w)
	}
	slices.SortFunc(v.Watches, func(a, b entente.Watch) int { return a.Opened.Compare(b.Opened) })
	return nil
}

func (v *TaskView) sighting(tx entente.Tx, s entente.Sighting) error {
	var err error
	if s.Event != "" {
		if v.Events[s.Event], err = tx.Event(s.Event); errors.Is(err, entente.NotFound) {
			delete(v.Events, s.Event)
			return nil
		}
		return err
	}
	f, err := tx.Message(s.Message)
	if errors.Is(err, entente.NotFound) {
		return nil // erased
	}
	v.Messages[s.Message] = f
	return err
}
