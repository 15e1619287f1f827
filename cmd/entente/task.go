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
	Seen   taskSeen   `cmd:"" help:"Say that you have it before you: it climbs no further."`
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
		state += ", seen by " + string(t.Seen.By)
	case time.Now().After(t.Due):
		state += " OVERDUE"
	}
	fmt.Fprintf(w, "%s  %-8s  %-6s  %s\n    %s\n", t.ID, strings.ToUpper(string(t.Band)), t.Kind, state, oneLine(t.Title))
}

type taskShow struct {
	ID entente.TaskID `arg:"" help:"Task."`
	remote
}

func (c taskShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	v, err := client.Task(e.ctx, c.ID)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { writeTaskView(w, v) })
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
		fmt.Fprintf(w, "Climbed     to %s, %s\n", c.To, minute(c.At))
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
		return
	}
	var answers []string
	for _, a := range v.Answers {
		answers = append(answers, string(a))
	}
	if t.Seen == nil {
		fmt.Fprintf(w, "\nNext: entente task seen %s\n", t.ID)
	} else {
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "Next: entente task decide %s --answer %s --reason …\n", t.ID, strings.Join(answers, "|"))
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
	return e.print(map[string]any{"id": c.ID, "seen": true}, func(w io.Writer) { fmt.Fprintln(w, "You have it: it climbs no further.") })
}

type taskDecide struct {
	ID     entente.TaskID      `arg:"" help:"Task."`
	Answer entente.VerdictCode `required:"" help:"same, other or unclear; for a watch: continue or end." placeholder:"ANSWER"`
	Reason string              `required:"" help:"What decided it; it stays on record. - reads it from the input."`
	Hit    []entente.HitID     `help:"Only this hit of the task; several, with commas." placeholder:"ID"`
	Review string              `help:"Of a watch that goes on: its next review." placeholder:"DATE"`
	remote
}

func (c taskDecide) Run(e *env) error {
	review, err := day("review", c.Review)
	if err != nil {
		return err
	}
	reason, err := e.words(c.Reason, 64<<10)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.DecideTask(e.ctx, c.ID, api.TaskDecision{Answer: c.Answer, Reason: reason, Hits: c.Hit, Review: review}); err != nil {
		return err
	}
	v, err := client.Task(e.ctx, c.ID)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { tellDecided(w, c.Answer, v) })
}

// tellDecided says what an answer did.
func tellDecided(w io.Writer, answer entente.VerdictCode, v api.TaskView) {
	left := 0
	for _, h := range v.Hits {
		if h.Decided == nil {
			left++
		}
	}
	switch {
	case left > 0 && v.Task.Decided == nil:
		fmt.Fprintf(w, "Decided; %d hits of this task still wait.\n", left)
	case answer == entente.VerdictSame && v.Case != nil:
		fmt.Fprintf(w, "Decided: the same person. The file %s is %s: %s\n", v.Case.ID, v.Case.State, oneLine(v.Case.Title))
	case answer == entente.VerdictOther:
		fmt.Fprintln(w, "Decided: somebody else. He is cleared and does not hit this again; entente task revoke takes that back.")
	default:
		fmt.Fprintf(w, "Decided: %s.\n", answer)
	}
	for _, x := range v.Watches {
		if answer == entente.VerdictSame && x.Asked != "" {
			fmt.Fprintf(w, "Asked for on a hit: %s\n", oneLine(x.Asked))
		}
	}
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
