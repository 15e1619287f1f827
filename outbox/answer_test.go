package outbox_test

import (
	"testing"

	"entente"
	"entente/outbox"
)

// north is where both sides exchange.
const north entente.AgreementID = "north-star"

func answerTo(re entente.MessageID, s entente.Statement) entente.Draft {
	s.Refs, s.Purpose = entente.Answering(re), "terrorism-prevention"
	return entente.Draft{To: "albia-ncc", Agreement: north, Statement: s}
}

func decision(answers ...entente.Answer) entente.Statement {
	return entente.Statement{Kind: entente.KindDisposition, Disposition: &entente.Disposition{Outcome: entente.OutcomeNoLink, Reason: "Nothing found.", Answers: answers}}
}

// A releaser may write drafts and release some kinds alone. That must not make
// him one who decides, or who changes levels.
func TestWriteBeyondTheRole(t *testing.T) {
	w := newWorld(t, nil)
	note := entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: "A word."}}
	notice := entente.Statement{Kind: entente.KindNotice, Notice: &entente.Notice{What: entente.NoticeLevel, Level: entente.Suspended, Towards: entente.TowardsAll, Number: 1, Reason: "Because."}}
	for _, x := range []struct {
		what string
		by   entente.Officer
		s    entente.Statement
		want error
	}{
		{"an analyst drafts a decision", analyst, decision(), nil},
		{"a releaser drafts a decision", releaser, decision(), entente.Denied},
		{"a releaser drafts a note", releaser, note, nil},
		{"a supervisor drafts a note", supervisor, note, entente.Denied}, // he writes it on its thread, by Send
		{"a releaser drafts a change of level", releaser, notice, entente.Denied},
		{"an analyst drafts a change of level", analyst, notice, entente.Denied},
	} {
		_, err := w.borea.out.Write(w.ctx, x.by, answerTo("", x.s))
		w.want(err, x.want, x.what)
	}
	_, _, err := w.borea.out.Send(w.ctx, supervisor, answerTo("", notice))
	w.want(err, entente.Denied, "a supervisor sends a notice by hand")
	d, err := w.borea.out.Write(w.ctx, releaser, answerTo("", note))
	w.ok(err)
	d.Statement = decision()
	_, err = w.borea.out.Write(w.ctx, releaser, d)
	w.want(err, entente.Denied, "a releaser makes his note a decision")
}

// What is said on a thread is said to the party of that thread, and only the
// recipient of a tip decides on it, with every question answered.
func TestAnswers(t *testing.T) {
	w := newWorld(t, nil, terms, otherTerms)
	ours := w.tip(north)
	d, err := w.albia.out.Write(w.ctx, analyst, entente.Draft{To: "borea-sls", Agreement: north, Statement: tipOf("Albia's")})
	w.ok(err)
	d, err = w.albia.out.Submit(w.ctx, analyst, d.ID, d.Version)
	w.ok(err)
	_, err = w.albia.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	w.exchange(w.albia)
	theirs := d.ID
	no := entente.Answer{Question: "q1", Text: "No."}
	otherwise := answerTo(theirs, entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: "A word."}})
	otherwise.Agreement = "west-star"
	for _, x := range []struct {
		what  string
		draft entente.Draft
		want  error
	}{
		{"a decision", answerTo(theirs, decision(no)), nil},
		{"a decision with an open question", answerTo(theirs, decision()), entente.Invalid},
		{"a decision that answers what nobody asked", answerTo(theirs, decision(no, entente.Answer{Question: "q2", Text: "No."})), entente.Invalid},
		{"a decision on our own tip", answerTo(ours, decision(no)), entente.Invalid},
		{"a note on what is not here", answerTo(w.borea.out.NewID(), entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: "A word."}}), entente.Invalid},
		{"a note on a thread of another agreement", otherwise, entente.Invalid},
	} {
		d, err := w.borea.out.Write(w.ctx, analyst, x.draft)
		w.ok(err)
		_, err = w.borea.out.Submit(w.ctx, analyst, d.ID, d.Version)
		w.want(err, x.want, x.what)
		_, _, err = w.borea.out.Send(w.ctx, analyst, x.draft)
		w.want(err, x.want, x.what+", in one step")
	}
}

// otherTerms is a second agreement between the two.
const otherTerms = `entente = "agreement/1"
id = "west-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Another matter."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention"]

[handling]
default = { tlp = "AMBER", pap = "AMBER", court-use = "ask", onward = "originator" }
`

// The node's own notices are nobody's to write.
func TestNodeIsNoOfficer(t *testing.T) {
	w := newWorld(t, nil)
	_, err := w.borea.out.Write(w.ctx, outbox.Node, answerTo("", entente.Statement{Kind: entente.KindNote, Note: &entente.Note{Text: "A word."}}))
	w.want(err, entente.Denied, "the node writes a note")
}
