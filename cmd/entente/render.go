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

// minute is a time for people.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// writeProposal shows a draft to whoever wrote it or is to release it.
func writeProposal(w io.Writer, p api.Proposal) {
	d := p.Draft
	fmt.Fprintf(w, "Draft %s, %s\n", d.ID, d.State)
	fmt.Fprintf(w, "To          %s (%s, %s)\n", d.To, oneLine(p.Recipient.Name), p.Recipient.Country)
	fmt.Fprintf(w, "Agreement   %s\n", d.Agreement)
	fmt.Fprintf(w, "By          %s\n", d.Author)
	if d.Returned != "" {
		fmt.Fprintf(w, "Returned:\n%s\n", quoted(d.Returned))
	}
	writeStatement(w, d.Statement)
	writeDecision(w, p.Decision)
	if p.Problem != nil {
		fmt.Fprintf(w, "It cannot leave as it stands: %s: %s\n", p.Problem.Field, p.Problem.Detail)
	}
	if p.FourEyes {
		fmt.Fprintf(w, "A second officer releases it: %s\n", p.Clause)
	}
}

// writeMessage shows a message with all that belongs to it.
func writeMessage(w io.Writer, m api.Message) {
	fmt.Fprintf(w, "Message %s\n", m.ID)
	fmt.Fprintf(w, "From        %s (%s)\n", m.Header.From, oneLine(m.Sender.Name))
	fmt.Fprintf(w, "To          %s (%s)\n", m.Header.To, oneLine(m.Recipient.Name))
	fmt.Fprintf(w, "Agreement   %s, epoch %d, place %d in the ledger\n", m.Header.Agreement, m.Header.Epoch, m.Header.Seq)
	if m.Author != "" {
		fmt.Fprintf(w, "By          %s, released by %s (%s)\n", m.Author, m.Releaser, m.Clause)
	}
	if m.Older {
		fmt.Fprintln(w, "Version     older than the two parties agreed on")
	}
	for _, name := range m.NotUnderstood {
		fmt.Fprintf(w, "Extension   %s: not understood by this version\n", oneLine(name))
	}
	if l := m.Lost; l != nil {
		fmt.Fprintf(w, "Answers     our message %s, lost here in a restore: place %d of %s\n", l.ID, l.Seq, l.Ledger)
	}
	writeProgress(w, m.Progress)
	for _, o := range m.Obligations {
		writeObligation(w, o)
	}
	if a := m.Assessment; a != nil {
		fmt.Fprintf(w, "With        %s\n", cmp.Or(string(a.Officer), "nobody"))
		if a.Text != "" {
			fmt.Fprintf(w, "Assessment, at home only:\n%s\n", quoted(a.Text))
		}
	}
	writeStatement(w, m.Statement)
	if tip := m.Statement.Tip; tip != nil && m.Direction == entente.Incoming {
		for _, s := range tip.Subjects {
			writeUnread(w, s)
		}
	}
	for _, s := range m.Mismatches {
		fmt.Fprintf(w, "Note: %s\n", oneLine(s))
	}
	writeDecision(w, m.Decision)
	for _, o := range m.Others {
		fmt.Fprintf(w, "\n%s %s, %s, from %s\n", o.Kind, o.ID, minute(o.At), o.Header.From)
		writeStatement(w, o.Statement)
	}
}

func writeProgress(w io.Writer, p api.Progress) {
	for _, s := range stages(p) {
		fmt.Fprintf(w, "%-11s %s%s\n", strings.ToUpper(s.name[:1])+s.name[1:], minute(s.at), s.more)
	}
	if a := p.Answer; a != nil {
		fmt.Fprintf(w, "%-11s %s\n", "Answer", underway(*a))
	}
}

// underway says where an answer of ours stands that has no receipt.
func underway(a api.Underway) string {
	what := string(a.Kind)
	if a.Outcome != "" {
		what += ": " + string(a.Outcome)
	}
	switch {
	case a.State == entente.AnswerRefused:
		return what + ", refused: " + a.Refused.Words + " Say it again: what is owed stays owed."
	case a.Refused != nil:
		return what + ", put off: " + a.Refused.Words + " It is offered again."
	}
	return what + ", on its way: there is no receipt for it yet"
}

// stage is one step of a message on its way.
type stage struct {
	name string
	at   time.Time
	more string
}

// stages gives those that a message has behind it, in order.
func stages(p api.Progress) []stage {
	all := []stage{{"released", p.Released, ""}, {"delivered", p.Delivered, ""}, {"seen", p.Seen, ""}, {"decided", p.Decided, ": " + string(p.Outcome)}}
	if p.Disputed {
		all[3].more += ", and another decision contradicts it"
	}
	if r := p.Refused; r != nil {
		name := "refused"
		if !r.Final {
			name = "put off"
		}
		all = append(all, stage{name, r.At, fmt.Sprintf(": %s %s (%s)", r.Words, r.Field, r.Reason)})
	}
	all = append(all, stage{"held", p.Held, ": a releaser sends or withdraws it"}, stage{"withdrawn", p.Withdrawn, ""})
	var done []stage
	for _, s := range all {
		if !s.at.IsZero() {
			done = append(done, s)
		}
	}
	return done
}

func writeObligation(w io.Writer, o api.Obligation) {
	until := ""
	if !o.Due.IsZero() {
		until = " until " + minute(o.Due)
	}
	fmt.Fprintf(w, "Owed        %s by %s%s: %s (%s)\n", o.Kind, o.Debtor, until, o.State, o.Clause)
	m := o.Met
	if m == nil {
		return
	}
	fmt.Fprintf(w, "            received %s, said to be written %s", minute(m.Received), minute(m.Written))
	if m.Under != "" {
		fmt.Fprintf(w, ", which counts (%s)", m.Under)
	}
	fmt.Fprintln(w)
}

// writeDecision shows what each clause says.
func writeDecision(w io.Writer, d api.Decision) {
	verdict := "lets it pass"
	if !d.Pass {
		verdict = "does NOT let it pass"
	}
	fmt.Fprintf(w, "\nThe agreement %s:\n", verdict)
	for _, f := range d.Findings {
		sign := "✓"
		if !f.Holds {
			sign = "✗"
		}
		where := ""
		if f.Line > 0 {
			where = fmt.Sprintf(" (line %d)", f.Line)
		}
		fmt.Fprintf(w, "  %s %s%s: %s\n", sign, f.Clause, where, oneLine(f.Says))
		for _, v := range f.Values {
			fmt.Fprintf(w, "      %s = %s\n", v.Name, oneLine(v.Value))
		}
	}
}

func caveats(c entente.Caveats) string {
	parts := []string{"TLP " + string(c.TLP), "PAP " + string(c.PAP), "onward: " + string(c.Onward), "court use: " + string(c.CourtUse)}
	if len(c.Purposes) > 0 {
		parts = append(parts, fmt.Sprintf("only for %v", c.Purposes))
	}
	if !c.Until.IsZero() {
		parts = append(parts, "not to be used after "+minute(c.Until))
	}
	return strings.Join(parts, " · ")
}
