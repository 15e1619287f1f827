package scenario_test

import (
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"entente"
	"entente/parse"
	"entente/seal"
	"entente/succession"
)

// byThief is an envelope with retired keys of Borea, right behind what Albia has.
func (s *siege) byThief(keys seal.Keys, edition entente.Digest) attack {
	head := s.head(s.albia, north)
	f := s.forge(func(f *forged) { f.header.Seq, f.header.FromEdition = head.Size, edition })
	envelope := f.envelope(s.t)
	records := look(s, s.albia, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Records(north.Origin(), 0, int(head.Size)) })
	root := rootOf(s.t, append(records, seal.Name(envelope)))
	text := checkpoint(s.t, north.Origin(), head.Size+1, root, "borea-sls/ledger", keys.Ledger.Signer())
	return attack{from: s.borea.ID, header: f.header, delivery: entente.Delivery{Envelope: envelope, Checkpoint: text}}
}

func rootOf(t testing.TB, records []entente.Digest) entente.Digest {
	t.Helper()
	var all []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) (out []tlog.Hash, _ error) {
		for _, i := range indexes {
			out = append(out, all[i])
		}
		return out, nil
	})
	for n, r := range records {
		hs, err := tlog.StoredHashes(int64(n), r[:], read)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, hs...)
	}
	root, err := tlog.TreeHash(int64(len(records)), read)
	if err != nil {
		t.Fatal(err)
	}
	return entente.Digest(root)
}

// A thief has Borea's keys. What it sent before Borea ended them is found, shown and
// void once a person at Albia has accepted Borea's new edition; what it sends after
// is refused; and Borea goes on.
func TestStolenKeys(t *testing.T) {
	s := newSiege(t)
	s.tip("The first")
	s.quiet()
	old, edition := s.borea.Keys, parse.EditionOf(s.borea.Party)
	a := s.byThief(old, edition)
	s.receipted(a, s.accept(a))
	stolen := s.clock.Now().Add(-time.Hour)
	s.ok(s.borea.EndStolen(s.ctx, stolen))
	ours := look(s, s.borea, func(tx entente.Tx) (succession.Bundle, error) { return succession.Of(tx, s.borea.ID, s.albia.ID, 0) })
	_, err := s.albia.Node.Inbox.Editions(s.ctx, s.borea.ID, ours)
	s.ok(err)
	b := s.byThief(old, edition)
	if r := s.refused(b, s.accept(b)); r.Final || r.Reason != entente.ReasonEndMissing {
		t.Errorf("while Albia's people have not accepted: %s", r.Reason)
	}
	var done succession.Accepted
	s.ok(s.albia.Store.Update(s.ctx, func(tx entente.Tx) (err error) {
		done, err = succession.Accept(tx, s.borea.ID, "otto.lang", s.clock.Now())
		return err
	}))
	if len(done.Void) != 1 || done.Void[0].Message != a.header.ID {
		t.Fatalf("void: %+v", done.Void)
	}
	c := s.byThief(old, edition)
	if r := s.refused(c, s.accept(c)); !r.Final || r.Reason != entente.ReasonEdition {
		t.Errorf("a thief's record under the ended edition: %s", r.Reason)
	}
	s.until("Albia confirms the new edition", func() bool {
		told, err := s.borea.Node.Outbox.WhoIsTold(s.ctx)
		s.ok(err)
		for _, x := range told {
			if x.Partner == s.albia.ID && x.Edition == 2 {
				return true
			}
		}
		return false
	})
	s.quiet()
	if ours, theirs := s.head(s.borea, north), s.head(s.albia, north); ours.Size != theirs.Size {
		t.Errorf("Borea's ledger has %d records, Albia's copy %d", ours.Size, theirs.Size)
	}
	again := s.byThief(old, edition)
	again.delivery.Checkpoint = checkpoint(t, north.Origin(), 1, entente.Digest{1}, "borea-sls/ledger", old.Ledger.Signer())
	s.accept(again)
	if split := look(s, s.albia, func(tx entente.Tx) (bool, error) { return succession.Forked(tx, north.Origin()) }); split {
		t.Error("a retired key stops the channel")
	}
}
