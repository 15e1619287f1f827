package sqlstore_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"entente"
)

// endAll is what the operator of a server does before it is maintained.
const endAll = `select pg_terminate_backend(pid)::text from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

// Connections that the server has ended while they were idle are no failure of
// what comes next. One that it ends in the middle of something is Unavailable, or
// the work is done again: never a fault that nobody can name.
func TestConnectionsAreEnded(t *testing.T) {
	url := engines[1].url(t)
	s := open(t, url)
	b := behind{t, "postgres", by(t, "postgres", url)}
	read := func(tx entente.Tx) error { _, err := tx.Heads(); return err }
	var open, done sync.WaitGroup
	open.Add(16)
	for range 16 { // every connection of the pool, at once
		done.Go(func() {
			s.View(t.Context(), func(entente.Tx) error { open.Done(); open.Wait(); return nil })
		})
	}
	done.Wait()
	for range 3 {
		b.strings(endAll)
		if err := s.View(t.Context(), read); err != nil {
			t.Errorf("a view on connections that were ended: %v", err)
		}
		b.strings(endAll)
		put(t, s, func(tx entente.Tx) error { return tx.PutSetting("k", []byte("v")) })
	}

	err := s.View(t.Context(), func(tx entente.Tx) error {
		if err := read(tx); err != nil {
			return err
		}
		b.strings(endAll)
		return read(tx)
	})
	wantKind(t, err, entente.Unavailable)

	runs := 0
	put(t, s, func(tx entente.Tx) error {
		if runs++; runs == 2 {
			b.strings(endAll)
		}
		return errors.Join(read(tx), tx.PutSetting("again", []byte{byte(runs)}), func() error {
			if runs == 1 {
				b.strings(endAll)
			}
			return read(tx)
		}())
	})
	if got := get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("again") }); got[0] != 3 {
		t.Errorf("the third run counts, and what is kept is of run %d", got[0])
	}

	// While somebody ends connections all the time, nothing fails in another way.
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan bool)
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			b.strings(endAll)
		}
	}()
	for n := range 200 {
		err := s.View(t.Context(), read)
		if n%2 == 0 {
			err = s.Update(t.Context(), func(tx entente.Tx) error { return errors.Join(read(tx), tx.PutSetting("k", []byte("v"))) })
		}
		if err != nil {
			wantKind(t, err, entente.Unavailable)
		}
	}
	stop()
	<-ended
}
