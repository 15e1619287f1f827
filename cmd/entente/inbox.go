package main

import (
	"fmt"
	"io"
	"time"

	"entente"
	"entente/api"
)

type inboxCmd struct {
	List    inboxList    `cmd:"" default:"withargs" help:"List tips by urgency."`
	Show    inboxShow    `cmd:"" help:"Open a message."`
	Ack     inboxAck     `cmd:"" help:"Tell the sender that a person has seen it."`
	Take    inboxTake    `cmd:"" help:"Take a message that nobody has."`
	Assess  inboxAssess  `cmd:"" help:"Note what you make of it; it stays at home."`
	Dispose inboxDispose `cmd:"" help:"Say what came of it, and answer its questions."`
	Note    inboxNote    `cmd:"" help:"Write a note to the other desk, on the thread of a message."`
	File    inboxFile    `cmd:"" help:"Save a file of a message."`
	Watch   inboxWatch   `cmd:"" help:"Follow a message: delivered, seen, decided."`
}

type inboxList struct {
	Open bool           `help:"Only what still owes something, either way."`
	Sent bool           `help:"What we sent, instead of what came in."`
	Kind []entente.Kind `help:"Kinds: tip, note, notice, disposition, acknowledgement." default:"tip"`
	Max  int            `help:"The most messages." default:"100"`
	remote
}

func (c inboxList) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	q := api.InboxQuery{Direction: entente.Incoming, Kind: c.Kind, Open: c.Open, Limit: c.Max}
	if c.Sent {
		q.Direction = entente.Outgoing
	}
	items, err := client.Inbox(e.ctx, q)
	if err != nil {
		return err
	}
	return e.print(items, func(w io.Writer) {
		if len(items) == 0 {
			fmt.Fprintln(w, "There is nothing here.")
		}
		for _, i := range items {
			writeItem(w, i)
		}
	})
}

func writeItem(w io.Writer, i api.Item) {
	state, way := "on its way", "to"
	if i.Direction == entente.Incoming {
		way = "from"
	}
	if done := stages(i.Progress); len(done) > 0 {
		state = done[len(done)-1].name
	}
	if a := i.Progress.Answer; a != nil {
		state = "answer " + string(a.State)
	}
	if due := due(i.Obligations); !due.IsZero() {
		state += ", due " + minute(due)
		if time.Now().After(due) {
			state += " OVERDUE"
		}
	}
	fmt.Fprintf(w, "%s  %-9s  %s %s %s  %s\n    %s\n", i.ID, i.Precedence, i.Kind, way, i.Partner, state, oneLine(i.Title))
}

// due is when the next thing is due; zero: nothing is owed.
func due(all []api.Obligation) (next time.Time) {
	for _, o := range all {
		if o.Met == nil && !o.Due.IsZero() && o.State != entente.ObligationVoid && (next.IsZero() || o.Due.Before(next)) {
			next = o.Due
		}
	}
	return next
}

type inboxShow struct {
	ID entente.MessageID `arg:"" help:"Message."`
	remote
}

func (c inboxShow) Run(e *env) error {
	client, _, err := c.client(e)
	if err != nil {
		return err
	}
	m, err := client.Message(e.ctx, c.ID, "")
	if err != nil {
		return err
	}
	return e.print(m, func(w io.Writer) {
		writeMessage(w, m)
		writeNext(w, m)
	})
}

// writeNext says what is owed next for a message that came in.
func writeNext(w io.Writer, m api.Message) {
	if m.Direction != entente.Incoming || m.Statement.Tip == nil {
		return
	}
	again := m.Progress.Answer == nil || m.Progress.Answer.State == entente.AnswerRefused
	if m.Progress.Seen.IsZero() && again {
		fmt.Fprintf(w, "\nNext: entente inbox ack %s\n", m.ID)
		return
	}
	if m.Progress.Decided.IsZero() && (again || m.Progress.Answer.Kind != entente.KindDisposition) {
		fmt.Fprintf(w, "\nNext: entente inbox dispose %s --outcome … --reason …", m.ID)
		for _, q := range m.Statement.Tip.Questions {
			fmt.Fprintf(w, " --answer %s=…", q.ID)
		}
		fmt.Fprintln(w)
	}
}
