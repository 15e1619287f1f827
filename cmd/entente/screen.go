package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"entente"
	"entente/api"
	"entente/policy"
	"entente/screen"
)

type screenCmd struct {
	File   string         `arg:"" help:"PAXLST, PNRGOV, lines of machine-readable zones, a table, or our own events; - reads the input."`
	Feed   entente.FeedID `required:"" help:"Where the events come from: ostvik-airport." placeholder:"NAME"`
	Format api.FeedFormat `help:"paxlst, pnrgov, mrz, csv or json; told by the file if left out."`
	At     string         `help:"The day on which it first came in, if that was not today: two-digit years are read by it." placeholder:"DATE"`
	remote
}

// screened is what entente screen prints as JSON.
type screened struct {
	Feeding entente.Feeding    `json:"feeding"`
	Aside   []entente.SetAside `json:"aside"` // empty for roles that see no content
}

func (c screenCmd) Run(e *env) error {
	at, err := day("at", c.At)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	f, err := c.send(e, client, at)
	if err != nil {
		return err
	}
	out := screened{Feeding: f}
	if f.Aside > 0 {
		me, err := client.WhoAmI(e.ctx)
		if err != nil {
			return err
		}
		if policy.May(me.Role, entente.OpReadTravel) {
			if out.Aside, err = client.FeedAside(e.ctx, f.ID); err != nil {
				return err
			}
		}
	}
	return e.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s (%s): %s\n", f.Feed, f.Format, screen.Summary(f))
		writeAside(w, out.Aside, max(f.Aside, len(out.Aside)))
		if f.Hits > 0 {
			fmt.Fprintln(w, "\nNext: entente task list")
		}
	})
}

func (c screenCmd) send(e *env, client *api.Client, at time.Time) (entente.Feeding, error) {
	if c.File == "-" {
		return client.Feed(e.ctx, c.Feed, c.Format, "", at, e.progress(e.stdin, -1, "Screening"))
	}
	f, err := open(c.File)
	if err != nil {
		return entente.Feeding{}, err
	}
	defer f.Close()
	name := filepath.Base(c.File)
	return client.Feed(e.ctx, c.Feed, c.Format, name, at, e.progress(f, sizeOf(f), name))
}
