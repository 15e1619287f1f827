package record_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"entente"
	"entente/record"
	"entente/seal"
	"entente/sqlstore"
)

// Whatever an officer tries is on record once: what he did, what his role
// forbids, and what was forbidden when it was looked at more closely. What merely
// failed left nothing behind, and so no entry.
func TestDo(t *testing.T) {
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	keys, err := seal.Generate("albia-ncc")
	if err != nil {
		t.Fatal(err)
	}
	log := record.Log{Party: "albia-ncc", Key: keys.Ledger.Signer()}
	denied := &entente.Error{Kind: entente.Denied, Detail: "the author of a draft cannot release it"}
	for _, x := range []struct {
		role entente.Role
		err  error
		want string
	}{
		{entente.Releaser, nil, "done"},
		{entente.Analyst, nil, "denied"},
		{entente.Releaser, denied, "denied"},
		{entente.Releaser, &entente.Error{Kind: entente.Conflict}, ""},
	} {
		before := entries(t, store)
		ran := false
		act := record.Act{By: entente.Officer{ID: "anna.kern", Role: x.role}, Operation: entente.OpRelease, Object: "draft 1", At: time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)}
		err := record.Do(t.Context(), store, log, act, func(entente.Tx) error { ran = true; return x.err })
		if ran != (x.role == entente.Releaser) {
			t.Errorf("%s, %v: it ran: %v", x.role, x.err, ran)
		}
		if x.err != nil && !errors.Is(err, x.err) || (x.want == "denied") != errors.Is(err, entente.Denied) {
			t.Errorf("%s, %v: %v", x.role, x.err, err)
		}
		got := ""
		if after := entries(t, store); len(after) > len(before)+1 {
			t.Errorf("%s, %v: %d entries for one act", x.role, x.err, len(after)-len(before))
		} else if len(after) > len(before) && after[0].Access.Denied {
			got = "denied"
		} else if len(after) > len(before) {
			got = "done"
		}
		if got != x.want {
			t.Errorf("%s, %v: on record as %q, want %q", x.role, x.err, got, x.want)
		}
	}
}

func entries(t *testing.T, s entente.Store) (log []entente.AccessEntry) {
	t.Helper()
	err := s.View(t.Context(), func(tx entente.Tx) (err error) {
		log, err = tx.AccessLog(0, 100)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return log
}
