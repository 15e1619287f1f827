package main

import (
	"fmt"
	"io"
	"strings"

	"entente"
	"entente/api"
)

type officerConfirm struct {
	ID    entente.OfficerID `arg:"" help:"Officer."`
	Yes   bool              `help:"Do not ask."`
	Alone bool              `help:"At the machine itself, when no supervisor or overseer is left who could. The access log says so."`
	remote
}

func (c officerConfirm) Run(e *env) error {
	if c.Alone {
		return e.with(func(l *local) error {
			if err := l.node.Desk.ConfirmAlone(e.ctx, machine, c.ID); err != nil {
				return err
			}
			return tellConfirmed(e, c.ID)
		})
	}
	client, w, err := waitingOf(e, c.remote, c.ID)
	if err != nil {
		return err
	}
	if !c.Yes {
		if err := may(e, client, entente.OpConfirmOfficers); err != nil {
			return err
		}
		fmt.Fprintf(e.err, "%s asks for %s: %s\nKnow the person, or call him, before you confirm.\n", w.By, c.ID, waits(w))
		if err := e.confirm("Confirm it?"); err != nil {
			return err
		}
	}
	if err := client.ConfirmOfficer(e.ctx, c.ID, w.Digest); err != nil {
		return err
	}
	return tellConfirmed(e, c.ID)
}

func tellConfirmed(e *env, id entente.OfficerID) error {
	return e.print(map[string]any{"officer": id, "confirmed": true}, func(w io.Writer) { fmt.Fprintf(w, "Confirmed: it holds for %s from now on.\n", id) })
}

type officerRefuse struct {
	ID entente.OfficerID `arg:"" help:"Officer."`
	remote
}

func (c officerRefuse) Run(e *env) error {
	client, w, err := waitingOf(e, c.remote, c.ID)
	if err != nil {
		return err
	}
	if err := client.RefuseOfficer(e.ctx, c.ID, w.Digest); err != nil {
		return err
	}
	return e.print(map[string]any{"officer": c.ID, "refused": true}, func(w io.Writer) {
		fmt.Fprintf(w, "Refused: nothing changes for %s, and no invitation counts.\n", c.ID)
	})
}

// waitingOf asks the node what waits about an officer.
func waitingOf(e *env, r remote, id entente.OfficerID) (*api.Client, api.Waiting, error) {
	client, _, err := r.client(e)
	if err != nil {
		return nil, api.Waiting{}, err
	}
	all, err := client.Officers(e.ctx)
	if err != nil {
		return nil, api.Waiting{}, err
	}
	for _, o := range all {
		if o.ID == id && o.Waiting != nil {
			return client, *o.Waiting, nil
		}
	}
	return nil, api.Waiting{}, &entente.Error{Kind: entente.NotFound, Field: "officer", Detail: "nothing about " + string(id) + " waits", Hint: "it may have been confirmed or refused already"}
}

// waits says what would happen.
func waits(w api.Waiting) string {
	var what []string
	for _, c := range w.What {
		what = append(what, string(c))
	}
	return strings.Join(what, ", ") + "; " + oneLine(w.Name) + ", " + string(w.Role)
}
