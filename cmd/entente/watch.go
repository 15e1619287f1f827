package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"entente"
	"entente/api"
)

type inboxWatch struct {
	ID entente.MessageID `arg:"" help:"Message."`
	remote
}

// Asking is an entry in the access log, so it becomes rarer while nothing happens.
const (
	askFirst = 500 * time.Millisecond
	askLast  = 30 * time.Second
)

// Run prints each step of a message when it is known here, until the recipient
// has decided or refused. With --json each step is a line of its own.
func (c inboxWatch) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	told, pause := 0, askFirst
	for {
		m, err := client.Message(e.ctx, c.ID, "")
		if err != nil && (told == 0 || !errors.Is(err, entente.Unavailable)) {
			return err // while it follows, the node may be started anew
		}
		now := stages(m.Progress)
		for _, s := range now[min(told, len(now)):] {
			if err := c.tell(e, s); err != nil {
				return err
			}
			told, pause = len(now), askFirst
		}
		if !m.Progress.Decided.IsZero() || m.Progress.Refused != nil && m.Progress.Refused.Final {
			return nil
		}
		select {
		case <-e.ctx.Done():
			return context.Cause(e.ctx)
		case <-time.After(pause):
		}
		pause = min(pause*3/2, askLast)
	}
}

func (c inboxWatch) tell(e *env, s stage) error {
	if !e.json {
		fmt.Fprintf(e.out, "%-9s  %s%s\n", s.name, minute(s.at), s.more)
		return nil
	}
	return e.printLine(map[string]any{"id": c.ID, "step": s.name, "at": s.at})
}

type inboxFile struct {
	ID     entente.MessageID `arg:"" help:"Message."`
	Digest string            `arg:"" help:"The file's digest, or how it begins."`
	Out    string            `short:"o" required:"" help:"Where to write it. It is another party's: open it with care."`
	remote
}

func (c inboxFile) Run(e *env) error {
	if err := absent(c.Out); err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	m, err := client.Message(e.ctx, c.ID, "")
	if err != nil {
		return err
	}
	a, err := chooseFile(c.Digest, m.Statement.Attachments, "entente inbox show "+string(c.ID))
	if err != nil {
		return err
	}
	_, r, err := client.FetchAttachment(e.ctx, c.ID, a.Digest)
	if err != nil {
		return err
	}
	return e.keep(a, r, c.Out, "It is another party's file: open it with care.")
}

// keep saves a file that was fetched, and says so, with a word on what it is.
func (e *env) keep(a api.Attachment, r io.ReadCloser, out, word string) error {
	size, err := e.save(out, r, a.Name)
	if err != nil {
		return err
	}
	return e.print(map[string]any{"file": out, "bytes": size, "digest": a.Digest}, func(w io.Writer) {
		fmt.Fprintf(w, "Written: %s, %s. %s\n", out, kib(size), word)
	})
}

// chooseFile finds the one file whose digest begins as given; list is the
// command that names them all.
func chooseFile(begins string, all []api.Attachment, list string) (found api.Attachment, err error) {
	n := 0
	for _, a := range all {
		if len(begins) >= 4 && strings.HasPrefix(a.Digest.String(), begins) {
			found, n = a, n+1
		}
	}
	if n != 1 {
		err = &entente.Error{Kind: entente.NotFound, Field: "digest", Detail: fmt.Sprintf("%d files have a digest that begins so", n), Hint: list + " lists them; four digits or more name one"}
	}
	return found, err
}

// save writes a stream to a new file, whole or not at all.
func (e *env) save(path string, r io.ReadCloser, what string) (int64, error) {
	defer r.Close()
	return fill(path, 0o600, func(w io.Writer) error {
		_, err := io.Copy(w, e.progress(r, -1, what))
		if err != nil {
			err = &entente.Error{Kind: entente.Unavailable, Detail: "the file broke off; nothing was written", Hint: "run the command again", Cause: err}
		}
		return err
	})
}
