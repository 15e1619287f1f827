package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/parse"
	"entente/screen"
)

// NewWatch is a watch to be opened.
type NewWatch struct {
	Title   string // empty: the subject's first name
	Subject entente.Subject
	Owner   entente.Role // empty: analysts
	Purpose string
	Reason  string
	Asked   string
	Case    entente.CaseID
	Message entente.MessageID
	Review  time.Time // zero: in a year
	Limit   time.Time // zero: the law sets none
}

// OpenWatch opens a watch.
func (d *Desk) OpenWatch(ctx context.Context, by entente.Officer, n NewWatch) (entente.WatchID, error) {
	w := entente.Watch{
		ID: entente.WatchID(newID()), Version: 1, Title: strings.TrimSpace(n.Title), Subject: n.Subject, Owner: cmp.Or(n.Owner, entente.Analyst),
		Purpose: strings.TrimSpace(n.Purpose), Asked: strings.TrimSpace(n.Asked), Case: n.Case, Message: n.Message,
		By: by.ID, Opened: d.now(), Review: n.Review, Limit: n.Limit,
	}
	if w.Review.IsZero() {
		w.Review = w.Opened.AddDate(1, 0, 0)
	}
	if w.Title == "" && len(w.Subject.Names) > 0 {
		w.Title = w.Subject.Names[0].Text
	}
	var err error
	if w.Reason, err = checkText("reason", n.Reason, "say why this person is watched for"); err != nil {
		return "", err
	}
	if err := checkWatch(&w, d.now()); err != nil {
		return "", err
	}
	act, opened := d.act(by, entente.OpWatch, "watch "+string(w.ID)), w.ID
	act.Result = &opened
	err = d.doAct(ctx, act, func(tx entente.Tx) error {
		if w.Message != "" {
			if _, err := tx.Message(w.Message); err != nil {
				return err
			}
		}
		if w.Case != "" {
			if _, err := tx.Case(w.Case); err != nil {
				return err
			}
		}
		if err := d.putWatch(tx, w); err != nil {
			return err
		}
		if err := screen.Reconsider(tx, targetWatch(w.ID), d.now()); err != nil {
			return err
		}
		return d.enterOf(tx, by, w, "A watch was opened: "+w.Reason)
	})
	return opened, err
}

// checkWatch holds a watch to its bounds, and numbers its subject.
func checkWatch(w *entente.Watch, now time.Time) error {
	switch {
	case w.Title == "" || len(w.Title) > 200:
		return needs("title", "a watch needs a title of at most 200 bytes", "write one line by which the desk knows it")
	case len(w.Subject.Names)+len(w.Subject.Documents) == 0:
		return needs("subject", "nobody is watched for", "give a name or a document")
	case len(w.Subject.Names) == 0 && !tells(w.Subject.Documents):
		return needs("subject", "the document's number is too short to tell anybody apart", "give the whole number, or a name with it")
	case w.Purpose == "":
		return needs("purpose", "a watch needs a purpose", "name the purpose under which it is kept, as in an agreement")
	case w.Owner != entente.Analyst && w.Owner != entente.Supervisor:
		return needs("owner", "watches belong to analysts or supervisors", "choose one of the two roles")
	case !w.Review.After(w.Opened):
		return needs("review", "the day of review lies in the past", "choose a day by which its owner decides whether the watch goes on")
	case !w.Limit.IsZero() && w.Limit.Before(w.Review):
		return needs("limit", "the legal limit lies before the review", "choose an earlier review")
	}
	list, err := parse.Written("subject", []entente.Subject{w.Subject}, now)
	if err == nil {
		w.Subject = list[0]
	}
	return err
}

func (d *Desk) putWatch(tx entente.Tx, w entente.Watch) error {
	if err := tx.PutWatch(w); err != nil {
		return err
	}
	return screen.Mark(tx, targetWatch(w.ID))
}

func targetWatch(id entente.WatchID) entente.Target {
	return entente.Target{Kind: entente.TargetWatch, ID: string(id)}
}

// enterOf tells the timeline of a watch's file.
func (d *Desk) enterOf(tx entente.Tx, by entente.Officer, w entente.Watch, text string) error {
	if w.Case == "" {
		return nil
	}
	return d.enter(tx, by, w.Case, entente.Entry{Kind: "watch", Watch: w.ID, Text: text})
}

// turn changes a watch that has not ended.
func (d *Desk) turn(ctx context.Context, by entente.Officer, id entente.WatchID, fn func(entente.Tx, *entente.Watch) (string, error)) error {
	return d.do(ctx, by, entente.OpWatch, "watch "+string(id), func(tx entente.Tx) error {
		w, err := tx.Watch(id)
		if err != nil {
			return err
		}
		if w.Ended != nil {
			return &entente.Error{Kind: entente.Conflict, Detail: "the watch has ended", Hint: "open a new one"}
		}
		text, err := fn(tx, &w)
		if err != nil {
			return err
		}
		w.Version++
		if err := d.putWatch(tx, w); err != nil {
			return err
		}
		return d.enterOf(tx, by, w, text)
	})
}

// CorrectWatch replaces whom a watch is for: another spelling, the true date. The
// watch keeps whom it was for, and why that changed.
func (d *Desk) CorrectWatch(ctx context.Context, by entente.Officer, id entente.WatchID, subject entente.Subject, reason string) error {
	reason, err := checkText("reason", reason, "say what was wrong and how you know")
	if err != nil {
		return err
	}
	return d.turn(ctx, by, id, func(tx entente.Tx, w *entente.Watch) (string, error) {
		w.Corrected = append(slices.Clip(w.Corrected), entente.Correcting{By: by.ID, At: d.now(), Was: w.Subject, Reason: reason})
		w.Subject = subject
		if err := checkWatch(w, d.now()); err != nil {
			return "", err
		}
		return "The watch was corrected: " + reason, screen.Reconsider(tx, targetWatch(w.ID), d.now())
	})
}

// ContinueWatch decides that a watch goes on until its next review, and takes
// back an announced end.
func (d *Desk) ContinueWatch(ctx context.Context, by entente.Officer, id entente.WatchID, review time.Time, reason string) error {
	reason, err := checkText("reason", reason, "say why the watch goes on")
	if err != nil {
		return err
	}
	return d.turn(ctx, by, id, func(tx entente.Tx, w *entente.Watch) (string, error) {
		if err := d.goOn(w, by, review, reason); err != nil {
			return "", err
		}
		return "The watch goes on: " + reason, d.settleWatch(tx, by, w.ID, entente.VerdictContinue, reason)
	})
}

func (d *Desk) goOn(w *entente.Watch, by entente.Officer, review time.Time, reason string) error {
	now := d.now()
	if review.IsZero() {
		review = now.AddDate(1, 0, 0)
	}
	if !w.Limit.IsZero() && review.After(w.Limit) {
		review = w.Limit
	}
	switch {
	case !review.After(now):
		return needs("review", "the next review lies in the past, or the legal limit is reached", "choose a later day")
	case !review.After(now.Add(entente.WatchNotice)) && !review.Equal(w.Limit):
		return needs("review", "the next review is so near that it would be asked for at once", "choose a day that is more than 14 days away, or announce the end of the watch")
	}
	w.Review, w.Ends = review, nil
	w.Renewed = append(w.Renewed, entente.WatchTurn{By: by.ID, At: now, Review: review, Reason: reason})
	return nil
}

// EndWatch announces the end of a watch, for a reason and on a day. A second
// person must agree, and until both have come the watch goes on.
func (d *Desk) EndWatch(ctx context.Context, by entente.Officer, id entente.WatchID, on time.Time, reason string) error {
	reason, err := checkText("reason", reason, "say why the watch ends")
	if err != nil {
		return err
	}
	return d.turn(ctx, by, id, func(tx entente.Tx, w *entente.Watch) (string, error) {
		now := d.now()
		if on.IsZero() {
			on = now.Add(entente.WatchNotice)
		}
		if on.Before(now.Add(entente.WatchNotice)) {
			return "", needs("on", fmt.Sprintf("the end of a watch is announced %d days before", int(entente.WatchNotice.Hours()/24)), "choose a later day")
		}
		w.Ends = &entente.Ending{By: by.ID, At: now, On: on, Reason: reason}
		text := "The end of the watch was announced for " + on.Format(time.DateOnly) + ": " + reason
		return text, d.askWatch(tx, *w, entente.Supervisor, w.Title+": shall the watch end on "+on.Format(time.DateOnly)+"?", on)
	})
}

// askWatch makes the task that a watch needs, unless one waits already.
func (d *Desk) askWatch(tx entente.Tx, w entente.Watch, owner entente.Role, title string, due time.Time) error {
	target := targetWatch(w.ID)
	waiting, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: entente.TaskWatch, Target: target, Limit: 1})
	if err != nil {
		return err
	}
	if soonest := d.now().Add(entente.BandProbable.Clock()); due.Before(soonest) {
		due = soonest // the node stood still meanwhile
	}
	t := entente.Task{ID: entente.TaskID(newID()), Kind: entente.TaskWatch, Target: target, Case: w.Case, Opened: d.now()}
	if len(waiting) > 0 {
		t = waiting[0]
		if t.Title == title {
			return nil
		}
	}
	t.Version++
	t.Owner, t.Title, t.Due = owner, title, due
	t.Seen, t.DecideBy = nil, time.Time{} // what was acknowledged was another question
	return tx.PutTask(t)
}

// settleWatch decides the task that asked about a watch, if one waits.
func (d *Desk) settleWatch(tx entente.Tx, by entente.Officer, id entente.WatchID, answer entente.VerdictCode, reason string) error {
	waiting, err := tx.Tasks(entente.TaskQuery{Open: true, Kind: entente.TaskWatch, Target: targetWatch(id)})
	if err != nil {
		return err
	}
	for _, t := range waiting {
		t.Version++
		t.Decided = &entente.Verdict{By: by.ID, At: d.now(), Answer: answer, Reason: reason}
		if err := tx.PutTask(t); err != nil {
			return err
		}
	}
	return nil
}

// WatchView is a watch with what it met.
type WatchView struct {
	Watch entente.Watch
	Hits  []entente.Hit
	Near  []entente.Hit
	Tasks []entente.Task
	Clear []entente.Clearing
	Looks []Look // who looked before
}

// Watches lists watches.
func (d *Desk) Watches(ctx context.Context, by entente.Officer, active bool) (all []entente.Watch, err error) {
	err = d.look(ctx, by, entente.OpReadWatches, "watches", func(tx entente.Tx) (err error) {
		all, err = tx.Watches(active)
		return err
	})
	return all, err
}

// Watch opens a watch to read.
func (d *Desk) Watch(ctx context.Context, by entente.Officer, id entente.WatchID) (WatchView, error) {
	var v WatchView
	err := d.open(ctx, by, entente.OpReadWatches, "watch "+string(id), &v.Looks, func(tx entente.Tx) (err error) {
		if v.Watch, err = tx.Watch(id); err != nil {
			return err
		}
		target := targetWatch(id)
		if v.Hits, v.Near, err = hitsOn(tx, []entente.Target{target}); err != nil {
			return err
		}
		if v.Tasks, err = tx.Tasks(entente.TaskQuery{Open: true, Target: target}); err != nil {
			return err
		}
		v.Clear, err = tx.Clearings(target)
		return err
	})
	return v, err
}
