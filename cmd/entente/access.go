package main

import (
	"fmt"
	"io"
	"strings"

	"entente/api"
)

type accessCmd struct {
	Object []string `arg:"" optional:"" help:"Only what is about this, as the log names it: case ID, watch ID, task ID, message ID, holding LIST/NUMBER."`
	Before int64    `help:"Only entries before this number: the page that follows." placeholder:"N"`
	Limit  int      `help:"How many at most." default:"50"`
	remote
}

func (c accessCmd) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	object := strings.Join(c.Object, " ")
	all, err := client.AccessLog(e.ctx, api.AccessQuery{Object: object, Before: c.Before, Limit: c.Limit})
	if err != nil {
		return err
	}
	return e.print(all, func(w io.Writer) {
		if len(all) == 0 {
			fmt.Fprintln(w, "Nothing on record. Things are named as in  entente access case ID")
		}
		for _, x := range all {
			fmt.Fprintf(w, "%6d  %s  %s, %s  %s%s  %s\n", x.Seq, minute(x.At), x.Officer, x.Role, refused(x.Denied), x.Operation, oneLine(x.Object))
			if x.Purpose != "" {
				fmt.Fprintf(w, "        for %s\n", oneLine(x.Purpose))
			}
		}
		if n := len(all); n == c.Limit && all[n-1].Seq > 0 {
			fmt.Fprintf(w, "Older ones: add --before %d\n", all[n-1].Seq)
		}
	})
}

func refused(denied bool) string {
	if denied {
		return "REFUSED "
	}
	return ""
}

// writeLooks says who looked at a thing before.
func writeLooks(w io.Writer, looks []api.Look) {
	for _, l := range looks {
		fmt.Fprintf(w, "Looked      %s, %s, %d × %s%s, last %s", l.Officer, l.Role, l.Times, refused(l.Denied), l.Operation, minute(l.Last))
		if l.Purpose != "" {
			fmt.Fprintf(w, ", for %s", oneLine(l.Purpose))
		}
		fmt.Fprintln(w)
	}
}
