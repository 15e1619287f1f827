package sqlstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"entente"
)

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
