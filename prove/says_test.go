package prove_test

import (
	"bytes"
	"strings"
	"testing"

	"entente"
	"entente/prove"
)

// Every kind of message is summed up by what its reader looks for.
func TestEveryKindIsSummedUp(t *testing.T) {
	re := messageID(77)
	refs := []entente.Ref{{Rel: entente.Answers, ID: re, Digest: entente.DigestOf([]byte("the tip"))}}
	made := func(kind entente.Kind, body func(*entente.Statement)) entente.Statement {
		s := note("")
		s.Kind, s.Note = kind, nil
		body(&s)
		return s
	}
	for _, tt := range []struct {
		s    entente.Statement
		want []string
	}{
		{note("word between desks"), []string{"A note for the purpose terrorism-prevention", "Text: word between desks"}},
		{tip(), []string{"Title: Арсен Кадаев", "graded B2 (usually reliable source, probably true)", "Question: Will he travel?"}},
		{made(entente.KindAcknowledgement, func(s *entente.Statement) {
			s.Refs, s.Acknowledgement = refs, &entente.Acknowledgement{Role: entente.Analyst}
		}), []string{"It answers message " + string(re), "A person in the role analyst has seen"}},
		{made(entente.KindDisposition, func(s *entente.Statement) {
			s.Refs, s.Disposition = refs, &entente.Disposition{Outcome: entente.OutcomeNoLink, Reason: "nothing found"}
		}), []string{"Outcome: no-link. Reason: nothing found"}},
		{made(entente.KindNotice, func(s *entente.Statement) {
			s.Notice = &entente.Notice{What: entente.NoticeLevel, Level: entente.WarningsOnly, Towards: entente.TowardsAll, Number: 1, Reason: "talks broke down"}
		}), []string{"Notice of level", "warnings-only", "talks broke down"}},
	} {
		r := holds(t, newWorld(t).tell(tt.s)).String()
		for _, want := range tt.want {
			if !flat(r, want) {
				t.Errorf("%s: no %q in\n%s", tt.s.Kind, want, r)
			}
		}
	}
}

func TestParagraphsStayApart(t *testing.T) {
	r := holds(t, newWorld(t).tell(note("First paragraph.\n\nSecond paragraph.")))
	if !strings.Contains(r.String(), "First paragraph.\n\n     Second paragraph.\n") {
		t.Errorf("%s", r)
	}
}

func TestAttachmentsAreNamedNotShown(t *testing.T) {
	s := note("with a file")
	s.Attachments = []entente.Attachment{{
		Digest: entente.DigestOf([]byte("an age file")), Size: 11, Name: "letter.pdf", Media: "application/pdf", Key: attachmentKey,
	}}
	w := newWorld(t)
	e := w.tell(s)
	r := holds(t, e)
	if !says(r.NotProven, "What the 1 attachment of the message") || says(r.Remarks, "holds the keys") || bytes.Contains(zip(t, e), []byte("AGE-SECRET")) || r.Withheld != 1 {
		t.Errorf("%s", r)
	}
	e = w.open(e, w.last, prove.Whole)
	r = holds(t, e)
	if !says(r.Remarks, "holds the keys") || strings.Contains(r.String(), "AGE-SECRET") || r.Withheld != 0 {
		t.Errorf("%s", r)
	}
}

const attachmentKey = "AGE-SECRET-KEY-PQ-1QQQQ"

// A message is sealed to an edition of the recipient: without it nobody can say
// which keys the recipient had.
func TestTheEditionsThatAnEnvelopeNamesAreNeeded(t *testing.T) {
	w := newWorld(t)
	old := w.albia.notes
	w.albia = w.albia.rotate(t, "seal")
	e := w.tell(note("for the new key"))
	holds(t, e)
	e.Recipient = old
	fails(t, e, "the edition of the recipient is missing")
}

func TestTooManyPartsAreRefused(t *testing.T) {
	w, e := second(t)
	many := e
	link := w.link(w.sender, 2, w.sender.head.Checkpoint)
	for range 200 {
		many.Later = append(many.Later, link)
	}
	fails(t, many, "too many later checkpoints")
	crowd := e
	for range 100 {
		crowd.Others = append(crowd.Others, e.Sender[0])
	}
	fails(t, crowd, "too many descriptors")
}

// flat looks for words in a text whose lines were wrapped.
func flat(text, words string) bool {
	return strings.Contains(strings.Join(strings.Fields(text), " "), words)
}
