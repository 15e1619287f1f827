package sqlstore_test

import (
	"strings"
	"testing"

	"entente"
	"entente/parse"
	"entente/sqlstore"
)

// A key belongs to the party and the role that had it first, in every edition: a
// descriptor that names it elsewhere is refused and changes nothing.
func TestKnownKeys(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		albia, borea, next, cadia := party(t, "albia-ncc", 1), party(t, "borea-sls", 1), party(t, "borea-sls", 2), party(t, "cadia-fiu", 1)
		same := borea
		same.Party.Edition, same.Party.Name = 3, "Another name"
		same.Edition = parse.EditionOf(same.Party)
		put(t, s, func(tx entente.Tx) error {
			for _, p := range []entente.PartyRecord{albia, borea, borea, next, same} {
				if err := tx.PutParty(p); err != nil {
					return err
				}
			}
			return nil
		})
		for _, c := range []struct {
			what, names, field string
			change             func(*entente.PartyKeys)
		}{
			{"the identity key of another party", "borea-sls", "keys.identity", func(k *entente.PartyKeys) { k.Identity = borea.Party.Keys.Identity }},
			{"a message key that another party had in an earlier edition", "borea-sls", "keys.message", func(k *entente.PartyKeys) { k.Message = borea.Party.Keys.Message }},
			{"a ledger key that is another party's message key", "albia-ncc", "keys.ledger", func(k *entente.PartyKeys) { k.Ledger = albia.Party.Keys.Message }},
			{"the seal key of another party", "borea-sls", "keys.seal", func(k *entente.PartyKeys) { k.Seal = next.Party.Keys.Seal }},
			{"the root of another party", "albia-ncc", "keys.tls-root", func(k *entente.PartyKeys) { k.TLSRoot = albia.Party.Keys.TLSRoot }},
		} {
			bad := cadia
			c.change(&bad.Party.Keys)
			err := s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutParty(bad) })
			e, ok := err.(*entente.Error)
			if !ok || e.Reason != entente.ReasonKnownKey || e.Field != c.field || !strings.Contains(e.Detail, "key of "+c.names) {
				t.Errorf("%s: %v", c.what, err)
			}
		}
		// Its own key in another role.
		bad := next
		bad.Party.Edition, bad.Party.Keys.Ledger = 4, borea.Party.Keys.Message
		err := s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutParty(bad) })
		if entente.ReasonOf(err) != entente.ReasonKnownKey {
			t.Errorf("a message key as a ledger key: %v", err)
		}
		wantKind(t, s.View(t.Context(), func(tx entente.Tx) error { _, err := tx.Party("cadia-fiu"); return err }), entente.NotFound)
		put(t, s, func(tx entente.Tx) error { return tx.PutParty(cadia) })
	})
}

// Two texts of one epoch are never both in force, and ours is the first that our
// identity key signed.
func TestTerms(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		first := agreement(t, "north-star", 1, true)
		other := first
		text := []byte(strings.Replace(string(first.Agreement.Text), "5y", "6y", 1))
		var err error
		if other.Agreement, err = parse.Agreement(text); err != nil {
			t.Fatal(err)
		}
		other.Terms = entente.DigestOf(text)
		draft := other
		draft.Complete, draft.Signed = false, first.Signed[:1]
		put(t, s, func(tx entente.Tx) error { return tx.PutAgreement(draft) })
		put(t, s, func(tx entente.Tx) error { return tx.PutAgreement(first) }) // nothing was in force
		put(t, s, func(tx entente.Tx) error { return tx.PutAgreement(first) })
		for _, r := range []entente.AgreementRecord{other, draft} {
			wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutAgreement(r) }), entente.Conflict)
		}
		same(t, get(t, s, func(tx entente.Tx) (entente.AgreementRecord, error) { return tx.AgreementByTerms(first.Terms) }), first)
		wantKind(t, s.View(t.Context(), func(tx entente.Tx) error { _, err := tx.AgreementByTerms(other.Terms); return err }), entente.NotFound)

		sign := func(r entente.AgreementRecord, epoch int) error {
			return s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutSignedTerms("north-star", epoch, r.Terms, at(1)) })
		}
		for _, err := range []error{sign(first, 1), sign(first, 1), sign(other, 2)} {
			if err != nil {
				t.Error(err)
			}
		}
		wantKind(t, sign(other, 1), entente.Conflict)
		same(t, get(t, s, func(tx entente.Tx) (entente.Digest, error) { return tx.SignedTerms("north-star", 1) }), first.Terms)
	})
}
