package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"entente"
	"entente/api"
	"entente/lists"
	"entente/policy"
)

// listFlags say of a list what its files do not say themselves.
type listFlags struct {
	Format api.ListFormat  `help:"ofac, un, canada, ftm, csv or entente; told by the files if left out."`
	Split  string          `help:"Tables: what else parts several values in one cell, beside ; and alias and 1) 2), as in --split '#'."`
	Dates  lists.DateOrder `help:"Tables: dmy or mdy, how 03/04/1987 is meant; only its year is used if left out."`
}

type importCmd struct {
	Source entente.SourceID `arg:"" help:"Name of the list here: ofac-sdn. The same name is the next edition."`
	File   []string         `arg:"" help:"Its file, or all of them: sdn.csv alt.csv add.csv."`
	listFlags
	Delist bool          `help:"The edition lacks many who were listed, and that is meant."`
	Grade  entente.Grade `help:"Of the birth dates that the list claims; F6 if left out." placeholder:"B2"`
	remote
}

// imported is what entente import prints as JSON.
type imported struct {
	Edition entente.Edition    `json:"edition"`
	Known   bool               `json:"known"` // these files were imported already
	Aside   []entente.SetAside `json:"aside"` // empty for roles that see no content
}

func (c importCmd) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	files, err := openAll(c.File)
	defer closeAll(files)
	if err != nil {
		return err
	}
	me, err := client.WhoAmI(e.ctx)
	if err != nil {
		return err
	}
	reads := policy.May(me.Role, entente.OpReadHoldings)
	before := 0
	if reads {
		if before, err = newest(e, client, c.Source); err != nil {
			return err
		}
	}
	var send []api.ListFile
	for _, f := range files {
		name := filepath.Base(f.Name())
		send = append(send, api.ListFile{Name: name, Data: e.progress(f, sizeOf(f), name)})
	}
	tell, stop := e.counting("records read by the node")
	edition, err := client.ImportList(e.ctx, c.Source, api.ListOptions{Format: c.Format, Delist: c.Delist, Grade: c.Grade, Split: c.Split, Dates: c.Dates}, send, func(so entente.Edition) { tell(so.Read) })
	stop()
	if err != nil {
		return err
	}
	out := imported{Edition: edition, Known: before == edition.Number}
	if reads && edition.Aside > 0 {
		v, err := client.List(e.ctx, c.Source, edition.Number)
		if err != nil {
			return err
		}
		out.Aside = v.Aside
	}
	return e.print(out, func(w io.Writer) { writeImported(w, out) })
}

// newest gives the number of the newest edition of a list; 0: it is new here.
func newest(e *env, client *api.Client, source entente.SourceID) (int, error) {
	all, err := client.Lists(e.ctx)
	for _, l := range all {
		if l.Source == source {
			return l.Number, err
		}
	}
	return 0, err
}

func writeImported(w io.Writer, i imported) {
	d := i.Edition
	if i.Known {
		fmt.Fprintf(w, "These files were imported already; nothing changed.\n")
	}
	fmt.Fprintf(w, "%s, edition %d (%s): %d records, %d added, %d changed, %d removed, %d set aside\n", d.Source, d.Number, d.Format, d.Read, d.Added, d.Changed, d.Removed, d.Aside)
	writeAside(w, i.Aside, max(d.Aside, len(i.Aside)))
}

func openAll(names []string) (files []*os.File, err error) {
	for _, name := range names {
		f, err := open(name)
		if err != nil {
			return files, err
		}
		files = append(files, f)
	}
	return files, nil
}
