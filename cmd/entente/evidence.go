package main

import (
	"fmt"
	"io"

	"entente"
	"entente/prove"
)

type evidenceCmd struct {
	ID  entente.MessageID `arg:"" help:"Message."`
	Out string            `short:"o" help:"File to write." default:"evidence.zip"`

	Show prove.Extent `help:"What the file opens of the message: ${enum}." enum:"whole,without-keys,tear-line,sealed" default:"without-keys"`
	remote
}

// Run exports what anyone can check offline. The file can be read without a key.
func (c evidenceCmd) Run(e *env) error {
	if err := absent(c.Out); err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	r, err := client.Evidence(e.ctx, c.ID, c.Show)
	if err != nil {
		return err
	}
	size, err := e.save(c.Out, r, "Evidence")
	if err != nil {
		return err
	}
	return e.print(map[string]any{"file": c.Out, "bytes": size, "show": c.Show}, func(w io.Writer) {
		fmt.Fprintf(w, "Written: %s, %s. %s Anyone checks it, without a node, with\n  entente verify %s\n", c.Out, kib(size), opens[c.Show], c.Out)
	})
}

// opens says what a reader of the file can see.
var opens = map[prove.Extent]string{
	prove.Whole:       "It holds the message in clear, with the keys of its attached files.",
	prove.WithoutKeys: "It holds the message in clear, without the keys of its attached files.",
	prove.TearLine:    "It holds the tear line of the message in clear, with its caveats.",
	prove.Sealed:      "It shows nothing of what the message says.",
}
