package main

import (
	"fmt"
	"io"
	"slices"

	"entente"
	"entente/api"
)

type queueCmd struct {
	List  queueList  `cmd:"" default:"withargs" help:"List what waits, what was refused, and how each partner can be reached."`
	Retry queueRetry `cmd:"" help:"Try to reach a partner now."`
	Note  queueNote  `cmd:"" help:"Take note of a message that was refused for good."`
	Again queueAgain `cmd:"" help:"Offer a message again that was refused for good: the partner judges it anew."`

	Send     queueSend     `cmd:"" help:"Send mail that a level has held; needs entente signin as a releaser."`
	Withdraw queueWithdraw `cmd:"" help:"Withdraw mail that is held or put off: the partner is told that it will not come; needs entente signin as a releaser."`
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
		fmt.Fprintln(w, "Nothing waits for delivery.")
	}
	for _, i := range q.Waiting {
		fmt.Fprintf(w, "%s  %-9s  to %s, place %d, ", i.Message, i.Precedence, i.Partner, i.Seq)
		if i.State == entente.QueuePutOff {
			fmt.Fprintf(w, "PUT OFF by %s, %s: %s (%s) · offered again by %s\n", i.Partner, minute(i.Since), i.Words, i.Why, minute(i.Again))
		} else {
			fmt.Fprintf(w, "waits since %s\n", minute(i.Queued))
		}
	}
	for _, h := range q.Held {
		writeHeld(w, h)
	}
	for _, i := range q.Dead {
		fmt.Fprintf(w, "%s  REFUSED by %s, %s: %s (%s)", i.Message, i.Partner, minute(i.Since), i.Words, i.Why)
		if i.Seen != "" {
			fmt.Fprintf(w, " · noted by %s\n", i.Seen)
		} else {
			fmt.Fprintf(w, "\n    next: entente queue note %s\n", i.Message)
		}
		fmt.Fprintf(w, "    or, when the cause is gone: entente queue again %s\n", i.Message)
	}
}

// writeHeld shows the held mail of one channel, and says what a releaser may do.
func writeHeld(w io.Writer, h api.HeldMail) {
	fmt.Fprintf(w, "HELD: %s under %s is %s.\n", h.Partner, h.Agreement, h.Level)
	for _, i := range h.Items {
		fmt.Fprintf(w, "%s  %-9s  to %s, place %d, held since %s", i.Message, i.Precedence, i.Partner, i.Seq, minute(i.Since))
		switch {
		case i.Expired:
			fmt.Fprint(w, " · has expired: withdraw it")
		case i.Passes:
			fmt.Fprint(w, " · passes now")
		}
		fmt.Fprintln(w)
	}
	if !slices.ContainsFunc(h.Items, func(i api.HeldItem) bool { return !i.Passes || i.Expired }) {
		fmt.Fprintf(w, "    next: entente queue send %s %s\n", h.Partner, h.Agreement)
	}
	fmt.Fprintf(w, "    next: entente queue withdraw %s %s\n", h.Partner, h.Agreement)
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

type queueAgain struct {
	ID entente.MessageID `arg:"" help:"Message."`
	remote
}

func (c queueAgain) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.OfferAgain(e.ctx, c.ID); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "again": true}, func(w io.Writer) { fmt.Fprintln(w, "The node offers it to the partner again.") })
}

// heldMail names held mail on the command line.
type heldMail struct {
	Party     entente.PartyID     `arg:"" help:"Partner."`
	Agreement entente.AgreementID `arg:"" help:"Agreement."`
	Only      []entente.MessageID `help:"These messages; without it: all that is held of this partner under this agreement." placeholder:"ID"`
	remote
}

func (m heldMail) decision() api.HeldDecision {
	return api.HeldDecision{Agreement: m.Agreement, Messages: m.Only}
}

type queueSend struct{ heldMail }

func (c queueSend) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.SendHeld(e.ctx, c.Party, c.decision()); err != nil {
		return err
	}
	return e.print(map[string]any{"partner": c.Party, "sent": true}, func(w io.Writer) { fmt.Fprintf(w, "It is on its way to %s.\n", c.Party) })
}

type queueWithdraw struct{ heldMail }

func (c queueWithdraw) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.WithdrawHeld(e.ctx, c.Party, c.decision()); err != nil {
		return err
	}
	return e.print(map[string]any{"partner": c.Party, "withdrawn": true}, func(w io.Writer) {
		fmt.Fprintf(w, "Withdrawn. %s is being told that it will not come.\n", c.Party)
	})
}
