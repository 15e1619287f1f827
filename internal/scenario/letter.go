package scenario

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
	"entente/parse"
	"entente/prove"
)

// NorthStar is the text of the agreement between Albia and Borea.
//
//go:embed north-star.toml
var NorthStar []byte

//go:embed letter.toml
var letter []byte

// FirstDay is when the story begins: 4 March 2011, in the morning.
var FirstDay = time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)

// Step is one thing that happened, and what proved it.
type Step struct {
	Says  string `json:"step"`
	Proof string `json:"proof"`
}

// Albia and Borea are the two agencies of the story, not yet made.
var (
	Albia = Setup{ID: "albia-ncc", Name: "National Coordination Centre of Albia", Country: "XA", Officers: []entente.Officer{
		{ID: "anna.kern", Name: "Anna Kern", Role: entente.Analyst},
		{ID: "ruth.adler", Name: "Ruth Adler", Role: entente.Releaser},
		{ID: "paul.stern", Name: "Paul Stern", Role: entente.Supervisor},
		{ID: "ines.weber", Name: "Ines Weber", Role: entente.Overseer},
		{ID: "otto.lang", Name: "Otto Lang", Role: entente.Operator},
	}}
	Borea = Setup{ID: "borea-sls", Name: "Служба государственной связи Бореи", Country: "XB", Officers: []entente.Officer{
		{ID: "vera.orlova", Name: "Вера Орлова", Role: entente.Analyst},
		{ID: "ivan.sobol", Name: "Иван Соболь", Role: entente.Releaser},
		{ID: "lev.gromov", Name: "Лев Громов", Role: entente.Supervisor},
		{ID: "nina.belova", Name: "Нина Белова", Role: entente.Overseer},
		{ID: "oleg.titov", Name: "Олег Титов", Role: entente.Operator},
	}}
)

// Letter plays the first line of the scenario: Borea's letter, from draft to
// decision and proof. Both agencies must be running under NorthStar. Each step
// is reported as soon as it has been proved; the first that fails is the error.
func Letter(ctx context.Context, borea, albia *Agency, report func(Step)) (entente.MessageID, error) {
	s := &story{ctx: ctx, borea: borea, albia: albia, report: report}
	for _, step := range []func() error{
		s.agree, s.draft, s.attach, s.fourEyes, s.release, s.receipt, s.arrival, s.file,
		s.acknowledge, s.openQuestion, s.dispose, s.evidence, s.sameLedgers,
	} {
		if err := step(); err != nil {
			return s.id, err
		}
	}
	return s.id, nil
}

type story struct {
	ctx          context.Context
	borea, albia *Agency
	report       func(Step)
	id           entente.MessageID
	page         []byte // the scanned letter
}

func (s *story) done(proof, says string, args ...any) {
	s.report(Step{Says: fmt.Sprintf(says, args...), Proof: proof})
}

func (s *story) agree() error {
	for _, a := range []*Agency{s.borea, s.albia} {
		st, err := a.Node.Desk.Agreement(s.ctx, a.Officer(entente.Analyst), "north-star")
		if err != nil {
			return err
		}
		if !st.Record.Complete {
			return errors.New(string(a.ID) + " has the agreement without all signatures")
		}
	}
	s.done("both signatures hold over the same bytes at both nodes", "Albia and Borea are under the agreement North Star, epoch 1.")
	return nil
}

func (s *story) draft() error {
	f, err := parse.Tip(letter, s.borea.now())
	if err != nil {
		return err
	}
	d, err := s.borea.Node.Outbox.Write(s.ctx, s.borea.Officer(entente.Analyst), entente.Draft{To: f.To, Agreement: f.Agreement, Statement: f.Statement})
	if err != nil {
		return err
	}
	s.id = d.ID
	s.done("the draft is stored; nothing has left: the queue is empty", "Borea's analyst writes the letter as a tip: the name in Cyrillic, two birth dates each with its grading, a question, a pointer to recordings that are withheld.")
	return nil
}

func (s *story) attach() error {
	s.page = []byte(strings.Repeat("Письмо, лист 1. Scanned page of the letter, invented for this story.\n", 5000))
	a, err := s.borea.Node.Outbox.Attach(s.ctx, s.borea.Officer(entente.Analyst), s.id, "письмо-1.txt", "text/plain", bytes.NewReader(s.page))
	if err != nil {
		return err
	}
	s.done(fmt.Sprintf("an age file of %d bytes with digest %s…", a.Size, a.Digest.Short()), "The scanned page is attached and encrypted as it is read.")
	return nil
}

func (s *story) fourEyes() error {
	author := s.borea.Officer(entente.Analyst)
	p, err := s.borea.Node.Outbox.Proposal(s.ctx, author, s.id)
	if err != nil {
		return err
	}
	if err := p.Decision.Err(); err != nil {
		return err
	}
	if _, err := s.borea.Node.Outbox.Submit(s.ctx, author, s.id, p.Draft.Version); err != nil {
		return err
	}
	asReleaser := author
	asReleaser.Role = entente.Releaser
	p, err = s.borea.Node.Outbox.Proposal(s.ctx, asReleaser, s.id)
	if err != nil {
		return err
	}
	_, err = s.borea.Node.Outbox.Release(s.ctx, asReleaser, s.id, p.Digest)
	if !errors.Is(err, entente.Denied) {
		return fmt.Errorf("the author could release his own draft: %v", err)
	}
	s.done("refused: "+err.Error(), "The author tries to release it alone, even as a releaser.")
	return nil
}

func (s *story) release() error {
	by := s.borea.Officer(entente.Releaser)
	p, err := s.borea.Node.Outbox.Proposal(s.ctx, by, s.id)
	if err != nil {
		return err
	}
	if _, err := s.borea.Node.Outbox.Release(s.ctx, by, s.id, entente.DigestOf([]byte("other bytes"))); !errors.Is(err, entente.Conflict) {
		return fmt.Errorf("bytes that nobody was shown could be released: %v", err)
	}
	if _, err := s.borea.Node.Outbox.Release(s.ctx, by, s.id, p.Digest); err != nil {
		return err
	}
	s.done(fmt.Sprintf("%d bytes with digest %s…, clause %s", len(p.Payload), p.Digest.Short(), p.Clause), "A second officer releases exactly the bytes that he was shown.")
	return nil
}

func (s *story) receipt() error {
	v, err := s.until(s.borea, "Borea has Albia's receipt", func(v casework.View) bool { return v.Receipt != nil })
	if err != nil {
		return err
	}
	s.done(fmt.Sprintf("Albia receipted place %d of %s at %s", v.Receipt.Seq, v.Receipt.Channel, v.Receipt.At.Format(time.RFC3339)), "Albia's node signs a receipt in the same exchange.")
	return nil
}

func (s *story) arrival() error {
	items, err := s.albia.Node.Desk.Inbox(s.ctx, s.albia.Officer(entente.Analyst), casework.Filter{Direction: entente.Incoming, Open: true})
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.Filed.Message.Header.ID != s.id {
			continue
		}
		if len(i.Obligations) != 2 {
			return fmt.Errorf("%d obligations instead of two", len(i.Obligations))
		}
		name := i.Filed.Message.Statement.Tip.Subjects[0].Names[0].Text
		s.done(fmt.Sprintf("acknowledgement due %s, disposition due %s", day(i.Obligations[0].Due), day(i.Obligations[1].Due)), "The tip on %s stands in Albia's inbox, with what Albia owes for it.", name)
		return nil
	}
	return errors.New("the tip is not in Albia's inbox")
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

func (s *story) file() error {
	v, err := s.until(s.albia, "Albia holds the attachment", func(v casework.View) bool {
		return len(v.Attachments) == 1 && !v.Attachments[0].Complete.IsZero()
	})
	if err != nil {
		return err
	}
	_, r, err := s.albia.Node.Desk.OpenAttachment(s.ctx, s.albia.Officer(entente.Analyst), s.id, v.Attachments[0].Digest)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, s.page) {
		return errors.New("the attachment differs from what was sent")
	}
	_, err = s.until(s.borea, "Borea has the custody notice", func(v casework.View) bool {
		for _, t := range v.Thread {
			if n := t.Filed.Message.Statement.Notice; n != nil && n.What == entente.NoticeCustody {
				return true
			}
		}
		return false
	})
	s.done("decrypted byte for byte; Albia's signed custody notice is in the ledger", "The attachment follows by itself.")
	return err
}

func (s *story) acknowledge() error {
	if err := s.albia.Node.Desk.Acknowledge(s.ctx, s.albia.Officer(entente.Analyst), s.id); err != nil {
		return err
	}
	v, err := s.until(s.borea, "Borea sees that a person has read it", func(v casework.View) bool { return !v.Progress.Seen.IsZero() })
	if err != nil {
		return err
	}
	if _, err := s.until(s.albia, "Albia has Borea's receipt for that", func(v casework.View) bool { return !v.Progress.Seen.IsZero() }); err != nil {
		return err
	}
	s.done("acknowledgement signed by Albia, received and receipted by Borea "+day(v.Progress.Seen), "Albia's analyst acknowledges: a person has seen it.")
	return nil
}

func (s *story) openQuestion() error {
	_, _, err := s.albia.Node.Desk.Dispose(s.ctx, s.albia.Officer(entente.Analyst), s.id, entente.Disposition{
		Outcome: entente.OutcomeNoLink, Reason: "No links found.",
	})
	if !errors.Is(err, entente.Invalid) {
		return fmt.Errorf("a tip with an open question could be closed: %v", err)
	}
	s.done("refused: "+err.Error(), "Albia tries to close the tip without answering the question.")
	return nil
}

func (s *story) dispose() error {
	_, released, err := s.albia.Node.Desk.Dispose(s.ctx, s.albia.Officer(entente.Analyst), s.id, entente.Disposition{
		Outcome: entente.OutcomeOpened, Reason: "An assessment was opened.",
		Answers: []entente.Answer{{Question: "q1", Text: "He has a passport and no booking that we know of. We watch for one."}},
	})
	if err != nil {
		return err
	}
	if !released {
		return errors.New("the disposition waits for a release that the agreement does not ask for")
	}
	v, err := s.until(s.borea, "Borea knows what came of it", func(v casework.View) bool { return !v.Progress.Decided.IsZero() })
	if err != nil {
		return err
	}
	mine, err := s.until(s.albia, "Albia has Borea's receipt for that", func(v casework.View) bool { return !v.Progress.Decided.IsZero() })
	if err != nil {
		return err
	}
	for _, o := range append(v.Obligations, mine.Obligations...) {
		if o.Met == nil {
			return fmt.Errorf("still owed: %s", o.Kind)
		}
	}
	s.done("disposition \""+string(v.Progress.Outcome)+"\" with the question answered; nothing is owed any more, by either desk", "Albia says what came of it, and answers.")
	return nil
}

func (s *story) evidence() error {
	var holds int
	for _, a := range []*Agency{s.borea, s.albia} {
		var b bytes.Buffer
		if err := a.Node.Desk.Evidence(s.ctx, a.Officer(entente.Overseer), s.id, prove.WithoutKeys, &b); err != nil {
			return err
		}
		r, err := prove.Check(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			return err
		}
		holds = len(r.Proven)
		b.Bytes()[b.Len()/2] ^= 1
		if _, err := prove.Check(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil {
			return errors.New("evidence with a changed byte was believed")
		}
	}
	s.done(fmt.Sprintf("%d findings hold; one changed bit, and none does", holds), "Each side's overseer exports the evidence; it is checked offline, without any node.")
	return nil
}

func (s *story) sameLedgers() error {
	if err := s.settled(); err != nil {
		return err
	}
	size, err := SameLedgers(s.ctx, s.borea, s.albia)
	if err != nil {
		return err
	}
	s.done(fmt.Sprintf("%d records, the same roots on both sides, recomputed from the first", size), "Both ledgers of the channel agree, both ways.")
	return nil
}

// settled waits until nothing is under way.
func (s *story) settled() error {
	return Until(s.ctx, "both queues are empty", func() (bool, error) {
		for _, a := range []*Agency{s.borea, s.albia} {
			st, err := a.Node.Outbox.State(s.ctx, a.Officer(entente.Operator))
			if err != nil || len(st.Waiting) > 0 {
				return false, err
			}
		}
		return true, nil
	})
}

// until waits until the message looks as it should at one agency's desk.
func (s *story) until(a *Agency, what string, ok func(casework.View) bool) (casework.View, error) {
	return s.untilOf(a, s.id, what, ok)
}

func (s *story) untilOf(a *Agency, id entente.MessageID, what string, ok func(casework.View) bool) (casework.View, error) {
	var v casework.View
	err := Until(s.ctx, what, func() (bool, error) {
		var err error
		v, err = a.Node.Desk.Message(s.ctx, a.Officer(entente.Overseer), id, "")
		return err == nil && ok(v), err
	})
	return v, err
}

// SameLedgers holds the ledgers of two agencies against each other: each must
// hold by itself, and be the same at the other. It returns how many records
// there are in all channels between them.
func SameLedgers(ctx context.Context, a, b *Agency) (int64, error) {
	heads := map[string]entente.LedgerHead{}
	var total int64
	for _, x := range []*Agency{a, b} {
		checks, err := x.Node.Desk.Verify(ctx, x.Officer(entente.Overseer))
		if err != nil {
			return 0, err
		}
		for _, c := range checks {
			lies := x.Guard != nil && !strings.HasPrefix(c.Origin, "entente/") // it keeps what it never signed
			if !c.Holds && !lies {
				return 0, fmt.Errorf("%s: %s: %s", x.ID, c.Origin, c.Says)
			}
		}
		err = x.Store.View(ctx, func(tx entente.Tx) error {
			hs, err := outbox.Heads(tx, a.ID, b.ID)
			for _, h := range hs {
				if x == a {
					heads[h.Origin] = h
					total += h.Size
				} else if was := heads[h.Origin]; was.Size != h.Size || !bytes.Equal(was.Checkpoint, h.Checkpoint) {
					return fmt.Errorf("%s has %d records at %s and %d at %s, or another checkpoint", h.Origin, was.Size, a.ID, h.Size, b.ID)
				}
			}
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}
