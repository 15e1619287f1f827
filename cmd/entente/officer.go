package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"entente"
	"entente/api"
	"entente/casework"
	"entente/internal/node"
	"entente/seal"
	"entente/sqlstore"
)

type officerCmd struct {
	List    officerList    `cmd:"" default:"1" help:"List the people of this party."`
	Add     officerAdd     `cmd:"" help:"Add an officer and print a code with which he sets up his own sign-in, once."`
	Invite  officerInvite  `cmd:"" help:"Print a new code for an officer, for example after he lost his passkey."`
	Confirm officerConfirm `cmd:"" help:"Confirm what an operator asked for, as a supervisor or an overseer."`
	Refuse  officerRefuse  `cmd:"" help:"Refuse what an operator asked for, as a supervisor or an overseer."`
	Rename  officerRename  `cmd:"" help:"Change an officer's name."`
	Role    officerRole    `cmd:"" help:"Give an officer another role."`
	Disable officerDisable `cmd:"" help:"Lock an officer out, at once."`
	Enable  officerEnable  `cmd:"" help:"Open an account again that was locked."`
}

type officerList struct{}

func (officerList) Run(e *env) error {
	return e.with(func(l *local) error {
		people, err := l.node.Desk.People(e.ctx, machine)
		if err != nil {
			return err
		}
		lines := api.OfficersOf(people)
		return e.print(lines, func(w io.Writer) {
			for _, o := range lines {
				state := ""
				if o.Waiting != nil {
					state = "  waits to be confirmed: " + waits(*o.Waiting)
				} else if !o.Disabled.IsZero() {
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
		if _, err := l.node.Desk.AddOfficer(e.ctx, machine, o); err != nil {
			if x, ok := errors.AsType[*entente.Error](err); ok && x.Field == "id" {
				known := *x
				known.Hint = "choose another id; for that officer:  entente officer rename,  entente officer role  or  entente officer invite"
				return &known
			}
			return err
		}
		return officerInvite{ID: c.ID}.print(e, l)
	})
}

type officerRename struct {
	ID   string `arg:"" help:"Officer."`
	Name string `required:"" help:"As colleagues know the person now."`
}

func (c officerRename) Run(e *env) error {
	return changeOfficer(e, c.ID, func(o *entente.Officer) { o.Name = c.Name })
}

type officerRole struct {
	ID   string `arg:"" help:"Officer."`
	Role string `required:"" enum:"analyst,releaser,supervisor,overseer,operator" help:"analyst, releaser, supervisor, overseer or operator."`
}

func (c officerRole) Run(e *env) error {
	return changeOfficer(e, c.ID, func(o *entente.Officer) { o.Role = entente.Role(c.Role) })
}

type officerEnable struct {
	ID string `arg:"" help:"Officer."`
}

func (c officerEnable) Run(e *env) error {
	return changeOfficer(e, c.ID, func(o *entente.Officer) { o.Disabled = time.Time{} })
}

// changeOfficer changes one thing about an officer who is there.
func changeOfficer(e *env, id string, change func(*entente.Officer)) error {
	return e.with(func(l *local) error {
		o, err := l.officer(e, id)
		if err != nil {
			return err
		}
		change(&o)
		waits, err := l.node.Desk.SetOfficer(e.ctx, machine, o)
		if err != nil {
			return err
		}
		return e.print(map[string]any{"officer": api.OfficerOf(o), "waits": waits}, func(w io.Writer) {
			if waits {
				fmt.Fprintf(w, "Asked for. It counts once a supervisor or an overseer has confirmed it: at the desk under Officers, or with  entente officer confirm %s\n", o.ID)
				return
			}
			fmt.Fprintf(w, "Changed: %s, %s, %s.\n", o.ID, o.Role, o.Name)
		})
	})
}

// officer gives an officer by id.
func (l *local) officer(e *env, id string) (o entente.Officer, err error) {
	err = l.store.View(e.ctx, func(tx entente.Tx) (err error) {
		o, err = tx.Officer(entente.OfficerID(id))
		if errors.Is(err, entente.NotFound) {
			err = &entente.Error{Kind: entente.NotFound, Detail: "there is no officer " + id, Hint: "see entente officer list", Cause: err}
		}
		return err
	})
	return o, err
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
	people, err := l.node.Desk.People(e.ctx, machine)
	if err != nil {
		return err
	}
	asked := len(people.About(entente.OfficerID(c.ID)).What) > 0
	return e.print(map[string]any{"officer": c.ID, "invitation": code, "until": until, "waits": asked}, func(w io.Writer) {
		fmt.Fprintf(w, "Invitation of %s: %s (valid until %s). Once the node runs, it is used at\n", c.ID, code, until.Format(time.DateOnly))
		fmt.Fprintf(w, "%s/invitation, or with  entente signin --invitation.\n", l.settings.DeskURL)
		if asked {
			fmt.Fprintf(w, "It counts once a supervisor or an overseer has confirmed it: at the desk under Officers, or with  entente officer confirm %s\n", c.ID)
		}
	})
}

type officerDisable struct {
	ID string `arg:"" help:"Officer."`
}

func (c officerDisable) Run(e *env) error {
	return e.with(func(l *local) error {
		o, err := l.officer(e, c.ID)
		if err != nil {
			return err
		}
		o.Disabled = now()
		if _, err := l.node.Desk.SetOfficer(e.ctx, machine, o); err != nil {
			return err
		}
		return e.print(api.OfficerOf(o), func(w io.Writer) { fmt.Fprintf(w, "%s is locked out, and signed out everywhere.\n", o.ID) })
	})
}

// invite makes an invitation while the node is being set up.
func invite(e *env, store *sqlstore.Store, keys seal.Keys, s settings, officer entente.OfficerID) (string, error) {
	n, err := node.New(e.ctx, node.Config{Keys: keys, Store: store, DeskURL: s.DeskURL, Version: version})
	if err != nil {
		return "", err
	}
	code, _, err := n.SignIn.Invite(e.ctx, machine, officer)
	return code, err
}
