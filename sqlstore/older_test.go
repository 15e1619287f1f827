package sqlstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"entente"
	"entente/internal/testpg"
)

// A backup of the schema before persons is restored, and the tips in it wait to
// be screened.
func TestRestoreFromBeforePersons(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	old, err := openSQLite(t.Context(), path, 2, "journal_mode(DELETE)")
	if err != nil {
		t.Fatal(err)
	}
	err = old.Update(t.Context(), func(x entente.Tx) error {
		var errs []error
		for n, m := range [][3]string{{"b", "in", "tip"}, {"a", "in", "tip"}, {"c", "out", "tip"}, {"d", "in", "note"}} {
			errs = append(errs, x.(*tx).do(`insert into message (id, direction, thread, kind, partner, agreement, precedence, created, at, digest, author, releaser, clause, header, checkpoint, signature, payload, envelope)
				values ($1, $2, $1, $3, 'borea-sls', 'north-star', 'ROUTINE', 0, $4, $5, '', '', '', $6, $5, $5, $6, $5)`, m[0], m[1], m[2], n+1, []byte(nil), []byte("{}")))
		}
		return errors.Join(append(errs, x.PutSetting(takenSetting, stamp(time.Unix(1, 0))))...)
	})
	if err := errors.Join(err, old.close()); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{filepath.Join(t.TempDir(), "entente.db"), testpg.URL(t)} {
		if err := Restore(t.Context(), path, url); err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		s, err := Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		err = s.View(t.Context(), func(x entente.Tx) error {
			got, err := x.Unscreened(0)
			if len(got) != 2 || got[0] != "b" || got[1] != "a" {
				t.Errorf("%s: %v wait to be screened, want b and a", s.Engine(), got)
			}
			return err
		})
		if err := errors.Join(err, s.Close()); err != nil {
			t.Error(err)
		}
	}
}

// What was dropped is gone from the disk: no byte of it is left in the file.
func TestDroppedEventIsErased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "entente.db")
	secret := []byte("KADAEV<<ARSEN")
	does := func(fn func(entente.Tx) error) (left bool) {
		t.Helper()
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Update(t.Context(), fn), s.Close()); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(path + "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			left = left || bytes.Contains(b, secret)
		}
		return left
	}
	if !does(func(x entente.Tx) error {
		_, err := x.PutEvents(time.Unix(1, 0), []entente.TravelEvent{{ID: "e", Traveller: entente.Subject{Names: []entente.Name{{Text: string(secret)}}}}})
		return err
	}) {
		t.Fatal("what is stored is not in the file: this test cannot tell")
	}
	if does(func(x entente.Tx) error { _, err := x.DropEvents(time.Unix(2, 0), 0); return err }) {
		t.Error("what was dropped is still in the file")
	}
}
