package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type courierCmd struct {
	Pack   courierPack   `cmd:"" help:"Write what waits for a partner, and the answers to what he sent, to a file."`
	Unpack courierUnpack `cmd:"" help:"Take in a file that a partner packed."`
}

type courierPack struct {
	To  entente.PartyID `required:"" help:"Partner."`
	Out string          `short:"o" required:"" help:"File to write. What is in it is sealed for the partner."`
	remote
}

func (c courierPack) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	size, err := pack(e, client, c.To, c.Out)
	if err != nil {
		return err
	}
	return e.print(map[string]any{"to": c.To, "file": c.Out, "bytes": size}, func(w io.Writer) {
		fmt.Fprintf(w, "Written: %s, %s, for %s. There:  entente courier unpack %s --reply REPLY\n", c.Out, kib(size), c.To, c.Out)
	})
}

func pack(e *env, client *api.Client, to entente.PartyID, out string) (int64, error) {
	if err := absent(out); err != nil {
		return 0, err
	}
	_, r, err := client.Pack(e.ctx, to)
	if err != nil {
		return 0, err
	}
	return e.save(out, r, "Packing")
}

type courierUnpack struct {
	File  string `arg:"" help:"Courier file."`
	Reply string `help:"Write the answers, and what else waits for that partner, to this file, for the way back." placeholder:"FILE"`
	remote
}

func (c courierUnpack) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if c.Reply != "" {
		if err := absent(c.Reply); err != nil {
			return err
		}
	}
	f, err := open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	got, err := client.Unpack(e.ctx, e.progress(f, sizeOf(f), "Unpacking"))
	if err != nil {
		return err
	}
	if c.Reply != "" {
		if _, err := pack(e, client, got.From, c.Reply); err != nil {
			return err
		}
	}
	return e.print(map[string]any{"from": got.From, "answered": got.Answered, "reply": c.Reply}, func(w io.Writer) {
		fmt.Fprintf(w, "From %s: %d messages answered.\n", got.From, got.Answered)
		if c.Reply != "" {
			fmt.Fprintf(w, "Take %s back to them.\n", c.Reply)
		} else if got.Answered > 0 {
			fmt.Fprintf(w, "The answers go back with  entente courier pack --to %s -o FILE\n", got.From)
		}
	})
}
