package scenario_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/seal"
)

// Heads that Borea makes up say nothing: only what the owner of a ledger signed
// counts, whoever reports it.
func TestMadeUpHeads(t *testing.T) {
	s := newSiege(t)
	s.tip("The first")
	s.quiet()
	back := north.Back()
	borea, cadia, albia := s.borea.Keys.Ledger.Signer(), s.cadia.Keys.Ledger.Signer(), s.head(s.albia, north)
	for _, x := range []struct {
		what string
		head entente.LedgerHead
	}{
		{"Albia has lost records, says Cadia's key", entente.LedgerHead{Origin: back.Origin(), Size: 9, Checkpoint: checkpoint(t, back.Origin(), 9, entente.Digest{1}, "albia-ncc/ledger", cadia)}},
		{"Albia has lost records, says Borea's key", entente.LedgerHead{Origin: back.Origin(), Size: 9, Checkpoint: checkpoint(t, back.Origin(), 9, entente.Digest{1}, "borea-sls/ledger", borea)}},
		{"Albia has signed this, but not of that size", entente.LedgerHead{Origin: north.Origin(), Size: 9, Checkpoint: albia.Checkpoint}},
		{"a head without a checkpoint", entente.LedgerHead{Origin: back.Origin(), Size: 9}},
		{"a head of a ledger that nobody has", entente.LedgerHead{Origin: "entente/lost-star/borea-sls/albia-ncc", Size: 9, Checkpoint: []byte("none\n")}},
		{"a head of Cadia's ledger", entente.LedgerHead{Origin: "entente/south-star/cadia-fiu/albia-ncc", Size: 1, Checkpoint: []byte("none\n")}},
		{"a head of the access log", entente.LedgerHead{Origin: entente.AccessOrigin, Size: 1, Checkpoint: []byte("none\n")}},
	} {
		s.borea.Node.Client().Compare(s.ctx, s.albia.Party, []entente.LedgerHead{x.head}) // that it does not hold may be said or not
		line := look(s, s.albia, func(tx entente.Tx) (entente.Line, error) { return tx.Line(s.borea.ID) })
		if line.Blocked != "" {
			t.Errorf("%s: Albia releases nothing to Borea any more: %s", x.what, line.Blocked)
		}
	}
	s.toBorea("")
	s.sound()
}

// A second ledger that Borea shows when ledgers are compared is kept as evidence,
// like one that comes with an envelope. What Albia sends to Borea is in Albia's
// own ledger, and goes on.
func TestSecondLedgerInComparison(t *testing.T) {
	s := newSiege(t)
	s.tip("The first")
	second := checkpoint(t, north.Origin(), 1, entente.Digest{1}, "borea-sls/ledger", s.borea.Keys.Ledger.Signer())
	s.borea.Node.Client().Compare(s.ctx, s.albia.Party, []entente.LedgerHead{{Origin: north.Origin(), Size: 1, Checkpoint: second}})
	evidence := look(s, s.albia, func(tx entente.Tx) ([]byte, error) { return tx.Setting("split-view:" + north.Origin()) })
	if ours := s.head(s.albia, north).Checkpoint; !bytes.Contains(evidence, second) || !bytes.Contains(evidence, ours) {
		t.Errorf("not both checkpoints are kept: %q", evidence)
	}
	s.stopped()
	q := s.toBorea("")
	s.until("Albia has a receipt", func() bool { return s.state(q.Message) == "done" })
	s.sound()
}

// A second ledger is evidence whatever it comes beside: an envelope that has its
// receipt, one that was refused, or another envelope under a known id. A receipt is
// what it was; what was refused is judged again, by the ledger that comes with it.
func TestSecondLedgerBesideAKnownEnvelope(t *testing.T) {
	second := func(s *siege, size int64) []byte {
		return checkpoint(t, north.Origin(), size, entente.Digest{byte(size), 7}, "borea-sls/ledger", s.borea.Keys.Ledger.Signer())
	}
	for what, x := range map[string]struct {
		first   func(*siege) attack
		refused bool
	}{
		"receipted": {first: func(s *siege) attack { return s.place(nil) }},
		"refused":   {first: func(s *siege) attack { return s.place(func(f *forged) { f.statement.Purpose = "tax-collection" }) }, refused: true},
	} {
		t.Run(what, func(t *testing.T) {
			s := newSiege(t)
			s.tip("The first")
			a := x.first(s)
			was := s.knock(a)
			b := a
			b.delivery.Checkpoint = second(s, a.header.Seq+1)
			b.delivery.Before = nil
			got := s.knock(b)
			if !bytes.Equal(got.Receipt, was.Receipt) || (len(got.Refusal) > 0) != x.refused {
				t.Errorf("the known envelope got another answer: %s%s", got.Receipt, got.Refusal)
			}
			s.flagged(b.delivery.Checkpoint)
			c := a
			c.delivery.Checkpoint = second(s, 1) // another one, later
			s.knock(c)
			s.flagged(b.delivery.Checkpoint, c.delivery.Checkpoint)
		})
	}
	t.Run("another envelope under the id", func(t *testing.T) {
		s := newSiege(t)
		id := s.tip("The first")
		a := s.place(func(f *forged) { f.header.ID, f.statement.ID = id, id })
		a.delivery.Checkpoint = second(s, 1)
		if r := s.refused(a, s.knock(a)); r.Reason != entente.ReasonReplay {
			t.Errorf("refused as %s", r.Reason)
		}
		s.flagged(a.delivery.Checkpoint)
		kept := look(s, s.albia, func(tx entente.Tx) ([]byte, error) { return tx.Setting(entente.SecondEnvelope(north.Origin())) })
		if !bytes.Equal(kept, a.delivery.Envelope) {
			t.Error("the second envelope is not kept")
		}
	})
}

// flagged holds that these checkpoints are kept as evidence, and that operator and
// overseer are told.
func (s *siege) flagged(checkpoints ...[]byte) {
	s.t.Helper()
	evidence := look(s, s.albia, func(tx entente.Tx) ([]byte, error) { return tx.Setting(entente.SplitView(north.Origin())) })
	for _, c := range checkpoints {
		if !bytes.Contains(evidence, c) {
			s.t.Errorf("the contradicting checkpoint is not kept:\n%s\nbut\n%s", c, evidence)
		}
	}
	if bad := s.verified(s.albia.Officer(entente.Overseer)); !bad[north.Origin()] {
		s.t.Errorf("the verification says that all holds: %v", bad)
	}
	status, err := s.albia.Node.Desk.Status(s.ctx, entente.Officer{ID: "otto.lang", Role: entente.Operator})
	s.ok(err)
	if !strings.Contains(strings.Join(status.Warnings, " "), "two versions") {
		s.t.Errorf("the status does not warn: %v", status.Warnings)
	}
}

// Cadia reaches nothing of what is between Albia and Borea: not the ledgers, not
// what waits, not the files.
func TestOthersPost(t *testing.T) {
	s := newSiege(t)
	s.borea.Stop()
	q := s.toBorea("a file for Borea alone")
	file := look(s, s.albia, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) }).Message.Statement.Attachments[0].Digest
	c := s.cadia.Node.Client()
	for _, origin := range []string{q.Channel.Origin(), q.Channel.Back().Origin(), entente.AccessOrigin, "entente/lost-star/albia-ncc/cadia-fiu"} {
		if got, err := c.Records(s.ctx, s.albia.Party, origin, 0, 10); !errors.Is(err, entente.NotFound) {
			t.Errorf("Cadia reads %s: %v, %v", origin, got, err)
		}
	}
	heads, err := c.Compare(s.ctx, s.albia.Party, nil)
	s.ok(err)
	for _, h := range heads {
		if !strings.Contains(h.Origin, "cadia-fiu") {
			t.Errorf("Cadia is told of %s", h.Origin)
		}
	}
	if ds, err := c.Collect(s.ctx, s.albia.Party, 100); err != nil || len(ds) != 0 {
		t.Errorf("Cadia collects %d envelopes, %v", len(ds), err)
	}
	if held, size, err := c.FileHeld(s.ctx, s.albia.Party, file); !errors.Is(err, entente.NotFound) {
		t.Errorf("Cadia learns of the file: %d of %d, %v", held, size, err)
	}
	if r, err := c.FetchFile(s.ctx, s.albia.Party, file, 0); !errors.Is(err, entente.NotFound) {
		b, _ := io.ReadAll(r)
		t.Errorf("Cadia has %d bytes of the file, %v", len(b), err)
	}
	if _, err := c.SendFile(s.ctx, s.albia.Party, file, 0, 5, strings.NewReader("bytes")); !errors.Is(err, entente.NotFound) {
		t.Errorf("Cadia adds to the file: %v", err)
	}
	s.ok(s.borea.Start(s.ctx))
	s.ok(s.albia.Node.Outbox.Retry(s.ctx, s.albia.Officer(entente.Operator), s.borea.ID))
	s.until("Borea holds the file", func() bool {
		open := look(s, s.albia, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.ToHandOver(s.borea.ID) })
		return s.state(q.Message) == "done" && len(open) == 0
	})
	s.sound()
}

// A notice of new keys is believed only if it follows from the keys that are
// here: of the sender, the next edition, signed by the old identity key.
func TestForgedKeyNotice(t *testing.T) {
	s := newSiege(t)
	other, err := seal.Generate(s.borea.ID)
	s.ok(err)
	next := s.borea.Party
	next.Edition, next.Issued, next.Keys = 2, s.clock.Now().UTC().Truncate(time.Second), other.Public()
	descriptor := func(change func(*entente.Party), k seal.Keys, before ...seal.IdentityKey) string {
		p := next
		if change != nil {
			change(&p)
		}
		note, err := seal.SignParty(p, k, before...)
		s.ok(err)
		return string(note)
	}
	for _, x := range []struct{ what, note string }{
		{"not signed by the old key", descriptor(nil, other)},
		{"the same edition again", descriptor(func(p *entente.Party) { p.Edition = 1 }, other, s.borea.Keys.Identity)},
		{"Cadia's descriptor", string(s.cadia.Note)},
		{"Cadia's ledger key, which signed", descriptor(func(p *entente.Party) { p.Keys.Ledger = s.cadia.Party.Keys.Ledger }, withLedger(other, s.cadia.Keys.Ledger), s.borea.Keys.Identity)},
		{"issued before the one that is here", descriptor(func(p *entente.Party) { p.Issued = p.Issued.AddDate(0, 0, -1) }, other, s.borea.Keys.Identity)},
		{"not a descriptor", "a letter"},
	} {
		a := s.place(func(f *forged) {
			f.header.Class = entente.ClassDesk
			f.statement.Kind, f.statement.Tip = entente.KindNotice, nil
			f.statement.Notice = &entente.Notice{What: entente.NoticeKey, Edition: 2, Descriptor: x.note}
		})
		s.knock(a)
		editions := look(s, s.albia, func(tx entente.Tx) ([]entente.PartyRecord, error) { return tx.PartyEditions(s.borea.ID) })
		if len(editions) != 1 || !bytes.Equal(editions[0].Note, s.borea.Note) {
			t.Fatalf("%s: Albia now holds %d editions", x.what, len(editions))
		}
		cadia := look(s, s.albia, func(tx entente.Tx) (entente.PartyRecord, error) { return tx.Party(s.cadia.ID) })
		if !bytes.Equal(cadia.Note, s.cadia.Note) {
			t.Fatalf("%s: Cadia's descriptor was changed", x.what)
		}
	}
	s.sound()
}

func withLedger(k seal.Keys, ledger seal.LedgerKey) seal.Keys {
	k.Ledger = ledger
	return k
}

// A level that Borea declares under one agreement, or says that Albia declares,
// changes nothing under another.
func TestForgedLevel(t *testing.T) {
	s := newSiege(t)
	a := s.place(func(f *forged) {
		f.header.Agreement, f.header.Epoch, f.header.Class = "west-star", 1, entente.ClassDesk
		f.statement.Kind, f.statement.Tip = entente.KindNotice, nil
		f.statement.Notice = &entente.Notice{What: entente.NoticeLevel, Level: entente.Suspended, Towards: entente.TowardsAll, Number: 1, Reason: "To try it."}
	})
	s.receipted(a, s.knock(a))
	changes := look(s, s.albia, func(tx entente.Tx) ([]entente.LevelChange, error) { return tx.LevelChanges("north-star") })
	if len(changes) != 0 {
		t.Errorf("North Star has changed: %+v", changes)
	}
	changes = look(s, s.albia, func(tx entente.Tx) ([]entente.LevelChange, error) { return tx.LevelChanges("west-star") })
	if len(changes) != 1 || changes[0].Party != s.borea.ID || changes[0].Level != entente.Suspended {
		t.Errorf("West Star: %+v", changes)
	}
	s.sound()
}
