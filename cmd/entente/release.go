package main

import (
	"fmt"
	"io"

	"entente"
	"entente/api"
)

type releaseCmd struct {
	List   releaseList   `cmd:"" default:"withargs" help:"List what waits for release."`
	Show   releaseShow   `cmd:"" help:"Show what would leave: what it says, and its exact bytes."`
	File   releaseFile   `cmd:"" help:"Save a file that would leave with it."`
	OK     releaseOK     `cmd:"" name:"ok" help:"Let it leave."`
	Return releaseReturn `cmd:"" help:"Send it back to its author, with a reason."`
}

type releaseList struct{ remote }

func (c releaseList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	drafts, err := client.Drafts(e.ctx, api.DraftQuery{State: []entente.DraftState{entente.DraftSubmitted}})
	if err != nil {
		return err
	}
	return e.print(drafts, func(w io.Writer) { listDrafts(w, drafts, "Nothing waits for release.") })
}

type releaseShow struct {
	ID   entente.DraftID `arg:"" help:"Draft."`
	Save string          `help:"Write the exact bytes to this file." placeholder:"FILE"`
	remote
}

func (c releaseShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	p, err := client.Draft(e.ctx, c.ID)
	if err != nil {
		return err
	}
	if c.Save != "" {
		if err := create(c.Save, p.Payload, 0o600); err != nil {
			return err
		}
	}
	return e.print(p, func(w io.Writer) {
		writeProposal(w, p)
		writeBytes(w, p)
		if p.Digest != nil {
			fmt.Fprintf(w, "\nNext: entente release ok %s --seen %s\n", c.ID, p.Digest)
		}
	})
}

type releaseFile struct {
	ID     entente.DraftID `arg:"" help:"Draft."`
	Digest string          `arg:"" help:"The file's digest, or how it begins."`
	Out    string          `short:"o" required:"" help:"Where to write it."`
	remote
}

func (c releaseFile) Run(e *env) error {
	if err := absent(c.Out); err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	p, err := client.Draft(e.ctx, c.ID)
	if err != nil {
		return err
	}
	a, err := chooseFile(c.Digest, p.Draft.Statement.Attachments, "entente release show "+string(c.ID))
	if err != nil {
		return err
	}
	_, r, err := client.FetchDraftAttachment(e.ctx, c.ID, a.Digest)
	if err != nil {
		return err
	}
	return e.keep(a, r, c.Out, "These are the bytes that the recipient will have.")
}

// writeBytes shows the exact bytes that would leave.
func writeBytes(w io.Writer, p api.Proposal) {
	if p.Digest == nil {
		fmt.Fprintln(w, "\nIt cannot leave as it stands.")
		return
	}
	fmt.Fprintf(w, "\nThe exact %d bytes that leave, sealed for %s:\n%s\n", len(p.Payload), p.Draft.To, quoted(entente.WithoutKeys(p.Payload)))
	if shown := string(p.Payload); plain(shown) != shown {
		fmt.Fprintln(w, "Characters that steer a terminal are shown as �; entente release show --save FILE gives the bytes themselves.")
	}
	if len(p.Draft.Statement.Attachments) > 0 {
		fmt.Fprintln(w, "The keys of the attached files are not shown; entente release show --save FILE writes them with the rest.")
	}
	fmt.Fprintf(w, "SHA-256 %s\n", p.Digest)
}

type releaseOK struct {
	ID   entente.DraftID `arg:"" help:"Draft."`
	Seen string          `help:"The digest that entente release show gave: these bytes leave, or none. Without it the draft is shown and you are asked." placeholder:"DIGEST"`
	remote
}

func (c releaseOK) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	seen, err := c.seen(e, client)
	if err != nil {
		return err
	}
	sent, err := client.Release(e.ctx, c.ID, seen)
	if err != nil {
		return err
	}
	return e.print(sent, func(w io.Writer) {
		fmt.Fprintf(w, "Released: %s is sealed, stands in the ledger and is on its way. Follow it with  entente inbox watch %s\n", sent.ID, sent.ID)
	})
}

// seen is the digest of what the releaser saw: what he names, or what is shown now.
func (c releaseOK) seen(e *env, client *api.Client) (entente.Digest, error) {
	if c.Seen != "" {
		d, err := entente.ParseDigest(c.Seen)
		if err != nil {
			return d, &entente.Error{Kind: entente.Invalid, Field: "seen", Detail: "not a digest of 64 hex digits", Hint: "copy it whole from  entente release show " + string(c.ID)}
		}
		return d, nil
	}
	if err := may(e, client, entente.OpRelease); err != nil {
		return entente.Digest{}, err
	}
	p, err := client.Draft(e.ctx, c.ID)
	if err != nil {
		return entente.Digest{}, err
	}
	if p.Digest == nil {
		return entente.Digest{}, &entente.Error{Kind: entente.Conflict, Detail: "this draft cannot leave as it stands", Hint: "return it to its author: entente release return " + string(c.ID) + " --reason …"}
	}
	writeProposal(e.err, p)
	writeBytes(e.err, p)
	return *p.Digest, e.confirm("\nRelease exactly this?")
}

type releaseReturn struct {
	ID     entente.DraftID `arg:"" help:"Draft."`
	Reason string          `required:"" help:"What the author should change; - reads it from the input."`
	remote
}

func (c releaseReturn) Run(e *env) error {
	reason, err := e.words(c.Reason, 2000)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.Return(e.ctx, c.ID, reason); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "returned": true}, func(w io.Writer) {
		fmt.Fprintf(w, "%s is back with its author.\n", c.ID)
	})
}
