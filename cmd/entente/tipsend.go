package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"

	"entente"
	"entente/api"
	"entente/seal"
)

type tipSend struct {
	File    string          `arg:"" help:"The tip, as entente tip new writes it."`
	Draft   bool            `help:"Stop before it is submitted: it can be read and changed at the desk."`
	Replace entente.DraftID `help:"Change this draft of yours instead of making a new one." placeholder:"ID"`
	remote
}

// Run makes a draft, adds its files, shows what the agreement says of it and
// submits it. What the agreement does not let pass does not stay behind.
func (c tipSend) Run(e *env) error {
	f, err := readTip(c.File)
	if err != nil {
		return err
	}
	files, err := openAttached(c.File, f.Attach)
	defer closeAll(files)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	d, err := c.write(e, client, draftOf(f))
	if err != nil {
		return err
	}
	p, err := c.complete(e, client, d.ID, files)
	if err != nil && !c.Draft && c.Replace == "" {
		err = errors.Join(err, client.Withdraw(context.WithoutCancel(e.ctx), d.ID))
	}
	if err != nil {
		return err
	}
	return e.print(p, func(w io.Writer) { c.tell(w, p) })
}

// write makes the draft, or changes the one that it replaces.
func (c tipSend) write(e *env, client *api.Client, d api.NewDraft) (api.Draft, error) {
	if c.Replace == "" {
		return client.WriteDraft(e.ctx, d)
	}
	old, err := client.Draft(e.ctx, c.Replace)
	if err != nil {
		return api.Draft{}, err
	}
	for _, a := range old.Draft.Statement.Attachments {
		if err := client.RemoveAttachment(e.ctx, c.Replace, a.Digest); err != nil {
			return api.Draft{}, err
		}
	}
	if old, err = client.Draft(e.ctx, c.Replace); err != nil {
		return api.Draft{}, err
	}
	return client.ChangeDraft(e.ctx, c.Replace, api.DraftChange{NewDraft: d, Version: old.Draft.Version})
}

// complete uploads the files, asks for the verdict and submits.
func (c tipSend) complete(e *env, client *api.Client, id entente.DraftID, files []*os.File) (api.Proposal, error) {
	for _, f := range files {
		name := filepath.Base(f.Name())
		if _, err := client.AddAttachment(e.ctx, id, name, mime.TypeByExtension(filepath.Ext(name)), e.progress(f, sizeOf(f), name)); err != nil {
			return api.Proposal{}, err
		}
	}
	p, err := client.Draft(e.ctx, id)
	if err != nil || c.Draft {
		return p, err
	}
	if !p.Decision.Pass {
		if !e.json {
			writeDecision(e.err, p.Decision)
		}
		return p, c.refused(p.Decision)
	}
	if _, err := client.Submit(e.ctx, id, p.Draft.Version); err != nil {
		return p, err
	}
	return client.Draft(e.ctx, id)
}

// refused is the error of a verdict, with the first clause that says no.
func (c tipSend) refused(d api.Decision) error {
	err := &entente.Error{Kind: entente.Denied, Detail: "the agreement does not let it pass", Reason: d.Reason, Hint: "nothing was kept; change the tip, or agree on other terms"}
	if c.Replace != "" {
		err.Hint = "the draft is kept and not submitted; change the tip and send it again with --replace"
	}
	for _, f := range d.Findings {
		if !f.Holds {
			err.Field, err.Detail = f.Clause, f.Says
			break
		}
	}
	return err
}

func (c tipSend) tell(w io.Writer, p api.Proposal) {
	d := p.Draft
	writeDecision(w, p.Decision)
	for _, a := range d.Statement.Attachments {
		fmt.Fprintf(w, "Attached: %s, %s, %s\n", oneLine(a.Name), kib(seal.ContentSize(a.Size)), a.Digest)
	}
	switch {
	case c.Draft:
		fmt.Fprintf(w, "\nDraft %s is not submitted. Next: entente tip send --replace %s %s\n", d.ID, d.ID, c.File)
	case p.FourEyes:
		fmt.Fprintf(w, "\nDraft %s waits for a second officer, as %s wants. Next, as a releaser: entente release ok %s\n", d.ID, p.Clause, d.ID)
	default:
		fmt.Fprintf(w, "\nDraft %s waits for release. Next, as a releaser: entente release ok %s\n", d.ID, d.ID)
	}
}

// openAttached opens the files that a tip names, below the folder in which the
// tip lies: a tip that somebody else wrote must not send files from elsewhere.
func openAttached(tip string, names []string) (files []*os.File, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	root, err := os.OpenRoot(filepath.Dir(tip))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	for i, name := range names {
		f, err := openPlain(root, filepath.FromSlash(name))
		if err != nil {
			return files, &entente.Error{Kind: entente.Invalid, Field: fmt.Sprintf("attach[%d]", i), Detail: "cannot send " + name, Hint: "name a file in the folder of the tip, or below it", Cause: err}
		}
		files = append(files, f)
	}
	return files, nil
}

// openPlain opens a file that is one: a folder cannot be read, and a pipe would
// wait for ever.
func openPlain(root *os.Root, name string) (*os.File, error) {
	info, err := root.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a file")
	}
	if err != nil {
		return nil, err
	}
	return root.Open(name)
}

func closeAll(files []*os.File) {
	for _, f := range files {
		f.Close()
	}
}
