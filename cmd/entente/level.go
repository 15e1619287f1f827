package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type agreementLevel struct {
	ID      string          `arg:"" help:"Agreement."`
	Level   string          `arg:"" enum:"open,restricted,warnings-only,suspended" help:"open, restricted, warnings-only or suspended."`
	Towards entente.PartyID `help:"The party to which it is declared; without it: each other party." placeholder:"PARTY"`
	Reason  string          `required:"" help:"Why; the parties that are told read it."`
	remote
}

func (c agreementLevel) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	id, level := entente.AgreementID(c.ID), entente.Level(c.Level)
	declared, err := client.DeclareLevel(e.ctx, id, api.LevelDeclaration{Level: level, Towards: c.Towards, Reason: c.Reason})
	if err != nil {
		return err
	}
	a, err := client.Agreement(e.ctx, id)
	if err != nil {
		return err
	}
	answer := struct {
		api.LevelDeclared
		Levels []api.PairLevel `json:"levels"`
	}{declared, a.Levels}
	return e.print(answer, func(w io.Writer) {
		fmt.Fprintf(w, "We declared %s. The parties concerned are being told.\n", level)
		for _, l := range a.Levels {
			if c.Towards == "" || l.Partner == c.Towards {
				fmt.Fprintf(w, "Between us and %s the agreement is now %s.\n", l.Partner, l.Level)
			}
		}
		writeHeldNow(w, declared.Held)
	})
}

// writeHeldNow names what a declaration holds, and says what to do.
func writeHeldNow(w io.Writer, held []api.QueueItem) {
	if len(held) == 0 {
		return
	}
	fmt.Fprintf(w, "Held from now on, %d: what waits for delivery and does not pass any more. It does not leave until a releaser decides.\n", len(held))
	for _, q := range held {
		fmt.Fprintf(w, "%s  %-9s  to %s, place %d, waits since %s\n", q.Message, q.Precedence, q.Partner, q.Seq, minute(q.Queued))
	}
	fmt.Fprintf(w, "    next: withdraw it with  entente queue withdraw %s %s\n    or send it once the agreement is open that far again:  entente queue send %s %s\n",
		held[0].Partner, held[0].Agreement, held[0].Partner, held[0].Agreement)
}
