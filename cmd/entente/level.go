package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type agreementLevel struct {
	ID     string `arg:"" help:"Agreement."`
	Level  string `arg:"" enum:"open,restricted,warnings-only,suspended" help:"open, restricted, warnings-only or suspended."`
	Reason string `required:"" help:"Why; every party reads it."`
	remote
}

func (c agreementLevel) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	id, level := entente.AgreementID(c.ID), entente.Level(c.Level)
	if err := client.DeclareLevel(e.ctx, id, api.LevelDeclaration{Level: level, Reason: c.Reason}); err != nil {
		return err
	}
	a, err := client.Agreement(e.ctx, id)
	if err != nil {
		return err
	}
	return e.print(a, func(w io.Writer) {
		fmt.Fprintf(w, "We declared %s. The agreement is now %s: the most closed of what each party declared. Every other party is told.\n", level, a.Level)
	})
}
