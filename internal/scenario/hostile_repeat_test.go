package scenario_test

import (
	"bytes"
	"context"
	"testing"

	"entente"
	"entente/internal/scenario"
	"entente/seal"
	"entente/wire"
)

// The same bytes again get the first receipt again, byte for byte: through
// another door, with another checkpoint, twice at once, from a node that
// started anew, and after a refusal of another envelope in between.
func TestFirstReceiptAgain(t *testing.T) {
	s := newSiege(t)
	a := s.place(nil)
	first := s.receipted(a, s.knock(a))
	filed := s.filed()
	again := func(how string, got entente.Settlement) {
		t.Helper()
		if !bytes.Equal(got.Receipt, first) || got.Envelope != a.digest() {
			t.Errorf("%s: another answer: %s%s", how, got.Receipt, got.Refusal)
		}
	}
	again("over the wire", s.knock(a))
	again("through another door", s.accept(a))
	b := a
	b.delivery.Checkpoint, b.delivery.Before = []byte("none\n"), []entente.Digest{{1}}
	again("with another checkpoint", s.knock(b))
	twice, err := s.albia.Node.Inbox.Accept(s.ctx, s.borea.ID, []entente.Delivery{a.delivery, a.delivery})
	s.ok(err)
	for _, got := range twice {
		again("twice at once", got)
	}
	refused := s.place(func(f *forged) { f.header.Epoch = 1 })
	s.refused(refused, s.knock(refused))
	again("after a refusal", s.knock(a))
	s.albia.Stop()
	s.ok(s.albia.Start(s.ctx))
	again("after a start", s.knock(a))
	if got := s.filed(); got != filed {
		t.Errorf("%d messages are filed, and were %d after the first", got, filed)
	}
	s.sound()
}

// What comes too early is refused for now and says from where to go on; then in
// order all of it passes.
func TestOutOfOrder(t *testing.T) {
	s := newSiege(t)
	s.tip("The first")
	a, b, c := s.place(nil), s.place(nil), s.place(nil)
	for _, early := range []attack{c, b} {
		early.delivery.Before = nil
		if r := s.refused(early, s.knock(early)); r.Reason != entente.ReasonOrder || r.Expected != a.header.Seq {
			t.Errorf("place %d: %s, expected %d, want out-of-order, expected %d", early.header.Seq, r.Reason, r.Expected, a.header.Seq)
		}
	}
	var all []entente.Delivery
	for _, x := range []attack{a, b, c} {
		x.delivery.Before = nil
		all = append(all, x.delivery)
	}
	answers, err := s.borea.Node.Client().Deliver(s.ctx, s.albia.Party, all)
	s.ok(err)
	for i, x := range []attack{a, b, c} {
		s.receipted(x, answers[i])
	}
	s.sound()
}

// One exchange with everything in it: each envelope gets its own answer, and
// what is wrong with one does not touch the next.
func TestMixedExchange(t *testing.T) {
	s := newSiege(t)
	first := s.place(nil)
	s.receipted(first, s.knock(first))
	good := s.place(nil)
	bad := s.place(func(f *forged) { f.statement.Purpose = "tax-collection" })
	last := s.place(nil)
	garbage := attack{delivery: entente.Delivery{Envelope: []byte("a letter"), Checkpoint: []byte("none\n")}}
	var all []entente.Delivery
	for _, x := range []attack{first, good, garbage, bad, last} {
		x.delivery.Before = nil
		all = append(all, x.delivery)
	}
	answers, err := s.borea.Node.Client().Deliver(s.ctx, s.albia.Party, all)
	s.ok(err)
	s.receipted(first, answers[0])
	s.receipted(good, answers[1])
	if r := s.refused(garbage, answers[2]); r.Reason != entente.ReasonMalformed {
		t.Errorf("garbage: %s", r.Reason)
	}
	if r := s.refused(bad, answers[3]); r.Reason != entente.ReasonPurpose {
		t.Errorf("another purpose: %s", r.Reason)
	}
	s.receipted(last, answers[4])
	s.sound()
}

// Cadia has got hold of an envelope on its way from Borea to Albia. Whatever it
// does with it, Borea's delivery gets the answer that it would have got.
func TestStolenEnvelope(t *testing.T) {
	for _, x := range []struct {
		what   string
		change func(*forged)
		passes bool
	}{
		{"one that passes", nil, true},
		{"one that is refused", func(f *forged) { f.statement.Purpose = "tax-collection" }, false},
	} {
		t.Run(x.what, func(t *testing.T) {
			s := newSiege(t)
			a := s.place(x.change)
			stolen := a
			stolen.from = s.cadia.ID
			steal := func() {
				t.Helper()
				if r := s.refused(stolen, s.knock(stolen)); r.Reason != entente.ReasonWrongSender {
					t.Errorf("brought by Cadia: %s", r.Reason)
				}
			}
			steal()
			first := s.knock(a)
			if x.passes {
				s.receipted(a, first)
			} else if r := s.refused(a, first); r.Reason != entente.ReasonPurpose {
				t.Fatalf("Borea is told: %s", r.Reason)
			}
			steal()
			again := s.knock(a)
			same := bytes.Equal(again.Receipt, first.Receipt)
			if !x.passes { // judged anew, since Cadia was told something else about it
				same = s.refused(a, again).Reason == entente.ReasonPurpose
			}
			if !same {
				t.Errorf("Borea was told %s%s, and now %s%s", first.Receipt, first.Refusal, again.Receipt, again.Refusal)
			}
			s.sound()
		})
	}
}

// A party without a descriptor does not get as far as the inbox.
func TestStranger(t *testing.T) {
	s := newSiege(t)
	a := s.place(nil)
	keys, err := seal.Generate("dovia-int")
	s.ok(err)
	stranger := wire.NewClient(wire.Identity{Party: "dovia-int", Key: keys.TLS.Signer(), Root: keys.TLS.Root()}, only{s.albia}, wire.Options{Now: s.clock.Now})
	defer stranger.Close()
	// Borea's name does not help, either: the root is not Borea's.
	liar := wire.NewClient(wire.Identity{Party: s.borea.ID, Key: keys.TLS.Signer(), Root: keys.TLS.Root()}, only{s.albia}, wire.Options{Now: s.clock.Now})
	defer liar.Close()
	for who, c := range map[string]*wire.Client{"a stranger": stranger, "a liar": liar} {
		if answers, err := c.Deliver(s.ctx, s.albia.Party, []entente.Delivery{a.delivery}); err == nil {
			t.Errorf("%s got an answer: %v", who, answers)
		}
	}
	if n := len(look(s, s.albia, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(entente.Outgoing, 10) })); n > 0 || s.filed() > 0 {
		t.Errorf("Albia's inbox knows of it: %d refusals", n)
	}
	s.sound()
}

// only knows one party.
type only struct{ a *scenario.Agency }

func (o only) Party(_ context.Context, id entente.PartyID) (entente.Party, error) {
	if id != o.a.ID {
		return entente.Party{}, &entente.Error{Kind: entente.NotFound}
	}
	return o.a.Party, nil
}
