package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entente"
	"entente/api"
)

type inboxAck struct {
	ID entente.MessageID `arg:"" help:"Message."`
	remote
}

func (c inboxAck) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	if err := client.Acknowledge(e.ctx, c.ID); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "acknowledged": true}, func(w io.Writer) {
		fmt.Fprintln(w, "Acknowledged: the sender learns that a person has seen it.")
	})
}

type inboxTake struct {
	ID entente.MessageID `arg:"" help:"Message."`
	To entente.OfficerID `help:"Give it to this officer instead; a supervisor may." placeholder:"OFFICER"`
	remote
}

func (c inboxTake) Run(e *env) error {
	client, me, err := c.client(e)
	if err != nil {
		return err
	}
	if c.To != "" {
		me = c.To
	}
	if err := client.Assign(e.ctx, c.ID, me); err != nil {
		return err
	}
	return e.print(map[string]any{"id": c.ID, "officer": me}, func(w io.Writer) { fmt.Fprintf(w, "%s has it now.\n", me) })
}

type inboxAssess struct {
	ID   entente.MessageID `arg:"" help:"Message."`
	Text string            `arg:"" optional:"" help:"What you make of it; left out or -: read from the input, so that it does not stand in the list of processes."`
	remote
}

func (c inboxAssess) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	text, err := e.words(c.Text, 64<<10)
	if err != nil {
		return err
	}
	m, err := client.Message(e.ctx, c.ID, "")
	if err != nil {
		return err
	}
	version := 0
	if m.Assessment != nil {
		version = m.Assessment.Version
	}
	a, err := client.Assess(e.ctx, c.ID, api.AssessmentChange{Text: text, Version: version})
	if err != nil {
		return err
	}
	return e.print(a, func(w io.Writer) { fmt.Fprintf(w, "Noted; %s has the message.\n", a.Officer) })
}

type inboxDispose struct {
	ID      entente.MessageID `arg:"" help:"Message."`
	Outcome entente.Outcome   `required:"" help:"One of: ${outcomes}."`
	Reason  string            `required:"" help:"Why; the sender reads it. - reads it from the input."`
	Answer  []string          `help:"q1=… answers question q1; once for each." placeholder:"Q=TEXT" sep:"none"`
	Refuse  []string          `help:"q1=… refuses question q1, and says why." placeholder:"Q=WHY" sep:"none"`
	Credit  string            `help:"What the tip led to, if the sender may know."`
	Draft   entente.DraftID   `help:"Write the draft anew that a releaser returned to you, and put it before him again." placeholder:"ID"`
	remote
}

func (c inboxDispose) Run(e *env) error {
	d, err := c.disposition(e)
	if err != nil {
		return err
	}
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	var sent api.Sent
	if c.Draft == "" {
		sent, err = client.Dispose(e.ctx, c.ID, d)
	} else {
		sent, err = mend(e, client, c.ID, c.Draft, func(s *api.Content) bool {
			mends := s.Disposition != nil
			s.Disposition = &d
			return mends
		})
	}
	if err != nil {
		return err
	}
	return e.print(sent, func(w io.Writer) { tellSent(w, sent, "The decision") })
}

func (c inboxDispose) disposition(e *env) (d entente.Disposition, err error) {
	if !slices.Contains(outcomeNames(), string(c.Outcome)) {
		return d, &entente.Error{Kind: entente.Invalid, Field: "outcome", Detail: string(c.Outcome) + " is not an outcome", Hint: "choose one of " + strings.Join(outcomeNames(), ", ")}
	}
	d = entente.Disposition{Outcome: c.Outcome, Credit: c.Credit}
	if d.Reason, err = e.words(c.Reason, 64<<10); err != nil {
		return d, err
	}
	for flag, given := range map[string][]string{"answer": c.Answer, "refuse": c.Refuse} {
		for _, g := range given {
			q, text, ok := strings.Cut(g, "=")
			if !ok || q == "" || text == "" {
				return d, &entente.Error{Kind: entente.Invalid, Field: flag, Detail: "no question is named", Hint: "write --" + flag + " q1=\"…\""}
			}
			a := entente.Answer{Question: q, Text: text}
			if flag == "refuse" {
				a = entente.Answer{Question: q, Refused: text}
			}
			d.Answers = append(d.Answers, a)
		}
	}
	slices.SortStableFunc(d.Answers, func(a, b entente.Answer) int { return strings.Compare(a.Question, b.Question) })
	return d, nil
}

func outcomeNames() []string {
	var names []string
	for _, o := range entente.Outcomes {
		names = append(names, string(o.Outcome))
	}
	return names
}

type inboxNote struct {
	ID    entente.MessageID `arg:"" help:"Message."`
	Text  string            `arg:"" optional:"" help:"The note; left out or -: read from the input, so that it does not stand in the list of processes."`
	Draft entente.DraftID   `help:"Write the draft anew that a releaser returned to you, and put it before him again." placeholder:"ID"`
	remote
}

func (c inboxNote) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	text, err := e.words(c.Text, 64<<10)
	if err != nil {
		return err
	}
	var sent api.Sent
	if c.Draft == "" {
		sent, err = client.Note(e.ctx, c.ID, text)
	} else {
		sent, err = mend(e, client, c.ID, c.Draft, func(s *api.Content) bool {
			mends := s.Note != nil
			s.Note = &entente.Note{Text: text}
			return mends
		})
	}
	if err != nil {
		return err
	}
	return e.print(sent, func(w io.Writer) { tellSent(w, sent, "The note") })
}

// mend changes what a draft says and submits it again. change reports whether the
// draft is of the kind that it writes.
func mend(e *env, client *api.Client, re entente.MessageID, id entente.DraftID, change func(*api.Content) bool) (api.Sent, error) {
	p, err := client.Draft(e.ctx, id)
	if err != nil {
		return api.Sent{}, err
	}
	d := p.Draft
	content := d.Statement.Content
	if p.Answers != re || !change(&content) {
		return api.Sent{}, &entente.Error{Kind: entente.Invalid, Field: "draft", Detail: "this draft is not such an answer to that message", Hint: "entente tip list  shows what you have written"}
	}
	d, err = client.ChangeDraft(e.ctx, id, api.DraftChange{
		NewDraft: api.NewDraft{To: d.To, Agreement: d.Agreement, Expires: d.Expires, Statement: content}, Version: d.Version,
	})
	if err != nil {
		return api.Sent{}, err
	}
	_, err = client.Submit(e.ctx, id, d.Version)
	return api.Sent{ID: id}, err
}

func tellSent(w io.Writer, s api.Sent, what string) {
	if s.Released {
		fmt.Fprintf(w, "%s is on its way: %s\n", what, s.ID)
		return
	}
	fmt.Fprintf(w, "%s waits for a second officer, as the agreement wants. Next, as a releaser: entente release ok %s\n", what, s.ID)
}
