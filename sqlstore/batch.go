package sqlstore

import (
	"context"
	"slices"
	"sync"
	"time"

	"entente"
)

// batch lets callers who come at the same time share one commit, and so one
// wait for the disk. Whoever has the connection runs its own function, on its
// own goroutine; if others stand in line it hands the open transaction on, and
// the last one commits for all. Each caller waits until that commit is on disk.
//
// A caller alone pays nothing for it. One that fails takes back only its own
// part, to a savepoint; one that panics or exits its goroutine, too.
type batch struct {
	conn *liteConn
	// longest bounds how long a transaction stays open for those in line, and so
	// how long the first one waits for the last.
	longest time.Duration

	mu   sync.Mutex
	held bool            // somebody has the connection, and with it shared
	line []chan struct{} // who waits for it, first come first served; closing hands it over

	shared *shared // the open transaction; nil: none
}

// shared is a transaction with the parts of some callers in it.
type shared struct {
	parts  int
	opened time.Time
	done   chan struct{} // closed when err is the outcome for every part
	err    error
}

func (b *batch) update(ctx context.Context, fn func(entente.Tx) error) error {
	if err := b.take(ctx); err != nil {
		return err
	}
	s, err := b.add(ctx, fn)
	if err != nil {
		return err
	}
	<-s.done
	return s.err
}

// take waits for the connection. Who gives up in line leaves nothing behind.
func (b *batch) take(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	b.mu.Lock()
	if !b.held {
		b.held = true
		b.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	b.line = append(b.line, turn)
	b.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	b.mu.Lock()
	i := slices.Index(b.line, turn)
	if i >= 0 {
		b.line = slices.Delete(b.line, i, i+1)
	}
	b.mu.Unlock()
	if i < 0 { // the connection came at the same moment
		b.leave()
	}
	return context.Cause(ctx)
}

// leave hands the connection on. Unless somebody in line may still add to the
// open transaction, it is committed before.
func (b *batch) leave() {
	if b.shared != nil && !b.extend() {
		b.finish(b.conn.control("commit"))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.line) == 0 {
		b.held = false
		return
	}
	close(b.line[0])
	b.line = slices.Delete(b.line, 0, 1)
}

func (b *batch) extend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.line) > 0 && time.Since(b.shared.opened) < b.longest
}

// finish ends the open transaction and tells everyone whose part was in it.
func (b *batch) finish(err error) {
	if err != nil {
		b.conn.control("rollback") // it fails where SQLite did that by itself
	}
	b.shared.err = err
	close(b.shared.done)
	b.shared = nil
}

// add runs fn as a part of the open transaction, or of a new one, and gives the
// connection away.
func (b *batch) add(ctx context.Context, fn func(entente.Tx) error) (*shared, error) {
	defer b.leave()
	if err := b.begin(); err != nil {
		return nil, err
	}
	t := &tx{ctx: ctx, run: b.conn}
	kept := false
	defer func() {
		if !kept {
			b.undo(t.failed)
		}
		t.over()
	}()
	if err := fn(t); err != nil {
		return nil, err
	}
	if t.failed != nil {
		return nil, t.failed
	}
	s := b.shared
	if s.parts > 0 {
		if err := b.conn.control("release part"); err != nil {
			return nil, err
		}
	}
	s.parts++
	kept = true
	return s, nil
}

func (b *batch) begin() error {
	if b.shared != nil {
		return b.conn.control("savepoint part")
	}
	if err := b.conn.control("begin immediate"); err != nil {
		return err
	}
	b.shared = &shared{opened: time.Now(), done: make(chan struct{})}
	return nil
}

// undo takes back the part that failed, by cause if that is known. When SQLite
// has rolled back the whole transaction, as it may when the disk is full, the
// other parts are gone as well, and their callers are told.
func (b *batch) undo(cause error) {
	if b.shared.parts == 0 {
		b.conn.control("rollback")
		b.shared = nil
		return
	}
	err := b.conn.control("rollback to part")
	if err == nil {
		err = b.conn.control("release part")
	}
	if err == nil {
		return
	}
	if cause == nil {
		cause = err
	}
	b.finish(cause)
}
