package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente"
)

// Closing is how a file is closed.
type Closing struct {
	Outcome entente.Outcome
	Reason  string
	Despite string              // why, although hits in it wait for a decision; only a supervisor may say so
	Reopen  *entente.ReopenRule // what asks to open it again; nil: as before
}

// CloseCase closes a file with what came of it. It stays open while a tip in it
// is without the outcome that its sender waits for: that outcome answers every
// question of the tip. It stays open, too, while somebody who may be the person of
// the file waits to be looked at, unless a supervisor says why that can wait: then
// the tasks stay, and the timeline has his reason.
func (d *Desk) CloseCase(ctx context.Context, by entente.Officer, id entente.CaseID, n Closing) error {
	reason, err := checkText("reason", n.Reason, "say why the file is closed with this outcome")
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(entente.Outcomes, func(o struct {
		Outcome entente.Outcome
		NIEM    string
		Words   string
	},
	) bool {
		return o.Outcome == n.Outcome
	}) {
		return needs("outcome", "this is no outcome", "choose one of the list")
	}
	op := entente.OpCase
	if n.Despite != "" {
		op = entente.OpCloseUndecided
		if n.Despite, err = checkText("despite", n.Despite, "say why it is closed although hits wait"); err != nil {
			return err
		}
	}
	return d.amendAs(ctx, by, op, id, func(tx entente.Tx, c *entente.Case) (entente.Entry, error) {
		entry := entente.Entry{Kind: "closed", Text: "Closed: " + string(n.Outcome) + ". " + reason}
		if err := open(*c); err != nil {
			return entry, err
		}
		if err := d.answered(tx, *c); err != nil {
			return entry, err
		}
		waiting, err := undecidedIn(tx, *c)
		if err != nil {
			return entry, err
		}
		if len(waiting) > 0 && n.Despite == "" {
			return entry, undecided(waiting)
		}
		if len(waiting) > 0 {
			entry.Task = waiting[0].ID
			entry.Text += fmt.Sprintf("\n\nClosed although %s in it: %s", waits(waiting), n.Despite)
		}
		if n.Reopen != nil {
			c.Reopen = *n.Reopen
			if err := checkReopen(c); err != nil {
				return entry, err
			}
		}
		c.State = entente.CaseClosed
		c.Closing = &entente.Closing{Outcome: n.Outcome, Reason: reason, By: by.ID, At: d.now()}
		return entry, nil
	})
}

// undecidedIn gives the tasks in which hits of a file or its watches wait for a
// decision, the earliest due first. Whether a watch goes on is no matter of its file.
func undecidedIn(tx entente.Tx, c entente.Case) ([]entente.Task, error) {
	all, err := tx.Tasks(entente.TaskQuery{Open: true, Case: c.ID, Limit: 1000})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t entente.Task) bool { return t.Kind == entente.TaskWatch })
	targets, err := targetsOf(tx, c.ID)
	if err != nil {
		return nil, err
	}
	for _, target := range targets { // what one source brought too much of is gathered in a task of no file
		hits, err := tx.Hits(entente.HitQuery{Target: target, Tasks: true, Limit: shownHits})
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			if h.Decided != nil || slices.ContainsFunc(all, func(t entente.Task) bool { return t.ID == h.Task }) {
				continue
			}
			t, err := tx.Task(h.Task)
			if err != nil {
				return nil, err
			}
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b entente.Task) int { return a.Due.Compare(b.Due) })
	return all, nil
}

// targetsOf gives a file and its watches, ended ones too, as what may be hit.
func targetsOf(tx entente.Tx, id entente.CaseID) ([]entente.Target, error) {
	targets := []entente.Target{targetCase(id)}
	watches, err := watchesOf(tx, id)
	for _, w := range watches {
		targets = append(targets, entente.Target{Kind: entente.TargetWatch, ID: string(w.ID)})
	}
	return targets, err
}

// undecided refuses to close a file over waiting tasks. It names them by their
// ids: their titles name people, and an error may leave the node.
func undecided(waiting []entente.Task) error {
	var ids []string
	for _, t := range waiting[:min(len(waiting), maxNamed)] {
		ids = append(ids, string(t.ID))
	}
	detail := waits(waiting) + " in this file: " + strings.Join(ids, ", ")
	if more := len(waiting) - maxNamed; more > 0 {
		detail += fmt.Sprintf(" and %d more", more)
	}
	return &entente.Error{
		Kind: entente.Conflict, Field: "tasks", Detail: detail,
		Hint: "decide them first; a supervisor may close the file nevertheless, with the reason why they can wait",
	}
}

// maxNamed is how many tasks a refusal names.
const maxNamed = 5

func waits(tasks []entente.Task) string {
	if len(tasks) == 1 {
		return "1 task waits for a decision"
	}
	return fmt.Sprintf("%d tasks wait for a decision", len(tasks))
}

// answered reports what the senders of a file's tips still wait for.
func (d *Desk) answered(tx entente.Tx, c entente.Case) error {
	for _, id := range c.Messages {
		f, err := tx.Message(id)
		if errors.Is(err, entente.NotFound) {
			continue // erased
		}
		if err != nil {
			return err
		}
		tip := f.Message.Statement.Tip
		if tip == nil || f.Direction != entente.Incoming {
			continue
		}
		thread, err := tx.Threads([]entente.MessageID{f.Thread})
		if err != nil {
			return err
		}
		if said, err := saidAlready(tx, thread, f, entente.KindDisposition); err != nil {
			return err
		} else if said {
			continue
		}
		detail := "the tip of " + string(f.Partner()) + " of " + f.Message.Header.Created.Format("2006-01-02") + " has no outcome yet"
		if n := len(tip.Questions); n == 1 {
			detail += ", and its question is not answered"
		} else if n > 1 {
			detail += fmt.Sprintf(", and its %d questions are not answered", n)
		}
		return &entente.Error{Kind: entente.Conflict, Field: "message", Detail: detail, Hint: "decide on the tip first; when its outcome is released, the file can be closed"}
	}
	return nil
}
