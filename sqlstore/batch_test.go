package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"entente"
)

// lite opens a store whose shared transactions stay open as long as anyone
// stands in line, so that a test decides who shares one.
func lite(t *testing.T) (*sqliteEngine, *batch) {
	t.Helper()
	e, err := openSQLite(t.Context(), filepath.Join(t.TempDir(), "entente.db"), service...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.close() })
	l := e.(*sqliteEngine)
	l.writer.longest = time.Hour
	return l, &l.writer
}

// together runs fns so that all of them share one transaction: the connection
// is held until all stand in line.
func together(t *testing.T, b *batch, fns ...func(entente.Tx) error) []error {
	t.Helper()
	if err := b.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	errs := make([]error, len(fns))
	var wg sync.WaitGroup
	for i, fn := range fns {
		wg.Go(func() {
			errs[i] = errors.New("panicked or left")
			defer func() { recover() }()
			errs[i] = b.update(t.Context(), fn)
		})
		inLine(b, i+1) // so that they come in the order of fns
	}
	b.leave()
	wg.Wait()
	return errs
}

func inLine(b *batch, n int) {
	for {
		b.mu.Lock()
		got := len(b.line)
		b.mu.Unlock()
		if got == n {
			return
		}
		runtime.Gosched()
	}
}

func setting(name string) func(entente.Tx) error {
	return func(tx entente.Tx) error { return tx.PutSetting(name, []byte(name)) }
}

func (e *sqliteEngine) has(t *testing.T, name string) bool {
	t.Helper()
	err := e.View(t.Context(), func(tx entente.Tx) error {
		_, err := tx.Setting(name)
		return err
	})
	if err != nil && !errors.Is(err, entente.NotFound) {
		t.Fatal(err)
	}
	return err == nil
}

// One caller's failure, panic or exit takes back its own part and no other.
func TestOneFailsOthersCommit(t *testing.T) {
	wrong := errors.New("wrong")
	failures := map[string]func(entente.Tx) error{
		"error": func(tx entente.Tx) error { return errors.Join(tx.PutSetting("bad", nil), wrong) },
		"panic": func(tx entente.Tx) error { tx.PutSetting("bad", nil); panic(wrong) },
		"exit":  func(tx entente.Tx) error { tx.PutSetting("bad", nil); runtime.Goexit(); return nil },
	}
	for name, bad := range failures {
		for place := range 3 { // first, between, last
			t.Run(fmt.Sprint(name, place), func(t *testing.T) {
				e, b := lite(t)
				parts := 0
				fns := []func(entente.Tx) error{setting("a"), setting("b"), func(tx entente.Tx) error {
					parts = b.shared.parts
					return tx.PutSetting("c", nil)
				}}
				fns = append(fns[:place:place], append([]func(entente.Tx) error{bad}, fns[place:]...)...)
				for i, err := range together(t, b, fns...) {
					if (err != nil) != (i == place) {
						t.Errorf("caller %d: %v", i, err)
					}
				}
				if parts != 2 {
					t.Errorf("the last caller found %d parts before its own, want 2 in one transaction", parts)
				}
				for name, want := range map[string]bool{"a": true, "b": true, "c": true, "bad": false} {
					if got := e.has(t, name); got != want {
						t.Errorf("%s stored: %v, want %v", name, got, want)
					}
				}
			})
		}
	}
}

// Nobody is told of success before the commit.
func TestNobodyReturnsBeforeTheCommit(t *testing.T) {
	e, b := lite(t)
	early := make(chan error, 1)
	first := func(tx entente.Tx) error { return tx.PutSetting("first", nil) }
	second := func(tx entente.Tx) error {
		if e.has(t, "first") {
			return errors.New("the first part was committed while the transaction is open")
		}
		select {
		case <-b.shared.done:
			return errors.New("the first caller was told before the commit")
		default:
			return nil
		}
	}
	together(t, b, first, func(tx entente.Tx) error { early <- second(tx); return nil })
	if err := <-early; err != nil {
		t.Error(err)
	}
}

// Who gives up in line is gone: its function never runs.
func TestGiveUpInLine(t *testing.T) {
	e, b := lite(t)
	if err := b.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error)
	go func() { got <- b.update(ctx, setting("never")) }()
	inLine(b, 1)
	cancel()
	if err := <-got; !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want Canceled", err)
	}
	inLine(b, 0)
	b.leave()
	if err := b.update(ctx, setting("never")); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller whose context is over: %v, want Canceled", err)
	}
	if err := b.update(t.Context(), setting("after")); err != nil {
		t.Fatal(err)
	}
	if e.has(t, "never") || !e.has(t, "after") {
		t.Error("who gave up wrote, or who came after did not")
	}
}

// However callers come, give up and fail: what succeeded is stored, what did
// not is not, and the line is empty in the end.
func TestComingAndGoing(t *testing.T) {
	e, b := lite(t)
	b.longest = time.Millisecond
	var wg sync.WaitGroup
	acked := make([]bool, 400)
	for n := range acked {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if n%5 == 0 {
				go cancel() // before, while it stands in line, while it runs, or too late
			}
			err := b.update(ctx, func(tx entente.Tx) error {
				if err := tx.PutSetting(fmt.Sprint(n), nil); err != nil {
					return err
				}
				if n%7 == 0 {
					return errors.New("wrong")
				}
				return nil
			})
			acked[n] = err == nil
			if err == nil && n%7 == 0 || err != nil && n%7 != 0 && n%5 != 0 {
				t.Errorf("caller %d: %v", n, err)
			}
		})
	}
	wg.Wait()
	for n, want := range acked {
		if got := e.has(t, fmt.Sprint(n)); got != want {
			t.Errorf("caller %d: stored %v, told %v", n, got, want)
		}
	}
	if b.held || b.shared != nil || len(b.line) != 0 {
		t.Errorf("in the end: held %v, shared %v, %d in line", b.held, b.shared, len(b.line))
	}
}

// On a full disk the caller is told what to do, nothing is half done, and work
// goes on once there is room.
func TestFullDisk(t *testing.T) {
	e, b := lite(t)
	limit := func(pages int) {
		t.Helper()
		if _, err := b.conn.conn.ExecContext(t.Context(), fmt.Sprintf("pragma max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite makes it the number of pages that there are
	big := func(name string) func(entente.Tx) error {
		return func(tx entente.Tx) error {
			if err := tx.PutSetting(name, make([]byte, 1<<20)); err != nil {
				return nil // a function that does not listen
			}
			return tx.PutSetting(name+" more", nil)
		}
	}
	errs := together(t, b, setting("small"), big("big"), setting("after"))
	told, ok := errors.AsType[*entente.Error](errs[1])
	if !ok || !errors.Is(told, entente.Unavailable) || told.Hint == "" {
		t.Errorf("big: %v, want Unavailable with a hint", errs[1])
	}
	for name, err := range map[string]error{"small": errs[0], "big": errs[1], "big more": errs[1], "after": errs[2]} {
		if got := e.has(t, name); got != (err == nil) {
			t.Errorf("%s: stored %v, told %v", name, got, err)
		}
	}
	limit(1 << 30)
	if err := b.update(t.Context(), big("big")); err != nil {
		t.Error(err)
	}
	if !e.has(t, "big more") {
		t.Error("the second try did not store everything")
	}
}

// When SQLite has rolled back the whole transaction by itself, everyone in it
// hears of it, and the next one starts anew.
func TestWholeTransactionLost(t *testing.T) {
	e, b := lite(t)
	lose := func(tx entente.Tx) error {
		b.conn.control("rollback")
		return tx.PutSetting("b", nil) // now outside of any transaction
	}
	errs := together(t, b, setting("a"), lose, setting("c"))
	if errs[0] == nil {
		t.Error("the first caller was told of success, and its part is lost")
	}
	if errs[2] != nil {
		t.Errorf("the third caller: %v", errs[2])
	}
	if e.has(t, "a") || !e.has(t, "c") {
		t.Error("a is stored, or c is not")
	}
}

// A transaction that outlives its function can do nothing.
func TestTransactionIsOver(t *testing.T) {
	e, b := lite(t)
	var kept entente.Tx
	if err := b.update(t.Context(), func(tx entente.Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := kept.PutSetting("late", nil); !errors.Is(err, entente.Invalid) {
		t.Errorf("a write after the end: %v, want Invalid", err)
	}
	if err := e.View(t.Context(), func(tx entente.Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Setting("late"); !errors.Is(err, entente.Invalid) {
		t.Errorf("a read after the end: %v, want Invalid", err)
	}
}
