package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"entente"
	"entente/api"
)

type taskCmd struct {
	List   taskList   `cmd:"" default:"withargs" help:"List what people are asked to decide, the earliest due first."`
	Show   taskShow   `cmd:"" help:"Open a task with the evidence."`
	Seen   taskSeen   `cmd:"" help:"Say that you have it before you: from then on it waits for your decision."`
	Decide taskDecide `cmd:"" help:"Answer a task."`
	Revoke taskRevoke `cmd:"" help:"Take back that a namesake was cleared: he hits again."`
}

type taskList struct {
	All   bool             `help:"Those that are decided, too."`
	Kind  entente.TaskKind `help:"Only these: hit, reopen, link, watch."`
	Owner entente.Role     `help:"Only what this role answers for now."`
	Case  entente.CaseID   `help:"Only those of this file." placeholder:"ID"`
	Max   int              `help:"The most tasks." default:"100"`
	remote
}

func (c taskList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	tasks, err := client.Tasks(e.ctx, api.TaskQuery{Open: !c.All, Kind: c.Kind, Owner: c.Owner, Case: c.Case, Limit: c.Max})
	if err != nil {
		return err
	}
	return e.print(tasks, func(w io.Writer) {
		if len(tasks) == 0 {
			fmt.Fprintln(w, "Nothing waits for a decision.")
		}
		for _, t := range tasks {
			writeTask(w, t)
		}
	})
}

// writeTask shows a task in two lines.
func writeTask(w io.Writer, t entente.Task) {
	state := string(t.Owner) + ", due " + minute(t.Due)
	switch {
	case t.Decided != nil:
		state = "decided by " + string(t.Decided.By) + ": " + string(t.Decided.Answer)
	case t.Seen != nil:
		state = string(t.Owner) + ", with " + string(t.Seen.By) + ", to be decided by " + minute(t.Due)
	}
	if t.Decided == nil && time.Now().After(t.Due) {
		state += " OVERDUE"
	}
	fmt.Fprintf(w, "%s  %-8s  %-6s  %s\n    %s\n", t.ID, strings.ToUpper(string(t.Band)), t.Kind, state, oneLine(t.Title))
}

type taskShow struct {
	ID   entente.TaskID `arg:"" help:"Task."`
	Page int            `help:"Of a task of many hits: which page." default:"1"`
	remote
}

// shownTask is what entente task show prints as JSON.
type shownTask struct {
	api.TaskView
	Seen *entente.Digest `json:"seen,omitempty"` // of the hits on this page that wait for a decision
}

func (c taskShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	v, err := client.Task(e.ctx, c.ID, c.Page)
	if err != nil {
		return err
	}
	shown := shownTask{TaskView: v}
	if ids := waiting(v); len(ids) > 0 {
		seen := seenHits(ids)
		shown.Seen = &seen
	}
	return e.print(shown, func(w io.Writer) {
		writeTaskView(w, v)
		writeTaskNext(w, v)
	})
}

// waiting gives the hits on a page of a task that wait for a decision.
func waiting(v api.TaskView) (ids []entente.HitID) {
	for _, h := range v.Hits {
		if h.Decided == nil {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

// seenHits is the digest of the hits that somebody was shown.
func seenHits(ids []entente.HitID) entente.Digest {
	var b []byte
	for _, id := range ids {
		b = append(append(b, id...), '\n')
	}
	return entente.DigestOf(b)
}

func writeTaskView(w io.Writer, v api.TaskView) {
	t := v.Task
	writeTask(w, t)
	for _, k := range entente.TaskKinds {
		if k.Kind == t.Kind {
			fmt.Fprintf(w, "Question    %s\n", k.Words)
		}
	}
	for _, c := range t.Climbs {
		why := "nobody took it"
		if c.Held != "" {
			why = string(c.Held) + " did not decide it in time"
		}
		fmt.Fprintf(w, "Climbed     to %s, %s: %s\n", c.To, minute(c.At), why)
	}
	if v.Pages > 1 {
		fmt.Fprintf(w, "Page        %d of %d; %d of its %d hits wait for a decision\n", v.Page, v.Pages, v.Waiting, t.Hits)
	}
	if v.Case != nil {
		fmt.Fprintf(w, "File        %s  %s, %s\n", v.Case.ID, v.Case.State, oneLine(v.Case.Title))
	}
	for _, x := range v.Watches {
		fmt.Fprintf(w, "Watch       %s  %s\n", x.ID, oneLine(x.Title))
		fmt.Fprintf(w, "  why       %s\n", oneLine(x.Reason))
		if x.Asked != "" {
			fmt.Fprintf(w, "  asked     %s\n", oneLine(x.Asked))
		}
	}
	for _, m := range v.Messages {
		fmt.Fprintf(w, "Message     %s  %s with %s, %s: %s\n", m.ID, m.Kind, m.Partner, minute(m.At), oneLine(m.Title))
	}
	for _, x := range v.Events {
		writeEvent(w, x)
	}
	for _, h := range v.Hits {
		fmt.Fprintln(w)
		writeHit(w, h)
	}
	if d := t.Decided; d != nil {
		fmt.Fprintf(w, "\n%s decided %s: %s\n%s\n", d.By, minute(d.At), d.Answer, quoted(d.Reason))
	}
}

// writeTaskNext says what one can do with a task, as far as it was shown.
func writeTaskNext(w io.Writer, v api.TaskView) {
	t := v.Task
	if t.Decided != nil {
		return
	}
	fmt.Fprintln(w)
	if t.Seen == nil {
		fmt.Fprintf(w, "Next: entente task seen %s\n", t.ID)
	}
	var answers []string
	for _, a := range v.Answers {
		answers = append(answers, string(a))
	}
	decide := fmt.Sprintf("Next: entente task decide %s --answer %s --reason …", t.ID, strings.Join(answers, "|"))
	ids := waiting(v)
	switch {
	case t.Hits == 0:
		fmt.Fprintln(w, decide)
	case len(ids) == 0:
		fmt.Fprintf(w, "Next: entente task show %s: what waits stands on its first page\n", t.ID)
	default:
		if v.Page > 1 {
			decide += fmt.Sprintf(" --page %d", v.Page)
		}
		fmt.Fprintf(w, "%s --seen %s\n", decide, seenHits(ids))
	}
}

type taskSeen struct {
	ID entente.TaskID `arg:"" help:"Task."`
	remote
}

func (c taskSeen) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.SeeTask(e.ctx, c.ID); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "seen": true}, func(w io.Writer) {
		fmt.Fprintln(w, "You have it: it waits for your decision, and climbs when that does not come in time.")
	})
}

type taskRevoke struct {
	Clearing entente.ClearingID `arg:"" help:"Clearing, as a hit, watch or file shows it."`
	Reason   string             `required:"" help:"Why he is to be looked at again."`
	remote
}

func (c taskRevoke) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.RevokeClearing(e.ctx, c.Clearing, c.Reason); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.Clearing, "revoked": true}, func(w io.Writer) { fmt.Fprintln(w, "Taken back: he hits again.") })
}
