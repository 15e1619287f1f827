package sqlstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"entente"
	"entente/internal/testpg"
)

// oldEntries were written before an entry's thing was kept beside it.
var oldEntries = []string{
	`{"at":"2011-03-04T09:00:00Z","officer":"anna.kern","role":"analyst","operation":"inbox.read","object":"inbox"}`,
	`{"at":"2011-03-04T09:00:00Z","officer":"anna.kern","role":"analyst","operation":"message.read","object":"message m","purpose":"file"}`,
	`{"at":"2011-03-04T09:00:00Z","officer":"anna.kern","role":"analyst","operation":"attachment.read","object":"draft d file 1a2b3c4d"}`,
	`{"at":"2011-03-04T09:00:00Z","officer":"anna.kern","role":"analyst","operation":"holding.read","object":"holding Ρ'7\" file 9"}`,
	`{"at":"2011-03-04T09:00:00Z","officer":"ruth.adler","role":"releaser","operation":"attachment.read","object":"message m file 1a2b3c4d","denied":true}`,
	`{"at":"2011-03-04T09:00:00Z","officer":"ruth.adler","role":"releaser","operation":"account.password"}`,
}

// A backup of the schema before persons is restored: the tips in it wait to be
// screened, and its access log can be asked about a thing.
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
		for seq, entry := range oldEntries {
			errs = append(errs, x.(*tx).do(`insert into access (seq, entry) values ($1, $2)`, seq, []byte(entry)))
		}
		return errors.Join(append(errs, x.(*tx).do(`insert into setting (name, value) values ($1, $2)`, takenSetting, stamp(time.Unix(1, 0))))...)
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
			for thing, want := range map[string][]int64{"message m": {4, 1}, "draft d": {2}, "holding Ρ'7\" file 9": {3}, "inbox": {0}} {
				looks, looksErr := x.AccessTo(thing, 0, 0)
				var seqs []int64
				for _, e := range looks {
					seqs = append(seqs, e.Seq)
					if string(e.Entry) != oldEntries[e.Seq] || e.Access.Thing() != thing {
						t.Errorf("%s: entry %d became %s", s.Engine(), e.Seq, e.Entry)
					}
				}
				if err = errors.Join(err, looksErr); !slices.Equal(seqs, want) {
					t.Errorf("%s: about %s are %v, want %v", s.Engine(), thing, seqs, want)
				}
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
