package scenario_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/casework"
	"entente/internal/scenario"
	"entente/prove"
)

// Cadia sees the id of a message that Borea is about to send: it stands in the
// open on whatever a courier carries. Cadia uses it first. Borea's message
// arrives all the same, with its file; both are seen, answered and proven apart.
func TestSquattedID(t *testing.T) {
	bothEngines(t, func(s *siege) {
		tip := func(to entente.PartyID, under entente.AgreementID, title string) entente.Draft {
			return entente.Draft{To: to, Agreement: under, Statement: entente.Statement{
				Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
				Tip: &entente.Tip{Category: "attack-planning", Title: title, Text: title, Provenance: entente.Provenance{Attestation: "lawful"}},
			}}
		}
		author := s.borea.Officer(entente.Analyst)
		d, err := s.borea.Node.Outbox.Write(s.ctx, author, tip(s.albia.ID, "north-star", "From Borea"))
		s.ok(err)
		_, err = s.borea.Node.Outbox.Attach(s.ctx, author, d.ID, "page.txt", "text/plain", strings.NewReader("a page"))
		s.ok(err)

		s.sendAs(s.cadia, d.ID, tip(s.albia.ID, "south-star", "From Cadia"))
		s.until("Albia holds Cadia's", func() bool { return s.hasReceipt(s.cadia, d.ID) })

		d, err = s.borea.Node.Outbox.Submit(s.ctx, author, d.ID, d.Version+1)
		s.ok(err)
		_, err = s.borea.Node.Outbox.Release(s.ctx, s.borea.Officer(entente.Releaser), d.ID, d.Digest())
		s.ok(err)
		s.until("Albia holds Borea's", func() bool { return s.hasReceipt(s.borea, d.ID) })

		// Both are seen, each under a name of its own.
		all, err := s.albia.Node.Desk.Inbox(s.ctx, s.albia.Officer(entente.Analyst), casework.Filter{Direction: entente.Incoming})
		s.ok(err)
		names := map[entente.PartyID]entente.MessageID{}
		for _, i := range all {
			names[i.Filed.Partner()] = i.Filed.Name
			if len(i.Obligations) != 0 && i.Filed.Partner() == s.cadia.ID || len(i.Obligations) == 0 && i.Filed.Partner() == s.borea.ID {
				s.t.Errorf("%s: %d things are owed; only North Star has deadlines", i.Filed.Partner(), len(i.Obligations))
			}
		}
		if len(all) != 2 || len(names) != 2 || names[s.borea.ID] == names[s.cadia.ID] {
			s.t.Fatalf("Albia's inbox: %d messages, called %v", len(all), names)
		}
		for p, name := range names {
			v := s.seenBy(s.albia, name)
			if h := v.Filed.Message.Header; h.From != p || h.ID != d.ID || v.Receipt == nil || v.Receipt.Channel.From != p || slices.ContainsFunc(v.Thread, func(i casework.Item) bool { return i.Filed.Partner() != p }) {
				s.t.Errorf("the page of %s's message: from %s, id %s, or another's messages in the thread", p, h.From, h.ID)
			}
		}

		// The file came, and its custody notice found its message.
		s.until("the file is here", func() bool {
			v := s.seenBy(s.albia, names[s.borea.ID])
			return len(v.Attachments) == 1 && !v.Attachments[0].Complete.IsZero()
		})
		s.until("Borea need not hand it over any more", func() bool {
			return len(look(s, s.borea, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.ToHandOver(s.albia.ID) })) == 0
		})

		// What Albia answers reaches the one it answers, and the thread is that one's.
		s.ok(s.albia.Node.Desk.Acknowledge(s.ctx, s.albia.Officer(entente.Analyst), names[s.borea.ID]))
		_, _, err = s.albia.Node.Desk.Note(s.ctx, s.albia.Officer(entente.Analyst), names[s.borea.ID], "Which page?")
		s.ok(err)
		s.until("Borea knows that it was seen", func() bool { return !s.seenBy(s.borea, d.ID).Progress.Seen.IsZero() })
		if !s.seenBy(s.cadia, d.ID).Progress.Seen.IsZero() || len(s.seenBy(s.albia, names[s.cadia.ID]).Thread) != 0 {
			s.t.Error("the answer to Borea's message counts for Cadia's")
		}
		for p, under := range map[entente.PartyID]entente.AgreementID{s.borea.ID: "north-star", s.cadia.ID: "south-star"} {
			draft := tip(p, under, "An answer")
			draft.Statement.Refs = entente.Answering(names[p])
			draft, err = s.albia.Node.Outbox.Write(s.ctx, s.albia.Officer(entente.Analyst), draft)
			s.ok(err)
			shown, err := s.albia.Node.Outbox.Proposal(s.ctx, s.albia.Officer(entente.Analyst), draft.ID)
			s.ok(err)
			if shown.Answers != names[p] || draft.Statement.Re() != d.ID {
				s.t.Errorf("a draft to %s answers %s, called %s here", p, draft.Statement.Re(), shown.Answers)
			}
		}
		re := s.release(s.borea, entente.Draft{To: s.albia.ID, Agreement: "north-star", Statement: entente.Statement{
			Kind: entente.KindNote, Purpose: "terrorism-prevention", Refs: entente.Answering(d.ID), Note: &entente.Note{Text: "The first."},
		}})
		s.until("Albia has the note", func() bool { return s.hasReceipt(s.borea, re) })
		if !slices.ContainsFunc(s.seenBy(s.albia, names[s.borea.ID]).Thread, func(i casework.Item) bool { return i.Filed.Name == re }) {
			s.t.Error("Borea's note is not in the thread of Borea's message")
		}

		// Brought again, Cadia's message gets Cadia's receipt; and each can be proven.
		delivery := look(s, s.cadia, func(tx entente.Tx) (entente.Delivery, error) {
			f, err := tx.Message(d.ID)
			return entente.Delivery{Envelope: f.Envelope, Checkpoint: f.Checkpoint}, err
		})
		first := s.accept(attack{from: s.cadia.ID, delivery: delivery})
		if len(first.Receipt) == 0 {
			s.t.Error("Cadia's own message again does not get its receipt again")
		}
		for _, name := range names {
			var b bytes.Buffer
			s.ok(s.albia.Node.Desk.Evidence(s.ctx, s.albia.Officer(entente.Overseer), name, prove.WithoutKeys, &b))
			r, err := prove.Check(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil || r.Header.ID != d.ID {
				s.t.Errorf("the evidence: %v", err)
			}
		}
		s.quiet()
		_, err = scenario.SameLedgers(s.ctx, s.borea, s.albia)
		s.ok(err)
	})
}

// sendAs writes and releases a message under an id that its author has chosen.
func (s *siege) sendAs(a *scenario.Agency, id entente.MessageID, d entente.Draft) {
	s.t.Helper()
	released := false
	s.ok(a.Store.Update(s.ctx, func(tx entente.Tx) (err error) {
		released, err = a.Node.Outbox.SendIn(tx, a.Officer(entente.Analyst), id, d)
		return err
	}))
	if !released {
		p, err := a.Node.Outbox.Proposal(s.ctx, a.Officer(entente.Releaser), id)
		s.ok(err)
		_, err = a.Node.Outbox.Release(s.ctx, a.Officer(entente.Releaser), id, p.Digest)
		s.ok(err)
	}
}

func (s *siege) seenBy(a *scenario.Agency, name entente.MessageID) casework.View {
	s.t.Helper()
	v, err := a.Node.Desk.Message(s.ctx, a.Officer(entente.Analyst), name, "")
	s.ok(err)
	return v
}
