package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"

	"entente"
	"entente/api"
	"entente/parse"
)

type tipCmd struct {
	New      tipNew      `cmd:"" help:"Write a file to fill in."`
	Send     tipSend     `cmd:"" help:"Put the tip in a file before a releaser, with its files."`
	List     tipList     `cmd:"" help:"List the drafts that you wrote."`
	Show     tipShow     `cmd:"" help:"Show a draft, or a tip that was sent and how far it has come."`
	Withdraw tipWithdraw `cmd:"" help:"Give up a draft that has not left."`
}

//go:embed template.toml
var tipTemplate []byte

type tipNew struct {
	File string `arg:"" help:"File to write."`
}

func (c tipNew) Run(e *env) error {
	if err := create(c.File, tipTemplate, 0o600); err != nil {
		return err
	}
	return e.print(map[string]string{"file": c.File}, func(w io.Writer) {
		fmt.Fprintf(w, "Fill in %s, then run  entente tip send %s\n", c.File, c.File)
	})
}

// readTip reads a tip file; its errors name line and field.
func readTip(path string) (parse.TipFile, error) {
	if err := expect(path, parse.FormTip); err != nil {
		return parse.TipFile{}, err
	}
	text, err := readBounded(path, parse.MaxTipFile)
	if err != nil {
		return parse.TipFile{}, err
	}
	f, err := parse.Tip(text, now())
	if x, ok := errors.AsType[*entente.Error](err); ok && x.Hint == "" {
		hinted := *x
		hinted.Hint = "correct " + path + " and run the command again; entente tip new writes a file that explains each field"
		err = &hinted
	}
	return f, err
}

// draftOf is a tip as the API takes it.
func draftOf(f parse.TipFile) api.NewDraft {
	s := f.Statement
	return api.NewDraft{To: f.To, Agreement: f.Agreement, Expires: f.Expires, Statement: api.Content{
		Kind: s.Kind, Purpose: s.Purpose, Precedence: s.Precedence, Re: s.Re(), Caveats: s.Caveats, Tip: s.Tip,
	}}
}

type tipList struct{ remote }

func (c tipList) Run(e *env) error {
	client, me, err := c.client(e)
	if err != nil {
		return err
	}
	drafts, err := client.Drafts(e.ctx, api.DraftQuery{Author: me})
	if err != nil {
		return err
	}
	return e.print(drafts, func(w io.Writer) {
		listDrafts(w, drafts, "You have written no drafts. Begin with  entente tip new FILE")
	})
}

func listDrafts(w io.Writer, drafts []api.Draft, none string) {
	if len(drafts) == 0 {
		fmt.Fprintln(w, none)
	}
	for _, d := range drafts {
		fmt.Fprintf(w, "%s  %-9s  %-9s to %s by %s: %s\n", d.ID, d.State, d.Statement.Precedence, d.To, d.Author, oneLine(d.Title))
		if d.Returned != "" {
			fmt.Fprintln(w, quoted("returned: "+d.Returned))
		}
	}
}

type tipShow struct {
	ID entente.MessageID `arg:"" help:"Draft, or the message that it became."`
	remote
}

func (c tipShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	p, err := client.Draft(e.ctx, c.ID)
	if err == nil && p.Draft.State != entente.DraftReleased {
		return e.print(p, func(w io.Writer) { writeProposal(w, p) })
	}
	if err != nil && !errors.Is(err, entente.NotFound) {
		return err
	}
	m, err := client.Message(e.ctx, c.ID, "")
	if err != nil {
		return err
	}
	return e.print(m, func(w io.Writer) { writeMessage(w, m) })
}

type tipWithdraw struct {
	ID entente.DraftID `arg:"" help:"Draft."`
	remote
}

func (c tipWithdraw) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.Withdraw(e.ctx, c.ID); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "withdrawn": true}, func(w io.Writer) { fmt.Fprintf(w, "%s is withdrawn.\n", c.ID) })
}
