package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"entente"
	"entente/parse"
	"entente/screen"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// NewCase is a file to be opened.
type NewCase struct {
	Title    string
	Purpose  string
	Message  entente.MessageID // the tip that it is opened on; its subjects and title are the case's, unless others are given
	Subjects []entente.Subject
	Reopen   entente.ReopenRule // zero: entente.DefaultReopen
}

// OpenCase opens a file.
func (d *Desk) OpenCase(ctx context.Context, by entente.Officer, n NewCase) (entente.CaseID, error) {
	c := entente.Case{
		ID: entente.CaseID(newID()), Version: 1, Title: strings.TrimSpace(n.Title), State: entente.CaseOpen, Owner: entente.Analyst,
		Officer: by.ID, Purpose: n.Purpose, Subjects: n.Subjects, Reopen: n.Reopen, Opened: d.now(),
	}
	if err := checkReopen(&c); err != nil {
		return "", err
	}
	if _, err := parse.Written("subjects", n.Subjects, d.now()); err != nil {
		return "", err
	}
	c.Subjects = parse.Countries(n.Subjects)
	act, opened := d.act(by, entente.OpCase, "case "+string(c.ID)), c.ID
	act.Result = &opened
	err := d.doAct(ctx, act, func(tx entente.Tx) error {
		entry := entente.Entry{Kind: "opened", Text: "The file was opened."}
		if n.Message != "" {
			f, err := tx.Message(n.Message)
			if err != nil {
				return err
			}
			if tip := f.Message.Statement.Tip; tip != nil {
				c.Title = cmp.Or(c.Title, tip.Title)
				if len(c.Subjects) == 0 {
					c.Subjects = tip.Subjects
				}
			}
			c.Purpose = cmp.Or(c.Purpose, string(f.Message.Statement.Purpose))
			c.Messages = []entente.MessageID{n.Message}
			entry.Message, entry.Text = n.Message, "The file was opened on a message of "+string(f.Partner())+"."
		}
		if err := checkCase(&c); err != nil {
			return err
		}
		if err := d.storeCase(tx, c); err != nil {
			return err
		}
		if err := d.enter(tx, by, c.ID, entry); err != nil {
			return err
		}
		return screen.Mark(tx, targetCase(c.ID))
	})
	return opened, err
}

// checkCase holds a file to its bounds, and numbers its subjects.
func checkCase(c *entente.Case) (err error) {
	switch {
	case c.Title == "":
		return needs("title", "a file needs a title", "write one line by which the desk knows it")
	case len(c.Title) > 200:
		return needs("title", "the title is longer than 200 bytes", "shorten it")
	case c.Purpose == "":
		return needs("purpose", "a file needs a purpose", "name the purpose under which it is kept, as in an agreement")
	case len(c.Subjects) > maxSubjects:
		return needs("subjects", fmt.Sprintf("a file is about at most %d people", maxSubjects), "open another file for the rest")
	}
	c.Subjects, err = parse.Subjects("subjects", c.Subjects)
	return err
}

const (
	maxSubjects = 50
	maxText     = 20_000
	maxSource   = 100
)

func needs(field, detail, hint string) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: hint}
}

// checkText gives text without the space around it.
func checkText(field, text, hint string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", needs(field, "the "+field+" is missing", hint)
	}
	if len(text) > maxText {
		return "", needs(field, fmt.Sprintf("the %s is longer than %d bytes", field, maxText), "shorten it")
	}
	if e, ok := parse.Readable(text).(*entente.Error); ok {
		return "", needs(field, e.Detail, e.Hint)
	}
	return text, nil
}

// enter adds a line to a case's timeline.
func (d *Desk) enter(tx entente.Tx, by entente.Officer, id entente.CaseID, e entente.Entry) error {
	e.Case, e.At, e.By = id, d.now(), string(by.ID)
	_, err := tx.AddEntry(e)
	return err
}

// amend changes a case and says so in its timeline.
func (d *Desk) amend(ctx context.Context, by entente.Officer, id entente.CaseID, fn func(entente.Tx, *entente.Case) (entente.Entry, error)) error {
	return d.amendAs(ctx, by, entente.OpCase, id, fn)
}

func (d *Desk) amendAs(ctx context.Context, by entente.Officer, op entente.Operation, id entente.CaseID, fn func(entente.Tx, *entente.Case) (entente.Entry, error)) error {
	return d.do(ctx, by, op, "case "+string(id), func(tx entente.Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		entry, err := fn(tx, &c)
		if err != nil {
			return err
		}
		return d.putCase(tx, by, c, entry)
	})
}

func (d *Desk) putCase(tx entente.Tx, by entente.Officer, c entente.Case, entry entente.Entry) error {
	c.Version++
	if err := d.storeCase(tx, c); err != nil {
		return err
	}
	if err := d.enter(tx, by, c.ID, entry); err != nil {
		return err
	}
	return screen.Mark(tx, targetCase(c.ID))
}

func targetCase(id entente.CaseID) entente.Target {
	return entente.Target{Kind: entente.TargetCase, ID: string(id)}
}

// AssessCase writes an officer's assessment into the timeline.
func (d *Desk) AssessCase(ctx context.Context, by entente.Officer, id entente.CaseID, text string) error {
	text, err := checkText("assessment", text, "write what you make of it")
	if err != nil {
		return err
	}
	return d.amend(ctx, by, id, func(_ entente.Tx, c *entente.Case) (entente.Entry, error) {
		return entente.Entry{Kind: "assessment", Text: text}, open(*c)
	})
}

func open(c entente.Case) error {
	if c.State != entente.CaseOpen {
		return &entente.Error{Kind: entente.Conflict, Detail: "the file is closed", Hint: "open it again first, with a reason"}
	}
	return nil
}

// LinkMessage puts a message into a file. A tip that reinforces a closed one asks
// whether it opens again.
func (d *Desk) LinkMessage(ctx context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID) error {
	return d.amend(ctx, by, id, func(tx entente.Tx, c *entente.Case) (entente.Entry, error) {
		entry, err := d.link(tx, c, m, func(entente.Subject) bool { return true })
		if err != nil || c.State != entente.CaseClosed {
			return entry, err
		}
		f, err := tx.Message(m)
		if err == nil && f.Direction == entente.Incoming && f.Message.Statement.Tip != nil {
			err = d.askReopen(tx, *c, c.Title+": a tip was put into the closed file")
		}
		return entry, err
	})
}

// link puts a message into a file. A tip brings whom it is about, as far as they
// belong there: another spelling or birth date of a person is kept beside what the
// file has.
func (d *Desk) link(tx entente.Tx, c *entente.Case, m entente.MessageID, belongs func(entente.Subject) bool) (entente.Entry, error) {
	f, err := tx.Message(m)
	if err != nil {
		return entente.Entry{}, err
	}
	if slices.Contains(c.Messages, m) {
		return entente.Entry{}, &entente.Error{Kind: entente.Conflict, Detail: "the message is in this file already"}
	}
	c.Messages = append(slices.Clip(c.Messages), m)
	text := "A message of " + string(f.Partner()) + " was put into the file."
	if tip := f.Message.Statement.Tip; tip != nil {
		brings := slices.DeleteFunc(slices.Clone(tip.Subjects), func(s entente.Subject) bool { return !belongs(s) })
		if len(c.Subjects)+len(brings) > maxSubjects {
			text += fmt.Sprintf(" Whom it is about was left out, because the file is about %d people already.", len(c.Subjects))
			brings = nil
		}
		c.Subjects = append(slices.Clip(c.Subjects), brings...)
		if err := checkCase(c); err != nil {
			return entente.Entry{}, err
		}
	}
	return entente.Entry{Kind: "message", Message: m, Text: text}, nil
}

// UnlinkMessage takes out of a file a message that does not belong there. Whom it
// brought stays until CorrectCase: only a person can tell who is whom.
func (d *Desk) UnlinkMessage(ctx context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID, reason string) error {
	reason, err := checkText("reason", reason, "say why it does not belong into this file")
	if err != nil {
		return err
	}
	return d.amend(ctx, by, id, func(_ entente.Tx, c *entente.Case) (entente.Entry, error) {
		i := slices.Index(c.Messages, m)
		if i < 0 {
			return entente.Entry{}, &entente.Error{Kind: entente.NotFound, Detail: "the message is not in this file"}
		}
		c.Messages = slices.Delete(slices.Clone(c.Messages), i, i+1)
		return entente.Entry{Kind: "message", Message: m, Text: "A message was taken out of the file: " + reason}, nil
	})
}

// CorrectCase replaces whom a file is about, for a reason. The timeline keeps
// that it happened.
func (d *Desk) CorrectCase(ctx context.Context, by entente.Officer, id entente.CaseID, subjects []entente.Subject, reason string) error {
	reason, err := checkText("reason", reason, "say what was wrong and how you know")
	if err != nil {
		return err
	}
	return d.amend(ctx, by, id, func(_ entente.Tx, c *entente.Case) (entente.Entry, error) {
		if c.Subjects, err = parse.Written("subjects", subjects, d.now()); err != nil {
			return entente.Entry{}, err
		}
		return entente.Entry{Kind: "assessment", Text: "Whom the file is about was corrected: " + reason}, checkCase(c)
	})
}

// AssignCase gives a file to a role, and to an officer of that role if one is named.
func (d *Desk) AssignCase(ctx context.Context, by entente.Officer, id entente.CaseID, role entente.Role, officer entente.OfficerID) error {
	if role != entente.Analyst && role != entente.Supervisor {
		return needs("owner", "files belong to analysts or supervisors", "choose one of the two roles")
	}
	return d.amend(ctx, by, id, func(tx entente.Tx, c *entente.Case) (entente.Entry, error) {
		to := string(role)
		if officer != "" {
			o, err := tx.Officer(officer)
			if err != nil {
				return entente.Entry{}, err
			}
			if o.Role != role || !o.Disabled.IsZero() {
				return entente.Entry{}, needs("officer", "that officer does not have this role", "choose an officer who does, or none")
			}
			to = string(officer)
		}
		c.Owner, c.Officer = role, officer
		return entente.Entry{Kind: "assigned", Text: "The file was given to " + to + "."}, nil
	})
}

// AddFlag notes a reason for concern on a file. Enough of them ask a person to
// open a closed file again.
func (d *Desk) AddFlag(ctx context.Context, by entente.Officer, id entente.CaseID, f entente.Flag) error {
	text, err := checkText("text", f.Text, "say what the concern is")
	if err != nil {
		return err
	}
	if !slices.Contains(entente.FlagKinds, f.Kind) {
		return needs("kind", "this is no kind of concern", "choose one of: "+strings.Join(entente.FlagKinds, ", "))
	}
	if f.Source = strings.TrimSpace(f.Source); len(f.Source) > maxSource {
		return needs("source", fmt.Sprintf("the source is longer than %d bytes", maxSource), "name a party, a feed or a role")
	}
	f.ID, f.Case, f.Text, f.At = entente.FlagID(newID()), id, text, d.now()
	f.Source = cmp.Or(f.Source, string(by.Role))
	return d.amend(ctx, by, id, func(tx entente.Tx, c *entente.Case) (entente.Entry, error) {
		return entente.Entry{Kind: "flag", Flag: f.ID, Text: f.Kind + ": " + text}, d.flag(tx, *c, f)
	})
}

// flag stores a flag, and asks whether a closed file opens when its rule says so.
func (d *Desk) flag(tx entente.Tx, c entente.Case, f entente.Flag) error {
	if err := tx.PutFlag(f); err != nil {
		return err
	}
	if c.State != entente.CaseClosed || c.Reopen.Flags <= 0 {
		return nil
	}
	flags, err := tx.Flags(c.ID)
	if err != nil {
		return err
	}
	fresh := 0
	for _, g := range flags {
		if f.At.Sub(g.At) <= c.Reopen.Window {
			fresh++
		}
	}
	if fresh < c.Reopen.Flags {
		return nil
	}
	return d.askReopen(tx, c, fmt.Sprintf("%s: %d flags within %d days", c.Title, fresh, int(c.Reopen.Window.Hours()/24)))
}
