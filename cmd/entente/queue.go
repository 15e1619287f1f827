package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type queueCmd struct {
	List  queueList  `cmd:"" default:"withargs" help:"List what waits, what was refused, and how each partner can be reached."`
	Retry queueRetry `cmd:"" help:"Try to reach a partner now."`
	Note  queueNote  `cmd:"" help:"Take note of a message that was refused for good."`
}

type queueList struct{ remote }

func (c queueList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	q, err := client.Queue(e.ctx)
	if err != nil {
		return err
	}
	return e.print(q, func(w io.Writer) { writeQueue(w, q) })
}

func writeQueue(w io.Writer, q api.QueueState) {
	for _, l := range q.Lines {
		fmt.Fprintf(w, "%s: ", l.Partner)
		switch {
		case l.Blocked != "":
			fmt.Fprintf(w, "NOTHING IS SENT: %s\n", oneLine(l.Blocked))
		case l.Attempts > 0:
			fmt.Fprintf(w, "%d failures, next try %s: %s\n", l.Attempts, minute(l.NextTry), oneLine(l.LastError))
		case l.Contact.IsZero():
			fmt.Fprintln(w, "no contact yet")
		default:
			fmt.Fprintf(w, "last contact %s\n", minute(l.Contact))
		}
	}
	if len(q.Waiting) == 0 {
		fmt.Fprintln(w, "Nothing waits.")
	}
	for _, i := range q.Waiting {
		fmt.Fprintf(w, "%s  %-9s  to %s, place %d, waits since %s\n", i.Message, i.Precedence, i.Partner, i.Seq, minute(i.Queued))
	}
	for _, i := range q.Dead {
		fmt.Fprintf(w, "%s  REFUSED by %s, %s: %s (%s)", i.Message, i.Partner, minute(i.DeadAt), i.Words, i.Dead)
		if i.Seen != "" {
			fmt.Fprintf(w, " · noted by %s\n", i.Seen)
		} else {
			fmt.Fprintf(w, "\n    next: entente queue note %s\n", i.Message)
		}
	}
}

type queueRetry struct {
	Party entente.PartyID `arg:"" help:"Partner."`
	remote
}

func (c queueRetry) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.Retry(e.ctx, c.Party); err != nil {
		return err
	}
	return e.print(map[string]any{"partner": c.Party, "retry": true}, func(w io.Writer) { fmt.Fprintf(w, "The node tries to reach %s now.\n", c.Party) })
}

type queueNote struct {
	ID entente.MessageID `arg:"" help:"Message."`
	remote
}

func (c queueNote) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.TakeNote(e.ctx, c.ID); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "noted": true}, func(w io.Writer) { fmt.Fprintln(w, "Noted.") })
}
