package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"entente"
	"entente/api"
)

type caseCmd struct {
	List    caseList    `cmd:"" default:"withargs" help:"List files, newest change first."`
	Open    caseOpen    `cmd:"" help:"Open a file, on a message or on its own."`
	Show    caseShow    `cmd:"" help:"Open a file with its timeline."`
	Assess  caseAssess  `cmd:"" help:"Write what you make of it into the timeline."`
	Flag    caseFlag    `cmd:"" help:"Note a reason for concern."`
	Link    caseLink    `cmd:"" help:"Put a message into a file."`
	Unlink  caseUnlink  `cmd:"" help:"Take out of a file a message that does not belong there."`
	Close   caseClose   `cmd:"" help:"Close a file with what came of it."`
	Reopen  caseReopen  `cmd:"" help:"Open a closed file again."`
	Assign  caseAssign  `cmd:"" help:"Give a file to a role, and to an officer of it."`
	Correct caseCorrect `cmd:"" help:"Replace somebody whom a file is about, or add somebody."`
}

type caseList struct {
	State   entente.CaseState `help:"Only these: open or closed."`
	Message entente.MessageID `help:"Only those to which this message is linked." placeholder:"ID"`
	remote
}

func (c caseList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	all, err := client.Cases(e.ctx, api.CaseQuery{State: c.State, Message: c.Message})
	if err != nil {
		return err
	}
	return e.print(all, func(w io.Writer) {
		if len(all) == 0 {
			fmt.Fprintln(w, "There are no files. Begin with  entente case open --message ID")
		}
		for _, k := range all {
			writeCase(w, k)
		}
	})
}

func writeCase(w io.Writer, k entente.Case) {
	with := string(k.Owner)
	if k.Officer != "" {
		with += ", " + string(k.Officer)
	}
	fmt.Fprintf(w, "%s  %-6s  %s\n    %s\n", k.ID, k.State, with, oneLine(k.Title))
}

type caseOpen struct {
	personFlags
	Title   string            `help:"One line for the list; that of the message if left out."`
	Purpose string            `help:"Under which it is kept; that of the message if left out."`
	Message entente.MessageID `help:"The tip that it is opened on." placeholder:"ID"`
	reopenFlags
	seat
}

// reopenFlags say what asks a person to open a closed file again.
type reopenFlags struct {
	ReopenFrom  entente.Band `help:"Once it is closed, a match of this band or a better one asks whether it opens again: probable or strong." placeholder:"BAND"`
	ReopenFlags *int         `help:"So many flags ask, too; 0: never." placeholder:"N"`
	ReopenDays  int          `help:"Within so many days." placeholder:"N"`
}

// over gives a rule with what the flags change of it; nil: nothing.
func (f reopenFlags) over(r entente.ReopenRule) *entente.ReopenRule {
	if f.ReopenFrom == "" && f.ReopenFlags == nil && f.ReopenDays == 0 {
		return nil
	}
	r.From = cmp.Or(f.ReopenFrom, r.From)
	r.Window = cmp.Or(time.Duration(f.ReopenDays)*24*time.Hour, r.Window)
	if f.ReopenFlags != nil {
		r.Flags = *f.ReopenFlags
	}
	return &r
}

func (c caseOpen) Run(e *env) error {
	n := api.NewCase{Title: c.Title, Purpose: c.Purpose, Message: c.Message}
	if r := c.over(entente.DefaultReopen); r != nil {
		n.Reopen = *r
	}
	if !c.empty() {
		p, err := c.person()
		if err != nil {
			return err
		}
		n.Subjects = []api.Person{p}
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	ref, err := client.OpenCase(e.ctx, n)
	if err != nil {
		return err
	}
	return e.print(ref, func(w io.Writer) {
		fmt.Fprintf(w, "The file is open: %s\n", ref.ID)
		for _, p := range n.Subjects {
			writeUnread(w, subject(p))
		}
	})
}

type caseShow struct {
	ID entente.CaseID `arg:"" help:"File."`
	remote
}

func (c caseShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	v, err := client.Case(e.ctx, c.ID)
	if err != nil {
		return err
	}
	return e.print(v, func(w io.Writer) { writeCaseView(w, v) })
}

func writeCaseView(w io.Writer, v api.CaseView) {
	k := v.Case
	writeCase(w, k)
	fmt.Fprintf(w, "Purpose     %s\n", oneLine(k.Purpose))
	for _, s := range k.Subjects {
		writePerson(w, fmt.Sprintf("About %-5s ", s.ID), s)
		writeUnread(w, s)
	}
	if d := k.Closing; d != nil {
		fmt.Fprintf(w, "Closed      %s by %s, %s: %s\n", minute(d.At), d.By, d.Outcome, oneLine(d.Reason))
	}
	writeReopen(w, k.Reopen)
	for _, m := range v.Messages {
		fmt.Fprintf(w, "Message     %s  %s with %s: %s\n", m.ID, m.Kind, m.Partner, oneLine(m.Title))
	}
	for _, x := range v.Watches {
		fmt.Fprint(w, "Watch       ")
		writeWatch(w, x)
	}
	for _, f := range v.Flags {
		fmt.Fprintf(w, "Flag        %s, %s, from %s: %s\n", f.At.UTC().Format("2006-01-02"), oneLine(f.Kind), oneLine(f.Source), oneLine(f.Text))
	}
	for _, t := range v.Tasks {
		fmt.Fprint(w, "Task        ")
		writeTask(w, t)
	}
	writeHits(w, v.Hits, v.Near)
	writeLooks(w, v.Looks)
	fmt.Fprintln(w, "\nTimeline:")
	for _, n := range v.Entries {
		fmt.Fprintf(w, "  %s  %-10s  %s\n%s\n", minute(n.At), n.Kind, oneLine(n.By), quoted(n.Text))
	}
	if f := v.Waiting; f != nil && k.State == entente.CaseOpen {
		fmt.Fprintf(w, "\nIt cannot be closed yet: %s\n  next: %s\n", oneLine(f.Detail), oneLine(f.Hint))
		if len(v.Undecided) > 0 {
			fmt.Fprintf(w, "  as in: entente task show %s\n", v.Undecided[0].ID)
		}
	}
}

// writeReopen says what opens a file again once it is closed.
func writeReopen(w io.Writer, r entente.ReopenRule) {
	fmt.Fprintf(w, "Reopens     once closed: asked by a hit from %s up", r.From)
	if r.Flags > 0 {
		fmt.Fprintf(w, ", or by %d flags within %d days", r.Flags, int(r.Window.Hours()/24))
	}
	fmt.Fprintln(w)
}

type caseAssess struct {
	ID   entente.CaseID `arg:"" help:"File."`
	Text string         `arg:"" optional:"" help:"What you make of it; left out or -: read from the input, so that it does not stand in the list of processes."`
	remote
}

func (c caseAssess) Run(e *env) error {
	return c.change(e, c.Text, func(client *api.Client, text string) (string, error) {
		return "Noted.", client.AssessCase(e.ctx, c.ID, text)
	})
}

// change reads a text, makes one change, and says what was done.
func (r remote) change(e *env, text string, do func(*api.Client, string) (string, error)) error {
	text, err := e.words(text, 64<<10)
	if err != nil {
		return err
	}
	client, _, err := r.client(e)
	if err != nil {
		return err
	}
	said, err := do(client, text)
	if err != nil {
		return err
	}
	return e.print(map[string]any{"done": true}, func(w io.Writer) { fmt.Fprintln(w, said) })
}

type caseFlag struct {
	ID      entente.CaseID    `arg:"" help:"File."`
	Kind    string            `required:"" help:"One of: ${flags}."`
	Text    string            `arg:"" optional:"" help:"What the concern is; left out or -: read from the input."`
	Source  string            `help:"Who raised it: a party, a feed or a role, never a person; your role if left out."`
	Grade   entente.Grade     `help:"Admiralty grading." placeholder:"B2"`
	Message entente.MessageID `help:"The message that says so." placeholder:"ID"`
	remote
}

func (c caseFlag) Run(e *env) error {
	return c.change(e, c.Text, func(client *api.Client, text string) (string, error) {
		return "Noted. Enough flags ask a person to open a closed file again.", client.FlagCase(e.ctx, c.ID, api.NewFlag{Kind: c.Kind, Text: text, Source: c.Source, Grade: c.Grade, Message: c.Message})
	})
}

type caseLink struct {
	ID      entente.CaseID    `arg:"" help:"File."`
	Message entente.MessageID `arg:"" help:"Message."`
	remote
}

func (c caseLink) Run(e *env) error {
	return c.change(e, string(c.Message), func(client *api.Client, _ string) (string, error) {
		return "The message is in the file.", client.LinkMessage(e.ctx, c.ID, c.Message)
	})
}

type caseUnlink struct {
	ID      entente.CaseID    `arg:"" help:"File."`
	Message entente.MessageID `arg:"" help:"Message."`
	Reason  string            `required:"" help:"Why it does not belong there. - reads it from the input."`
	remote
}

func (c caseUnlink) Run(e *env) error {
	return c.change(e, c.Reason, func(client *api.Client, reason string) (string, error) {
		return "The message is out of the file; the timeline keeps that it was in it. Whom it brought stays until  entente case correct", client.UnlinkMessage(e.ctx, c.ID, c.Message, reason)
	})
}

type caseClose struct {
	ID      entente.CaseID  `arg:"" help:"File."`
	Outcome entente.Outcome `required:"" help:"One of: ${outcomes}."`
	Reason  string          `required:"" help:"Why it is closed so. - reads it from the input."`
	Despite string          `help:"Why it is closed although hits in it wait for a decision; for supervisors."`
	reopenFlags
	remote
}

func (c caseClose) Run(e *env) error {
	return c.change(e, c.Reason, func(client *api.Client, reason string) (string, error) {
		v, err := client.Case(e.ctx, c.ID)
		if err != nil {
			return "", err
		}
		const said = "The file is closed. Its watches go on."
		rule := c.over(v.Case.Reopen)
		if c.Despite != "" {
			return said, client.CloseCaseUndecided(e.ctx, c.ID, api.CaseOverride{Outcome: c.Outcome, Reason: reason, Despite: c.Despite, Reopen: rule})
		}
		return said, client.CloseCase(e.ctx, c.ID, api.CaseClosing{Outcome: c.Outcome, Reason: reason, Reopen: rule})
	})
}

type caseReopen struct {
	ID     entente.CaseID `arg:"" help:"File."`
	Reason string         `required:"" help:"Why it is opened again. - reads it from the input."`
	remote
}

func (c caseReopen) Run(e *env) error {
	return c.change(e, c.Reason, func(client *api.Client, reason string) (string, error) {
		return "The file is open again.", client.ReopenCase(e.ctx, c.ID, reason)
	})
}

type caseAssign struct {
	ID      entente.CaseID    `arg:"" help:"File."`
	Role    entente.Role      `required:"" help:"analyst or supervisor."`
	Officer entente.OfficerID `help:"Who of them has it on the desk." placeholder:"OFFICER"`
	remote
}

func (c caseAssign) Run(e *env) error {
	return c.change(e, string(c.Role), func(client *api.Client, _ string) (string, error) {
		return "Given.", client.AssignCase(e.ctx, c.ID, api.CaseOwner{Role: c.Role, Officer: c.Officer})
	})
}

type caseCorrect struct {
	ID entente.CaseID `arg:"" help:"File."`
	personFlags
	Subject string `help:"Whom to replace, as the file numbers them (s1); new adds somebody. Needed where the file is about several." placeholder:"ID"`
	Reason  string `required:"" help:"What was wrong, and how you know. - reads it from the input."`
	remote
}

func (c caseCorrect) Run(e *env) error {
	p, err := c.person()
	if err != nil {
		return err
	}
	return c.change(e, c.Reason, func(client *api.Client, reason string) (string, error) {
		v, err := client.Case(e.ctx, c.ID)
		if err != nil {
			return "", err
		}
		people, err := c.replace(v.Case.Subjects, p)
		if err != nil {
			return "", err
		}
		return "Corrected; the timeline keeps that it happened.", client.CorrectCase(e.ctx, c.ID, api.CaseCorrection{Subjects: people, Reason: reason})
	})
}

func (c caseCorrect) replace(all []entente.Subject, p api.Person) ([]api.Person, error) {
	var people []api.Person
	var ids []string
	done := false
	for _, s := range all {
		ids = append(ids, s.ID)
		if s.ID == c.Subject || (c.Subject == "" && len(all) == 1) {
			people, done = append(people, p), true
			continue
		}
		people = append(people, api.PersonOf(s))
	}
	if c.Subject == "new" || len(all) == 0 {
		people, done = append(people, p), true
	}
	if !done {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "subject", Detail: "it does not say whom to replace", Hint: "add --subject with one of " + strings.Join(append(ids, "new"), ", ")}
	}
	return people, nil
}
