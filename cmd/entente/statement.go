package main

import (
	"fmt"
	"io"
	"strings"

	"entente"
	"entente/api"
	"entente/seal"
)

// writeStatement shows what a message says. Texts of more than one line are set
// apart; everything else is one line, whatever its writer made of it.
func writeStatement(w io.Writer, s api.Statement) {
	fmt.Fprintf(w, "%s, %s, for %s\n", s.Kind, s.Precedence, s.Purpose)
	fmt.Fprintf(w, "Handling    %s\n", caveats(s.Caveats))
	switch {
	case s.Tip != nil:
		writeTip(w, *s.Tip)
	case s.Acknowledgement != nil:
		fmt.Fprintf(w, "Seen by a person: %s\n", s.Acknowledgement.Role)
	case s.Disposition != nil:
		writeDisposition(w, *s.Disposition)
	case s.Note != nil:
		fmt.Fprintln(w, quoted(s.Note.Text))
	case s.Notice != nil:
		writeNotice(w, *s.Notice)
	}
	for _, a := range s.Attachments {
		held := ""
		if a.Whole {
			held = ", here in full"
		} else if a.Held != nil {
			held = fmt.Sprintf(", %s here so far", kib(seal.ContentSize(*a.Held)))
		}
		fmt.Fprintf(w, "File        %s, %s, says it is %s%s\n            %s\n", oneLine(a.Name), kib(seal.ContentSize(a.Size)), oneLine(a.Media), held, a.Digest)
	}
}

func writeTip(w io.Writer, t entente.Tip) {
	fmt.Fprintf(w, "Category    %s\nTitle       %s\n", oneLine(t.Category), oneLine(t.Title))
	if t.Threat != "" {
		fmt.Fprintf(w, "THREAT      %s\n", oneLine(t.Threat))
	}
	fmt.Fprintln(w, quoted(t.Text))
	for _, s := range t.Subjects {
		writeSubject(w, s)
	}
	for _, c := range t.Claims {
		fmt.Fprintf(w, "Claim %-5s %s [%s: %s; %s]\n", c.ID, oneLine(c.Text), c.Grade, c.Grade.Words(), c.Nature)
	}
	for _, l := range t.Links {
		fmt.Fprintf(w, "Link        %s is %s %s [%s]\n", l.From, oneLine(l.As), l.To, l.Grade)
	}
	for _, p := range t.Places {
		fmt.Fprintf(w, "Place       %s %s\n", oneLine(p.Name), oneLine(string(p.Geometry)))
	}
	for _, q := range t.Questions {
		fmt.Fprintf(w, "Question %s %s\n", q.ID, oneLine(q.Text))
	}
	for _, h := range t.Withheld {
		fmt.Fprintf(w, "Withheld    %s: %s\n", oneLine(h.What), oneLine(h.Ask))
	}
	p := t.Provenance
	fmt.Fprintf(w, "Provenance  %s %s %s\n", p.Attestation, oneLine(p.Text), oneLine(p.Collected))
	if l := t.TearLine; l != nil {
		fmt.Fprintf(w, "May be shown further, TLP %s:\n%s\n", l.TLP, quoted(l.Text))
	}
}

func writeSubject(w io.Writer, s entente.Subject) {
	var names, more []string
	for _, n := range s.Names {
		name := oneLine(n.Text)
		if n.Use != "" {
			name += " (" + n.Use + ")"
		}
		names = append(names, name)
	}
	for _, n := range s.Nationalities {
		more = append(more, string(n))
	}
	for _, part := range []string{string(s.Sex), oneLine(s.Residence)} {
		if part != "" {
			more = append(more, part)
		}
	}
	fmt.Fprintf(w, "Subject %-3s %s [%s]\n", s.ID, strings.Join(names, " / "), strings.Join(more, ", "))
	for _, b := range s.Births {
		fmt.Fprintf(w, "  born %-5s %s %s [%s: %s; %s]\n", b.ID, b.Date, oneLine(b.Place), b.Grade, b.Grade.Words(), b.Nature)
	}
	for _, d := range s.Documents {
		fmt.Fprintf(w, "  %s %s %s\n", oneLine(d.Type), oneLine(d.Number), d.Country)
	}
	for _, i := range s.Identifiers {
		fmt.Fprintf(w, "  %s %s\n", oneLine(i.Kind), oneLine(i.Value))
	}
}

func writeDisposition(w io.Writer, d entente.Disposition) {
	fmt.Fprintf(w, "Outcome     %s (%s)\n%s\n", d.Outcome, outcomeWords(d.Outcome), quoted(d.Reason))
	for _, a := range d.Answers {
		if a.Refused != "" {
			fmt.Fprintf(w, "Answer to %s refused:\n%s\n", oneLine(a.Question), quoted(a.Refused))
			continue
		}
		fmt.Fprintf(w, "Answer to %s:\n%s\n", oneLine(a.Question), quoted(a.Text))
	}
	if d.Credit != "" {
		fmt.Fprintf(w, "Credit:\n%s\n", quoted(d.Credit))
	}
}

func outcomeWords(o entente.Outcome) string {
	for _, known := range entente.Outcomes {
		if known.Outcome == o {
			return known.Words
		}
	}
	return "not a word of this version"
}

func writeNotice(w io.Writer, n entente.Notice) {
	switch n.What {
	case entente.NoticeLevel:
		fmt.Fprintf(w, "Level       %s, %s, declaration %d\n%s\n", n.Level, map[entente.Towards]string{entente.TowardsPair: "towards the recipient", entente.TowardsAll: "towards all"}[n.Towards], n.Number, quoted(n.Reason))
	case entente.NoticeKey:
		fmt.Fprintf(w, "Descriptor  edition %d\n", n.Edition)
	case entente.NoticeCustody:
		fmt.Fprintf(w, "Custody     file %s held whole since %s\n", n.Digest, minute(n.Held))
	case entente.NoticeOutage:
		fmt.Fprintf(w, "Outage      from %s until %s\n", minute(n.From), minute(n.Until))
	case entente.NoticeWithdrawn:
		fmt.Fprintf(w, "Withdrawn   the message at place %d of this channel\n", *n.Place)
	}
}
