package casework

import (
	"context"
	"slices"
	"time"

	"entente"
	"entente/screen"
)

// Tasks lists what people are asked to decide, the earliest due first.
func (d *Desk) Tasks(ctx context.Context, by entente.Officer, q entente.TaskQuery) (all []entente.Task, err error) {
	err = d.look(ctx, by, entente.OpReadTasks, "tasks", func(tx entente.Tx) (err error) {
		all, err = tx.Tasks(q)
		return err
	})
	return all, err
}

// SeeTask says that a person has the task before him: from now on it waits for his
// decision, and climbs when that does not come in time. Twice is once.
func (d *Desk) SeeTask(ctx context.Context, by entente.Officer, id entente.TaskID) error {
	return d.do(ctx, by, entente.OpDecideTask, "task "+string(id), func(tx entente.Tx) error {
		t, err := tx.Task(id)
		if err != nil || t.Seen != nil {
			return err
		}
		if err := hold(&t, by.ID, d.now()); err != nil {
			return err
		}
		t.Version++
		return tx.PutTask(t)
	})
}

// Decision is a person's answer to a task.
type Decision struct {
	Answer entente.VerdictCode
	Reason string
	Hits   []entente.HitID // of which of its hits: those that he was shown. Needed where the task has any
	Review time.Time       // of a watch that goes on
}

// DecideTask takes a person's answer: the same person, somebody else, or that it
// cannot be told. The same person opens a closed file; somebody else is cleared,
// so that he does not hit again.
func (d *Desk) DecideTask(ctx context.Context, by entente.Officer, id entente.TaskID, dec Decision) error {
	reason, err := checkText("reason", dec.Reason, "say what decided it")
	if err != nil {
		return err
	}
	verdict := entente.Verdict{By: by.ID, At: d.now(), Answer: dec.Answer, Reason: reason}
	return d.do(ctx, by, entente.OpDecideTask, "task "+string(id), func(tx entente.Tx) error {
		t, err := tx.Task(id)
		if err != nil {
			return err
		}
		switch {
		case t.Decided != nil:
			return &entente.Error{Kind: entente.Conflict, Detail: "the task is decided already, by " + string(t.Decided.By), Hint: "a hit that comes later makes a new task"}
		case !slices.Contains(t.Kind.Verdicts(), dec.Answer):
			return needs("answer", "this is no answer to this task", "choose one of those that the task shows")
		}
		if t.Seen == nil {
			_ = hold(&t, by.ID, verdict.At) // who may not take it again may still decide
		}
		if t.Kind == entente.TaskWatch {
			return d.decideWatch(tx, by, t, verdict, dec.Review)
		}
		return d.decideHits(tx, by, t, verdict, dec.Hits)
	})
}

func (d *Desk) decideHits(tx entente.Tx, by entente.Officer, t entente.Task, v entente.Verdict, which []entente.HitID) error {
	hits, err := hitsOf(tx, t)
	if err != nil {
		return err
	}
	if len(hits) > 0 && len(which) == 0 { // one more may have come since he looked
		return needs("hits", "it does not say of which hits of this task that is the answer", "open the task, and name those that you were shown")
	}
	var now []entente.Hit
	left := 0
	for _, h := range hits {
		switch {
		case h.Decided != nil:
		case slices.Contains(which, h.ID):
			now = append(now, h)
		default:
			left++
		}
	}
	if len(hits) > 0 && len(now) == 0 {
		return needs("hits", "none of these hits waits in this task", "open the task again")
	}
	met := map[entente.CaseID][]entente.Hit{}
	var files []entente.CaseID // of the hits, or of the task that flags made
	if len(hits) == 0 && t.Case != "" {
		files = append(files, t.Case)
	}
	for _, h := range now {
		h.Decided = &v
		if v.Answer == entente.VerdictOther {
			if h.Cleared, err = d.clear(tx, h, v); err != nil {
				return err
			}
		}
		if err := tx.SetHit(h); err != nil {
			return err
		}
		file, err := fileOf(tx, h.Target)
		if err != nil {
			return err
		}
		if _, ok := met[file]; !ok && file != "" {
			files = append(files, file)
		}
		met[file] = append(met[file], h)
	}
	if left == 0 {
		t.Decided = whole(hits, v)
	}
	t.Version++
	if err := tx.PutTask(t); err != nil {
		return err
	}
	for _, file := range files { // what one source brought too much of is of many files
		if err := d.tellCase(tx, by, t, file, met[file], v); err != nil {
			return err
		}
	}
	return markTargets(tx, now)
}

// whole is the answer to a task whose hits are all decided, the last of them by
// v: the same person if one is, else unclear if one is, else somebody else.
func whole(hits []entente.Hit, v entente.Verdict) *entente.Verdict {
	said := func(code entente.VerdictCode) bool {
		return v.Answer == code || slices.ContainsFunc(hits, func(h entente.Hit) bool { return h.Decided != nil && h.Decided.Answer == code })
	}
	for _, code := range []entente.VerdictCode{entente.VerdictSame, entente.VerdictUnclear, entente.VerdictOther} {
		if said(code) {
			v.Answer = code
			break
		}
	}
	return &v
}

// fileOf is the file that a target belongs to; empty: none.
func fileOf(tx entente.Tx, t entente.Target) (entente.CaseID, error) {
	switch t.Kind {
	case entente.TargetCase:
		return entente.CaseID(t.ID), nil
	case entente.TargetWatch:
		w, err := tx.Watch(entente.WatchID(t.ID))
		return w.Case, err
	}
	return "", nil
}

// markTargets says that clearings of the targets of some hits may have changed.
func markTargets(tx entente.Tx, hits []entente.Hit) error {
	var targets []entente.Target
	for _, h := range hits {
		if !slices.Contains(targets, h.Target) {
			targets = append(targets, h.Target)
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return screen.Mark(tx, targets...)
}

// clear says of whom a hit was that he is not the one whom the target means.
func (d *Desk) clear(tx entente.Tx, h entente.Hit, v entente.Verdict) (entente.ClearingID, error) {
	c := entente.Clearing{ID: entente.ClearingID(newID()), Target: h.Target, Subject: h.Asked, Hit: h.ID, By: v.By, At: v.At, Reason: v.Reason}
	return c.ID, tx.PutClearing(c)
}

// tellCase does to a file what the answer means for it. hits are those of its own.
func (d *Desk) tellCase(tx entente.Tx, by entente.Officer, t entente.Task, id entente.CaseID, hits []entente.Hit, v entente.Verdict) error {
	c, err := tx.Case(id)
	if err != nil {
		return err
	}
	words := map[entente.VerdictCode]string{
		entente.VerdictSame: "The same person: ", entente.VerdictOther: "Somebody else: ", entente.VerdictUnclear: "It cannot be told whether it is the same person: ",
	}
	text := words[v.Answer] + v.Reason
	if len(hits) == 0 { // flags asked, and there is nobody to be the same
		text = map[bool]string{true: "The file opens: ", false: "The file stays closed: "}[v.Answer == entente.VerdictSame] + v.Reason
	}
	if err := d.enter(tx, by, c.ID, entente.Entry{Kind: "decision", Task: t.ID, Text: text}); err != nil {
		return err
	}
	if v.Answer != entente.VerdictSame {
		return nil
	}
	if err := d.reinforce(tx, by, &c, hits); err != nil {
		return err
	}
	entry := entente.Entry{Kind: "decision", Task: t.ID, Text: "The file stays open."}
	if c.State == entente.CaseClosed {
		entry = reopen(&c, v.Reason)
		entry.Task = t.ID
	}
	return d.putCase(tx, by, c, entry)
}

// reinforce puts what was confirmed into a file: a flag for each sighting, the
// messages, and of their subjects those who were found to be the same.
func (d *Desk) reinforce(tx entente.Tx, by entente.Officer, c *entente.Case, hits []entente.Hit) error {
	flagged, err := flaggedIn(tx, c.ID) // a sighting may have met the file and its watches
	if err != nil {
		return err
	}
	same := map[entente.MessageID][]string{}
	var messages []entente.MessageID
	for _, h := range hits {
		if flagged[h.Sighting] {
			continue
		}
		flagged[h.Sighting] = true
		f, err := d.flagOf(tx, *c, h)
		if err != nil {
			return err
		}
		if err := tx.PutFlag(f); err != nil {
			return err
		}
		if m := h.Sighting.Message; m != "" && !slices.Contains(c.Messages, m) {
			if same[m] == nil {
				messages = append(messages, m)
			}
			same[m] = append(same[m], h.Sighting.Subject)
		}
	}
	for _, m := range messages {
		entry, err := d.link(tx, c, m, func(s entente.Subject) bool { return slices.Contains(same[m], s.ID) })
		if err != nil {
			return err
		}
		if err := d.enter(tx, by, c.ID, entry); err != nil {
			return err
		}
	}
	return nil
}

// flaggedIn gives the sightings that a file has flags for.
func flaggedIn(tx entente.Tx, id entente.CaseID) (map[entente.Sighting]bool, error) {
	flagged := map[entente.Sighting]bool{}
	flags, err := tx.Flags(id)
	if err != nil {
		return nil, err
	}
	for _, f := range flags {
		if f.Hit == "" {
			continue
		}
		h, err := tx.Hit(f.Hit)
		if err != nil {
			return nil, err
		}
		flagged[h.Sighting] = true
	}
	return flagged, nil
}

// flagOf is the reason for concern that a confirmed hit is.
func (d *Desk) flagOf(tx entente.Tx, c entente.Case, h entente.Hit) (entente.Flag, error) {
	f := entente.Flag{ID: entente.FlagID(newID()), Case: c.ID, Hit: h.ID, At: d.now()}
	if h.Sighting.Message != "" {
		m, err := tx.Message(h.Sighting.Message)
		if err != nil {
			return f, err
		}
		f.Kind, f.Source, f.Message, f.Text = "tip", string(m.Partner()), h.Sighting.Message, "A tip speaks of the same person."
		return f, nil
	}
	e, err := tx.Event(h.Sighting.Event)
	if err != nil {
		return f, err
	}
	f.Kind, f.Source, f.Text = "travel", string(e.Feed), "A "+e.Kind+" of the same person."
	return f, nil
}

func (d *Desk) decideWatch(tx entente.Tx, by entente.Officer, t entente.Task, v entente.Verdict, review time.Time) error {
	w, err := tx.Watch(entente.WatchID(t.Target.ID))
	if err != nil {
		return err
	}
	text := "The watch goes on: " + v.Reason
	switch {
	case w.Ended != nil:
		text = "The watch has ended: " + v.Reason
	case v.Answer == entente.VerdictContinue:
		if err := d.goOn(&w, by, review, v.Reason); err != nil {
			return err
		}
	case w.Ends == nil:
		w.Ends = &entente.Ending{By: by.ID, At: v.At, On: v.At.Add(entente.WatchNotice), Reason: v.Reason}
		text = "The end of the watch was announced for " + w.Ends.On.Format(time.DateOnly) + ": " + v.Reason
	case w.Ends.By == by.ID:
		return &entente.Error{Kind: entente.Denied, Detail: "you announced this end yourself", Hint: "a second person agrees to it"}
	default:
		w.Ends.Agreed = &entente.Act{By: by.ID, At: v.At}
		text = "The watch ends on " + w.Ends.On.Format(time.DateOnly) + ": " + v.Reason
	}
	t.Decided, t.Version = &v, t.Version+1
	if err := tx.PutTask(t); err != nil {
		return err
	}
	w.Version++
	if err := d.putWatch(tx, w); err != nil {
		return err
	}
	if w.Ends != nil && w.Ends.Agreed == nil {
		ask := w.Title + ": shall the watch end on " + w.Ends.On.Format(time.DateOnly) + "?"
		if err := d.askWatch(tx, w, entente.Supervisor, ask, w.Ends.On); err != nil {
			return err
		}
	}
	return d.enterOf(tx, by, w, text)
}
