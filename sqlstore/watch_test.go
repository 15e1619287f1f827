package sqlstore_test

import (
	"context"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

// What another process writes is told, soon after; what it reads is not.
func TestWatch(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			url := e.url(t)
			ours, theirs := open(t, url), open(t, url)
			told := make(chan bool, 100)
			stop := watch(t, ours, func() { told <- true })
			n := byte(0)
			write := func(s *sqlstore.Store) { // another value each time: the same one again writes nothing
				n++
				put(t, s, func(tx entente.Tx) error { return tx.PutSetting("a", []byte{n}) })
			}
			// A first write until the first word: from then on it is being watched.
			for waiting := true; waiting; {
				write(theirs)
				select {
				case <-told:
					waiting = false
				case <-time.After(20 * time.Millisecond):
				}
			}
			for range 3 {
				for len(told) > 0 {
					<-told
				}
				write(theirs)
				<-told
			}
			stop()
			for len(told) > 0 {
				<-told
			}
			if e.name == "sqlite" { // on a server that others use, numbers rise for them, too
				defer watch(t, ours, func() { t.Error("told of a look") })()
				for range 20 {
					get(t, theirs, func(tx entente.Tx) ([]byte, error) { return tx.Setting("a") })
					time.Sleep(time.Millisecond)
				}
			}
		})
	}
}

// watch watches until stop is called.
func watch(t *testing.T, s *sqlstore.Store, changed func()) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { s.Watch(ctx, time.Millisecond, changed); close(done) }()
	return func() { cancel(); <-done }
}
