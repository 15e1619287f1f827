package main

import (
	"fmt"
	"io"
	"time"

	"entente"
	"entente/api"
)

type watchCmd struct {
	List     watchList     `cmd:"" default:"withargs" help:"List those that still hit."`
	Open     watchOpen     `cmd:"" help:"Open a watch for a person."`
	Show     watchShow     `cmd:"" help:"Open a watch with what it met."`
	Correct  watchCorrect  `cmd:"" help:"Replace whom it is for: another spelling, the true date."`
	Continue watchContinue `cmd:"" help:"Decide that it goes on."`
	End      watchEnd      `cmd:"" help:"Announce its end; a second person must agree."`
}

type watchList struct {
	All bool `help:"Those that have ended, too."`
	remote
}

func (c watchList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	all, err := client.Watches(e.ctx, !c.All)
	if err != nil {
		return err
	}
	return e.print(all, func(w io.Writer) {
		if len(all) == 0 {
			fmt.Fprintln(w, "There are no watches. Begin with  entente watch open NAME --purpose … --reason …")
		}
		for _, x := range all {
			writeWatch(w, x)
		}
	})
}

func writeWatch(w io.Writer, x entente.Watch) {
	state := "review " + x.Review.Format(time.DateOnly)
	switch {
	case x.Ended != nil:
		state = "ended " + x.Ended.On.Format(time.DateOnly)
	case x.Ends != nil && x.Ends.Agreed == nil:
		state = "its end is announced for " + x.Ends.On.Format(time.DateOnly) + " and nobody has agreed yet"
	case x.Ends != nil:
		state = "ends " + x.Ends.On.Format(time.DateOnly)
	}
	fmt.Fprintf(w, "%s  %s, %s\n    %s\n", x.ID, x.Owner, state, oneLine(x.Title))
}

type watchOpen struct {
	personFlags
	Title   string            `help:"One line for the list; the first name if left out."`
	Owner   entente.Role      `help:"analyst or supervisor." default:"analyst"`
	Purpose string            `required:"" help:"Under which it is kept, as in an agreement."`
	Reason  string            `required:"" help:"Why this person is watched for. - reads it from the input."`
	Asked   string            `help:"What to do on a hit: 'tell Borea, under North Star'."`
	Case    entente.CaseID    `help:"The file that it belongs to." placeholder:"ID"`
	Message entente.MessageID `help:"The tip or request that asked for it." placeholder:"ID"`
	Review  string            `help:"By then its owner decides whether it goes on; in a year if left out." placeholder:"DATE"`
	Limit   string            `help:"The law allows it until then." placeholder:"DATE"`
	seat
}

func (c watchOpen) Run(e *env) error {
	n := api.NewWatch{Title: c.Title, Owner: c.Owner, Purpose: c.Purpose, Asked: c.Asked, Case: c.Case, Message: c.Message}
	var err error
	if n.Subject, err = c.person(); err != nil {
		return err
	}
	if n.Review, err = day("review", c.Review); err != nil {
		return err
	}
	if n.Limit, err = day("limit", c.Limit); err != nil {
		return err
	}
	if n.Reason, err = e.words(c.Reason, 64<<10); err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	ref, err := client.OpenWatch(e.ctx, n)
	if err != nil {
		return err
	}
	return e.print(ref, func(w io.Writer) {
		fmt.Fprintf(w, "Watched for: %s\n", ref.ID)
		writeUnread(w, subject(n.Subject))
	})
}

type watchShow struct {
	ID entente.WatchID `arg:"" help:"Watch."`
	remote
}

func (c watchShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	v, err := client.Watch(e.ctx, c.ID)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { writeWatchView(w, v) })
}

func writeWatchView(w io.Writer, v api.WatchView) {
	x := v.Watch
	writeWatch(w, x)
	writePerson(w, "For         ", x.Subject)
	writeUnread(w, x.Subject)
	fmt.Fprintf(w, "Purpose     %s\nWhy         %s\n", oneLine(x.Purpose), oneLine(x.Reason))
	if x.Asked != "" {
		fmt.Fprintf(w, "Asked       %s\n", oneLine(x.Asked))
	}
	fmt.Fprintf(w, "Opened      %s by %s\n", minute(x.Opened), x.By)
	if !x.Limit.IsZero() {
		fmt.Fprintf(w, "Allowed     until %s\n", x.Limit.Format(time.DateOnly))
	}
	for _, k := range x.Corrected {
		fmt.Fprintf(w, "Corrected   %s by %s: %s\n", minute(k.At), k.By, oneLine(k.Reason))
		writePerson(w, "  was for   ", k.Was)
	}
	for _, r := range x.Renewed {
		fmt.Fprintf(w, "Renewed     %s by %s: %s\n", minute(r.At), r.By, oneLine(r.Reason))
	}
	for _, end := range []*entente.Ending{x.Ends, x.Ended} {
		if end != nil {
			fmt.Fprintf(w, "End         %s, said by %s: %s\n", end.On.Format(time.DateOnly), end.By, oneLine(end.Reason))
		}
	}
	for _, t := range v.Tasks {
		fmt.Fprint(w, "Task        ")
		writeTask(w, t)
	}
	writeHits(w, v.Hits, v.Near)
	writeLooks(w, v.Looks)
	for _, k := range v.Cleared {
		writeClearing(w, k)
	}
}

func writeHits(w io.Writer, hits, near []entente.Hit) {
	for _, h := range hits {
		fmt.Fprint(w, "\nHit ")
		writeHit(w, h)
	}
	for _, h := range near {
		fmt.Fprint(w, "\nNear miss, on record ")
		writeHit(w, h)
	}
}

func writeClearing(w io.Writer, k entente.Clearing) {
	fmt.Fprintf(w, "\nCleared %s  %s by %s: %s\n", k.ID, minute(k.At), k.By, oneLine(k.Reason))
	writePerson(w, "    ", k.Subject)
	if k.Revoked != nil {
		fmt.Fprintf(w, "    taken back %s by %s: %s\n", minute(k.Revoked.At), k.Revoked.By, oneLine(k.Revoked.Reason))
	}
}

type watchCorrect struct {
	ID entente.WatchID `arg:"" help:"Watch."`
	personFlags
	Reason string `required:"" help:"What was wrong, and how you know."`
	remote
}

func (c watchCorrect) Run(e *env) error {
	p, err := c.person()
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.CorrectWatch(e.ctx, c.ID, api.WatchCorrection{Subject: p, Reason: c.Reason}); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "corrected": true}, func(w io.Writer) {
		fmt.Fprintln(w, "Corrected: it is for what you wrote now, and nothing else. The watch keeps whom it was for, and why.")
	})
}

type watchContinue struct {
	ID     entente.WatchID `arg:"" help:"Watch."`
	Reason string          `required:"" help:"Why it goes on."`
	Review string          `help:"The next review; in a year if left out." placeholder:"DATE"`
	remote
}

func (c watchContinue) Run(e *env) error {
	review, err := day("review", c.Review)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.ContinueWatch(e.ctx, c.ID, api.WatchTerm{Review: review, Reason: c.Reason}); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "continued": true}, func(w io.Writer) { fmt.Fprintln(w, "The watch goes on.") })
}

type watchEnd struct {
	ID     entente.WatchID `arg:"" help:"Watch."`
	Reason string          `required:"" help:"Why it ends."`
	On     string          `help:"The day; the earliest is two weeks from now, and that is meant if left out." placeholder:"DATE"`
	remote
}

func (c watchEnd) Run(e *env) error {
	on, err := day("on", c.On)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.EndWatch(e.ctx, c.ID, api.WatchEnd{On: on, Reason: c.Reason}); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "announced": true}, func(w io.Writer) {
		fmt.Fprintln(w, "Announced. Until its day the watch goes on, and after it, unless a second person agrees: a task asks a supervisor.")
	})
}
