package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type taskDecide struct {
	ID     entente.TaskID      `arg:"" help:"Task."`
	Answer entente.VerdictCode `required:"" help:"same, other or unclear; for a watch: continue or end." placeholder:"ANSWER"`
	Reason string              `required:"" help:"What decided it; it stays on record. - reads it from the input."`
	Seen   string              `help:"The digest that entente task show gave: these hits are decided, or none. Without it they are shown and you are asked." placeholder:"DIGEST"`
	Page   int                 `help:"Of a task of many hits: the page that was shown." default:"1"`
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
	hits, err := c.hits(e, client)
	if err != nil {
		return err
	}
	if err := client.DecideTask(e.ctx, c.ID, api.TaskDecision{Answer: c.Answer, Reason: reason, Hits: hits, Review: review}); err != nil {
		return err
	}
	v, err := client.Task(e.ctx, c.ID, 1)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { tellDecided(w, c.Answer, v) })
}

// hits are those that the officer was shown, and no other: what came meanwhile
// waits for somebody to look at it.
func (c taskDecide) hits(e *env, client *api.Client) ([]entente.HitID, error) {
	if len(c.Hit) > 0 {
		return c.Hit, nil
	}
	v, err := client.Task(e.ctx, c.ID, c.Page)
	if err != nil {
		return nil, err
	}
	ids := waiting(v)
	show := fmt.Sprintf("entente task show %s --page %d", c.ID, v.Page)
	switch {
	case len(ids) == 0:
		return nil, nil // nothing to choose among: the node says whether that will do
	case c.Seen != "":
		seen, err := entente.ParseDigest(c.Seen)
		if err != nil {
			return nil, &entente.Error{Kind: entente.Invalid, Field: "seen", Detail: "not a digest of 64 hex digits", Hint: "copy it whole from  " + show}
		}
		if seen != seenHits(ids) {
			return nil, &entente.Error{Kind: entente.Conflict, Field: "seen", Detail: "the hits that wait on this page are not those that you were shown", Hint: "look again: " + show}
		}
		return ids, nil
	case e.json || c.Reason == "-":
		return nil, &entente.Error{Kind: entente.Invalid, Field: "seen", Detail: "it does not say which hits you were shown", Hint: "add --seen, as  " + show + "  gives it, or name them with --hit"}
	}
	if err := may(e, client, entente.OpDecideTask); err != nil {
		return nil, err
	}
	writeTaskView(e.err, v)
	return ids, e.confirm(fmt.Sprintf("\nDecide the %d hits shown that wait: %s?", len(ids), c.Answer))
}

// tellDecided says what an answer did.
func tellDecided(w io.Writer, answer entente.VerdictCode, v api.TaskView) {
	switch {
	case v.Waiting > 0 && v.Task.Decided == nil:
		fmt.Fprintf(w, "Decided; %d hits of this task still wait.\nNext: entente task show %s\n", v.Waiting, v.Task.ID)
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
