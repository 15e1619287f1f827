package sqlstore_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

const marker = "KADAEV<<ARSEN"

// travellers are many, so that pages of the file are split and joined.
func travellers() (all []entente.TravelEvent) {
	for n := range 3000 {
		all = append(all, entente.TravelEvent{ID: entente.EventID(fmt.Sprint("e", n*7919%3000)), Traveller: entente.Subject{Names: []entente.Name{{Text: marker + strings.Repeat("<", n%200)}}}})
	}
	return all
}

// erase keeps travellers and a near miss, and erases them.
func erase(ctx context.Context, s *sqlstore.Store) error {
	err := s.Update(ctx, func(tx entente.Tx) error {
		if _, err := tx.PutEvents(at(0), travellers()); err != nil {
			return err
		}
		h := filled[entente.Hit](1)
		h.Task, h.At, h.Changed = "", at(0), marker
		_, err := tx.PutHit(h)
		return err
	})
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx entente.Tx) error {
		if _, err := tx.DropNear(at(1), 100); err != nil {
			return err
		}
		_, err := tx.DropEvents(at(1), 10_000)
		return err
	})
}

// holding lists the files in a folder that hold the marker.
func holding(t *testing.T, dir string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(marker)) {
			all = append(all, filepath.Base(f))
		}
	}
	return all
}

// What was erased is in no file of a node that runs, once it has tidied up: not in
// the log either, into which it was written first.
func TestTidy(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "entente.db"))
	if err := erase(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if len(holding(t, dir)) == 0 {
		t.Fatal("no file holds what was just erased: this test cannot tell")
	}
	reading, read := make(chan bool), make(chan bool)
	go s.View(t.Context(), func(tx entente.Tx) error { // somebody still reads an older state
		tx.Heads()
		close(reading)
		<-read
		return nil
	})
	<-reading
	put(t, s, func(tx entente.Tx) error { return tx.PutSetting("k", nil) })
	if err := s.Tidy(t.Context()); err != nil {
		t.Errorf("while somebody reads: %v", err)
	}
	close(read)
	for range 100 {
		if err := s.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(holding(t, dir)) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the marker is still in %v", holding(t, dir))
}

// A process that is killed right after it erased leaves the log; whoever opens the
// store next takes it away.
func TestTidyAfterAKill(t *testing.T) {
	dir := t.TempDir()
	url := filepath.Join(dir, "entente.db")
	cmd, reports := child(t, "erase", url)
	for reports.Scan() && reports.Text() != "erased" {
		t.Log(reports.Text())
	}
	cmd.Process.Kill()
	cmd.Wait()
	if len(holding(t, dir)) == 0 {
		t.Fatal("no file holds what was erased: this test cannot tell")
	}
	open(t, url)
	if left := holding(t, dir); len(left) > 0 {
		t.Errorf("the marker is still in %v", left)
	}
}

// PostgreSQL is asked to vacuum what was erased from, and nothing else.
func TestTidyVacuums(t *testing.T) {
	url := engines[1].url(t)
	s := open(t, url)
	if err := erase(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if err := s.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := behind{t, "postgres", by(t, "postgres", url)}
	for range 200 { // the server counts a moment later
		if got := strings.Join(b.strings(`select relname from pg_stat_user_tables where vacuum_count > 0 order by relname`), " "); got == "event hit" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("vacuumed: %v", b.strings(`select relname || ' ' || vacuum_count from pg_stat_user_tables order by relname`))
}
