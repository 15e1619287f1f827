package main

import (
	"fmt"
	"io"

	"entente"
)

type evidenceCmd struct {
	ID  entente.MessageID `arg:"" help:"Message."`
	Out string            `short:"o" help:"File to write." default:"evidence.zip"`
	remote
}

// Run exports what anyone can check offline. Whoever gets the file can read what
// the message says.
func (c evidenceCmd) Run(e *env) error {
	if err := absent(c.Out); err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	r, err := client.Evidence(e.ctx, c.ID)
	if err != nil {
		return err
	}
	size, err := e.save(c.Out, r, "Evidence")
	if err != nil {
		return err
	}
	return e.print(map[string]any{"file": c.Out, "bytes": size}, func(w io.Writer) {
		fmt.Fprintf(w, "Written: %s, %s. It holds the message in clear. Anyone checks it, without a node, with\n  entente verify %s\n", c.Out, kib(size), c.Out)
	})
}
