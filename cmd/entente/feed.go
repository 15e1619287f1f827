package main

import (
	"fmt"
	"io"
	"slices"

	"entente"
	"entente/screen"
)

type feedCmd struct {
	List feedList `cmd:"" default:"withargs" help:"List what travel events came in of late, newest first."`
	Show feedShow `cmd:"" help:"One file or request of travel events, and what of it was set aside."`
}

type feedList struct{ remote }

func (c feedList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	all, err := client.Feedings(e.ctx)
	if err != nil {
		return err
	}
	return e.print(all, func(w io.Writer) {
		if len(all) == 0 {
			fmt.Fprintln(w, "No travel has come in yet. Begin with  entente screen FILE --feed NAME")
		}
		for _, f := range all {
			writeFeeding(w, f)
		}
	})
}

// writeFeeding shows a feeding in two lines.
func writeFeeding(w io.Writer, f entente.Feeding) {
	state := ""
	if f.Done.IsZero() {
		state = ", under way or cut off"
	}
	fmt.Fprintf(w, "%s  %s, %s by %s, %s%s%s\n", f.ID, f.Feed, minute(f.At), f.By, f.Format, behind(": ", f.File), state)
	fmt.Fprintf(w, "    %s\n", screen.Summary(f))
}

type feedShow struct {
	ID string `arg:"" help:"Feeding, as entente feed lists it."`
	remote
}

func (c feedShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	all, err := client.Feedings(e.ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(f entente.Feeding) bool { return f.ID == c.ID })
	if i < 0 {
		return &entente.Error{Kind: entente.NotFound, Field: "id", Detail: "no such feeding is among the last hundred", Hint: "entente feed lists them"}
	}
	out := screened{Feeding: all[i]}
	if out.Aside, err = client.FeedAside(e.ctx, c.ID); err != nil {
		return err
	}
	return e.print(out, func(w io.Writer) {
		writeFeeding(w, out.Feeding)
		writeAside(w, out.Aside, max(out.Feeding.Aside, len(out.Aside)))
	})
}
