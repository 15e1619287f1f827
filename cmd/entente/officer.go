package main

import (
	"fmt"
	"io"
	"time"

	"entente"
	"entente/casework"
)

type officerCmd struct {
	List    officerList    `cmd:"" default:"1" help:"List the people of this party."`
	Add     officerAdd     `cmd:"" help:"Add an officer and print a code with which he sets up his own sign-in, once."`
	Invite  officerInvite  `cmd:"" help:"Print a new code for an officer, for example after he lost his passkey."`
	Disable officerDisable `cmd:"" help:"Lock an officer out, at once."`
}

type officerList struct{}

func (officerList) Run(e *env) error {
	return e.with(func(l *local) error {
		officers, err := l.node.Desk.Officers(e.ctx, machine)
		if err != nil {
			return err
		}
		return e.print(officers, func(w io.Writer) {
			for _, o := range officers {
				state := ""
				if !o.Disabled.IsZero() {
					state = "  disabled " + o.Disabled.Format(time.DateOnly)
				}
				fmt.Fprintf(w, "%-20s %-11s %s%s\n", o.ID, o.Role, o.Name, state)
			}
		})
	})
}

type officerAdd struct {
	ID   string `arg:"" help:"For example anna.kern."`
	Name string `required:"" help:"As colleagues know the person."`
	Role string `required:"" enum:"analyst,releaser,supervisor,overseer,operator" help:"analyst, releaser, supervisor, overseer or operator."`
}

func (c officerAdd) Run(e *env) error {
	o := entente.Officer{ID: entente.OfficerID(c.ID), Name: c.Name, Role: entente.Role(c.Role)}
	if err := casework.CheckOfficer(o); err != nil {
		return err
	}
	return e.with(func(l *local) error {
		if err := l.node.Desk.SetOfficer(e.ctx, machine, o); err != nil {
			return err
		}
		return officerInvite{ID: c.ID}.print(e, l)
	})
}

type officerInvite struct {
	ID string `arg:"" help:"Officer."`
}

func (c officerInvite) Run(e *env) error {
	return e.with(func(l *local) error { return c.print(e, l) })
}

func (c officerInvite) print(e *env, l *local) error {
	code, until, err := l.node.SignIn.Invite(e.ctx, machine, entente.OfficerID(c.ID))
	if err != nil {
		return err
	}
	return e.print(map[string]any{"officer": c.ID, "invitation": code, "until": until}, func(w io.Writer) {
		fmt.Fprintf(w, "%s opens %s/invitation and enters the code  %s  (valid until %s).\n", c.ID, l.settings.DeskURL, code, until.Format(time.DateOnly))
	})
}

type officerDisable struct {
	ID string `arg:"" help:"Officer."`
}

func (c officerDisable) Run(e *env) error {
	return e.with(func(l *local) error {
		var o entente.Officer
		err := l.store.View(e.ctx, func(tx entente.Tx) (err error) {
			o, err = tx.Officer(entente.OfficerID(c.ID))
			return err
		})
		if err != nil {
			return err
		}
		o.Disabled = time.Now()
		if err := l.node.Desk.SetOfficer(e.ctx, machine, o); err != nil {
			return err
		}
		return e.print(o, func(w io.Writer) { fmt.Fprintf(w, "%s is locked out, and signed out everywhere.\n", o.ID) })
	})
}
