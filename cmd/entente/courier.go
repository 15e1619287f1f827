package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"entente"
	"entente/api"
	"entente/parse"
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
	files, size, err := pack(e, client, c.To, c.Out)
	if err != nil {
		return err
	}
	return e.print(map[string]any{"to": c.To, "file": c.Out, "files": files, "bytes": size}, func(w io.Writer) {
		fmt.Fprintf(w, "Written: %s, %s, for %s.%s There:  entente courier unpack %s --reply REPLY\n", strings.Join(files, ", "), kib(size), c.To, inOrder(files), c.Out)
	})
}

// pack writes what waits into as many files as it takes.
func pack(e *env, client *api.Client, to entente.PartyID, out string) (files []string, size int64, err error) {
	after := ""
	for {
		name := partName(out, len(files)+1)
		if err := absent(name); err != nil {
			return files, size, err
		}
		end, r, err := client.Pack(e.ctx, to, after)
		if err != nil {
			return files, size, err
		}
		n, err := e.save(name, r, "Packing")
		if err != nil {
			return files, size, err
		}
		files, size = append(files, name), size+n
		if end == "" {
			return files, size, nil
		}
		after = end
	}
}

// partName is the name of the nth part: out.zip, out-2.zip, out-3.zip.
func partName(out string, n int) string {
	if n == 1 {
		return out
	}
	ext := filepath.Ext(out)
	return strings.TrimSuffix(out, ext) + "-" + strconv.Itoa(n) + ext
}

// inOrder says what to do with several parts.
func inOrder(files []string) string {
	if len(files) < 2 {
		return ""
	}
	return fmt.Sprintf(" It was too much for one file: carry all %d, and unpack them in this order.", len(files))
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
	if err := expect(c.File, parse.FormCourier); err != nil {
		return err
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
	var replies []string
	if c.Reply != "" {
		if replies, _, err = pack(e, client, got.From, c.Reply); err != nil {
			return err
		}
	}
	return e.print(map[string]any{"from": got.From, "answered": got.Answered, "reply": c.Reply, "replies": replies}, func(w io.Writer) {
		fmt.Fprintf(w, "From %s: %d messages answered.\n", got.From, got.Answered)
		if c.Reply != "" {
			fmt.Fprintf(w, "Take %s back to them.%s\n", strings.Join(replies, ", "), inOrder(replies))
		} else if got.Answered > 0 {
			fmt.Fprintf(w, "The answers go back with  entente courier pack --to %s -o FILE\n", got.From)
		}
	})
}
