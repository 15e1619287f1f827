package sqlstore_test

import (
	"errors"
	"testing"
	"time"

	"entente"
	"entente/seal"
	"entente/sqlstore"
)

// endRecord is an end note of Borea's as a partner keeps it.
func endRecord(t *testing.T, to entente.PartyID, number int) entente.EndRecord {
	t.Helper()
	keys, err := seal.Generate("borea-sls")
	if err != nil {
		t.Fatal(err)
	}
	n, err := seal.SignEndNote(entente.EndNote{
		Channel: entente.Channel{Agreement: "north-star", From: "borea-sls", To: to}, Edition: entente.DigestOf([]byte{byte(number)}), Number: number,
		Size: 7, Root: entente.DigestOf([]byte("root")), Received: 3, At: at(1).Truncate(time.Second), HasStolen: true, Stolen: time.Unix(0, 0).UTC(),
	}, seal.LedgerKey{}, keys.Ledger)
	if err != nil {
		t.Fatal(err)
	}
	return entente.EndRecord{Note: n, Added: at(2), State: entente.EndWaits}
}

// An end note comes back as it was, by channel and by owner.
func TestEnds(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		a2, a3, c2 := endRecord(t, "albia-ncc", 2), endRecord(t, "albia-ncc", 3), endRecord(t, "cadia-fiu", 2)
		put(t, s, func(tx entente.Tx) error { return errors.Join(tx.PutEnd(a3), tx.PutEnd(c2), tx.PutEnd(a2)) })
		ends := func(tx entente.Tx) ([]entente.EndRecord, error) { return tx.Ends(a2.Note.Channel.Origin()) }
		same(t, get(t, s, ends), []entente.EndRecord{a2, a3})
		a2.State, a2.Accepted = entente.EndCurrent, "anna.kern"
		put(t, s, func(tx entente.Tx) error { return tx.PutEnd(a2) })
		same(t, get(t, s, ends), []entente.EndRecord{a2, a3})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.EndRecord, error) { return tx.EndsOf("borea-sls") }), []entente.EndRecord{a2, c2, a3})
		broken := a2
		broken.Note.Text = []byte("not a note")
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutEnd(broken) }), entente.Invalid)
	})
}

func TestVoidsComeBackWhole(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		keeps(t, s, entente.Tx.PutVoid, func(tx entente.Tx, v entente.Void) (entente.Void, error) { return tx.Void(v.Message) })
		keeps(t, s, entente.Tx.PutVoid, func(tx entente.Tx, v entente.Void) (entente.Void, error) { return first(tx.Voids(v.Origin)) })
	})
}
