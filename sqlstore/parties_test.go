package sqlstore_test

import (
	"errors"
	"fmt"
	"testing"

	"entente"
	"entente/parse"
	"entente/seal"
	"entente/sqlstore"
)

func party(t testing.TB, id entente.PartyID, edition int) entente.PartyRecord {
	t.Helper()
	keys, err := seal.Generate(id)
	if err != nil {
		t.Fatal(err)
	}
	p := entente.Party{
		ID: id, Edition: edition, Name: "Служба", Country: "XB", Issued: at(1), Keys: keys.Public(), Endpoint: "https://node.example",
		Contacts: []entente.Contact{{Role: "duty desk", Phone: "+999 1"}},
	}.Able()
	return entente.PartyRecord{Party: p, Edition: parse.EditionOf(p), Note: fmt.Appendf(nil, "note of %s %d", id, edition), Added: at(2), Checked: "anna.kern"}
}

func TestParties(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		b1, b2, a9, a10 := party(t, "borea-sls", 1), party(t, "borea-sls", 2), party(t, "albia-ncc", 9), party(t, "albia-ncc", 10)
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutParty(b2), tx.PutParty(a10), tx.PutParty(b1), tx.PutParty(a9))
		})
		same(t, get(t, s, entente.Tx.Parties), []entente.PartyRecord{a10, b2})
		same(t, get(t, s, func(tx entente.Tx) (entente.PartyRecord, error) { return tx.Party("albia-ncc") }), a10)
		same(t, get(t, s, func(tx entente.Tx) ([]entente.PartyRecord, error) { return tx.PartyEditions("borea-sls") }), []entente.PartyRecord{b1, b2})
		b2.Checked, b2.Added = "ben.dahl", at(3)
		put(t, s, func(tx entente.Tx) error { return tx.PutParty(b2) })
		same(t, get(t, s, func(tx entente.Tx) (entente.PartyRecord, error) { return tx.Party("borea-sls") }), b2)
		b1.Party.Keys.Seal = nil
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutParty(b1) }), entente.Invalid)
	})
}

// Ids are ordered byte by byte on both engines, whatever the server's language
// makes of capitals.
func TestOrderOfIDs(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		for _, id := range []entente.OfficerID{"ab", "a-c", "b", "B", "é"} {
			put(t, s, func(tx entente.Tx) error { return tx.PutOfficer(entente.Officer{ID: id}) })
		}
		var got []entente.OfficerID
		for _, o := range get(t, s, entente.Tx.Officers) {
			got = append(got, o.ID)
		}
		same(t, got, []entente.OfficerID{"B", "a-c", "ab", "b", "é"})
	})
}

func agreement(t testing.TB, id string, epoch int, complete bool) entente.AgreementRecord {
	t.Helper()
	text := fmt.Appendf(nil, `entente = "agreement/1"
id = %q
epoch = %d
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life"]
[definition.albia-ncc]
terrorism = "Penal Code art. 205"
[definition.borea-sls]
terrorism = "Federal Law 35 art. 3"
[retention]
tip = "5y"
`, id, epoch)
	a, err := parse.Agreement(text)
	if err != nil {
		t.Fatal(err)
	}
	r := entente.AgreementRecord{Agreement: a, Terms: entente.DigestOf(a.Text), Note: []byte("note"), Signed: []entente.PartyID{"borea-sls"}, Added: at(1)}
	if complete {
		r.Signed, r.Complete = a.Parties, true
	}
	return r
}

func TestAgreements(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		n1, n2, n3 := agreement(t, "north-star", 1, true), agreement(t, "north-star", 2, true), agreement(t, "north-star", 3, false)
		e1 := agreement(t, "east-star", 1, false)
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutAgreement(n3), tx.PutAgreement(n1), tx.PutAgreement(n2), tx.PutAgreement(e1))
		})
		at := func(id entente.AgreementID, epoch int) entente.AgreementRecord {
			return get(t, s, func(tx entente.Tx) (entente.AgreementRecord, error) { return tx.Agreement(id, epoch) })
		}
		same(t, at("north-star", 0), n2) // the newest that everybody signed
		same(t, at("north-star", 1), n1)
		same(t, at("north-star", 3), n3)
		same(t, get(t, s, entente.Tx.Agreements), []entente.AgreementRecord{e1, n3})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.AgreementRecord, error) { return tx.AgreementEpochs("north-star") }), []entente.AgreementRecord{n1, n2, n3})
		_, err := try(t, s, func(tx entente.Tx) (entente.AgreementRecord, error) { return tx.Agreement("east-star", 0) })
		wantKind(t, err, entente.NotFound)

		n3.Complete, n3.Signed, n3.Note = true, n3.Agreement.Parties, []byte("note, signed by all")
		put(t, s, func(tx entente.Tx) error { return tx.PutAgreement(n3) })
		same(t, at("north-star", 0), n3)
		n3.Agreement.Text = n3.Agreement.Text[1:]
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutAgreement(n3) }), entente.Invalid)
	})
}

func TestLevelChanges(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		c := func(n int, a entente.AgreementID) entente.LevelChange {
			return entente.LevelChange{Agreement: a, Party: "albia-ncc", Level: entente.Restricted, Message: id(n), At: at(9 - n)}
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutLevel(c(1, "north-star")), tx.PutLevel(c(2, "north-star")), tx.PutLevel(c(2, "north-star")), tx.PutLevel(c(3, "east-star")))
		})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.LevelChange, error) { return tx.LevelChanges("north-star") }),
			[]entente.LevelChange{c(2, "north-star"), c(1, "north-star")})
	})
}
