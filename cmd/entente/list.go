package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type listCmd struct {
	List listList `cmd:"" default:"withargs" help:"List the lists that are held, each with its newest edition."`
	Show listShow `cmd:"" help:"What an edition of a list changed, and what of it was set aside."`
}

type listList struct{ remote }

func (c listList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	all, err := client.Lists(e.ctx)
	if err != nil {
		return err
	}
	return e.print(all, func(w io.Writer) {
		if len(all) == 0 {
			fmt.Fprintln(w, "No list is held here. Begin with  entente import NAME FILE")
		}
		for _, d := range all {
			writeEdition(w, d)
		}
	})
}

// writeEdition shows an edition in two lines.
func writeEdition(w io.Writer, d entente.Edition) {
	fmt.Fprintf(w, "%s  edition %d, %s by %s, %s: %s\n", d.Source, d.Number, minute(d.At), d.By, d.Format, oneLine(d.File))
	fmt.Fprintf(w, "    %d records, %d added, %d changed, %d removed, %d set aside\n", d.Read, d.Added, d.Changed, d.Removed, d.Aside)
}

type listShow struct {
	Source  entente.SourceID `arg:"" help:"List."`
	Edition int              `help:"Which of its editions; the newest if left out." placeholder:"N"`
	remote
}

func (c listShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	v, err := client.List(e.ctx, c.Source, c.Edition)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { writeList(w, v) })
}

// writeList shows what an edition did: whom it took off first, because that is
// what somebody may have to be told.
func writeList(w io.Writer, v api.ListView) {
	d := v.Edition
	writeEdition(w, d)
	for _, did := range []string{"removed", "added", "changed"} {
		for _, h := range v.Changes {
			if didTo(h, d) == did {
				writePerson(w, fmt.Sprintf("%-8s  %s  ", did, oneLine(string(h.ID))), h.Subject)
			}
		}
	}
	if more := d.Added + d.Changed + d.Removed - len(v.Changes); more > 0 {
		fmt.Fprintf(w, "and %d more that are counted and not shown\n", more)
	}
	writeAside(w, v.Aside, max(d.Aside, len(v.Aside)))
	if len(v.Editions) > 1 {
		fmt.Fprintln(w, "\nEditions:")
		for _, o := range v.Editions {
			writeEdition(w, o)
		}
	}
}

// didTo is what an edition did to a record that it touched.
func didTo(h entente.Holding, d entente.Edition) string {
	switch {
	case h.Removed.Equal(d.At):
		return "removed"
	case h.Since.Equal(d.At):
		return "added"
	}
	return "changed"
}
